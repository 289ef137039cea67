"""Every number of a factor set with its unit and where it comes from, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from travelplan.emissions.factors import FactorSet

_ABOUT = frozenset(
    {"sources", "units", "title", "limits", "attribution", "edition", "published", "based_on"}
)
_QUALITY = "tier"
_RATIOS = frozenset({"ttw_share", "low_share", "high_share", "range_share", "loss", "class_weight"})


class Line(NamedTuple):
    """One number: where it stands in the set, its value and unit, its basis and its source.

    `source` is the key of a source of the set, empty for an assumption; `note` may say more.
    """

    path: tuple[str, ...]
    value: float
    unit: str
    basis: str
    source: str
    locator: str
    note: str

    @property
    def name(self) -> str:
        """Where it stands, in one word."""
        return ".".join(self.path)


class _Origin(NamedTuple):
    basis: str = ""
    source: str = ""
    locator: str = ""
    note: str = ""


def lines_of(factors: FactorSet) -> Iterator[Line]:
    """Yield every number of a set.

    A number is traced by `<name>_basis` beside it, else by `basis` and `source` in the table that
    it stands in, or in one around that. Low and high go by `range_basis` where there is one. What
    cannot be traced has an empty basis: a test holds that there is none.
    """
    content = factors.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    yield from _walk(content, (), _Origin(), factors.units)


class Assumed(NamedTuple):
    """Numbers of one table that are our own choice: where they stand, what they are, and why."""

    where: str
    values: str
    unit: str
    note: str


def register(standard: FactorSet, others: Iterable[FactorSet]) -> Iterator[tuple[str, Assumed]]:
    """Yield the assumptions of sets with the id of the set; not of one that only repeats ours."""
    ours = _assumptions(standard)
    yield from ((standard.id, assumed) for assumed in ours)
    for factors in others:
        theirs = _assumptions(factors)
        if not set(theirs) <= set(ours):
            yield from ((factors.id, assumed) for assumed in theirs)


def _assumptions(factors: FactorSet) -> list[Assumed]:
    by_table: dict[tuple[str, str, str], list[str]] = {}
    for line in lines_of(factors):
        if line.basis == "assumption":
            where = ".".join(line.path[:-1]) or line.name
            key = (where, line.unit, line.note)
            by_table.setdefault(key, []).append(f"{line.path[-1]} {line.value:g}")
    return [
        Assumed(where, ", ".join(values), unit, note)
        for (where, unit, note), values in by_table.items()
    ]


def _walk(
    table: Mapping[str, object], path: tuple[str, ...], around: _Origin, units: Mapping[str, str]
) -> Iterator[Line]:
    origin = _own(table, around)
    for key, value in table.items():
        if (not path and key in _ABOUT) or key == _QUALITY:
            continue
        here = (*path, key)
        if isinstance(value, dict):
            yield from _walk(value, here, _beside(table, key, origin), units)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _walk(item, (*here, str(number)), origin, units)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = _beside(table, key, origin)
            unit = _unit(here, units)
            yield Line(here, value, unit, found.basis, found.source, found.locator, found.note)


def _own(table: Mapping[str, object], around: _Origin) -> _Origin:
    if "basis" not in table and "source" not in table:
        return around
    basis = str(table.get("basis", "published"))
    texts = [str(table.get(name, "")) for name in ("source", "locator", "note")]
    return _Origin(basis, *texts)


def _beside(table: Mapping[str, object], key: str, origin: _Origin) -> _Origin:
    """Return the origin of one entry: its own `<key>_basis` goes before that of the table."""
    basis = table.get(f"{key}_basis")
    if basis is None and key in {"low", "high", "low_share", "high_share"}:
        basis = table.get("range_basis")
    if basis is None:
        return origin
    source = "" if basis == "assumption" else str(table.get(f"{key}_source", origin.source))
    return _Origin(str(basis), source, origin.locator, origin.note)


def _unit(path: tuple[str, ...], units: Mapping[str, str]) -> str:
    """Return the unit of the nearest table around a number that has one; 1 for a ratio."""
    if _RATIOS & set(path):
        return "1"
    path = tuple(step for step in path if not step.isdecimal())
    for end in range(len(path), 0, -1):
        unit = units.get(".".join(path[:end]))
        if unit:
            return unit
    return ""
