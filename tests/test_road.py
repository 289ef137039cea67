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


ROME = place("Rome", "IT", "EU", 41.8919, 12.5113)
PALERMO = place("Palermo", "IT", "EU", 38.1321, 13.3356)


@pytest.mark.parametrize("mode", ["car", "coach"])
def test_sicily_is_reached_over_the_strait(mode: str) -> None:
    journeys = {j.mode: j for j in shipped().road.plan(ROME, PALERMO, 1)}
    (ferry,) = (leg for leg in journeys[mode].legs if leg.mode == "ferry")
    assert (ferry.origin.en, ferry.destination.en) == ("Villa San Giovanni", "Messina")
    assert ferry.wait_min


def test_both_shores_of_the_strait_lie_on_their_own_land() -> None:
    road = shipped().road
    reggio = place("Reggio Calabria", "IT", "EU", 38.1105, 15.6613)
    catania = place("Catania", "IT", "EU", 37.5021, 15.0872)
    messina = place("Messina", "IT", "EU", 38.1938, 15.554)
    for origin, destination, ferries in (
        (ROME, reggio, 0),
        (PALERMO, catania, 0),
        (reggio, messina, 1),
    ):
        car = {j.mode: j for j in road.plan(origin, destination, 1)}["car"]
        assert sum(leg.mode == "ferry" for leg in car.legs) == ferries
    assert "bike" not in {j.mode for j in road.plan(reggio, messina, 1)}


def test_a_car_to_malta_crosses_the_strait_first() -> None:
    car = {j.mode: j for j in shipped().road.plan(ROME, PLACES["Valletta"], 1)}["car"]
    ferries = [leg.destination.en for leg in car.legs if leg.mode == "ferry"]
    assert ferries == ["Messina", "Valletta"]


# A coach that a group hires.


def hired(name: str, travellers: int) -> Journey | None:
    journeys = shipped().road.plan(GENT, PLACES[name], travellers)
    return next((j for j in journeys if j.vehicle == "chartered_coach"), None)


@pytest.mark.parametrize(("travellers", "occupants"), [(8, 8), (12, 12), (50, 50), (51, 25.5)])
def test_a_group_shares_as_few_coaches_as_hold_it(travellers: int, occupants: float) -> None:
    coach = hired("Paris", travellers)
    assert coach
    assert (coach.mode, coach.occupants) == ("coach", occupants)
    assert all(leg.hired and leg.hired.occupants == occupants for leg in coach.legs)


def test_few_people_hire_no_coach_and_none_drives_to_the_end_of_the_continent() -> None:
    assert hired("Paris", 7) is None
    assert hired("Athens", 12) is None


def test_a_hired_coach_stops_where_no_other_does() -> None:
    village = place("La Bérarde", "FR", "EU", 44.933, 6.293)
    journeys = shipped().road.plan(GENT, village, 12)
    assert [j.vehicle for j in journeys if j.mode == "coach"] == ["chartered_coach"]


def test_on_the_shuttle_under_the_sea_nothing_is_hired() -> None:
    coach = hired("London", 12)
    assert coach
    assert [(leg.mode, leg.hired is not None) for leg in coach.legs] == [
        ("coach", True),
        ("train", False),
        ("coach", True),
    ]
