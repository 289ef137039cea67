from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from journey_world import PLACES, shipped
from pydantic import Field, Strict

from travelplan.errors import DataError, InputError
from travelplan.files import DATA, read_document, read_text
from travelplan.journeys.airports import Airports
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.sourced import FileModel, TupleOf
from travelplan.strict import read_yaml

CASES = Path(__file__).parent / "cases" / "journeys"


class Case(FileModel):
    trip: str
    because: str
    rail_min: Annotated[tuple[int, int], Strict(False)] | None = None
    most_changes: int | None = None
    served: bool | None = None
    unknown: bool = False
    overnight: bool = False
    present: TupleOf[str] = Field((), alias="with")
    absent: TupleOf[str] = Field((), alias="without")


class Cases(FileModel):
    cases: TupleOf[Case]


def read_cases() -> list[Case]:
    return [
        case
        for path in sorted(CASES.glob("from_*.yaml"))
        for case in read_yaml(path.read_text(encoding="utf-8"), path.name).parse(Cases).cases
    ]


def plan(trip: str, travellers: int = 1) -> Planned:
    origin, destination = (PLACES[name] for name in trip.split(" to "))
    return plan_journeys(origin, destination, travellers=travellers, transport=shipped())


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: f"{case.trip}: {case.because}")
def test_case(case: Case) -> None:
    planned = plan(case.trip)
    modes = {journey.mode for journey in planned.journeys}
    assert modes >= set(case.present)
    assert not modes & set(case.absent)
    if case.unknown:
        assert planned.served_by_rail is None
    elif case.served is not None:
        assert planned.served_by_rail is case.served
    if case.rail_min:
        assert planned.served_by_rail
        assert planned.rail
        assert case.rail_min[0] <= planned.rail.duration_min <= case.rail_min[1]
        assert planned.rail_overnight is case.overnight
    if case.most_changes is not None:
        assert planned.rail
        assert planned.rail.changes <= case.most_changes


def test_the_train_comes_first() -> None:
    assert [j.mode for j in plan("Gent to Berlin").journeys] == [
        "train",
        "night_train",
        "plane",
        "coach",
        "car",
        "carpool",
    ]


def test_figures_of_a_plan_belong_to_its_journeys() -> None:
    planned = plan("Gent to Berlin")
    by_mode = {journey.mode: journey for journey in planned.journeys}
    assert planned.rail is by_mode["train"]
    assert planned.rail_door_min == planned.rail.duration_min + 20 + 20 + 15
    assert planned.flight_min == by_mode["plane"].duration_min
    assert planned.plane_door_min == by_mode["plane"].door_to_door_min
    assert planned.land_min == planned.rail.duration_min
    assert planned.rail_km == pytest.approx(795, abs=30)
    assert planned.distance_km == pytest.approx(686, abs=5)


def test_the_first_train_through_the_tunnel_is_checked_in_from_door_to_door() -> None:
    planned = plan("London to Paris")
    assert planned.rail
    assert planned.rail.door_to_door_min == planned.rail.duration_min + 55 + 45


def test_legs_and_waits_add_up_to_the_duration_by_rail() -> None:
    for trip in ("Gent to Barcelona", "Gent to Egmond aan Zee", "Gent to Dublin"):
        rail = plan(trip).rail
        assert rail
        assert rail.duration_min == sum(leg.minutes + leg.wait_min for leg in rail.legs)


def test_there_and_back_have_the_same_length() -> None:
    for trip in ("Gent to Egmond aan Zee", "Gent to Berlin", "Gent to London", "Gent to Vaduz"):
        back = " to ".join(trip.split(" to ")[::-1])
        assert plan(trip).rail_km == pytest.approx(plan(back).rail_km)


def test_the_same_place_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        plan("Gent to Gent")
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("destination", "same_place")


def test_inside_one_city_there_is_no_train() -> None:
    planned = plan("Gent to Ledeberg")
    assert [journey.mode for journey in planned.journeys] == ["coach", "car", "carpool", "bike"]
    assert planned.served_by_rail is False


def test_many_travellers_share_cars() -> None:
    by_mode = {journey.mode: journey for journey in plan("Gent to Berlin", 12).journeys}
    assert by_mode["carpool"].occupants == 4


def test_the_editions_are_named() -> None:
    assert set(shipped().versions) == {
        "rail",
        "airports",
        "journeys",
        "crossings",
        "night_trains",
    }
    assert shipped().rail_tolerance == pytest.approx(0.1)


def test_an_airport_that_is_not_in_the_table_is_refused() -> None:
    head = read_text(DATA / "airports.yaml").replace("[AMS, JFK", "[QQQ, JFK")
    with pytest.raises(DataError, match="QQQ"):
        Airports.from_texts(
            read_yaml(head, "airports.yaml"),
            airports=read_text(DATA / "airports.csv"),
            rule=shipped().rules.flight,
        )


def test_the_rules_name_their_sources() -> None:
    rules = read_document(DATA / "journeys.yaml").content
    assert isinstance(rules, dict)
    for name, rule in rules.items():
        if isinstance(rule, dict):
            assert "basis" in rule, name
