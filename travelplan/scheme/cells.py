"""Cells: the parts into which the tests of a scheme divide all possible cases, reckoned exactly.

A cell says for each fact what it may be: an interval for what is measured, a set for names, true
or false for flags, and linear relations between measured facts. Splitting a cell by a test gives
the part where it holds and the part where it does not, without the empty ones. The prover walks
all rules over all cells; the decision does the same where a fact is unknown, to see whether every
value of it leads to the same outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, inf

from travelplan.scheme.facts import RAIL_TIMES, UNREACHABLE, Value, Values, number
from travelplan.scheme.linear import Linear, feasible
from travelplan.scheme.logic import LOWER_BOUNDS, All, AnyOf, Condition, Not, Relative, Test

MOST_STEPS = 400_000
"""How many splits a proof may take before the scheme is called too entangled."""


class TooEntangledError(Exception):
    """A scheme has more cases than can be tried."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`; `above` and `below` say that the end itself is left out."""

    low: float = 0
    high: float = inf
    above: bool = False
    below: bool = True

    @property
    def empty(self) -> bool:
        """Whether no value is left."""
        return self.low > self.high or (self.low == self.high and (self.above or self.below))

    def at_most(self, bound: float, *, strict: bool) -> Interval:
        """Return the part up to a bound."""
        if (bound, not strict) < (self.high, not self.below):
            return Interval(self.low, bound, self.above, strict)
        return self

    def at_least(self, bound: float, *, strict: bool) -> Interval:
        """Return the part from a bound on."""
        if (bound, strict) > (self.low, self.above):
            return Interval(bound, self.high, strict, self.below)
        return self


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a fact may have: those of `only`, or all but `never`."""

    only: frozenset[str] | None = None
    never: frozenset[str] = frozenset()

    def among(self, names: frozenset[str]) -> Names | None:
        """Return the part within a set of names; None if nothing is left."""
        left = self.only & names if self.only is not None else names - self.never
        return Names(left) if left else None

    def outside(self, names: frozenset[str]) -> Names | None:
        """Return the part outside a set of names; None if nothing is left."""
        if self.only is None:
            return Names(None, self.never | names)
        left = self.only - names
        return Names(left) if left else None


Part = Interval | Names | bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What is taken of the facts in one part of all cases."""

    parts: Mapping[str, Part]
    relations: tuple[Linear, ...] = ()

    @classmethod
    def of(cls, values: Values) -> Cell:
        """Return the cell of the cases that agree with known values."""
        return cls(
            {_plain_fact(name, value): _fixed(name, value) for name, value in values.items()}
        )

    def kept(self, facts: frozenset[str]) -> Cell:
        """Return the cell without what it says of other facts than these."""
        if all(name in facts for name in self.parts):
            return self
        tied = {name for relation in self.relations for name in relation.facts}
        parts = {k: v for k, v in self.parts.items() if k in facts or k in tied}
        return replace(self, parts=parts)

    @property
    def key(self) -> tuple[object, ...]:
        """A value by which equal cells are found."""
        return (frozenset(self.parts.items()), self.relations)


def _plain_fact(name: str, _value: Value) -> str:
    return "multi_day" if name == "same_day_return" else name


def _fixed(name: str, value: Value) -> Part:
    if isinstance(value, bool):
        return not value if name == "same_day_return" else value
    if isinstance(value, int | float):
        return Interval(value, value, above=False, below=False)
    if isinstance(value, str):
        return Names(frozenset({value}))
    return Names()


class Splitter:
    """Splits cells by conditions and counts the steps."""

    def __init__(self, most_steps: int = MOST_STEPS) -> None:
        self._left = most_steps

    def split(self, condition: Condition, cell: Cell) -> Iterator[tuple[bool, Cell]]:
        """Yield the parts of a cell, each with whether the condition holds in it."""
        match condition:
            case All(parts):
                yield from self._chain(parts, cell, stop=False)
            case AnyOf(parts):
                yield from self._chain(parts, cell, stop=True)
            case Not(part):
                for truth, rest in self.split(part, cell):
                    yield not truth, rest
            case Test():
                yield from self._by_test(condition, cell)

    def _chain(
        self, parts: Sequence[Condition], cell: Cell, *, stop: bool
    ) -> Iterator[tuple[bool, Cell]]:
        if not parts:
            yield not stop, cell
            return
        for truth, rest in self.split(parts[0], cell):
            if truth is stop:
                yield stop, rest
            else:
                yield from self._chain(parts[1:], rest, stop=stop)

    def _by_test(self, test: Test, cell: Cell) -> Iterator[tuple[bool, Cell]]:
        self._left -= 1
        if self._left < 0:
            raise TooEntangledError
        if isinstance(test.bound, bool):
            yield from _by_flag(test.fact, bound=test.bound, cell=cell)
        elif isinstance(test.bound, str | tuple):
            yield from _by_name(test, cell)
        elif test.bound is None:
            yield True, cell
            yield False, cell
        else:
            yield from self._by_measure(test, cell)

    def _by_measure(self, test: Test, cell: Cell) -> Iterator[tuple[bool, Cell]]:
        for fact in test.needs:
            if fact in RAIL_TIMES and fact not in cell.parts and "served_by_rail" not in cell.parts:
                for _, part in _by_flag("served_by_rail", bound=True, cell=cell):
                    yield from self._by_measure(test, part)
                return
        if any(_endless(fact, cell) for fact in test.facts):
            yield test.operator in LOWER_BOUNDS, cell
        elif isinstance(test.bound, Relative) and _endless(test.bound.fact, cell):
            yield test.operator not in LOWER_BOUNDS, cell
        elif isinstance(test.bound, Relative) or test.more:
            yield from _by_relation(test, cell)
        else:
            yield from _by_interval(test, cell)


def _endless(fact: str, cell: Cell) -> bool:
    part = cell.parts.get(fact)
    if isinstance(part, Interval):
        return part.low == UNREACHABLE
    return fact in RAIL_TIMES and cell.parts.get("served_by_rail") is False


def _by_flag(fact: str, *, bound: bool, cell: Cell) -> Iterator[tuple[bool, Cell]]:
    if fact == "same_day_return":
        fact, bound = "multi_day", not bound
    known = cell.parts.get(fact)
    if known is not None:
        yield known is bound, cell
        return
    for value in (True, False):
        yield value is bound, Cell({**cell.parts, fact: value}, cell.relations)


def _by_name(test: Test, cell: Cell) -> Iterator[tuple[bool, Cell]]:
    wanted = frozenset([test.bound] if isinstance(test.bound, str) else test.bound)  # type: ignore[arg-type]
    known = cell.parts.get(test.fact, Names())
    if not isinstance(known, Names):
        return
    for truth, part in ((True, known.among(wanted)), (False, known.outside(wanted))):
        if part is not None:
            yield truth, Cell({**cell.parts, test.fact: part}, cell.relations)


def _by_interval(test: Test, cell: Cell) -> Iterator[tuple[bool, Cell]]:
    known = cell.parts.get(test.fact, Interval())
    if not isinstance(known, Interval):
        return
    for truth, part in _cut(known, test.operator, number(test.bound), whole=test.whole):  # type: ignore[arg-type]
        if part.empty:
            continue
        smaller = Cell({**cell.parts, test.fact: part}, cell.relations)
        if part is known or _possible(smaller, test.fact):
            yield truth, smaller


def _cut(
    known: Interval, operator: str, bound: float, *, whole: bool
) -> Iterator[tuple[bool, Interval]]:
    if operator == "is":
        yield True, known.at_least(bound, strict=False).at_most(bound, strict=False)
        yield from ((False, p) for _, p in _cut(known, "under", bound, whole=whole) if _)
        yield from ((False, p) for _, p in _cut(known, "over", bound, whole=whole) if _)
        return
    upper = operator in {"at_most", "under"}
    low_strict = operator in {"under", "at_least"}
    low = known.at_most(bound, strict=low_strict)
    high = known.at_least(bound, strict=not low_strict)
    if whole:
        low, high = _whole(low), _whole(high)
    yield upper, low
    yield not upper, high


def _whole(part: Interval) -> Interval:
    low = floor(part.low) + 1 if part.above else ceil(part.low)
    if part.high == inf:
        return Interval(low, inf)
    high = ceil(part.high) - 1 if part.below else floor(part.high)
    return Interval(low, high, above=False, below=False)


def _by_relation(test: Test, cell: Cell) -> Iterator[tuple[bool, Cell]]:
    bound = test.bound
    weights: dict[str, Fraction] = {}
    limit = Fraction(0)
    scale = Fraction(1)
    if isinstance(bound, Relative):
        scale = _exact(bound.scale)
        weights[bound.fact] = -_exact(bound.times)
        limit = _exact(bound.plus)
    else:
        limit = _exact(number(bound))  # type: ignore[arg-type]
    for fact in test.facts:
        weights[fact] = weights.get(fact, Fraction(0)) + scale
    upper = test.operator in {"at_most", "under"}
    strict = test.operator in {"under", "at_least"}
    low = Linear.of(weights, limit, strict=strict)
    for truth, relation in ((upper, low), (not upper, low.opposite)):
        smaller = Cell(cell.parts, (*cell.relations, relation))
        if _possible(smaller, *relation.facts):
            yield truth, smaller


def _possible(cell: Cell, *facts: str) -> bool:
    """Return whether the relations that touch these facts leave any case."""
    touched, tied = set(facts), []
    waiting = list(cell.relations)
    while near := [r for r in waiting if touched & r.facts]:
        tied += near
        waiting = [r for r in waiting if r not in near]
        touched |= {name for r in near for name in r.facts}
    if not tied:
        return True
    bounds: list[Linear] = []
    for name in touched:
        part = cell.parts.get(name, Interval())
        if isinstance(part, Interval):
            bounds += _edges(name, part)
    return feasible([*tied, *bounds])


def _edges(name: str, part: Interval) -> Iterator[Linear]:
    if part.high != inf:
        yield Linear.of({name: Fraction(1)}, _exact(part.high), strict=part.below)
    yield Linear.of({name: Fraction(-1)}, -_exact(part.low), strict=part.above)


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(1_000_000)
