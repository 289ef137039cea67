"""Proof of one version: every rule is used, no value falls between two, no list is forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from travelplan.language import Message, message
from travelplan.scheme.cells import Cell, Interval, Splitter, TooEntangledError
from travelplan.scheme.facts import IN_LIST, MEASURED, Kind, number
from travelplan.scheme.logic import Test
from travelplan.scheme.reach import Reach
from travelplan.scheme.rulebook import EVERYWHERE, Rule, Version
from travelplan.scheme.vocabulary import OUTCOMES, fact_name, fact_value
from travelplan.scheme.walk import can_decide, first_rules, possible_outcomes
from travelplan.strict import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a version: where in it, what, and what to do."""

    where: Path
    problem: Message
    advice: Message


def prove(version: Version, reach: Reach) -> list[Finding]:
    """Return everything that is wrong with a version that its shape does not show.

    Exact over all cells into which its tests divide the cases; see `cells`.
    """
    found = list(_open_parameters(version))
    found += _out_of_reach(version, reach)
    found += _lists(version)
    try:
        found += _dead(version)
        found += _cracks(version)
    except TooEntangledError:
        text = message("The rules are too entangled to be proved.")
        found.append(Finding(("rules",), text, message("Use fewer facts, or split rules.")))
    return found


def reachable_rules(version: Version) -> set[int]:
    """Return the numbers of the rules (gates first) that decide at least one case in scope."""
    ladder, start = ladder_of(version), _in_scope(version)
    return {place for place in range(len(ladder)) if can_decide(ladder, place, start, Splitter())}


def ladder_of(version: Version) -> tuple[Rule, ...]:
    """Return gates and rules in the order in which they are asked."""
    return (*version.gates, *version.rules)


def _in_scope(version: Version) -> list[Cell]:
    everything = Cell({})
    if version.scope is None:
        return [everything]
    parts = Splitter().split(version.scope, everything)
    return [cell for truth, cell in parts if truth]


def path_of(version: Version, place: int) -> Path:
    """Return where a rule of the ladder stands in the version."""
    gates = len(version.gates)
    return ("gates", place) if place < gates else ("rules", place - gates)


def _dead(version: Version) -> Iterator[Finding]:
    if not _in_scope(version):
        text = message("No trip can be in scope: the conditions exclude each other.")
        yield Finding(("scope",), text, message("Correct the scope."))
        return
    ladder = ladder_of(version)
    alive = reachable_rules(version)
    for place, rule in enumerate(ladder):
        if place in alive:
            continue
        if can_decide([rule], 0, _in_scope(version), Splitter()):
            problem = message(
                "The rule “{rule}” is never used: rules before it decide all of its cases.",
                rule=rule.id,
            )
            advice = message("Take it out, or put it before them.")
        else:
            problem = message("The rule “{rule}” can never apply.", rule=rule.id)
            advice = message("Correct its condition, or the scope.")
        yield Finding(path_of(version, place), problem, advice)


def _cracks(version: Version) -> Iterator[Finding]:
    """Yield single values at which a rule decides otherwise than on both sides of them."""
    ladder = ladder_of(version)
    told: set[tuple[str, float]] = set()
    for test in _limits(version):
        limit = number(test.bound)  # type: ignore[arg-type]
        if (test.fact, limit) in told or not _may_crack(version, test.fact, limit):
            continue
        crack = _crack(version, ladder, test.fact, limit)
        if crack is None:
            continue
        told.add((test.fact, limit))
        place, beside = crack
        problem = message(
            "At exactly {value} of {fact} the rule “{rule}” decides ({outcome}), "
            "while just below and just above it is “{other}”.",
            value=fact_value(test.fact, limit, version),
            fact=fact_name(test.fact, version),
            rule=ladder[place].id,
            outcome=OUTCOMES[ladder[place].outcome],
            other=OUTCOMES[beside],
        )
        advice = message("Write at_most or at_least where the limit itself should count.")
        yield Finding(_place_of_limit(version, test), problem, advice)


def _may_crack(version: Version, fact: str, limit: float) -> bool:
    """Return whether tests change both just below and just above a limit."""
    here = {t.operator for t in _limits(version) if t.fact == fact and t.bound == limit}
    return bool(here & {"under", "at_least"}) and bool(here & {"at_most", "over"})


def _crack(
    version: Version, ladder: tuple[Rule, ...], fact: str, limit: float
) -> tuple[int, str] | None:
    near = _neighbours(version, fact, limit)
    here = Interval(limit, limit, above=False, below=False)
    for start in _in_scope(version):
        if not _may_be(start, fact, here):
            continue
        cells = [replace(start, parts={**start.parts, fact: here})]
        for place, cell in first_rules(ladder, cells, Splitter()):
            sides = [_outcomes(ladder, cell, fact, side) for side in near]
            outcome = ladder[place].outcome
            if all(sides) and all(outcome not in side for side in sides):
                return place, sorted(sides[0])[0]
    return None


def _may_be(cell: Cell, fact: str, part: Interval) -> bool:
    known = cell.parts.get(fact, Interval())
    if not isinstance(known, Interval):
        return False
    return not known.at_least(part.low, strict=False).at_most(part.high, strict=False).empty


def _neighbours(version: Version, fact: str, limit: float) -> tuple[Interval, Interval]:
    limits = {number(t.bound) for t in _limits(version) if t.fact == fact}  # type: ignore[arg-type]
    below = max((x for x in limits if x < limit), default=0)
    above = min((x for x in limits if x > limit), default=limit + 1)
    return (
        Interval(below, limit, above=True, below=True),
        Interval(limit, above, above=True, below=True),
    )


def _outcomes(ladder: tuple[Rule, ...], cell: Cell, fact: str, side: Interval) -> set[str]:
    beside = replace(cell, parts={**cell.parts, fact: side})
    return {ladder[place].outcome for place, _ in first_rules(ladder, [beside], Splitter())}


def _limits(version: Version) -> Iterator[Test]:
    """Yield the tests of rules against a plain number of what is not counted in whole numbers."""
    for rule in ladder_of(version):
        for test in rule.condition.leaves():
            plain = isinstance(test.bound, int | float) and not isinstance(test.bound, bool)
            if plain and not test.whole and not test.more:
                yield test


def _place_of_limit(version: Version, wanted: Test) -> Path:
    for place, rule in enumerate(ladder_of(version)):
        if wanted in rule.condition.leaves():
            return (*path_of(version, place), "when")
    return ("rules",)


def _open_parameters(version: Version) -> Iterator[Finding]:
    used = {test.parameter for test in _all_tests(version)}
    facts = {test.fact for test in _all_tests(version)}
    for name, parameter in version.parameters.items():
        where: Path = ("parameters", name)
        if parameter.value is None:
            problem = message("The parameter “{name}” has no value.", name=name)
            advice = message("Give it a value: what needs it cannot be decided until then.")
            yield Finding(where, problem, advice)
        elif name not in used and parameter.value not in facts:
            problem = message("No rule uses the parameter “{name}”.", name=name)
            yield Finding(where, problem, message("Use it, or take it out."))


def _all_tests(version: Version) -> Iterator[Test]:
    conditions = [rule.condition for rule in ladder_of(version)]
    conditions += [version.scope] if version.scope else []
    conditions += [item.condition for item in version.approvals]
    conditions += [item.condition for item in version.classes]
    conditions += [item.condition for item in version.levies]
    for condition in conditions:
        yield from condition.leaves()


def _out_of_reach(version: Version, reach: Reach) -> Iterator[Finding]:
    for place, rule in enumerate(ladder_of(version)):
        where = (*path_of(version, place), "when")
        for test in rule.condition.leaves():
            yield from _unreachable(test, version, reach, where)
    if version.scope:
        for test in version.scope.leaves():
            yield from _unreachable(test, version, reach, ("scope", "when"))


def _unreachable(test: Test, version: Version, reach: Reach, where: Path) -> Iterator[Finding]:
    kind = version.kind(test.fact)
    if kind is Kind.NAME:
        yield from _strange_names(test, version, reach, where)
    if kind not in MEASURED or not isinstance(test.bound, int | float) or test.more:
        return
    least, most = reach.least.get(test.fact, 0), reach.most.get(test.fact)
    if test.bound < least or (most is not None and test.bound > most):
        problem = message(
            "No data reaches the limit {value} of {fact}.",
            value=fact_value(test.fact, test.bound, version),
            fact=fact_name(test.fact, version),
        )
        yield Finding(where, problem, message("Check the number and its unit."))


def _strange_names(test: Test, version: Version, reach: Reach, where: Path) -> Iterator[Finding]:
    further = version.further.get(test.fact)
    known = frozenset(further.values) if further else reach.names.get(test.fact, frozenset())
    given = test.bound if isinstance(test.bound, tuple) else (str(test.bound),)
    strange = [str(name) for name in given if known and name not in known]
    if test.fact == "country":
        strange = [str(n) for n in given if len(str(n)) != 2 or not str(n).isupper()]
    for name in strange:
        problem = message(
            "{fact} is never “{name}”.", fact=fact_name(test.fact, version), name=name
        )
        names = ", ".join(sorted(known)) or "BE, FR, NL"
        yield Finding(where, problem, message("Write one of {names}.", names=names))


def _lists(version: Version) -> Iterator[Finding]:
    asked = {test.fact for test in _all_tests(version)}
    asked |= {IN_LIST + item.list for item in version.indications}
    for name, entries in version.lists.items():
        if IN_LIST + name not in asked:
            problem = message("No rule asks for the list “{list}”.", list=name)
            yield Finding(("lists", name), problem, message("Use it in a rule, or take it out."))
        for land in sorted(entries.get(EVERYWHERE, frozenset())):
            for place, lands in entries.items():
                if place != EVERYWHERE and land in lands:
                    problem = message(
                        "{place} stands on the list “{list}” beside the whole of its country.",
                        place=place,
                        list=name,
                    )
                    yield Finding(("lists", name), problem, message("Take one of the two out."))
    yield from _contradictions(version)


def _contradictions(version: Version) -> Iterator[Finding]:
    """Yield places on two lists that lead to different outcomes."""
    levels = _levels(version)
    names = list(version.lists)
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            if levels.get(first) == levels.get(second):
                continue
            for place in sorted(set(version.lists[first]) & set(version.lists[second])):
                if version.lists[first][place] & version.lists[second][place]:
                    problem = message(
                        "{place} stands on two lists that say different things: "
                        "“{first}” and “{second}”.",
                        place=place,
                        first=first,
                        second=second,
                    )
                    advice = message("Take it off one of them.")
                    yield Finding(("lists", second), problem, advice)


def _levels(version: Version) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in version.lists:
        values = {IN_LIST + other: other == name for other in version.lists}
        outcomes = possible_outcomes(version.rules, values, most=9)
        found[name] = "/".join(sorted(outcomes))
    return found
