"""Factor sets as text and JSON: what a set holds, line by line, and sets side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from travelplan.emissions.estimate import estimate_distance
from travelplan.emissions.factors import Cabin, FactorSet
from travelplan.emissions.figure import Estimate
from travelplan.emissions.trace import Line, lines_of
from travelplan.errors import InputError
from travelplan.language import Language, message
from travelplan.report.emissions_words import BOUNDARIES, estimate_text

Record = dict[str, Any]
_INDENT = "  "

_NON_CO2 = {
    "none": message("warming beside CO2e not counted"),
    "separate": message("warming beside CO2e apart"),
    "included": message("warming beside CO2e in the figure"),
}
BASES = {
    "published": message("published"),
    "derived": message("derived"),
    "assumption": message("assumption"),
}
STEPWISE = message("in steps of distance: not for ranking flights")


def factor_set_record(factors: FactorSet) -> Record:
    """Return what a set says of itself, without its numbers."""
    published = factors.published
    return {
        "id": factors.id,
        "title": asdict(factors.title.words),
        "publisher": factors.publisher,
        "edition": factors.edition,
        "published": str(published) if published else None,
        "valid_from": factors.valid_from.isoformat(),
        "valid_from_basis": factors.valid_from_basis,
        "url": factors.url,
        "boundary": factors.boundary,
        "gases": factors.gases,
        "vehicles": factors.vehicles,
        "infrastructure": factors.infrastructure,
        "non_co2": factors.non_co2,
        "stepwise": factors.stepwise,
        "licence": factors.licence,
        "attribution": list(factors.attribution),
        "limits": [asdict(limit.words) for limit in factors.limits],
    }


def factor_lines_record(factors: FactorSet) -> Record:
    """Return a set with every number: value, unit, basis, source, locator, note."""
    return {
        **factor_set_record(factors),
        "sources": {key: source.model_dump(mode="json") for key, source in factors.sources.items()},
        "rows": [
            {"key": line.name, **{k: v for k, v in line._asdict().items() if k != "path"}}
            for line in lines_of(factors)
        ],
    }


def factor_set_line(factors: FactorSet, language: Language) -> str:
    """Return a set in one line."""
    parts = [language.say(BOUNDARIES[factors.boundary]), language.say(_NON_CO2[factors.non_co2])]
    if factors.stepwise:
        parts.append(language.say(STEPWISE))
    return f"{factors.id:<24}{language.say(factors.title.words)}; {'; '.join(parts)}"


def factor_set_text(factors: FactorSet, language: Language) -> str:
    """Return a set in full: what it is, its limits, its sources, and every number."""
    lines = [factor_set_line(factors, language), ""]
    lines += [_INDENT + language.say(limit.words) for limit in factors.limits]
    lines += ["", *(f"{_INDENT}{text}" for text in _sources(factors)), ""]
    lines += [_INDENT + _line_words(line, language) for line in lines_of(factors)]
    lines += ["", language.say(message("Licence: {licence}.", licence=factors.licence))]
    lines += list(factors.attribution)
    return "\n".join(lines)


def _sources(factors: FactorSet) -> Iterator[str]:
    for key, source in factors.sources.items():
        parts = (source.title, source.publisher, str(source.date), source.locator, source.url)
        yield f"[{key}] {', '.join(part for part in parts if part)}"


def _line_words(line: Line, language: Language) -> str:
    source = f" [{line.source}]" if line.source else ""
    more = "; ".join(part for part in (line.locator, line.note) if part)
    basis = language.say(BASES[line.basis])
    return (
        f"{line.name} = {line.value:.10g} {line.unit}: {basis}{source}{' ' + more if more else ''}"
    )


class Asked(NamedTuple):
    """One thing to compare sets on: a mode over a distance, one way."""

    mode: str
    km: float
    country: str = ""
    cabin: Cabin = "economy"

    @property
    def name(self) -> str:
        """What is compared, in one word."""
        return " ".join(part for part in (self.mode, self.country) if part) + (
            f" ({self.cabin})" if self.mode == "plane" else ""
        )


def asked_by_default(km: float) -> tuple[Asked, ...]:
    """Return what sets are compared on over a distance."""
    countries = ("BE", "FR", "DE", "NL", "GB")
    return (
        Asked("plane", km),
        Asked("plane", km, cabin="business"),
        *(Asked("train", km, country) for country in countries),
        Asked("coach", km),
        Asked("bus", km),
        Asked("car", km),
        Asked("ferry", km),
    )


def compared(
    sets: Sequence[FactorSet], asked: Sequence[Asked]
) -> list[tuple[Asked, Mapping[str, Estimate | None]]]:
    """Return what each set says of each thing; None where it has no factor.

    Raises:
        InputError: the distance cannot be.
    """
    return [(item, {s.id: _estimate(item, s) for s in sets}) for item in asked]


def _estimate(asked: Asked, factors: FactorSet) -> Estimate | None:
    try:
        return estimate_distance(
            asked.mode, asked.km, factors, cabin=asked.cabin, country=asked.country
        )
    except InputError as error:
        if any(problem.field == "km" for problem in error.problems):
            raise
        return None


def compared_record(
    rows: Sequence[tuple[Asked, Mapping[str, Estimate | None]]],
) -> list[Record]:
    """Return the comparison: kg CO2e of one passenger, one way; null where there is no factor."""
    return [
        {
            "mode": asked.mode,
            "km": asked.km,
            "country": asked.country or None,
            "class": asked.cabin if asked.mode == "plane" else None,
            "per": "passenger",
            "ways": 1,
            "by_set": {
                name: {
                    "wtw_kg": asdict(found.wtw),
                    "ttw_kg": found.ttw_kg,
                    "wtt_kg": found.wtt_kg,
                    "non_co2_kg": asdict(found.non_co2),
                }
                if found
                else None
                for name, found in by_set.items()
            },
        }
        for asked, by_set in rows
    ]


def compared_text(
    rows: Sequence[tuple[Asked, Mapping[str, Estimate | None]]],
    sets: Mapping[str, FactorSet],
    language: Language,
) -> str:
    """Return the comparison as blocks, one for each thing compared."""
    km = language.number(rows[0][0].km)
    head = message("kg CO2e of one passenger, one way, over {km} km:", km=km)
    lines = [language.say(head)]
    for asked, by_set in rows:
        lines += ["", asked.name]
        for name, found in by_set.items():
            words = "–" if found is None else estimate_text(found, language, factors=sets[name])
            steps = f" ({language.say(STEPWISE)})" if _in_steps(asked, sets[name], found) else ""
            lines.append(f"{_INDENT}{name:<24}{words}{steps}")
    return "\n".join(lines)


def _in_steps(asked: Asked, factors: FactorSet, found: Estimate | None) -> bool:
    return asked.mode == "plane" and factors.stepwise and found is not None
