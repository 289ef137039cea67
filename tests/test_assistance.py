"""More time at each change, for whoever asks: longer ways, the same rules, nothing kept of why."""

from __future__ import annotations

from datetime import date

import pytest
from journey_world import PLACES, shipped

from travelplan import Recommendation, Reference, load_places, parse_trip, recommend
from travelplan.journeys.assistance import with_assistance
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.report.record import recommendation_record
from travelplan.report.remarks import remarks

CHANGE_MIN = shipped().rules.assistance.change_min


def both(name: str, day: date | None = None) -> tuple[Planned, Planned]:
    usual = plan_journeys(
        PLACES["Gent"], PLACES[name], travellers=1, transport=shipped(), depart=day
    )
    return usual, with_assistance(usual, shipped())


@pytest.mark.parametrize("name", ["Lille", "Paris", "Nantes", "Vienna", "Barcelona", "Dublin"])
def test_each_change_takes_longer_or_is_spared(name: str) -> None:
    usual, longer = both(name)
    assert usual.rail
    assert longer.rail
    ways = [
        way.duration_min + CHANGE_MIN * way.changes for way in (usual.rail, *usual.alternatives)
    ]
    assert longer.rail.duration_min == min(ways)
    assert longer.longer_min == longer.rail.duration_min - usual.rail.duration_min
    legs = longer.rail.legs
    first, last = longer.rail.duration_min, sum(leg.minutes + leg.wait_min for leg in legs)
    assert first == last
    assert longer.rail_door_min == longer.rail.door_to_door_min


def test_a_direct_train_takes_as_long_and_tells_to_book() -> None:
    _, longer = both("Lille")
    assert longer.rail
    assert longer.longer_min == 0
    assert [str(note) for note in longer.rail.notes] == [
        "Book assistance beforehand with everyone who carries you."
    ]


def test_one_leaves_earlier_for_a_night_train_and_is_there_later() -> None:
    usual, longer = both("Vienna", date(2027, 3, 2))
    before, after = usual.night_trains[0].night, longer.night_trains[0].night
    assert before
    assert after
    assert (before.leave_home, before.be_there) == ("18:02", "10:13")
    assert (after.leave_home, after.be_there) == ("17:42", "10:13")
    assert longer.night_trains[0].duration_min == usual.night_trains[0].duration_min + CHANGE_MIN


def test_changes_between_flights_take_longer_and_a_car_does_not() -> None:
    weihai = load_places().find("Weihai").place
    assert weihai
    usual = plan_journeys(PLACES["Gent"], weihai, travellers=1, transport=shipped())
    longer = with_assistance(usual, shipped())
    flights = [leg for leg in usual.journeys[-1].legs if leg.mode == "plane"]
    assert len(flights) == 2
    assert usual.flight_min
    assert longer.flight_min == usual.flight_min + CHANGE_MIN
    cars = [next(j for j in p.journeys if j.mode == "car") for p in both("Paris")]
    assert cars[0] == cars[1]


def test_a_way_that_becomes_longer_than_a_day_says_so() -> None:
    for name in ("Athens", "Palma"):
        _, longer = both(name)
        assert longer.rail
        assert longer.rail_overnight
        assert sum("Overnight needed" in str(note) for note in longer.rail.notes) == 1


def answer(reference: Reference, destination: str, **fields: object) -> Recommendation:
    asked = {"destination": destination, "depart": "2027-03-01", "nights": "2", **fields}
    return recommend(parse_trip(asked, reference.places, today=date(2026, 12, 1)), reference)


def test_the_answer_says_what_it_did_to_the_decision(reference: Reference) -> None:
    said = {
        name: " ".join(map(str, remarks(answer(reference, name, assistance="ja"))))
        for name in ("Parijs", "Berlijn")
    }
    assert "The decision is the same without that time." in said["Parijs"]
    assert "Without that time the outcome would be “Train required”" in said["Berlijn"]
    usual = answer(reference, "Berlijn")
    longer = answer(reference, "Berlijn", assistance="ja")
    assert longer.assisted
    assert longer.assisted.without == usual.decision


def test_without_a_train_there_is_nothing_to_say_of_it(reference: Reference) -> None:
    found = answer(reference, "Reykjavík", assistance="1")
    assert found.assisted
    assert found.assisted.longer_min is None
    assert len(list(remarks(found))) == 1


def test_nothing_is_kept_but_the_tick(reference: Reference) -> None:
    record = recommendation_record(answer(reference, "Parijs", assistance="1"))
    assert record["trip"]["assistance"] is True
    assert record["trip"]["reasons"] == []
    assert "reason" not in record["facts"]
    assert not {name for name in record["facts"] if "assist" in name or "health" in name}


def test_a_tour_has_longer_changes_in_every_part(reference: Reference) -> None:
    found = answer(reference, "Praag", via=["Wenen"], assistance="1")
    assert all(part.assisted for part in found.parts)
    said = [str(remark) for remark in remarks(found)]
    assert sum("Changes by train" in sentence for sentence in said) == 2
    assert said[1].startswith("Ghent → Vienna: ")


def test_a_direct_train_is_said_to_take_no_longer(reference: Reference) -> None:
    said = [str(remark) for remark in remarks(answer(reference, "Rijsel", assistance="1"))]
    assert said[1:] == ["By train there is no change to make, so it takes no longer."]
