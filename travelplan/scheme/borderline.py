"""What little change would change a decision: measured facts and assumed parameters, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, isfinite

from travelplan.scheme.decision import Cause
from travelplan.scheme.facts import Facts, Swing, number
from travelplan.scheme.logic import Relative, Test
from travelplan.scheme.outcome import outcome_of
from travelplan.scheme.rulebook import Version
from travelplan.scheme.verdicts import OUTCOME_ORDER, Outcome

_STRICT_BELOW = ("under", "at_least")
"""Operators whose bound itself belongs to what lies above it."""


def causes_of(version: Version, facts: Facts, outcome: Outcome) -> Iterator[Cause]:
    """Yield what alone would change an outcome: a measured fact or an assumed parameter."""
    for swing in facts.swings:
        yield from _swing_causes(version, facts, swing, outcome)
    values = facts.values
    for variant, tests in version.turning:
        if all(ours.holds(values) is theirs.holds(values) for ours, theirs in tests):
            continue
        other, _ = outcome_of(variant.rules, facts.values)
        if other not in {outcome, "undetermined"}:
            yield Cause(variant.parameter, variant.value, other, _direction(outcome, other))


def _direction(outcome: Outcome, other: Outcome) -> str:
    order: tuple[str, ...] = OUTCOME_ORDER
    if other not in order:
        return ""
    return "stricter" if order.index(other) > order.index(outcome) else "looser"


def _swing_causes(
    version: Version, facts: Facts, swing: Swing, outcome: Outcome
) -> Iterator[Cause]:
    """Yield each other outcome within the tolerance, with the nearest value that leads to it."""
    base = facts.values.get(swing.cause)
    if base is None or not isfinite(number(base)):
        return
    seen = {outcome}
    for minutes in sorted(_shifts(version, facts, swing), key=abs):
        other, _ = outcome_of(version.rules, facts.shifted(swing, minutes))
        if other not in seen:
            seen.add(other)
            value = round(number(base) + minutes)
            yield Cause(swing.cause, value, other, _direction(outcome, other))


def _shifts(version: Version, facts: Facts, swing: Swing) -> set[int]:
    """Return the shifts at which a test changes, within the tolerance: no other is worth trying."""
    shifts: set[int] = set()
    for test, speed in moving_tests(version, swing.facts):
        value, bound = test.value_in(facts.values), test.bound_for(facts.values)
        if value is None or bound is None:
            continue
        gap = (bound - value) / speed  # type: ignore[operator]
        if swing.down - 2 <= gap <= swing.up + 2:
            strict = (test.operator in _STRICT_BELOW) is (speed > 0)
            last = ceil(gap) - 1 if strict else floor(gap)
            shifts.add(last + 1 if last >= 0 else last)
    return {shift for shift in shifts if swing.down <= shift <= swing.up}


def moving_tests(version: Version, facts: tuple[str, ...]) -> tuple[tuple[Test, float], ...]:
    """Return the tests of the rules that move with some facts, and how fast; kept once made."""
    found = version.moving.get(facts)
    if found is None:
        tests = dict.fromkeys(t for rule in version.rules for t in rule.condition.leaves())
        found = tuple((test, speed) for test in tests if (speed := _speed(test, facts)))
        version.moving[facts] = found
    return found


def _speed(test: Test, facts: tuple[str, ...]) -> float:
    """Return how fast a test comes nearer to its bound while facts move together."""
    speed = float(sum(name in facts for name in test.facts))
    if isinstance(test.bound, Relative) and test.bound.fact in facts:
        speed -= test.bound.times / test.bound.scale
    return speed
