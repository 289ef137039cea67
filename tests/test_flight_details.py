"""What is known of a flight goes before the model; sets of two boundaries are never added."""

from __future__ import annotations

import pytest
from published import B789, DETAILS

from travelplan import (
    BoundaryMixedError,
    Estimate,
    FactorMissingError,
    InputError,
    Leg,
    estimate_distance,
    estimate_flight,
    factor_set_ids,
    load_factors,
    total,
)
from travelplan.emissions.aircraft import FlightDetails, FuelCurve
from travelplan.emissions.compare import compare
from travelplan.emissions.estimate import estimate_legs
from travelplan.emissions.factors import Cabin, FactorSet
from travelplan.language import Words

SETS = factor_set_ids()
DEFAULT = load_factors()
NOWHERE = Words("", "", "")


def leg(mode: str, km: float, *, kind: str = "", **countries: float) -> Leg:
    return Leg(mode, NOWHERE, NOWHERE, minutes=0, km=km, kind=kind, km_by_country=countries)


def test_a_known_aircraft_has_a_narrower_range_and_its_own_seats() -> None:
    known = estimate_flight(1000, DEFAULT, "economy", FlightDetails(aircraft="A320")).wtw
    seats: dict[Cabin, float] = {"economy": 88}
    half = FlightDetails(aircraft="A320", seats=seats)

    assert known.high / known.central == pytest.approx(1.15)
    assert estimate_flight(1000, DEFAULT, "economy", half).wtw.central == pytest.approx(
        known.central * 2
    )
    # By hand: 1.03 x (1374 + 2470 + 125) x 0.98 / (176 x 0.845) x 3.8359
    assert known.central == pytest.approx(1.03 * 3969 * 0.98 / (176 * 0.845) * 3.8359)


@pytest.mark.parametrize("name", ["travelplan-2026.1", "desnz-2026", "ademe-2025", "tim-2"])
def test_an_eu_flight_label_goes_before_every_model(name: str) -> None:
    found = estimate_flight(1084, load_factors(name), "economy", FlightDetails(label_kg=88.0))

    assert found.wtw.central == 88.0
    assert found.tier == 1


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (FlightDetails(load_factor=0), "load_factor"),
        (FlightDetails(load_factor=1.2), "load_factor"),
        (FlightDetails(cargo_share=1.0), "cargo_share"),
        (FlightDetails(distance_factor=0.9), "distance_factor"),
        (FlightDetails(label_kg=-1), "label_kg"),
        (FlightDetails(label_kg=float("nan")), "label_kg"),
        (FlightDetails(seats={"economy": 0}), "seats"),
        (FlightDetails(seats={"economy": -5, "business": 10}), "seats"),
        (FlightDetails(seats={"steerage": 5}), "seats"),  # type: ignore[dict-item]
        (FlightDetails(fuel_curve=FuelCurve(800, {125: 900})), "fuel_curve"),
        (FlightDetails(fuel_curve=FuelCurve(800, {125: 900, 250: 800})), "fuel_curve"),
    ],
)
def test_details_that_cannot_be_are_refused(details: FlightDetails, field: str) -> None:
    with pytest.raises(InputError) as caught:
        estimate_flight(1000, DEFAULT, "economy", details)
    assert [problem.field for problem in caught.value.problems] == [field]


@pytest.mark.parametrize("km", [0, -5, float("inf"), float("nan"), 50_001])
def test_a_flight_that_cannot_be_is_refused(km: float) -> None:
    with pytest.raises(InputError):
        estimate_flight(km, DEFAULT)


def test_a_set_that_needs_details_names_every_missing_one() -> None:
    tim = load_factors("tim-2")
    with pytest.raises(FactorMissingError) as missing:
        estimate_flight(1000, tim)
    assert missing.value.field == "fuel_curve"

    with pytest.raises(InputError) as caught:
        estimate_flight(1000, tim, "economy", FlightDetails(fuel_curve=B789))
    assert [p.field for p in caught.value.problems] == ["body", "seats", "cargo_share"]


@pytest.mark.parametrize("name", ["A999", "b789"])
def test_an_unknown_aircraft_is_said(name: str) -> None:
    with pytest.raises(FactorMissingError) as caught:
        estimate_flight(1000, DEFAULT, "economy", FlightDetails(aircraft=name))
    assert name in str(caught.value.what)


def estimates() -> dict[str, Estimate]:
    found = {
        name: estimate_distance("plane", 1084, load_factors(name))
        for name in SETS
        if name != "tim-2"
    }
    found["tim-2"] = estimate_flight(1084, load_factors("tim-2"), "economy", DETAILS["b789"])
    return found


def test_sets_of_two_boundaries_are_never_added_or_compared() -> None:
    by_set = estimates()
    for first, one in by_set.items():
        for second, other in by_set.items():
            if load_factors(first).scope == load_factors(second).scope:
                assert total([one, other]).wtw.central == pytest.approx(
                    one.wtw.central + other.wtw.central
                )
                continue
            for mix in (lambda a=one, b=other: total([a, b]), lambda a=one, b=other: compare(a, b)):
                with pytest.raises(BoundaryMixedError) as caught:
                    mix()
                assert set(caught.value.sets) == {first, second}


@pytest.mark.parametrize(
    "change",
    [
        {"boundary": "TTW"},
        {"gases": "CO2"},
        {"vehicles": True},
        {"infrastructure": True},
        {"non_co2": "included"},
    ],
    ids=str,
)
def test_each_part_of_a_boundary_counts(change: dict[str, object]) -> None:
    other = DEFAULT.model_copy(update=change)
    with pytest.raises(BoundaryMixedError):
        total([estimate_distance("car", 10, DEFAULT), estimate_distance("car", 10, other)])
    filled = estimate_legs(
        [leg("coach", 10)], without_coach(), cabin="economy", occupants=1, fill=DEFAULT
    )
    assert filled.factor_sets == ("no-coach", "travelplan-2026.1")
    with pytest.raises(FactorMissingError):
        estimate_legs([leg("coach", 10)], without_coach(), cabin="economy", occupants=1, fill=other)


def without_coach() -> FactorSet:
    return DEFAULT.model_copy(update={"id": "no-coach", "per_passenger_g_km": {}})


def test_nothing_is_no_sum() -> None:
    with pytest.raises(ValueError, match="nothing to add"):
        total([])
