from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journey_world import PLACES, place, shipped

from travelplan.geo import great_circle_km
from travelplan.journeys.model import Journey

GENT = PLACES["Gent"]


def fly(name: str) -> Journey:
    plane = shipped().air.plan(GENT, PLACES[name])
    assert plane
    assert plane.flight_min == plane.journey.duration_min
    return plane.journey


def flights(journey: Journey) -> list[str]:
    return [leg.destination.en[-4:-1] for leg in journey.legs if leg.mode == "plane"]


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("BRU", 50.9014, 4.4844),
        ("CRL", 50.4592, 4.4538),
        ("LUX", 49.6266, 6.2115),
        ("OST", 51.1989, 2.8622),
        ("ANR", 51.1894, 4.4603),
        ("LGG", 50.6374, 5.4432),
    ],
)
def test_an_airport_stands_where_it_is(code: str, lat: float, lon: float) -> None:
    airport = shipped().airports.by_code[code]
    assert great_circle_km(airport, place(code, "BE", "EU", lat, lon)) < 2


def test_the_airports_that_ghent_needs_are_there() -> None:
    wanted = "BRU CRL ANR OST LGG AMS EIN RTM CDG ORY LIL LHR LGW LCY STN LUX DUS CGN FRA"
    wanted += " FIH KGL DKR CMN HND NRT KIX KMQ PEK PVG HGH NKG WEH HIJ TLV"
    assert set(wanted.split()) <= set(shipped().airports.by_code)


def test_berlin_is_flown_to_directly_from_brussels() -> None:
    journey = fly("Berlin")
    assert [leg.mode for leg in journey.legs] == ["train", "plane", "train"]
    assert journey.legs[0].destination.en == "Brussels Airport-Zaventem"
    assert journey.changes == 0
    assert journey.duration_min == pytest.approx(90, abs=15)


def test_door_to_door_is_the_sum_of_legs_and_waits() -> None:
    for name in ("Berlin", "Kanazawa", "New York", "Dublin"):
        journey = fly(name)
        assert journey.door_to_door_min == sum(leg.minutes + leg.wait_min for leg in journey.legs)


def test_berlin_takes_about_six_hours_from_door_to_door() -> None:
    assert fly("Berlin").door_to_door_min == pytest.approx(356, abs=20)


def test_kanazawa_is_reached_by_train_from_tokyo() -> None:
    journey = fly("Kanazawa")
    assert flights(journey) == ["NRT"]
    assert [leg.mode for leg in journey.legs] == ["train", "plane", "train"]
    assert journey.legs[-1].operator == "JR East/JR West"
    assert journey.legs[-1].km_by_country == {"JP": 520}


def test_a_flight_that_is_said_not_to_exist_is_not_supposed() -> None:
    airports = shipped().airports
    brussels, city = airports.by_code["BRU"], airports.by_code["LCY"]
    assert not airports.is_direct(brussels, city)
    assert not airports.is_direct(city, brussels)


def test_a_small_airport_has_no_flights_to_large_ones_abroad() -> None:
    airports = shipped().airports
    assert not airports.is_direct(airports.by_code["LIL"], airports.by_code["GDN"])
    assert airports.is_direct(airports.by_code["LIL"], airports.by_code["NCE"])


def test_kinshasa_is_flown_to_directly() -> None:
    assert flights(fly("Kinshasa")) == ["FIH"]


def test_an_american_town_is_reached_over_an_american_hub() -> None:
    assert fly("Tampa").changes == 1


def test_no_plane_for_a_short_trip() -> None:
    for name in ("Lille", "Terneuzen", "Aalst"):
        assert shipped().air.plan(GENT, PLACES[name]) is None


def test_no_plane_into_closed_airspace() -> None:
    assert shipped().air.plan(GENT, PLACES["Kyiv"]) is None
    airports = shipped().airports
    assert not airports.is_direct(airports.by_code["FRA"], airports.by_code["SVO"])


def test_moscow_is_reached_over_a_third_country() -> None:
    assert flights(fly("Moscow"))[-1] == "SVO"
    assert fly("Moscow").changes == 1


CODES = tuple(shipped().airports.by_code)


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_direct_flights_go_both_ways(a: str, b: str) -> None:
    airports = shipped().airports
    here, there = airports.by_code[a], airports.by_code[b]
    assert airports.is_direct(here, there) == airports.is_direct(there, here)


@given(st.floats(150, 15000), st.floats(150, 15000))
def test_a_longer_flight_is_never_quicker(a: float, b: float) -> None:
    rule = shipped().rules.flight
    short, long = sorted((a, b))
    assert rule.block_min(short) <= rule.block_min(long)
