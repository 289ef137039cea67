"""The time from door to door in its parts, and a tour as one sum."""

from __future__ import annotations

from dataclasses import replace

import pytest

from travelplan import Recommendation, Reference, parse_trip, recommend
from travelplan.journeys.doors import door_to_door
from travelplan.report.tour import tour_total

PLACES = ("Berlijn", "Wenen", "Londen", "Kanazawa", "Dublin", "Athene", "Rijsel", "Kiruna")


def answer_for(reference: Reference, destination: str, *via: str) -> Recommendation:
    fields = {"destination": destination, "via": via, "depart": "2027-03-01", "nights": "2"}
    return recommend(parse_trip(fields, reference.places), reference)


@pytest.mark.parametrize("destination", PLACES)
def test_the_parts_of_the_time_are_the_time(reference: Reference, destination: str) -> None:
    access_min = reference.transport.rules.door.access_min
    for option in answer_for(reference, destination).options:
        parts = door_to_door(option.journey, access_min)
        minutes = (parts.to_min, parts.riding_min, parts.waiting_min, parts.from_min)
        assert sum(minutes) == option.journey.door_to_door_min, option.mode
        assert min(minutes) >= 0, option.mode
        assert parts.riding_min > 0, option.mode


def test_to_berlin_the_train_changes_twice_and_the_plane_waits(reference: Reference) -> None:
    access_min = reference.transport.rules.door.access_min
    options = {o.mode: o.journey for o in answer_for(reference, "Berlijn").options}
    legs = {mode: journey.legs for mode, journey in options.items()}

    train, plane, car = (
        door_to_door(options[mode], access_min) for mode in ("train", "plane", "car")
    )

    assert train.riding_min == sum(leg.minutes for leg in legs["train"])
    assert train.to_min == train.from_min == access_min
    assert plane.to_min == legs["plane"][0].minutes
    assert plane.riding_min == legs["plane"][1].minutes
    assert plane.waiting_min == sum(leg.wait_min for leg in legs["plane"])
    assert (car.to_min, car.waiting_min, car.from_min) == (0, 0, 0)


def test_a_tour_is_the_sum_of_its_parts_by_their_first_option(reference: Reference) -> None:
    tour = answer_for(reference, "Praag", "Wenen")
    first = [part.options[0] for part in tour.parts]

    found = tour_total(tour)

    assert found.door_to_door_min == sum(o.journey.door_to_door_min for o in first)
    assert found.emissions is not None
    parts_kg = sum(o.emissions.wtw.central for o in first if o.emissions)
    assert found.emissions.wtw.central == pytest.approx(parts_kg)


def test_a_tour_with_a_part_that_nobody_knows_a_way_for_has_no_sum(reference: Reference) -> None:
    tour = answer_for(reference, "Praag", "Wenen")
    unknown = replace(tour.parts[1], options=())
    lost = replace(tour, parts=(tour.parts[0], unknown))

    assert tour_total(lost).door_to_door_min is None
    assert tour_total(lost).emissions is None


def test_who_shares_a_car_with_four_answers_for_a_quarter_of_it(reference: Reference) -> None:
    def kg(occupants: str) -> float:
        fields = {"destination": "Nantes", "depart": "2027-03-01", "occupants": occupants}
        options = recommend(parse_trip(fields, reference.places), reference).options
        shared = next(o.emissions for o in options if o.mode == "carpool")
        assert shared is not None
        return shared.wtw.central

    assert kg("4") == pytest.approx(kg("2") / 2)
