"""The outcome alone: the first rule that applies, or what every open fact leads to."""

from __future__ import annotations

from travelplan.scheme.facts import RAIL_TIMES, Values
from travelplan.scheme.logic import Relative, Test
from travelplan.scheme.rulebook import Rule
from travelplan.scheme.verdicts import Outcome
from travelplan.scheme.walk import possible_outcomes

_TIED = {"rail_min": "rail", "rail_door_min": "rail", "served_by_rail": "rail"} | {
    "multi_day": "days",
    "same_day_return": "days",
}
"""Facts of which one may tell something of the other."""


def outcome_of(rules: tuple[Rule, ...], values: Values) -> tuple[Outcome, Rule | None]:
    """Return the outcome and the rule that decides, or undetermined and the first open rule.

    An outcome is also certain where each value of every unknown fact leads to it.
    """
    open_rule: Rule | None = None
    open_rules = 0
    for rule in rules:
        truth = rule.condition.holds(values)
        if truth is False:
            continue
        if open_rule is None:
            if truth:
                return rule.outcome, rule
        elif open_rule.outcome != rule.outcome:
            if truth and open_rules == 1 and _can_go_both_ways(open_rule, values):
                return "undetermined", open_rule
            break
        elif truth:
            return rule.outcome, open_rule
        open_rule = open_rule or rule
        open_rules += 1
    left = possible_outcomes(rules, values)
    return (left.pop() if len(left) == 1 else "undetermined"), open_rule


def _can_go_both_ways(rule: Rule, values: Values) -> bool:
    """Return whether an open condition can surely turn out true as well as false.

    It can where the facts that are missing have nothing to do with each other: then each of its
    open tests can go either way by itself. Where this is not plain the cells have to be asked.
    """
    seen: set[str] = set()
    for test in rule.condition.leaves():
        if test.holds(values) is not None:
            continue
        if not _is_free(test, values):
            return False
        ties = {_TIED.get(name, name) for name in test.needs if name not in values}
        if ties & seen or len(ties) != 1:
            return False
        seen |= ties
    return True


def _is_free(test: Test, values: Values) -> bool:
    """Return whether a test of a missing fact can go either way, whatever else is known."""
    if isinstance(test.bound, Relative) or test.more or test.fact in values:
        return False
    if any(name in values for name, tie in _TIED.items() if tie == _TIED.get(test.fact)):
        return test.fact in RAIL_TIMES and values.get("served_by_rail") is True
    if isinstance(test.bound, bool | str | tuple):
        return True
    return test.bound is not None and test.bound >= 1
