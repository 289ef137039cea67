"""The cells of a scheme against trying every case: rules that decide, and outcomes left open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travelplan.language import Words
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


def test_rules_that_cannot_be_tried_in_time_are_named_instead_of_trusted() -> None:
    splitter = Splitter(most_steps=2)
    test = OneTest("rail_min", "under", 60)
    with pytest.raises(TooEntangledError):
        list(splitter.split(AnyOf((test, test, test)), Cell({})))
