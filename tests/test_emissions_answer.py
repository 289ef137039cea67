"""Emissions of an answer: comparisons, groups, accounts, what stands beside, other sets."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelplan import (
    Estimate,
    InputError,
    Journey,
    Leg,
    Recommendation,
    Reference,
    compare,
    estimate,
    estimate_distance,
    load_factors,
    load_language,
    parse_trip,
    recommend,
    recommendation_record,
    recommendation_text,
)
from travelplan.cli import main
from travelplan.emissions.beside import avoided_hotel_kg, virtual_kg
from travelplan.emissions.compare import CLEAR_SHARE, DRAWS, draws_of
from travelplan.emissions.estimate import estimate_legs, modes_of
from travelplan.language import Words
from travelplan.recommendation import Option
from travelplan.report.emissions import comparisons, option_emissions_record
from travelplan.report.emissions_words import beside_lines

DEFAULT = load_factors()
NOWHERE = Words("", "", "")
ENGLISH = load_language("en")


def leg(mode: str, km: float, *, kind: str = "", operator: str = "", **countries: float) -> Leg:
    return Leg(
        mode,
        NOWHERE,
        NOWHERE,
        minutes=0,
        km=km,
        kind=kind,
        operator=operator,
        km_by_country=countries,
    )


def kg_of(*legs: Leg, occupants: float = 1) -> Estimate:
    return estimate_legs(legs, DEFAULT, cabin="economy", occupants=occupants)


def answer(reference: Reference, place: str, **fields: str) -> Recommendation:
    given_fields = {"destination": place, "depart": "2027-03-01", "nights": "2", **fields}
    return recommend(parse_trip(given_fields, reference.places), reference)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


# --- common draws ---------------------------------------------------------------------------


def test_the_draws_have_the_range_of_the_factor() -> None:
    for one in (leg("plane", 1000), leg("coach", 500), leg("train", 500, kind="ice", DE=500)):
        found = kg_of(one)
        drawn = sorted(draws_of(found))
        assert len(drawn) == DRAWS
        assert drawn[DRAWS // 2] == pytest.approx(found.wtw.central, rel=0.03)
        assert drawn[DRAWS // 20] == pytest.approx(found.wtw.low, rel=0.06)
        assert drawn[-DRAWS // 20] == pytest.approx(found.wtw.high, rel=0.06)


def test_the_same_question_is_always_drawn_the_same() -> None:
    first, second = kg_of(leg("coach", 500)), kg_of(leg("train", 600, kind="ice", DE=600))
    assert compare(first, second) == compare(first, second)
    assert draws_of(first) == draws_of(kg_of(leg("coach", 500)))


def test_what_two_ways_share_is_drawn_once_for_both() -> None:
    shared = leg("train", 2000, kind="ic_be", BE=2000)
    without = kg_of(shared)
    with_bus = kg_of(shared, leg("bus", 1))

    assert compare(without, with_bus).share_lower == 1.0
    assert compare(with_bus, without).share_lower == 0.0


def test_a_way_is_as_often_lower_than_itself_as_higher() -> None:
    found = compare(kg_of(leg("coach", 500)), kg_of(leg("coach", 500)))
    assert found.share_lower == 0.5
    assert found.lower is None


@given(st.floats(10, 3000), st.floats(10, 3000))
def test_a_comparison_turned_round_is_its_complement(coach_km: float, plane_km: float) -> None:
    a, b = kg_of(leg("coach", coach_km)), kg_of(leg("plane", plane_km))
    assert compare(a, b).share_lower + compare(b, a).share_lower == pytest.approx(1.0)


def test_below_nine_in_ten_there_is_no_clear_difference() -> None:
    coach = kg_of(leg("coach", 1000))
    # An electric car shared by two comes near a coach: kg are drawn apart, so neither wins.
    near = kg_of(leg("car", 350), occupants=2)
    close, clear = compare(coach, near), compare(kg_of(leg("coach", 100)), near)

    assert 1 - CLEAR_SHARE < close.share_lower < CLEAR_SHARE
    assert close.lower is None
    assert clear.lower == 0


def test_the_answer_says_how_often_the_train_emits_less(reference: Reference) -> None:
    found = answer(reference, "Berlijn")
    pairs = {pair.other.mode: pair.comparison for pair in comparisons(found)}

    assert pairs["plane"].lower == 0
    lines = list(beside_lines(found, ENGLISH))
    assert "In more than 99 % of cases the train emits less than the plane." in lines


def test_train_and_plane_without_a_clear_difference_are_said_to_be_so(
    reference: Reference,
) -> None:
    found = answer(reference, "Berlijn")
    train = next(option for option in found.options if option.mode == "train")
    plane = next(option for option in found.options if option.mode == "plane")
    coal = estimate_legs(
        [leg("train", 660, kind="regional", XK=660)], DEFAULT, cabin="economy", occupants=1
    )
    close = replace(found, options=(replace(train, emissions=coal.scaled(2)), plane))

    assert "Train or plane: no clear difference in CO2e." in list(beside_lines(close, ENGLISH))


# --- groups and returns ---------------------------------------------------------------------


def test_per_passenger_per_way_and_per_group(reference: Reference) -> None:
    record = recommendation_record(answer(reference, "Nantes", travellers="3"))
    for option in record["options"]:
        kg = option["emissions"]
        assert (kg["per"], kg["ways"]) == ("passenger", 2)
        assert kg["wtw_kg"]["central"] == pytest.approx(2 * kg["one_way_kg"]["central"])
        assert (kg["group"]["travellers"], kg["group"]["ways"]) == (3, 2)
        assert kg["group"]["wtw_kg"]["central"] == pytest.approx(3 * kg["wtw_kg"]["central"])
        if kg["ttw_kg"] is not None:
            assert kg["ttw_kg"] + kg["wtt_kg"] == pytest.approx(kg["wtw_kg"]["central"])
        legs = sum(part["wtw_kg"]["central"] for part in kg["legs"])
        assert legs == pytest.approx(kg["one_way_kg"]["central"])


def test_a_group_is_said_only_where_there_is_one(reference: Reference) -> None:
    alone = recommendation_text(answer(reference, "Nantes"), ENGLISH)
    together = recommendation_text(answer(reference, "Nantes", travellers="3"), ENGLISH)

    assert "For the group" not in alone
    assert "For the group of 3, there and back: Train" in together


def test_a_tour_counts_no_hotel_nights_twice(reference: Reference) -> None:
    found = answer(reference, "Praag", via="Wenen")
    assert len(found.parts) == 3
    for part in found.parts:
        assert all(option.hotel is None for option in part.options)


# --- what stands beside ---------------------------------------------------------------------


def test_a_night_train_saves_hotel_nights_on_a_line_of_its_own(reference: Reference) -> None:
    found = answer(reference, "Berlijn")
    night = Journey(
        "night_train",
        (leg("night_train", 800, kind="night", BE=150, DE=650),),
        duration_min=700,
        door_to_door_min=760,
        changes=0,
    )
    saved = avoided_hotel_kg("night_train", "DE", 2, reference.factors)
    kg = estimate(night, reference.factors).scaled(2)
    option = Option(night, "allowed", kg, found.options[0].hotel, None, saved)
    record = option_emissions_record(option, replace(found, options=(option,)))

    assert record["hotel_avoided_kg"]["central"] == pytest.approx(2 * 13.2)
    assert record["wtw_kg"]["central"] == pytest.approx(
        2 * 0.8 * 0.072 * 1.1 * (150 * 117.58 + 650 * 342.06) / 800
    )
    assert record["hotel_kg"]["central"] == pytest.approx(2 * 13.2)
    lines = " ".join(beside_lines(replace(found, options=(option,)), ENGLISH))
    assert "not taken off" in lines
    assert avoided_hotel_kg("train", "DE", 2, reference.factors) is None


def test_berths_weigh_in_a_night_train_only() -> None:
    night = leg("night_train", 1000, kind="night", DE=1000)
    by_berth = {
        berth: estimate_legs(
            [night], DEFAULT, cabin="economy", occupants=1, berth=berth
        ).wtw.central
        for berth in ("seat", "couchette", "sleeper")
    }
    assert by_berth["seat"] == pytest.approx(0.7 * by_berth["couchette"])
    assert by_berth["sleeper"] == pytest.approx(1.8 * by_berth["couchette"])
    day = leg("train", 1000, kind="ice", DE=1000)
    sleeper = estimate_legs([day], DEFAULT, cabin="economy", occupants=1, berth="sleeper")
    assert sleeper.wtw == kg_of(day).wtw


def test_a_contract_is_a_second_line_and_never_the_first() -> None:
    dutch = kg_of(leg("train", 100, kind="ic", operator="NS", NL=100))
    assert dutch.wtw.central == pytest.approx(0.080 * 1.1 * 252.70 / 10)
    assert dutch.contract is not None
    assert dutch.contract.central == pytest.approx(0.080 * 1.1 * 11.0 / 10)
    assert kg_of(leg("train", 100, kind="ic", operator="ÖBB", AT=100)).contract is None
    assert kg_of(leg("train", 100, kind="diesel_regional", operator="NS", NL=100)).contract is None


def test_making_the_vehicle_is_beside_the_figure_and_unknown_where_nobody_published_it() -> None:
    assert kg_of(leg("car", 100), occupants=2).manufacture_kg == pytest.approx(2.535)
    assert kg_of(leg("train", 1000, kind="tgv", FR=1000)).manufacture_kg == pytest.approx(0.63)
    assert kg_of(leg("train", 100, kind="tgv", FR=100), leg("taxi", 5)).manufacture_kg is None


def test_a_video_meeting_is_counted_by_the_hour() -> None:
    assert virtual_kg(2, DEFAULT).central == pytest.approx(0.12)
    for hours in (0, -1, float("nan"), float("inf")):
        with pytest.raises(InputError):
            virtual_kg(hours, DEFAULT)


@pytest.mark.parametrize(
    ("kind", "country", "g_km"),
    [
        ("petrol", "", 207.51),
        ("diesel", "", 214.11),
        ("hybrid", "", 162.76),
        ("phev", "", 128.52),
        ("electric", "BE", 25.04),
        ("electric", "FR", 9.41),
        ("electric", "NL", 53.83),
        ("electric", "DE", 72.86),
        ("electric", "PL", 130.99),
    ],
)
def test_a_car_is_counted_by_its_fuel(kind: str, country: str, g_km: float) -> None:
    found = estimate_distance("car", 1000, DEFAULT, kind=kind, country=country)
    assert found.wtw.central == pytest.approx(g_km, abs=0.01)


@pytest.mark.parametrize(
    ("name", "mode", "kind", "country", "field"),
    [
        ("travelplan-2026.1", "car", "electric", "", "country"),
        ("travelplan-2026.1", "car", "electric", "QQ", "country"),
        ("travelplan-2026.1", "car", "steam", "BE", "kind"),
        ("travelplan-2026.1", "plane", "A999", "", "kind"),
        ("desnz-2026", "car", "electric", "BE", "country"),
        ("desnz-2026", "train", "", "DE", "country"),
        ("ademe-2025", "car", "electric", "BE", "country"),
        ("ademe-2025", "train", "", "BE", "country"),
        ("tim-2", "plane", "", "", "mode"),
        ("tim-2", "train", "", "FR", "mode"),
    ],
)
def test_what_a_set_does_not_know_is_said_by_field(
    name: str, mode: str, kind: str, country: str, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        estimate_distance(mode, 100, load_factors(name), kind=kind, country=country)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_every_mode_that_a_set_names_has_a_factor() -> None:
    for mode in modes_of(DEFAULT):
        assert estimate_distance(mode, 100, DEFAULT, country="BE").wtw.central >= 0
