"""The decision: the first rule that applies, why, and what little change would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite

from travelplan.places.normalise import normalise
from travelplan.scheme.facts import IN_LIST, Facts, Swing, Value, Values, number
from travelplan.scheme.logic import Tested
from travelplan.scheme.model import Mode, Outcome, Verdict
from travelplan.scheme.rulebook import Parameter, Rule, Version


@dataclass(frozen=True, slots=True)
class Cause:
    """What would change the outcome: a measured fact or an assumed parameter at another value."""

    cause: str
    value: Value
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ListedLevel:
    """The level of a destination that a person has decided; it goes before computed times."""

    outcome: Outcome
    entry: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a version of a scheme says of one case, and why.

    `rule` is None when nothing decided: out of scope, undetermined, or the list did. `tested`
    holds the tests of the rules up to the deciding one. `assumed` names scope facts and lists that
    were not given and were taken as in scope and not listed. `unknown` names the facts that are
    missing where the outcome is undetermined.
    """

    outcome: Outcome
    version: Version
    rule: Rule | None
    tested: tuple[Tested, ...]
    parameters: tuple[Parameter, ...]
    causes: tuple[Cause, ...]
    verdicts: Mapping[Mode, Verdict]
    assumed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    listed: ListedLevel | None = None

    @property
    def borderline(self) -> bool:
        """Whether another plausible value of one cause alone would change the outcome."""
        return bool(self.causes)


def decide(
    version: Version,
    facts: Facts,
    *,
    names: Iterable[str] = (),
    listed: ListedLevel | None = None,
) -> Decision:
    """Return the decision of a scheme version for the facts of one case.

    Args:
        version: the version in force.
        facts: what is known; a rule that needs an unknown fact leaves the case undetermined,
            unless every way to go on leads to the same outcome.
        names: the destination's names, for the lists of the scheme.
        listed: the level that a person has decided for this destination, which wins if the scheme
            gives its list authority.
    """
    facts, assumed = _with_lists(version, facts, names)
    in_scope, scope_tests = _scope(version, facts.values)
    assumed += tuple(t.fact for t in scope_tests if t.result is None)
    if not in_scope:
        failed = tuple(t for t in scope_tests if t.result is not None)
        return Decision("out_of_scope", version, None, failed, (), (), {}, assumed)
    if listed and version.list_authority == "override":
        verdicts = version.verdicts(listed.outcome)
        return Decision(listed.outcome, version, None, (), (), (), verdicts, assumed, listed=listed)
    outcome, rule, tested = _trace(version.rules, facts.values)
    used = tuple(_parameters_used(version, tested))
    decision = Decision(
        outcome, version, rule, tested, used, (), version.verdicts(outcome), assumed
    )
    if outcome == "undetermined":
        unknown = tuple(dict.fromkeys(_missing(version.rules, facts.values)))
        return replace(decision, rule=None, parameters=(), unknown=unknown)
    return replace(decision, causes=tuple(_causes(version, facts, outcome)))


def outcome_of(rules: Iterable[Rule], values: Values) -> tuple[Outcome, Rule | None]:
    """Return the outcome and the rule that decides, or undetermined and the first open rule."""
    open_rule: Rule | None = None
    for rule in rules:
        truth = rule.condition.holds(values)
        if truth is False:
            continue
        if open_rule and rule.outcome != open_rule.outcome:
            return "undetermined", open_rule
        if truth:
            return rule.outcome, open_rule or rule
        open_rule = open_rule or rule
    return "undetermined", open_rule


def _with_lists(
    version: Version, facts: Facts, names: Iterable[str]
) -> tuple[Facts, tuple[str, ...]]:
    """Add whether the destination is on each list; without a destination it is on none."""
    missing = [name for name in version.lists if IN_LIST + name not in facts.values]
    if not missing:
        return facts, ()
    typed = facts.values.get("destination")
    known = {normalise(name) for name in (*names, *([str(typed)] if typed else []))}
    on = version.listed_in(facts.values, known)
    values = {**facts.values, **{IN_LIST + name: name in on for name in missing}}
    return replace(facts, values=values), () if known else ("destination",)


def _scope(version: Version, values: Values) -> tuple[bool, tuple[Tested, ...]]:
    if version.scope is None:
        return True, ()
    return version.scope.holds(values) is not False, tuple(version.scope.tests(values))


def _trace(
    rules: Iterable[Rule], values: Values
) -> tuple[Outcome, Rule | None, tuple[Tested, ...]]:
    outcome, decisive = outcome_of(rules, values)
    tested: list[Tested] = []
    for rule in rules:
        tested += rule.condition.tests(values)
        if rule is decisive and outcome != "undetermined":
            break
    return outcome, decisive, tuple(tested)


def _missing(rules: Iterable[Rule], values: Values) -> Iterator[str]:
    for rule in rules:
        for test in rule.condition.leaves():
            if missing := test.missing(values):
                yield missing


def _parameters_used(version: Version, tested: Iterable[Tested]) -> Iterator[Parameter]:
    """Yield the parameters that the tests used, as bounds or as the fact that was measured."""
    named = {t.parameter for t in tested}
    facts = {t.fact for t in tested}
    for parameter in version.parameters.values():
        if parameter.name in named or parameter.value in facts:
            yield parameter


def _causes(version: Version, facts: Facts, outcome: Outcome) -> Iterator[Cause]:
    for swing in facts.swings:
        yield from _swing_causes(version.rules, facts, swing, outcome)
    for variant in version.variants:
        other, _ = outcome_of(variant.rules, facts.values)
        if other not in {outcome, "undetermined"}:
            yield Cause(variant.parameter, variant.value, other)


def _swing_causes(
    rules: tuple[Rule, ...], facts: Facts, swing: Swing, outcome: Outcome
) -> Iterator[Cause]:
    """Yield each other outcome within the tolerance, with the nearest value that leads to it."""
    base = facts.values.get(swing.cause)
    if base is None or not isfinite(number(base)):
        return
    seen = {outcome}
    for minutes in sorted(_shifts(rules, facts, swing), key=abs):
        other, _ = outcome_of(rules, facts.shifted(swing, minutes))
        if other not in seen:
            seen.add(other)
            yield Cause(swing.cause, round(number(base) + minutes), other)


def _shifts(rules: Iterable[Rule], facts: Facts, swing: Swing) -> set[int]:
    """Return the shifts worth trying: the ends of the tolerance and both sides of each bound."""
    shifts = {swing.down, swing.up}
    for rule in rules:
        for test in rule.condition.leaves():
            value, bound = facts.values.get(test.fact), test.bound_for(facts.values)
            if test.fact in swing.facts and value is not None and isinstance(bound, int | float):
                gap = round(bound - number(value))
                shifts.update((gap - 1, gap, gap + 1))
    return {shift for shift in shifts if swing.down <= shift <= swing.up}
