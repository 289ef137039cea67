"""The forms that the schemes of Europe need, one by one, on schemes small enough to see through."""

from __future__ import annotations

import pytest
from scheme_world import decided, small, version

from travelplan.errors import DataError
from travelplan.scheme.decide import decide
from travelplan.scheme.facts import Facts, Swing, parse_facts

THERE = "{fact: rail_min, at_most: 6 h}"
SHORT = f"{{id: short, when: {THERE}, outcome: train_mandatory}}"
BECAUSE = "{nl: a, fr: a, en: a}"


def rule(condition: str, outcome: str = "train_mandatory") -> str:
    return f"{{id: it, when: {condition}, outcome: {outcome}}}"


@pytest.mark.parametrize(("rail", "outcome"), [(240, "train_mandatory"), (241, "free_choice")])
def test_at_most_twice_another_time(rail: int, outcome: str) -> None:
    text = small(rules=rule("{fact: rail_min, at_most: {fact: plane_door_min, times: 2}}"))
    assert decided(text, rail_min=rail, plane_door_min=120).outcome == outcome


@pytest.mark.parametrize(("days", "outcome"), [(2, "flight_forbidden"), (3, "free_choice")])
def test_a_stay_of_at_least_so_many_times_the_flight_counts_days_as_hours(
    days: int, outcome: str
) -> None:
    flight = "{fact: stay_days, under: {fact: flight_min, times: 4}}"
    text = small(rules=rule(flight, "flight_forbidden"))
    assert decided(text, stay_days=days, flight_min=18 * 60).outcome == outcome


def test_a_difference_of_less_than_three_hours_is_a_bound_that_moves() -> None:
    text = small(rules=rule("{fact: rail_min, under: {fact: plane_door_min, plus: 3 h}}"))
    assert decided(text, rail_min=479, plane_door_min=300).outcome == "train_mandatory"
    assert decided(text, rail_min=480, plane_door_min=300).outcome == "free_choice"


def test_kilometres_may_be_held_against_kilometres() -> None:
    text = small(rules=rule("{fact: route_km, over: {fact: distance_km, times: 1.5, plus: 10}}"))
    assert decided(text, route_km=161, distance_km=100).outcome == "train_mandatory"
    assert decided(text, route_km=160, distance_km=100).outcome == "free_choice"


def test_times_are_summed() -> None:
    text = small(rules=rule("{sum: [rail_min, rail_door_min], over: 6 h}"))
    assert decided(text, rail_min=180, rail_door_min=180).outcome == "free_choice"
    found = decided(text, rail_min=180, rail_door_min=181)
    assert found.outcome == "train_mandatory"
    assert (found.tested[0].facts, found.tested[0].value) == (("rail_min", "rail_door_min"), 361)


@pytest.mark.parametrize(
    "condition",
    [
        "{sum: [rail_min, distance_km], over: 6 h}",
        "{sum: [country, country], is: BE}",
        "{fact: rail_min, sum: [rail_min, flight_min], over: 6 h}",
        "{fact: rail_min, at_most: {fact: distance_km}}",
        "{fact: rail_min, at_most: {fact: flight_min, plus: 3}}",
        "{fact: rail_min, at_most: {fact: flight_min, times: 0}}",
        "{fact: distance_km, at_most: {fact: route_km, plus: 2 h}}",
    ],
)
def test_what_cannot_be_compared_is_refused(condition: str) -> None:
    with pytest.raises(DataError):
        version(small(rules=rule(condition)))


GATE = "gates: [{id: online, when: {fact: meeting_min, at_most: 3 h}, outcome: trip_not_approved}]"


def test_a_gate_comes_before_the_mode() -> None:
    found = decided(small(GATE, rules=SHORT), meeting_min=180, rail_min=100)
    assert (found.outcome, found.rule and found.rule.id) == ("trip_not_approved", "online")
    assert found.verdicts["virtual"] == "recommended"
    assert found.verdicts["train"] == "not_allowed"


def test_a_gate_that_lacks_its_facts_is_open() -> None:
    assert decided(small(GATE, rules=SHORT), rail_min=100).outcome == "train_mandatory"


PRESUME = f"""presume:
      domestic: {{value: false, because: {BECAUSE}}}
      rail_door_min: {{same_as: rail_min}}"""


def test_what_counts_for_a_fact_that_is_not_given_is_named() -> None:
    rules = rule("{all: [{fact: domestic, is: false}, {fact: rail_door_min, under: 5 h}]}")
    found = decided(small(PRESUME, rules=rules), rail_min=299)
    assert found.outcome == "train_mandatory"
    assert found.presumed == {"domestic": False, "rail_door_min": 299}


def test_a_given_fact_goes_before_what_is_presumed() -> None:
    rules = rule("{all: [{fact: domestic, is: false}, {fact: rail_door_min, under: 5 h}]}")
    assert (
        decided(small(PRESUME, rules=rules), rail_min=299, domestic=True).outcome == "free_choice"
    )
    far = decided(small(PRESUME, rules=rules), rail_min=299, rail_door_min=300)
    assert far.outcome == "free_choice"


def test_a_fact_that_stands_in_swings_with_the_one_that_it_stands_for() -> None:
    newest = version(small(PRESUME, rules=rule("{fact: rail_door_min, under: 5 h}")))
    facts = Facts.of({"rail_min": 290}, [Swing("rail_min", ("rail_min",), -29, 29)])
    (cause,) = decide(newest, facts).causes
    assert (cause.value, cause.outcome, cause.direction) == (300, "free_choice", "looser")


def test_the_direction_of_a_borderline_case_is_named() -> None:
    newest = version(small(rules=SHORT))
    facts = Facts.of({"rail_min": 365}, [Swing("rail_min", ("rail_min",), -36, 36)])
    (cause,) = decide(newest, facts).causes
    assert (cause.outcome, cause.direction) == ("train_mandatory", "stricter")


def test_an_unknown_return_counts_as_several_days() -> None:
    text = small(rules=rule("{fact: same_day_return, is: true}"))
    found = decided(text, rail_min=100)
    assert (found.outcome, found.presumed) == ("free_choice", {"same_day_return": False})


FACTS = f"""facts:
      budget_eur: {{type: number, text: {BECAUSE}}}
      colour: {{type: name, text: {BECAUSE}, values: [green, red]}}"""


def test_a_scheme_may_ask_for_facts_of_its_own() -> None:
    text = small(
        FACTS, rules=rule("{all: [{fact: budget_eur, under: 10.5}, {fact: colour, is: red}]}")
    )
    assert decided(text, budget_eur=10.4, colour="red").outcome == "train_mandatory"
    assert decided(text, budget_eur=10.5, colour="red").outcome == "free_choice"
    assert decided(text, colour="red").unknown == ("budget_eur",)


def test_a_fact_that_every_scheme_knows_is_not_declared_again() -> None:
    with pytest.raises(DataError, match="every scheme knows"):
        version(small(f"facts: {{rail_min: {{type: minutes, text: {BECAUSE}}}}}", rules=SHORT))


LISTS = 'lists: {rail: {DE: ["*"], FR: [Lille]}}'
LISTED = '{id: listed, when: {fact: "in_list:rail", is: true}, outcome: train_mandatory}'


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"country": "DE"}, "train_mandatory"),
        ({"destination": "Bonn", "country": "DE"}, "train_mandatory"),
        ({"destination": "Lille"}, "train_mandatory"),
        ({"destination": "Lille", "country": "BE"}, "free_choice"),
        ({"destination": "Lyon", "country": "FR"}, "free_choice"),
        ({"destination": "Lyon"}, "undetermined"),
    ],
)
def test_a_list_may_hold_whole_countries(facts: dict[str, object], outcome: str) -> None:
    assert decided(small(LISTS, rules=LISTED), **facts).outcome == outcome


def test_a_list_that_only_indicates_answers_where_the_rules_cannot() -> None:
    text = small(LISTS, "indications: [{list: rail, outcome: train_recommended}]", rules=SHORT)
    unknown = decided(text, destination="Lille", country="FR")
    assert (unknown.outcome, unknown.indicated) == ("train_recommended", "rail")
    known = decided(text, destination="Lille", country="FR", rail_min=400)
    assert (known.outcome, known.indicated) == ("free_choice", "")
    assert decided(text, destination="Lyon", country="FR").outcome == "undetermined"


def test_an_open_parameter_leaves_undetermined_what_needs_it() -> None:
    text = small(
        "parameters: {limit: {basis: published}}", rules=rule("{fact: rail_min, under: limit}")
    )
    found = decided(text, rail_min=100)
    assert (found.outcome, found.unknown) == ("undetermined", ("limit",))
    assert decided(text, served_by_rail=False).outcome == "free_choice"


def test_certainty_does_not_hang_on_how_rules_are_cut() -> None:
    rules = f"""
    {SHORT}
    {{id: long, when: {{fact: rail_min, over: 6 h}}, outcome: train_mandatory}}
    """
    assert decided(small(rules=rules), distance_km=1).outcome == "train_mandatory"


def test_facts_of_a_scheme_are_not_facts_of_another() -> None:
    with pytest.raises(Exception, match="budget_eur"):
        parse_facts({"budget_eur": 1})
