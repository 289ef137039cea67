"""Factor sets: released ones never change, every number is traced, boundaries are never mixed."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from cases_reader import said
from published import B789, DETAILS

import travelplan.files
from travelplan import (
    BoundaryMixedError,
    DataError,
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
from travelplan.emissions.factors import CABINS, Cabin, FactorSet
from travelplan.emissions.flight import fleet_wtw_kg, flight_wtw_kg, flights_wtw_kg
from travelplan.emissions.flight_factors import BandFlight, FleetFlight
from travelplan.emissions.trace import lines_of
from travelplan.files import DATA
from travelplan.language import Words
from travelplan.strict import read_yaml

# A released set never changes: whoever changes one makes a new set with a new id instead.
RELEASED = {
    "ademe-2025": "7b07c4a7751ab0b467b8a57c9731f24fd40270bcffcd4f454e1f1758c9bf0e48",
    "desnz-2026": "c72da14309ce08c6a03150572dc3575ebccf4528091dc8583ce7c1687d704775",
    "iso14083-strict-2026.1": "186d43616a17001851ba0bc32047318db87c3e0273783bbec8b626e7ddb2b22f",
    "tim-2": "ffc6e66bb507a417fb05035c7b2dbc8f65cf20b86f0083e93a7bdd2d0486a9c0",
    "travelplan-2026.1": "af23e32f031dd64ccb6ccde60a774e7c9fccf3365592d57b25dfe58faf3d67d0",
}
SETS = sorted(RELEASED)
DEFAULT = load_factors()
NOWHERE = Words("", "", "")
EACH_SET = pytest.mark.parametrize("name", SETS)
EACH_CABIN = pytest.mark.parametrize("cabin", CABINS)


def leg(mode: str, km: float, *, kind: str = "", **countries: float) -> Leg:
    return Leg(mode, NOWHERE, NOWHERE, minutes=0, km=km, kind=kind, km_by_country=countries)


def flights(name: str, cabin: Cabin) -> list[float]:
    """kg CO2e WTW of a flight of each km from 20 to 16,000."""
    factors = load_factors(name)
    if name == "tim-2":
        every = (estimate_flight(km, factors, cabin, DETAILS["b789"]) for km in range(20, 16_001))
        return [found.wtw.central for found in every]
    return [kg.central for kg in flights_wtw_kg(range(20, 16_001), cabin, factors.flight)]


@EACH_SET
def test_a_released_set_never_changes(name: str) -> None:
    path = DATA / "factors" / f"{name}.yaml"

    assert sha256(path.read_bytes()).hexdigest() == RELEASED[name]


def test_every_shipped_set_is_released() -> None:
    assert factor_set_ids() == SETS


@EACH_SET
def test_every_number_has_a_unit_and_a_source_or_is_an_assumption(name: str) -> None:
    factors = load_factors(name)
    lines = list(lines_of(factors))

    assert lines
    for line in lines:
        assert line.unit, line.name
        assert line.basis in {"published", "derived", "assumption"}, line.name
        if line.basis != "assumption":
            assert line.source in factors.sources, line.name
    for source in factors.sources.values():
        assert source.title
        assert source.publisher
        assert source.url.startswith("https://")


@EACH_SET
def test_every_number_of_the_file_is_walked(name: str) -> None:
    if name.startswith("iso14083"):
        pytest.skip("a profile has no numbers of its own")
    content = read_yaml((DATA / "factors" / f"{name}.yaml").read_text("utf-8"), name).content
    assert isinstance(content, dict)
    counted = {key: value for key, value in content.items() if key not in {"sources", "published"}}
    walked = {line.path for line in lines_of(load_factors(name))}

    assert set(numbers_of(counted, ())) <= walked


def numbers_of(value: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    if isinstance(value, dict):
        return [
            found
            for key, inner in value.items()
            if key != "tier"
            for found in numbers_of(inner, (*path, str(key)))
        ]
    if isinstance(value, list):
        return [
            found for i, inner in enumerate(value) for found in numbers_of(inner, (*path, str(i)))
        ]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return [path] if is_number else []


@EACH_SET
def test_a_set_says_what_it_is(name: str) -> None:
    factors = load_factors(name)

    assert factors.id == name
    assert factors.boundary == "WTW"
    assert not factors.vehicles
    assert not factors.infrastructure
    assert factors.limits
    assert factors.licence
    assert factors.attribution


def test_a_profile_on_another_file_than_it_names_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "factors"
    room.mkdir()
    for file in (DATA / "factors").glob("*.yaml"):
        text = file.read_text("utf-8")
        changed = text.replace("central: 0.7\n", "central: 0.8\n")
        (room / file.name).write_text(changed, "utf-8")
    monkeypatch.setattr(travelplan.files, "DATA", tmp_path)

    with pytest.raises(DataError) as caught:
        load_factors.__wrapped__("iso14083-strict-2026.1")

    ((line, sentence),) = said(caught.value)
    assert line > 1
    assert "is not the hash of travelplan-2026.1.yaml" in sentence


def test_the_strict_profile_has_nothing_optional() -> None:
    strict = load_factors("iso14083-strict-2026.1")

    assert (strict.non_co2, strict.hotel, strict.virtual) == ("none", None, None)
    assert not strict.manufacture_g_km
    flight = estimate_distance("plane", 1084, strict)
    assert flight.wtw == estimate_distance("plane", 1084, DEFAULT).wtw
    assert flight.non_co2.central == 0
    assert flight.manufacture_kg is None


@EACH_SET
@EACH_CABIN
def test_a_longer_flight_never_emits_less_unless_the_set_says_that_it_is_stepwise(
    name: str, cabin: Cabin
) -> None:
    steps = [(b - a) / a for a, b in pairwise(flights(name, cabin)) if b != a]
    smooth = all(0 <= step <= 0.005 for step in steps)
    factors = load_factors(name)

    assert factors.stepwise is isinstance(factors.flight, BandFlight)
    if not factors.stepwise:
        assert smooth
    else:
        words = " ".join(limit.en for limit in factors.limits)
        assert "jump" in words
        assert "Do not rank flights" in words


@EACH_SET
def test_a_better_cabin_never_emits_less(name: str) -> None:
    by_cabin = [flights(name, cabin) for cabin in CABINS]

    for lower, higher in pairwise(by_cabin):
        assert all(a <= b for a, b in zip(lower, higher, strict=True))


@pytest.mark.parametrize("body", ["narrow", "wide"])
def test_the_closed_form_is_the_sum_over_the_fleet(body: str) -> None:
    flight = DEFAULT.flight
    assert isinstance(flight, FleetFlight)
    curve = flight.narrow_body if body == "narrow" else flight.wide_body

    for km in range(20, 16_001, 10):
        closed = curve.constant + curve.per_km * km + curve.per_km2 * km * km
        summed = fleet_wtw_kg(km, "narrow" if body == "narrow" else "wide", flight)
        assert closed == pytest.approx(summed, rel=0.005)


def test_every_known_aircraft_rises_with_distance_and_lies_near_the_unknown_one() -> None:
    flight = DEFAULT.flight
    assert isinstance(flight, FleetFlight)
    for name in flight.aircraft.by_type:
        kg = [estimate_distance("plane", km, DEFAULT, kind=name).wtw.central for km in (300, 1500)]
        unknown = [flight_wtw_kg(km, "economy", flight).central for km in (300, 1500)]
        assert kg[0] < kg[1]
        assert all(0.5 < a / b < 2 for a, b in zip(kg, unknown, strict=True)), name


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
