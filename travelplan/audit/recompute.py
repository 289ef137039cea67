"""An audit checked: outcomes, verdicts and figures recomputed from its rows alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from travelplan.audit.grounds import heaviest_verdict, verdict_of
from travelplan.audit.ways import emissions_of, ways_of
from travelplan.emissions.factors import FactorSet
from travelplan.emissions.figure import Estimate
from travelplan.errors import InputError
from travelplan.scheme.decide import Decision, ListedLevel, decide
from travelplan.scheme.facts import Facts, Swing, Value
from travelplan.scheme.rulebook import Scheme, Version

Record = Mapping[str, Any]
Schemes = Callable[[str], Scheme]
Factors = Callable[[str], FactorSet]


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of a row that does not come out again: what was stated and what comes out."""

    row: int
    what: str
    stated: object
    computed: object


def differences(
    records: Iterable[Record], schemes: Schemes, factors: Factors
) -> Iterator[Difference]:
    """Yield what of the rows of an audit does not come out again.

    Nothing is planned anew and no list is asked: facts, ways and versions are those of the row.

    Args:
        records: rows as `travelplan audit --json` writes them; rows that were not judged are
            passed over.
        schemes: returns a scheme by its id.
        factors: returns a factor set by its id.
    """
    for record in records:
        if "verdict" in record:
            yield from _Row(record, schemes, factors).differences()


def decided_again(record: Record, scheme: Scheme) -> list[Decision]:
    """Return what the scheme says of each part of a row, decided again from its facts alone.

    Raises:
        KeyError: the scheme has no such version, or the row does not hold its facts.
    """
    version = version_of(scheme, str(record["version"]))
    return [
        decide(version, _facts(part["facts"], part["swings"]), listed=_listed(part))
        for part in record["evidence"]
    ]


class _Row:
    """Recomputes one row."""

    def __init__(self, record: Record, schemes: Schemes, factors: Factors) -> None:
        self._record = record
        self._schemes = schemes
        self._factors = [factors(name) for name in str(record.get("factors") or "").split()]

    def differences(self) -> Iterator[Difference]:
        """Yield what is different."""
        record = self._record
        try:
            computed = self._figures()
            if record.get("scheme"):
                computed |= self._judged()
        except (InputError, KeyError, TypeError, ValueError) as error:
            yield Difference(_row(record), "evidence", "", f"cannot be used: {error}")
            return
        for what, value in computed.items():
            if record.get(what) != value:
                yield Difference(_row(record), what, record.get(what), value)

    def _figures(self) -> dict[str, object]:
        record, travellers = self._record, int(self._record["travellers"])
        parts = record["evidence"]
        booked = self._reckon([way for part in parts for way in part["booked"] or ()])
        if any(part["booked"] is None for part in parts):
            booked = None
        found: dict[str, object] = dict.fromkeys(
            ("co2e_kg", "co2e_low_kg", "co2e_high_kg", "ttw_kg", "non_co2_kg")
        )
        if booked:
            wtw = booked.wtw
            kg = (wtw.central, wtw.low, wtw.high, booked.ttw_kg, booked.non_co2.central)
            found = {
                name: None if one is None else round(one * travellers, 3)
                for name, one in zip(found, kg, strict=True)
            }
        return {**found, **self._avoidable(travellers)}

    def _avoidable(self, travellers: int) -> dict[str, object]:
        pairs = [
            (self._reckon(part["booked"]), self._reckon(part["land"]))
            for part in self._record["evidence"]
            if part.get("land") and part["booked"]
        ]
        kg = sum(a.wtw.central - b.wtw.central for a, b in pairs if a and b)
        more = [part.get("more_min") for part in self._record["evidence"]]
        minutes = [value for value in more if value is not None]
        hours = round(sum(minutes) / 60 * travellers, 3)
        return {
            "avoidable_kg": round(kg * travellers, 3) if pairs else None,
            "avoidable_hours": round(hours, 2) if minutes else None,
        }

    def _reckon(self, evidence: Iterable[Mapping[str, Any]]) -> Estimate | None:
        ways = ways_of(evidence)
        if not ways or not self._factors:
            return None
        return emissions_of(ways, self._factors[0], self._factors[-1])

    def _judged(self) -> dict[str, object]:
        record = self._record
        outcomes, verdicts, borderline = [], [], []
        decisions = decided_again(record, self._schemes(str(record["scheme"])))
        for part, decision in zip(record["evidence"], decisions, strict=True):
            verdict, _ = verdict_of(
                decision,
                part["modes"],
                str(record.get("reason_code") or ""),
                request=record.get("request"),
            )
            outcomes.append(decision.outcome)
            verdicts.append(verdict)
            borderline.append(decision.borderline)
        return {
            "outcome": outcomes[0] if len(set(outcomes)) == 1 else "per_leg",
            "verdict": heaviest_verdict(verdicts),
            "borderline": any(borderline),
        }


def _facts(values: Mapping[str, Any], swings: Iterable[Any]) -> Facts:
    known: dict[str, Value] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
    }
    moved = [Swing(cause, tuple(facts), down, up) for cause, facts, down, up in swings]
    return Facts.of(known, moved)


def _listed(part: Mapping[str, Any]) -> ListedLevel | None:
    return ListedLevel(part["listed"], "") if part["listed"] else None


def version_of(scheme: Scheme, day: str) -> Version:
    """Return the version of a scheme that a record names; raises KeyError if there is none."""
    wanted = date.fromisoformat(day)
    found = [version for version in scheme.versions if version.version == wanted]
    if not found:
        raise KeyError(f"{scheme.id} {day}")
    return found[0]


def _row(record: Record) -> int:
    return int(record.get("row") or 0)
