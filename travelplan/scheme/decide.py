"""The decision: the first rule that applies, why, and what little change would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from travelplan.places.normalise import normalise
from travelplan.scheme.borderline import causes_of
from travelplan.scheme.decision import Cause, Decision, ListedLevel
from travelplan.scheme.facts import IN_LIST, Facts, Swing, Value, Values
from travelplan.scheme.logic import Tested
from travelplan.scheme.outcome import outcome_of
from travelplan.scheme.rights import REQUEST, Reason, given_reasons, may_apply
from travelplan.scheme.rulebook import Parameter, Rule, Version
from travelplan.scheme.verdicts import OUTCOME_ORDER, Outcome
from travelplan.scheme.walk import possible_outcomes

__all__ = ["Cause", "Decision", "ListedLevel", "decide", "outcome_of"]


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
            unless every value of that fact leads to the same outcome.
        names: the destination's names, for the lists of the scheme.
        listed: the level that a person has decided for this destination, which wins if the scheme
            gives its list authority.
    """
    values, assumed = _with_lists(version, facts.values, names)
    presumed: Mapping[str, Value] = {}
    if version.scope is not None:
        truth = version.scope.holds(values)
        if truth is not True:
            assumed += tuple(t.fact for t in version.scope_tests if t.holds(values) is None)
        if truth is False:
            failed = tuple(t for t in version.scope.tests(values) if t.result is not None)
            return Decision(
                "out_of_scope", version, None, failed, (), (), {}, assumed, values=values
            )
    if version.presumed or version.usual:
        values, presumed = _with_presumed(version, values)
    gate, tested = _gate(version, values)
    if gate:
        return Decision(
            gate.outcome,
            version,
            gate,
            tested,
            tuple(_parameters_used(version, tested)),
            (),
            version.verdicts(gate.outcome),
            assumed,
            values=values,
            presumed=presumed,
        )
    if listed and version.list_authority == "override":
        return Decision(
            listed.outcome,
            version,
            None,
            (),
            (),
            (),
            version.verdicts(listed.outcome),
            assumed,
            listed=listed,
            values=values,
            presumed=presumed,
        )
    swings = _with_stand_ins(version, facts.swings) if presumed else facts.swings
    return _by_rules(version, Facts(values, swings), assumed, presumed)


def _by_rules(
    version: Version, facts: Facts, assumed: tuple[str, ...], presumed: Mapping[str, Value]
) -> Decision:
    values, rules = facts.values, version.rules
    outcome, rule = outcome_of(rules, values)
    unknown: tuple[str, ...] = ()
    indicated = ""
    if outcome == "undetermined":
        tested = tuple(_tests(rules, None, values))
        outcome, indicated = _indicated(version, values)
        if not indicated:
            unknown = tuple(dict.fromkeys(_missing(rules, values)))
        rule = None
    else:
        tested = tuple(_tests(rules, rule, values))
    exception = None
    if "reason" in values:
        exception = _exception(version, outcome, rule, values)
        outcome = exception.effect if exception else outcome  # type: ignore[assignment]
        unknown = () if exception else unknown
    settled = outcome == "undetermined" or exception or indicated
    return Decision(
        outcome,
        version,
        rule,
        tested,
        tuple(_parameters_used(version, tested)) if outcome != "undetermined" else (),
        () if settled else tuple(causes_of(version, facts, outcome)),
        version.verdicts(outcome),
        assumed,
        unknown,
        None,
        values,
        presumed,
        exception,
        indicated,
    )


def _with_lists(
    version: Version, values: Values, names: Iterable[str]
) -> tuple[Values, tuple[str, ...]]:
    """Add whether the destination is on each list; without a destination it is on none."""
    if not version.lists:
        return values, ()
    missing = [name for name in version.lists if IN_LIST + name not in values]
    if not missing:
        return values, ()
    typed = values.get("destination")
    known = {normalise(name) for name in (*names, *([str(typed)] if typed else []))}
    on = version.listed_in(values, known)
    added = {IN_LIST + name: truth for name in missing if (truth := on[name]) is not None}
    settled = known or all(on[name] for name in missing)
    return {**values, **added}, () if settled else ("destination",)


def _with_presumed(version: Version, values: Values) -> tuple[Values, Mapping[str, Value]]:
    found: dict[str, Value] = {}
    for name, presumed in version.presumed.items():
        if name in values:
            continue
        stand_in = presumed.value if not presumed.same_as else values.get(presumed.same_as)
        if stand_in is not None:
            found[name] = stand_in
    for name, value in version.usual.items():
        if name not in values:
            found.setdefault(name, value)
    return ({**values, **found} if found else values), found


def _gate(version: Version, values: Values) -> tuple[Rule | None, tuple[Tested, ...]]:
    """Return the gate that stops the trip; one that lacks its facts is open."""
    for gate in version.gates:
        if gate.condition.holds(values):
            return gate, tuple(gate.condition.tests(values))
    return None, ()


def _indicated(version: Version, values: Values) -> tuple[Outcome, str]:
    for item in version.indications:
        if values.get(IN_LIST + item.list) is True:
            return item.outcome, item.list
    return "undetermined", ""


def _exception(
    version: Version, outcome: Outcome, rule: Rule | None, values: Values
) -> Reason | None:
    """Return the given reason that frees from the outcome, or from each that is still open."""
    given, _ = given_reasons(version.reasons, values)
    left = {outcome}
    if outcome == "undetermined":
        left = possible_outcomes(version.rules, values, most=len(OUTCOME_ORDER))
    for reason in given:
        if reason.effect == REQUEST or (reason.rules and rule is None):
            continue
        freed = [any(may_apply([reason], o, rule.id if rule else "")) for o in left]
        same = [o == reason.effect for o in left]
        if any(freed) and all(a or b for a, b in zip(freed, same, strict=True)):
            return reason
    return None


def _tests(rules: Iterable[Rule], decisive: Rule | None, values: Values) -> Iterator[Tested]:
    for rule in rules:
        yield from rule.condition.tests(values)
        if rule is decisive:
            return


def _missing(rules: Iterable[Rule], values: Values) -> Iterator[str]:
    for rule in rules:
        for test in rule.condition.leaves():
            if missing := test.missing(values):
                yield "country" if missing.startswith(IN_LIST) else missing


def _parameters_used(version: Version, tested: Iterable[Tested]) -> Iterator[Parameter]:
    """Yield the parameters that the tests used, as bounds or as the fact that was measured."""
    named = {t.parameter for t in tested}
    facts = {t.fact for t in tested}
    for parameter in version.parameters.values():
        if parameter.name in named or parameter.value in facts:
            yield parameter


def _with_stand_ins(version: Version, swings: tuple[Swing, ...]) -> tuple[Swing, ...]:
    """Let facts that stand for a swinging one swing with it."""
    return tuple(
        replace(swing, facts=(*swing.facts, *moved)) if moved else swing
        for swing in swings
        for moved in [
            [
                n
                for n, p in version.presumed.items()
                if p.same_as in swing.facts and n not in swing.facts
            ]
        ]
    )
