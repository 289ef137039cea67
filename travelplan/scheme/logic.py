"""Conditions at work: three-valued tests over facts. None stands for unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from travelplan.scheme.facts import UNREACHABLE, Value, Values, number

Truth = bool | None

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "at_most": operator.le,
    "under": operator.lt,
    "at_least": operator.ge,
    "over": operator.gt,
    "is": operator.eq,
    "in": lambda value, bound: value in bound,
}
UPPER_BOUNDS = ("at_most", "under")
LOWER_BOUNDS = ("at_least", "over")


@dataclass(frozen=True, slots=True)
class Relative:
    """A bound that moves with another fact: times a number, plus so many of its units.

    `scale` turns the unit of the tested fact into that of the bound (days into minutes).
    """

    fact: str
    plus: float
    times: float = 1
    scale: float = 1


Bound = Value | Relative | None
"""None stands for a parameter that has no value yet."""


class Tested(NamedTuple):
    """One condition as it was tested. `bound` is the number or name that the value met.

    `facts` are all facts of a sum; `fact` alone where there is no sum.
    """

    fact: str
    value: Value | None
    operator: str
    bound: Value | None
    result: Truth
    parameter: str = ""
    facts: tuple[str, ...] = ()


class Condition(Protocol):
    """A condition: asked for its truth, or for every test that it makes."""

    def holds(self, values: Values) -> Truth:
        """Return whether it holds; None if the facts do not tell."""

    def tests(self, values: Values) -> Iterator[Tested]:
        """Yield the tests that it makes, with their results."""

    def leaves(self) -> Iterator[Test]:
        """Yield its tests as written."""


@dataclass(frozen=True, slots=True)
class Test:
    """One fact (`more`: with others summed to it) against one bound.

    `parameter` names the parameter that set the bound, if any; `whole` says that the fact counts
    in whole numbers.
    """

    fact: str
    operator: str
    bound: Bound
    parameter: str = ""
    more: tuple[str, ...] = ()
    whole: bool = False

    def holds(self, values: Values) -> Truth:
        """Compare; a way that does not exist is beyond every upper bound."""
        value = self.value_in(values) if self.more else values.get(self.fact)
        if value is None:
            return None
        if value == UNREACHABLE:
            return self.operator in LOWER_BOUNDS
        bound = self.bound
        if bound.__class__ is Relative:
            bound = self.bound_for(values)
        if bound is None:
            return None
        return COMPARISONS[self.operator](value, bound)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact on the left."""
        return (self.fact, *self.more)

    @property
    def needs(self) -> tuple[str, ...]:
        """Every fact that the test needs, that of the bound included."""
        other = (self.bound.fact,) if isinstance(self.bound, Relative) else ()
        return (self.fact, *self.more, *other)

    def value_in(self, values: Values) -> Value | None:
        """Return the value that is tested: of the fact, or the sum."""
        if not self.more:
            return values.get(self.fact)
        found = [values.get(name) for name in self.facts]
        return None if None in found else sum(number(v) for v in found if v is not None)

    def bound_for(self, values: Values) -> Value | None:
        """Return the bound; None if it moves with a fact that is unknown."""
        if not isinstance(self.bound, Relative):
            return self.bound
        base = values.get(self.bound.fact)
        if base is None:
            return None
        return (number(base) * self.bound.times + self.bound.plus) / self.bound.scale

    def missing(self, values: Values) -> str | None:
        """Return the fact (or the open parameter) for want of which the test is open."""
        if self.holds(values) is not None:
            return None
        if self.bound is None:
            return self.parameter
        return next((name for name in self.needs if name not in values), self.fact)

    def tests(self, values: Values) -> Iterator[Tested]:
        """Yield this test."""
        yield Tested(
            self.fact,
            self.value_in(values) if self.more else values.get(self.fact),
            self.operator,
            self.bound_for(values) if self.bound.__class__ is Relative else self.bound,  # type: ignore[arg-type]
            self.holds(values),
            self.parameter,
            self.facts if self.more else (),
        )

    def leaves(self) -> Iterator[Test]:
        """Yield this test."""
        yield self


@dataclass(frozen=True, slots=True)
class _Parts:
    """A condition made of others."""

    parts: tuple[Condition, ...]

    def tests(self, values: Values) -> Iterator[Tested]:
        """Yield the tests of every part."""
        for part in self.parts:
            yield from part.tests(values)

    def leaves(self) -> Iterator[Test]:
        """Yield the tests of every part."""
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class All(_Parts):
    """Holds if every part holds; no part at all always holds."""

    def holds(self, values: Values) -> Truth:
        """Fail on the first part that fails; unknown if any part is."""
        unknown = False
        for part in self.parts:
            truth = part.holds(values)
            if truth is False:
                return False
            unknown = unknown or truth is None
        return None if unknown else True


@dataclass(frozen=True, slots=True)
class AnyOf(_Parts):
    """Holds if at least one part holds."""

    def holds(self, values: Values) -> Truth:
        """Hold on the first part that holds; unknown if any part is."""
        unknown = False
        for part in self.parts:
            truth = part.holds(values)
            if truth:
                return True
            unknown = unknown or truth is None
        return None if unknown else False


@dataclass(frozen=True, slots=True)
class Not:
    """Holds if its part does not."""

    part: Condition

    def holds(self, values: Values) -> Truth:
        """Turn the truth of the part round; unknown stays unknown."""
        truth = self.part.holds(values)
        return None if truth is None else not truth

    def tests(self, values: Values) -> Iterator[Tested]:
        """Yield the tests of the part."""
        yield from self.part.tests(values)

    def leaves(self) -> Iterator[Test]:
        """Yield the tests of the part."""
        yield from self.part.leaves()


ALWAYS = All(())
