"""The proof of a scheme: against trying every case, and each thing that it finds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from cases_reader import SCHEMES, line_of
from hypothesis import given, settings
from hypothesis import strategies as st
from scheme_world import document, small

from travelplan.files import destinations_path, load_destinations, load_reach, read_document
from travelplan.language import Words
from travelplan.review import Remark, review
from travelplan.scheme.cells import Cell, Splitter, TooEntangledError
from travelplan.scheme.facts import Value
from travelplan.scheme.logic import All, AnyOf, Condition, Not, Relative
from travelplan.scheme.logic import Test as OneTest
from travelplan.scheme.outcome import outcome_of
from travelplan.scheme.rulebook import Rule
from travelplan.scheme.verdicts import Outcome
from travelplan.scheme.walk import can_decide, first_rules, possible_outcomes

RAIL = [Fraction(i, 6) for i in range(73)]
FLIGHT = [Fraction(i, 6) for i in range(26)]
"""Every cell with corners at halves has a point at sixths: the centre of three corners."""
ORDERED = ("at_most", "under", "at_least", "over")
OUTCOMES: tuple[Outcome, ...] = ("train_mandatory", "train_recommended", "free_choice")
BECAUSE = Words("", "", "")
Point = dict[str, object]


@st.composite
def leaves(draw: st.DrawFn) -> OneTest:
    """Draw one test: a limit, a relation of two times, a count, a flag or a name."""
    kind = draw(st.sampled_from(("limit", "limit", "relation", "count", "flag", "name")))
    operator = draw(st.sampled_from(ORDERED))
    if kind == "limit":
        fact = draw(st.sampled_from(("rail_min", "flight_min")))
        return OneTest(fact, operator, draw(st.integers(0, 3)))
    if kind == "relation":
        bound = Relative("flight_min", draw(st.integers(0, 2)), draw(st.sampled_from((1, 2))))
        return OneTest("rail_min", operator, bound)
    if kind == "count":
        way = draw(st.sampled_from((*ORDERED, "is")))
        return OneTest("nights", way, draw(st.integers(0, 2)), whole=True)
    if kind == "flag":
        return OneTest("served_by_rail", "is", draw(st.booleans()))
    names = draw(st.sampled_from((("A",), ("A", "B"))))
    return OneTest("country", "in", names)


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    leaves(),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.tuples(inner, inner))
        | st.builds(AnyOf, st.tuples(inner, inner))
    ),
    max_leaves=3,
)


@st.composite
def ladders(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Draw up to four rules and one without a condition."""
    conditions = draw(st.lists(CONDITIONS, min_size=1, max_size=4))
    rules = [
        Rule(str(i), condition, draw(st.sampled_from(OUTCOMES)), BECAUSE)
        for i, condition in enumerate(conditions)
    ]
    return (*rules, Rule("rest", All(()), "free_choice", BECAUSE))


def holds(condition: Condition, point: Point) -> bool:
    """Return the truth of a condition straight from its meaning, in exact numbers."""
    match condition:
        case All(parts):
            return all(holds(part, point) for part in parts)
        case AnyOf(parts):
            return any(holds(part, point) for part in parts)
        case Not(part):
            return not holds(part, point)
        case OneTest():
            return compare(condition, point)
    raise TypeError(condition)


def compare(test: OneTest, point: Point) -> bool:
    """Return the truth of one test; a rail time that does not exist is beyond every limit."""
    value, bound = point[test.fact], test.bound
    if test.fact == "rail_min" and not point["served_by_rail"]:
        return test.operator in {"at_least", "over"}
    if isinstance(bound, tuple):
        return value in bound
    if isinstance(bound, Relative):
        base = point[bound.fact]
        assert isinstance(base, Fraction)
        limit = base * Fraction(bound.times) + Fraction(bound.plus)
    else:
        assert isinstance(bound, int | bool)
        limit = Fraction(bound)
    assert isinstance(value, Fraction | int)
    by = {
        "at_most": value <= limit,
        "under": value < limit,
        "at_least": value >= limit,
        "over": value > limit,
        "is": value == limit,
    }
    return by[test.operator]


def points(rules: tuple[Rule, ...], known: Point) -> Iterator[Point]:
    """Yield every combination of values of the facts that the rules ask for."""
    asked = {name for rule in rules for leaf in rule.condition.leaves() for name in leaf.needs}
    tries: dict[str, list[object]] = {
        "rail_min": list(RAIL),
        "flight_min": list(FLIGHT),
        "nights": [0, 1, 2, 3],
        "served_by_rail": [True, False],
        "country": ["A", "B", "C"],
    }
    facts = [name for name in tries if name in asked | {"served_by_rail"}]
    choices = [[known[name]] if name in known else tries[name] for name in facts]
    for values in product(*choices):
        yield dict(zip(facts, values, strict=True))


def deciding(rules: tuple[Rule, ...], known: Point) -> set[int]:
    """Return the numbers of the rules that decide some case, by trying them all."""
    return {
        next(i for i, rule in enumerate(rules) if holds(rule.condition, point))
        for point in points(rules, known)
    }


@settings(max_examples=25)
@given(ladders())
def test_the_prover_finds_the_rules_that_trying_every_case_finds(rules: tuple[Rule, ...]) -> None:
    alive = {i for i in range(len(rules)) if can_decide(rules, i, [Cell({})], Splitter())}
    assert alive == deciding(rules, {})


@settings(max_examples=15)
@given(ladders())
def test_walking_all_rules_at_once_finds_the_same(rules: tuple[Rule, ...]) -> None:
    assert {i for i, _ in first_rules(rules, [Cell({})], Splitter())} == deciding(rules, {})


KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "rail_min": st.integers(0, 4),
        "flight_min": st.integers(0, 4),
        "nights": st.integers(0, 3),
        "country": st.sampled_from(("A", "B", "C")),
    },
)


@settings(max_examples=30)
@given(ladders(), KNOWN)
def test_an_outcome_is_certain_exactly_where_every_value_of_the_unknown_leads_to_it(
    rules: tuple[Rule, ...], given_facts: dict[str, Value]
) -> None:
    facts = dict(given_facts)
    if "rail_min" in facts:
        facts["served_by_rail"] = True
    exact: Point = {
        name: Fraction(value) if name.endswith("_min") and isinstance(value, int) else value
        for name, value in facts.items()
    }
    outcomes = {rules[i].outcome for i in deciding(rules, exact)}
    outcome, _ = outcome_of(rules, facts)
    assert possible_outcomes(rules, facts, most=9) == outcomes
    assert outcome == (outcomes.pop() if len(outcomes) == 1 else "undetermined")


def found(text: str) -> list[Remark]:
    return review(document(text), load_reach())


def only(text: str) -> tuple[int, str, str]:
    """Return line, problem and advice of the one thing found."""
    (remark,) = found(text)
    return remark.line, str(remark.problem), str(remark.advice)


SHORT = "{id: short, when: {fact: rail_min, under: 6 h}, outcome: train_mandatory}"


def test_a_whole_scheme_has_nothing_to_be_found() -> None:
    assert found(small(rules=SHORT)) == []


def test_a_rule_behind_a_wider_one_is_never_used() -> None:
    wider = "{id: wide, when: {fact: rail_min, at_most: 8 h}, outcome: train_mandatory}"
    text = small(rules=f"{wider}\n{SHORT}")
    line, problem, advice = only(text)
    assert line == line_of(text, "id: short")
    assert "“short” is never used" in problem
    assert "before" in advice


def test_two_rules_together_may_leave_nothing_for_a_third() -> None:
    rules = f"""
    {SHORT}
    {{id: long, when: {{fact: rail_min, at_least: 6 h}}, outcome: free_choice}}
    {{id: dead, when: {{fact: nights, over: 2}}, outcome: justify_otherwise}}
    """
    # the last rule is dead too: with or without a train, one of the first two decides
    assert [str(r.problem).split("“")[1].split("”")[0] for r in found(small(rules=rules))] == [
        "dead",
        "rest",
    ]


def test_a_condition_that_excludes_itself_can_never_apply() -> None:
    parts = "[{fact: nights, over: 3}, {fact: nights, under: 4}]"
    rule = f"{{id: odd, when: {{all: {parts}}}, outcome: plane_default}}"
    assert "“odd” can never apply" in only(small(rules=rule))[1]


def test_relations_that_exclude_each_other_are_seen() -> None:
    longer = "{fact: rail_min, over: {fact: flight_min, plus: 2 h}}"
    parts = f"[{longer}, {{fact: rail_min, under: {{fact: flight_min, plus: 1 h}}}}]"
    rule = f"{{id: odd, when: {{all: {parts}}}, outcome: train_recommended}}"
    assert "“odd” can never apply" in only(small(rules=rule))[1]


def test_a_value_between_two_rules_that_neither_covers_is_a_gap() -> None:
    rules = """
    {id: short, when: {fact: rail_min, under: 6 h}, outcome: train_mandatory}
    {id: long, when: {fact: rail_min, over: 6 h}, outcome: train_recommended}
    """
    text = small(rules=rules)
    line, problem, advice = only(text)
    assert line == line_of(text, "id: short")
    assert "At exactly 6 h" in problem
    assert "at_most or at_least" in advice


def test_no_gap_where_the_limit_itself_is_covered() -> None:
    rules = """
    {id: short, when: {fact: rail_min, at_most: 6 h}, outcome: train_mandatory}
    {id: long, when: {fact: rail_min, over: 6 h}, outcome: train_recommended}
    """
    assert [str(r.problem) for r in found(small(rules=rules))] == [
        "The rule “rest” is never used: rules before it decide all of its cases."
    ]


def test_a_scope_that_no_trip_can_meet_is_found() -> None:
    both = "[{fact: domestic, is: true}, {fact: domestic, is: false}]"
    scope = f"scope: {{when: {{all: {both}}}, because: {{nl: a, fr: a, en: a}}}}"
    assert "No trip can be in scope" in only(small(scope, rules=SHORT))[1]


def test_a_rule_outside_the_scope_is_dead() -> None:
    scope = "scope: {when: {fact: domestic, is: false}, because: {nl: a, fr: a, en: a}}"
    rule = "{id: home, when: {fact: domestic, is: true}, outcome: train_mandatory}"
    assert "“home” can never apply" in only(small(scope, rules=rule))[1]


def test_a_parameter_without_a_value_is_found_and_nothing_is_decided_by_it() -> None:
    parameter = "parameters: {limit: {basis: published}}"
    rule = "{id: short, when: {fact: rail_min, under: limit}, outcome: train_mandatory}"
    text = small(parameter, rules=rule)
    line, problem, _ = only(text)
    assert line == line_of(text, "parameters")
    assert "“limit” has no value" in problem


def test_a_parameter_that_no_rule_uses_is_found() -> None:
    text = small("parameters: {limit: {value: 8 h, basis: published}}", rules=SHORT)
    assert "No rule uses the parameter “limit”" in only(text)[1]


@pytest.mark.parametrize(
    ("test", "part"),
    [
        ("fact: distance_km, under: 25000", "25,000"),
        ("fact: rail_min, under: 8 min", "8 min"),
        ("fact: flight_min, under: 90 h", "90 h"),
        ("fact: nights, over: 500", "500"),
    ],
)
def test_a_limit_that_no_data_can_reach_is_found(test: str, part: str) -> None:
    text = small(rules=f"{{id: odd, when: {{{test}}}, outcome: train_mandatory}}")
    problems = [str(remark.problem).replace("25000", "25,000") for remark in found(text)]
    assert any("No data reaches the limit" in p and part in p for p in problems)


@pytest.mark.parametrize(
    "test",
    ["fact: continent, is: Europe", "fact: role, in: [staff, mayor]", "fact: country, is: Belgium"],
)
def test_a_name_that_data_never_give_is_found(test: str) -> None:
    text = small(rules=f"{{id: odd, when: {{{test}}}, outcome: train_mandatory}}")
    assert "is never" in only(text)[1]


def test_a_list_that_no_rule_asks_for_is_found() -> None:
    assert (
        "No rule asks for the list “near”"
        in only(small("lists: {near: {FR: [Lille]}}", rules=SHORT))[1]
    )


def test_a_place_on_two_lists_that_say_different_things_is_found() -> None:
    lists = "lists: {green: {FR: [Lille, Paris]}, orange: {FR: [Paris]}}"
    rules = """
    {id: g, when: {fact: "in_list:green", is: true}, outcome: train_mandatory}
    {id: o, when: {fact: "in_list:orange", is: true}, outcome: train_recommended}
    """
    line, problem, _ = only(small(lists, rules=rules))
    assert (line, "paris stands on two lists" in problem) == (9, True)


def test_a_city_beside_the_whole_of_its_country_is_found() -> None:
    rules = '{id: g, when: {fact: "in_list:green", is: true}, outcome: train_mandatory}'
    text = small('lists: {green: {FR: ["*", Paris]}}', rules=rules)
    assert "beside the whole of its country" in only(text)[1]


def test_an_entry_of_the_list_that_a_changed_limit_no_longer_bears_out_is_found() -> None:
    text = (SCHEMES / "stad-gent.yaml").read_text("utf-8").replace("value: 8 h", "value: 3 h")
    destinations = load_destinations(destinations_path())
    remarks = review(document(text), load_reach(), destinations)
    assert any("stands on the list as" in str(remark.problem) for remark in remarks)


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_scheme_is_whole(path: object) -> None:
    shipped = read_document(SCHEMES / f"{getattr(path, 'stem')}.yaml")  # noqa: B009
    assert review(shipped, load_reach(), load_destinations(destinations_path())) == []


def test_rules_that_cannot_be_tried_in_time_are_named_instead_of_trusted() -> None:
    splitter = Splitter(most_steps=2)
    test = OneTest("rail_min", "under", 60)
    with pytest.raises(TooEntangledError):
        list(splitter.split(AnyOf((test, test, test)), Cell({})))
