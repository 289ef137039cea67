"""Emissions: published and hand-reckoned cases, then what must hold at any distance."""

from __future__ import annotations

from itertools import pairwise
from math import hypot, inf, nan
from typing import Any

import pytest
from cases_reader import cases_of, codes
from hypothesis import given
from hypothesis import strategies as st

from travelplan import Estimate, InputError, Journey, Leg, estimate, load_factors
from travelplan.emissions.beside import hotel_kg
from travelplan.emissions.estimate import estimate_distance, estimate_legs
from travelplan.emissions.factors import CABINS, Cabin
from travelplan.emissions.flight import flight_non_co2_kg, flight_wtw_kg
from travelplan.emissions.parts import FactorMissingError
from travelplan.emissions.ranges import NOTHING, Range, independent, moving_together
from travelplan.language import Words

FACTORS = load_factors()
NOWHERE = Words("", "", "")
BOUNDS = ("low", "central", "high")
EACH_CABIN = pytest.mark.parametrize("cabin", CABINS)
EACH_BOUND = pytest.mark.parametrize("bound", BOUNDS)


def leg(mode: str, km: float, *, kind: str = "", **countries: float) -> Leg:
    return Leg(mode, NOWHERE, NOWHERE, minutes=0, km=km, kind=kind, km_by_country=countries)


def kg_of(*legs: Leg, cabin: Cabin = "economy", occupants: float = 1) -> Estimate:
    return estimate_legs(legs, FACTORS, cabin=cabin, occupants=occupants)


def rail_kg(kind: str, **countries: float) -> float:
    return kg_of(leg("train", sum(countries.values()), kind=kind, **countries)).wtw.central


@pytest.mark.parametrize("case", cases_of("emissions/flights.yaml"))
def test_a_flight_emits_what_its_case_says(case: dict[str, Any]) -> None:
    found = kg_of(*(leg("plane", km) for km in case["km"]), cabin=case["cabin"])
    half_a_digit = 0.5 if isinstance(case["wtw"], int) else 0.05
    assert found.wtw.central == pytest.approx(case["wtw"], abs=half_a_digit)
    assert found.non_co2.central == pytest.approx(case["non_co2"], abs=half_a_digit)


@pytest.mark.parametrize("case", cases_of("emissions/ground.yaml"))
def test_a_kilometre_on_the_ground_emits_what_its_case_says(case: dict[str, Any]) -> None:
    countries = {case["country"]: 1000.0} if "country" in case else {}
    one = leg(case["mode"], 1000, kind=case.get("kind", ""), **countries)
    found = kg_of(one, occupants=case["occupants"])
    assert found.wtw.central == pytest.approx(case["g_km"], abs=0.05)
    assert found.non_co2 == NOTHING


@EACH_CABIN
@EACH_BOUND
def test_a_longer_flight_never_emits_less(cabin: Cabin, bound: str) -> None:
    flights = [flight_wtw_kg(km, cabin, FACTORS.flight) for km in range(20, 16_001)]
    kg = [getattr(flight, bound) for flight in flights]
    assert kg[0] > 0
    assert all(shorter < longer for shorter, longer in pairwise(kg))


@EACH_BOUND
def test_a_stop_never_lowers_the_total_of_a_flight_in_economy_up_to_7800_km(bound: str) -> None:
    flight = FACTORS.flight
    kg = {km: getattr(flight_wtw_kg(km, "economy", flight), bound) for km in range(25, 7801, 25)}
    for direct in range(50, 7801, 25):
        cheapest = min(kg[first] + kg[direct - first] for first in range(25, direct // 2 + 1, 25))
        assert cheapest > kg[direct], f"{direct} km"


@EACH_CABIN
def test_a_stop_never_lowers_the_total_in_any_cabin_while_the_seat_stays_the_same(
    cabin: Cabin,
) -> None:
    flight, one_kind_km = FACTORS.flight, 3500
    kg = {km: flight_wtw_kg(km, cabin, flight).central for km in range(25, one_kind_km + 1, 25)}
    for direct in range(50, one_kind_km + 1, 25):
        cheapest = min(kg[first] + kg[direct - first] for first in range(25, direct // 2 + 1, 25))
        assert cheapest > kg[direct], f"{direct} km"


@EACH_BOUND
def test_a_better_cabin_never_emits_less(bound: str) -> None:
    for km in range(20, 16_001, 20):
        kg = [getattr(flight_wtw_kg(km, cabin, FACTORS.flight), bound) for cabin in CABINS]
        assert kg == sorted(kg)


@EACH_CABIN
def test_what_contrails_add_is_a_share_of_the_co2_burned_and_never_in_the_sum(cabin: Cabin) -> None:
    for km in (300, 1084, 4000, 9262):
        found = kg_of(leg("plane", km), cabin=cabin)
        burned = found.wtw.central / 3.8359 * 3.16
        assert found.non_co2.low == pytest.approx(0.2 * burned)
        assert found.non_co2.central == pytest.approx(0.7 * burned)
        assert found.non_co2.high == pytest.approx(2.0 * burned)
        assert found.wtw == flight_wtw_kg(km, cabin, FACTORS.flight)
        assert found.non_co2 == flight_non_co2_kg(found.wtw, FACTORS.flight)


def test_only_the_flight_of_a_mixed_journey_has_contrails() -> None:
    mixed = kg_of(leg("train", 60, kind="ic_be", BE=60), leg("plane", 1000), leg("taxi", 15))
    assert mixed.non_co2 == kg_of(leg("plane", 1000)).non_co2


def test_a_train_emits_by_the_country_that_it_crosses() -> None:
    assert rail_kg("ice", DE=500) > 7 * rail_kg("ice", FR=500)
    mostly_german, mostly_french = rail_kg("hsr", DE=400, FR=100), rail_kg("hsr", DE=100, FR=400)
    assert mostly_german > mostly_french
    parts = rail_kg("tgv", BE=100) + rail_kg("tgv", FR=300)
    assert rail_kg("tgv", BE=100, FR=300) == pytest.approx(parts)


@pytest.mark.parametrize("country", ["RU", "JP", "XX", "", "be"])
def test_a_country_without_a_factor_is_an_error_and_never_an_average(country: str) -> None:
    with pytest.raises(FactorMissingError) as caught:
        kg_of(leg("train", 100, kind="ic", BE=90, **{country: 10}))
    assert str(caught.value.what) == f"the electricity of {country}"
    assert caught.value.factor_set == "travelplan-2026.1"


def test_an_unknown_class_of_train_is_an_error() -> None:
    with pytest.raises(FactorMissingError):
        kg_of(leg("train", 100, kind="maglev", DE=100))


@pytest.mark.parametrize("mode", ["virtual", "rocket", "car alone"])
def test_an_unknown_mode_is_an_error(mode: str) -> None:
    with pytest.raises(FactorMissingError):
        kg_of(leg(mode, 100))


@pytest.mark.parametrize("occupants", [1, 2, 4, 1.66])
def test_a_shared_car_is_divided_by_its_occupants(occupants: float) -> None:
    alone = kg_of(leg("car", 300)).wtw
    shared = kg_of(leg("carpool", 300), occupants=occupants).wtw
    assert shared.central * occupants == pytest.approx(alone.central)
    assert shared.high * occupants == pytest.approx(alone.high)


JOURNEY = Journey(
    "plane",
    (leg("train", 60, kind="ic_be", BE=60), leg("plane", 1084), leg("bus", 12)),
    duration_min=120,
    door_to_door_min=300,
    changes=0,
)


@EACH_BOUND
def test_there_and_back_is_twice_one_way(bound: str) -> None:
    once = estimate(JOURNEY, FACTORS)
    both = kg_of(*JOURNEY.legs, *reversed(JOURNEY.legs))
    for kind in ("wtw", "non_co2"):
        way = getattr(getattr(once, kind), bound)
        assert getattr(getattr(once.scaled(2), kind), bound) == pytest.approx(2 * way)
        assert getattr(getattr(both, kind), bound) == pytest.approx(2 * way)


@pytest.mark.parametrize(
    "one",
    [leg("plane", 1084), leg("train", 300, kind="ice", DE=300), leg("coach", 300), leg("car", 90)],
    ids=lambda one: one.mode,
)
def test_legs_on_the_same_factor_move_together(one: Leg) -> None:
    once, twice = kg_of(one).wtw, kg_of(one, one).wtw
    for bound in BOUNDS:
        assert getattr(twice, bound) == pytest.approx(2 * getattr(once, bound))


def test_legs_on_different_factors_add_their_doubts_in_quadrature() -> None:
    coach, plane = kg_of(leg("coach", 500)).wtw, kg_of(leg("plane", 500)).wtw
    both = kg_of(leg("coach", 500), leg("plane", 500)).wtw
    assert both.central == pytest.approx(coach.central + plane.central)
    up = hypot(coach.high - coach.central, plane.high - plane.central)
    down = hypot(coach.central - coach.low, plane.central - plane.low)
    assert both.high == pytest.approx(both.central + up)
    assert both.low == pytest.approx(both.central - down)
    assert both.high < coach.high + plane.high


def test_the_range_of_a_train_holds_both_its_energy_and_its_electricity() -> None:
    wtw = kg_of(leg("train", 1000, kind="ice", DE=1000)).wtw
    assert wtw.high / wtw.central == pytest.approx(1 + hypot(20 / 75, 0.10))
    assert wtw.low / wtw.central == pytest.approx(1 - hypot(20 / 75, 0.10))


@pytest.mark.parametrize(
    ("legs", "tier"),
    [([leg("plane", 500)], 3), ([leg("coach", 5)], 4), ([leg("plane", 500), leg("bus", 5)], 4)],
)
def test_the_weakest_leg_gives_the_quality_of_the_whole(legs: list[Leg], tier: int) -> None:
    assert kg_of(*legs).tier == tier


RANGES = st.builds(
    lambda low, up, more: Range(low, low + up, low + up + more),
    *[st.floats(0.1, 1000)] * 3,
)


@given(st.lists(RANGES, min_size=1, max_size=6))
def test_independent_doubts_never_exceed_those_that_move_together(ranges: list[Range]) -> None:
    apart, together = independent(ranges), moving_together(ranges)
    assert apart.central == pytest.approx(together.central)
    assert together.low - 1e-9 <= apart.low <= apart.central <= apart.high
    assert apart.high <= together.high + 1e-9


@given(RANGES, RANGES)
def test_a_product_keeps_its_order_and_is_never_negative(one: Range, other: Range) -> None:
    product = one.times(other)
    assert 0 <= product.low <= product.central <= product.high
    assert product.central == pytest.approx(one.central * other.central)


def test_a_distance_without_a_journey_is_reckoned_by_the_typical_train() -> None:
    for country, kind in (("BE", "ic_be"), ("DE", "ice"), ("FR", "tgv"), ("NL", "ic")):
        found = estimate_distance("train", 100, FACTORS, country=country).wtw.central
        assert found == pytest.approx(rail_kg(kind, **{country: 100}))
    assert estimate_distance("plane", 1084, FACTORS).wtw.central == pytest.approx(104, abs=0.5)
    assert estimate_distance("car", 100, FACTORS, occupants=2).wtw.central == pytest.approx(10.495)


def test_a_night_train_over_a_distance_is_reckoned_as_a_night_train() -> None:
    found = estimate_distance("night_train", 1000, FACTORS, country="DE").wtw.central
    assert found == pytest.approx(0.072 * 1.10 * 342.06)


@pytest.mark.parametrize("km", [0, -1, inf, -inf, nan, 50_001])
def test_a_distance_that_cannot_be_is_refused(km: float) -> None:
    with pytest.raises(InputError) as caught:
        estimate_distance("coach", km, FACTORS)
    assert codes(caught.value) == {("km", "out_of_range")}


@pytest.mark.parametrize("occupants", [0, -1, 0.5, 10, nan, inf])
def test_a_number_of_occupants_that_cannot_be_is_refused(occupants: float) -> None:
    with pytest.raises(InputError) as caught:
        estimate_distance("car", 100, FACTORS, occupants=occupants)
    assert codes(caught.value) == {("occupants", "out_of_range")}


@pytest.mark.parametrize(
    ("country", "code"), [("", "missing"), ("XX", "unknown"), ("be", "unknown")]
)
def test_a_train_needs_a_country_that_the_set_knows(country: str, code: str) -> None:
    for mode in ("train", "night_train"):
        with pytest.raises(InputError) as caught:
            estimate_distance(mode, 100, FACTORS, country=country)
        assert codes(caught.value) == {("country", code)}


def test_everything_wrong_with_a_distance_is_named_at_once() -> None:
    with pytest.raises(InputError) as caught:
        estimate_distance("train", nan, FACTORS, country="XX", occupants=0)
    assert {field for field, _ in codes(caught.value)} == {"km", "country", "occupants"}
    with pytest.raises(InputError) as caught:
        estimate_distance("rocket", -5, FACTORS, occupants=0)
    assert {field for field, _ in codes(caught.value)} == {"mode", "km", "occupants"}
    assert "“rocket”" in str(caught.value)


def test_a_hotel_is_counted_per_night_and_never_guessed() -> None:
    nights = hotel_kg("BE", 3, FACTORS)
    assert nights is not None
    assert (nights.low, nights.central, nights.high) == pytest.approx((18.3, 36.6, 73.2))
    assert [hotel_kg(country, 1, FACTORS) for country in ("AT", "CZ", "FI", "PL")] == [None] * 4
