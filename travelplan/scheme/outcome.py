"""The outcome alone: the first rule that applies, or what every open fact leads to."""

from __future__ import annotations

from travelplan.scheme.facts import Values
from travelplan.scheme.rulebook import Rule
from travelplan.scheme.verdicts import Outcome
from travelplan.scheme.walk import possible_outcomes


def outcome_of(rules: tuple[Rule, ...], values: Values) -> tuple[Outcome, Rule | None]:
    """Return the outcome and the rule that decides, or undetermined and the first open rule.

    An outcome is also certain where each value of every unknown fact leads to it.
    """
    open_rule: Rule | None = None
    for rule in rules:
        truth = rule.condition.holds(values)
        if truth is False:
            continue
        if truth:
            if open_rule is None or open_rule.outcome == rule.outcome:
                return rule.outcome, open_rule or rule
            break
        if open_rule and rule.outcome != open_rule.outcome:
            break
        open_rule = open_rule or rule
    left = possible_outcomes(rules, values)
    return (left.pop() if len(left) == 1 else "undetermined"), open_rule
