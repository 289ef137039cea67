"""Facts given by hand: what is refused, and what follows from what is given."""

from __future__ import annotations

import pytest
from cases_reader import codes, problem_of

from travelplan.errors import InputError
from travelplan.files import load_language
from travelplan.language import LANGUAGES
from travelplan.scheme.facts import FACTS, UNREACHABLE, parse_facts
from travelplan.scheme.words import FACT_NAMES

DESIGN_9 = """destination rail_min rail_changes rail_overnight served_by_rail night_train
one_day_or_night flight_min plane_door_min rail_door_min land_min shift_min distance_km route_km
country continent domestic multi_day nights stay_days same_day_return meeting_min travellers role
organisation reason"""


def refused(facts: dict[str, object]) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_facts(facts, lists=["green"])
    return caught.value


def test_the_facts_are_those_of_the_contract_and_each_has_a_name_in_words() -> None:
    assert set(FACTS) == set(DESIGN_9.split())
    assert set(FACT_NAMES) == set(FACTS)


def test_facts_are_read_as_they_are_given_without_tolerance() -> None:
    given = {"rail_min": 318, "distance_km": 563.5, "nights": 2, "role": "staff"}
    facts = parse_facts(given)
    assert {name: facts.values[name] for name in given} == given
    assert facts.swings == ()


def test_an_empty_object_knows_nothing() -> None:
    assert parse_facts({}).values == {}


def test_a_null_is_a_fact_that_is_not_known() -> None:
    assert parse_facts({"rail_min": None}).values == {}


def test_a_misspelt_fact_is_refused_with_the_one_that_is_meant() -> None:
    problem = problem_of(refused({"rail_minutes": 300}), "rail_minutes")
    assert problem.code == "unknown_fact"
    assert "Do you mean “rail_min”?" in str(problem.message)


def test_a_fact_like_none_is_refused_with_all_that_are_known() -> None:
    problem = problem_of(refused({"zzzzz": 1}), "zzzzz")
    assert all(name in str(problem.message) for name in FACTS)


def test_a_list_is_a_fact_only_where_the_scheme_has_it() -> None:
    assert parse_facts({"in_list:green": True}, lists=["green"]).values == {"in_list:green": True}
    assert codes(refused({"in_list:blue": True})) == {("in_list:blue", "unknown_fact")}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("rail_min", "300"),
        ("rail_min", "5 h"),
        ("rail_min", True),
        ("rail_min", -1),
        ("rail_min", float("inf")),
        ("rail_min", float("nan")),
        ("rail_min", [300]),
        ("distance_km", "563"),
        ("distance_km", -0.1),
        ("nights", 1.5),
        ("nights", -1),
        ("nights", False),
        ("served_by_rail", "yes"),
        ("served_by_rail", 1),
        ("served_by_rail", "false"),
        ("domestic", 0),
        ("destination", ""),
        ("destination", 5),
        ("role", ["staff"]),
        ("reason", "strike"),
        ("reason", [1]),
        ("country", "Belgium"),
        ("country", "be"),
        ("country", "BEL"),
        ("country", 32),
        ("country", "12"),
        ("in_list:green", "yes"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_named(fact: str, value: object) -> None:
    error = refused({fact: value})
    assert codes(error) == {(fact, "wrong_value")}
    assert f"“{value}”" in str(error.problems[0].message)
    assert f"“{fact}”" in str(error.problems[0].message)


@pytest.mark.parametrize("time", ["rail_min", "rail_door_min"])
def test_a_train_time_contradicts_a_place_without_a_train(time: str) -> None:
    error = refused({time: 300, "served_by_rail": False})
    assert codes(error) == {("served_by_rail", "contradiction")}


@pytest.mark.parametrize(
    "both",
    [
        {"multi_day": True, "same_day_return": True},
        {"multi_day": False, "same_day_return": False},
        {"multi_day": False, "nights": 3},
        {"same_day_return": True, "nights": 3},
    ],
)
def test_facts_that_cannot_be_true_together_are_refused(both: dict[str, object]) -> None:
    assert {code for _, code in codes(refused(both))} == {"contradiction"}


def test_every_wrong_fact_is_named_at_once_in_every_language() -> None:
    error = refused({"rail_minn": 1, "distance_km": "x", "country": "be", "served_by_rail": 0})
    assert codes(error) == {
        ("rail_minn", "unknown_fact"),
        ("distance_km", "wrong_value"),
        ("country", "wrong_value"),
        ("served_by_rail", "wrong_value"),
    }
    for code in LANGUAGES:
        said = [load_language(code).say(problem.message) for problem in error.problems]
        assert all("{" not in sentence for sentence in said)
        assert len(set(said)) == 4


def test_no_train_makes_the_times_by_train_longer_than_any_limit() -> None:
    values = parse_facts({"served_by_rail": False}).values
    assert values["rail_min"] == values["rail_door_min"] == UNREACHABLE


def test_a_train_time_means_that_a_train_goes_there() -> None:
    assert parse_facts({"rail_min": 300}).values["served_by_rail"] is True
    assert parse_facts({"rail_door_min": 300}).values["served_by_rail"] is True


@pytest.mark.parametrize(("nights", "multi_day"), [(0, False), (1, True), (7, True)])
def test_nights_tell_whether_a_trip_takes_several_days(nights: int, multi_day: bool) -> None:
    values = parse_facts({"nights": nights}).values
    assert values["multi_day"] is multi_day
    assert values["same_day_return"] is not multi_day


def test_no_hotel_night_may_still_be_several_days() -> None:
    values = parse_facts({"nights": 0, "multi_day": True}).values
    assert (values["multi_day"], values["same_day_return"]) == (True, False)


def test_a_return_on_the_same_day_is_not_several_days() -> None:
    assert parse_facts({"same_day_return": True}).values["multi_day"] is False
    assert parse_facts({"multi_day": True}).values["same_day_return"] is False
