from __future__ import annotations

import pytest
from journey_world import PLACES, place, shipped

from travelplan.geo import great_circle_km
from travelplan.journeys.model import Journey

GENT = PLACES["Gent"]


def by_road(name: str, travellers: int = 1) -> dict[str, Journey]:
    journeys = shipped().road.plan(GENT, PLACES[name], travellers)
    return {journey.mode: journey for journey in journeys}


def test_road_kilometres_are_the_great_circle_times_a_factor() -> None:
    car = by_road("Berlin")["car"]
    assert car.km == pytest.approx(1.3 * great_circle_km(GENT, PLACES["Berlin"]), abs=0.1)
    assert car.duration_min == car.door_to_door_min == pytest.approx(10 + car.km / 95 * 60, abs=1)


@pytest.mark.parametrize(
    ("travellers", "occupants"), [(1, 2), (2, 2), (5, 5), (6, 3), (10, 5), (12, 4)]
)
def test_travellers_share_as_few_cars_as_hold_them(travellers: int, occupants: float) -> None:
    journeys = by_road("Paris", travellers)
    assert journeys["carpool"].occupants == occupants
    assert journeys["car"].occupants == 1


def test_the_channel_is_crossed_by_shuttle_and_ends_cycling() -> None:
    london = by_road("London")["car"]
    assert [leg.mode for leg in london.legs] == ["car", "train", "car"]
    assert london.legs[1].operator == "LeShuttle"
    assert london.duration_min == sum(leg.minutes + leg.wait_min for leg in london.legs)
    dover = place("Dover", "GB", "EU", 51.1279, 1.3134)
    calais = place("Calais", "FR", "EU", 50.9513, 1.8587)
    assert "bike" not in {j.mode for j in shipped().road.plan(calais, dover, 1)}


def test_a_short_coach_journey_is_a_bus() -> None:
    assert by_road("Terneuzen")["coach"].legs[0].mode == "bus"
    assert by_road("Paris")["coach"].legs[0].mode == "coach"


def test_how_far_each_is_offered() -> None:
    assert set(by_road("Aalst")) == {"coach", "car", "carpool", "bike"}
    assert set(by_road("Paris")) == {"coach", "car", "carpool"}
    assert set(by_road("Barcelona")) == {"car", "carpool"}
    assert not by_road("Athens")


@pytest.mark.parametrize("name", ["Reykjavík", "Kinshasa", "Kanazawa"])
def test_no_road_without_a_ferry(name: str) -> None:
    assert not by_road(name)


@pytest.mark.parametrize(
    ("name", "ferries"),
    [("Dublin", ["LeShuttle", "Stena/Irish Ferries"]), ("Palma", ["Baleària/Trasmed/GNV"])],
)
def test_a_car_takes_the_ferry(name: str, ferries: list[str]) -> None:
    car = by_road(name)["car"]
    assert [leg.operator for leg in car.legs if leg.operator] == ferries
    assert all(leg.wait_min for leg in car.legs if leg.operator)


def test_a_place_beyond_every_ferry_is_reached_by_no_road() -> None:
    funchal = place("Funchal", "PT", "EU", 32.6669, -16.9241)
    assert not shipped().road.plan(GENT, funchal, 1)


def test_northern_ireland_is_joined_to_ireland_and_not_to_great_britain() -> None:
    belfast = place("Belfast", "GB", "EU", 54.5968, -5.9254)
    road = shipped().road
    from_dublin = {j.mode: j for j in road.plan(PLACES["Dublin"], belfast, 1)}["car"]
    from_london = {j.mode: j for j in road.plan(PLACES["London"], belfast, 1)}["car"]
    assert [leg.mode for leg in from_dublin.legs] == ["car"]
    assert "ferry" in [leg.mode for leg in from_london.legs]


def test_a_coach_runs_only_where_coaches_run() -> None:
    village = place("Bleialf", "DE", "EU", 50.2406, 6.2886)
    modes = {j.mode for j in shipped().road.plan(GENT, village, 1)}
    assert "coach" not in modes
    assert "car" in modes
