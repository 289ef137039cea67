"""Conditions at work: three-valued tests over facts. None stands for unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

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
    """A bound that moves with another fact: that fact plus so many of its units."""

    fact: str
    plus: float


Bound = Value | Relative


@dataclass(frozen=True, slots=True)
class Tested:
    """One condition as it was tested. `bound` is the number or name that the value met."""

    fact: str
    value: Value | None
    operator: str
    bound: Value | None
    result: Truth
    parameter: str = ""


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
    """One fact against one bound. `parameter` names the parameter that set the bound, if any."""

    fact: str
    operator: str
    bound: Bound
    parameter: str = ""

    def holds(self, values: Values) -> Truth:
        """Compare; a way that does not exist is beyond every upper bound."""
        value = values.get(self.fact)
        if value is None:
            return None
        if value == UNREACHABLE:
            return self.operator in LOWER_BOUNDS
        bound = self.bound_for(values)
        return None if bound is None else COMPARISONS[self.operator](value, bound)

    def bound_for(self, values: Values) -> Value | None:
        """Return the bound; None if it moves with a fact that is unknown."""
        if not isinstance(self.bound, Relative):
            return self.bound
        base = values.get(self.bound.fact)
        return None if base is None else number(base) + self.bound.plus

    def missing(self, values: Values) -> str | None:
        """Return the fact for want of which the test is open; None if it is not."""
        if self.holds(values) is not None:
            return None
        if isinstance(self.bound, Relative) and self.fact in values:
            return self.bound.fact
        return self.fact

    def tests(self, values: Values) -> Iterator[Tested]:
        """Yield this test."""
        yield Tested(
            self.fact,
            values.get(self.fact),
            self.operator,
            self.bound_for(values),
            self.holds(values),
            self.parameter,
        )

    def leaves(self) -> Iterator[Test]:
        """Yield this test."""
        yield self


@dataclass(frozen=True, slots=True)
class All:
    """Holds if every part holds; no part at all always holds."""

    parts: tuple[Condition, ...]

    def holds(self, values: Values) -> Truth:
        """Fail on the first part that fails; unknown if any part is."""
        unknown = False
        for part in self.parts:
            truth = part.holds(values)
            if truth is False:
                return False
            unknown = unknown or truth is None
        return None if unknown else True

    def tests(self, values: Values) -> Iterator[Tested]:
        """Yield the tests of every part."""
        for part in self.parts:
            yield from part.tests(values)

    def leaves(self) -> Iterator[Test]:
        """Yield the tests of every part."""
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds if at least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, values: Values) -> Truth:
        """Hold on the first part that holds; unknown if any part is."""
        unknown = False
        for part in self.parts:
            truth = part.holds(values)
            if truth:
                return True
            unknown = unknown or truth is None
        return None if unknown else False

    def tests(self, values: Values) -> Iterator[Tested]:
        """Yield the tests of every part."""
        for part in self.parts:
            yield from part.tests(values)

    def leaves(self) -> Iterator[Test]:
        """Yield the tests of every part."""
        for part in self.parts:
            yield from part.leaves()


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
