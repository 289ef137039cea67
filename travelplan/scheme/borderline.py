"""What little change would change a decision: measured facts and assumed parameters, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from travelplan.scheme.decision import Cause
from travelplan.scheme.facts import Facts, Swing, number
from travelplan.scheme.logic import Relative, Test
from travelplan.scheme.outcome import outcome_of
from travelplan.scheme.rulebook import Version
from travelplan.scheme.verdicts import OUTCOME_ORDER, Outcome


def causes_of(version: Version, facts: Facts, outcome: Outcome) -> Iterator[Cause]:
    """Yield what alone would change an outcome: a measured fact within its tolerance, a parameter."""
    for swing in facts.swings:
        yield from _swing_causes(version, facts, swing, outcome)
    for variant in version.variants:
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
    """Return the shifts worth trying: both sides of each bound within the tolerance."""
    shifts: set[int] = set()
    for test in version.tests:
        moving = _speed(test, swing)
        value, bound = test.value_in(facts.values), test.bound_for(facts.values)
        if moving and value is not None and isinstance(bound, int | float) and isfinite(bound):
            gap = round((bound - number(value)) / moving)
            shifts.update((gap - 1, gap, gap + 1))
    return {shift for shift in shifts if swing.down <= shift <= swing.up}


def _speed(test: Test, swing: Swing) -> float:
    """Return how fast a test comes nearer to its bound while the facts of the swing move."""
    speed = float(sum(name in swing.facts for name in test.facts))
    if isinstance(test.bound, Relative) and test.bound.fact in swing.facts:
        speed -= test.bound.times / test.bound.scale
    return speed
