"""What the proof of a scheme finds, each with its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases_reader import SCHEMES, line_of
from scheme_world import document, small

from travelplan.files import destinations_path, load_destinations, load_reach, read_document
from travelplan.review import Remark, review


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
def test_every_shipped_scheme_is_whole(path: Path) -> None:
    assert review(read_document(path), load_reach(), load_destinations(destinations_path())) == []
