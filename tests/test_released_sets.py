"""Factor sets: released ones never change, every number is traced, boundaries are never mixed."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from cases_reader import said
from published import DETAILS

import travelplan.files
from travelplan import (
    DataError,
    Leg,
    estimate_distance,
    estimate_flight,
    factor_set_ids,
    load_factors,
)
from travelplan.emissions.factors import CABINS, Cabin
from travelplan.emissions.flight import fleet_wtw_kg, flight_wtw_kg, flights_wtw_kg
from travelplan.emissions.flight_factors import BandFlight, FleetFlight
from travelplan.emissions.trace import lines_of
from travelplan.files import DATA
from travelplan.language import Words
from travelplan.strict import read_yaml

# A released set never changes: whoever changes one makes a new set with a new id instead.
RELEASED = {
    "ademe-2025": "adfbc09727c94f8554a0d31fe402339b0290d2dbe1caededbe05b17fb1dc4381",
    "desnz-2026": "42e250123d7197d25e0adba182cde63008fac4d13ca16dd8aeee2699ce3a1a14",
    "iso14083-strict-2026.1": "bde6a9d973e934c1cd97eed17016f2b5edd7f767cb8c669221fcc799beb23c1e",
    "tim-2": "abd43e76b807e5bc78f859baed44072388c06100176104484b5f461592cf2a3f",
    "travelplan-2026.1": "efd0425b231f8e3a385d2b336f15911ba0dd2c8cfd573292a30da1565e9e4bec",
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


@pytest.mark.parametrize("name", [name for name in SETS if not name.startswith("iso14083")])
def test_every_number_of_the_file_is_walked(name: str) -> None:
    """A profile has no numbers of its own: its file names a base and what it leaves out."""
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
