from __future__ import annotations

from datetime import date

import pytest
from journey_world import PLACES, place, shipped

from travelplan.errors import DataError
from travelplan.files import DATA, load_language, read_text
from travelplan.journeys.model import Journey
from travelplan.journeys.night_trains import NightTrains, Season
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.strict import read_yaml

TUESDAY, WEDNESDAY = date(2026, 12, 1), date(2026, 12, 2)
COUNTRIES = {n: s.country for n, s in shipped().network.timetable.stations.items()}
HEAD = read_text(DATA / "night_trains.yaml").split("trains:\n")[0]
PARIS = place("Prague", "CZ", "EU", 50.088, 14.4208)


def planned(name: str, day: date | None) -> Planned:
    destination = PLACES.get(name) or PARIS
    return plan_journeys(PLACES["Gent"], destination, travellers=1, transport=shipped(), depart=day)


def night(name: str, day: date | None) -> Journey:
    found = [j for j in planned(name, day).journeys if j.mode == "night_train"]
    assert found
    return found[0]


def said(journey: Journey) -> list[str]:
    english = load_language("en")
    return [english.say(note) for note in journey.notes]


def trains(row: str) -> NightTrains:
    return NightTrains.from_document(
        read_yaml(f"{HEAD}trains:\n{row}...\n", "night_trains.yaml"), COUNTRIES
    )


def row(stops: str, **other: str) -> str:
    fields = {
        "id": "t",
        "name": "T 1",
        "operator": "T",
        "days": "[mon]",
        "status": "running",
        "source": "own",
        "stops": f"'{stops}'",
        **other,
    }
    lines = [f"{key}: {value}" for key, value in fields.items()]
    return "  - " + "\n    ".join(lines) + "\n"


def test_vienna_by_the_nightjet_on_a_tuesday() -> None:
    journey = night("Vienna", TUESDAY)
    assert journey.night
    assert journey.night.train == "Nightjet 469"
    assert (journey.night.departs, journey.night.arrives) == ("19:06", "10:13")
    assert journey.night.evening == TUESDAY
    assert journey.night.hotel_night_saved
    assert [leg.mode for leg in journey.legs] == ["train", "night_train"]
    assert journey.legs[-1].minutes == 15 * 60 + 7
    assert journey.changes == 1
    assert planned("Vienna", TUESDAY).night_train


def test_none_that_night_and_the_next_that_has_one() -> None:
    saturday = date(2026, 12, 5)
    found = planned("Berlin", saturday)
    assert not found.night_train
    (first, *_) = found.night_trains
    assert first.night
    assert (first.night.train, first.night.evening) == ("European Sleeper 475", date(2026, 12, 6))
    assert said(first)[0] == (
        "None in the evening of Saturday 5 December 2026; "
        "the next is in the evening of Sunday 6 December 2026."
    )


def test_a_train_that_does_not_run_that_evening_is_not_offered() -> None:
    others = planned("Vienna", WEDNESDAY).night_trains
    assert "Nightjet 469" not in {j.night.train for j in others if j.night}


def test_an_announced_train_is_called_so_and_not_offered_before_its_day() -> None:
    milan = place("Milan", "IT", "EU", 45.4643, 9.1895)
    names = {}
    for day in (date(2026, 9, 7), date(2026, 9, 10)):
        found = plan_journeys(PLACES["Gent"], milan, travellers=1, transport=shipped(), depart=day)
        names[day.day] = {j.night.train: j for j in found.night_trains if j.night}
    assert "European Sleeper 456" not in names[7]
    assert "It is announced; check whether it runs." in said(names[10]["European Sleeper 456"])


def test_no_long_way_round() -> None:
    # To Berlin over Munich there would be a train every night.
    assert not any(
        j.night and j.night.train == "Nightjet 421" for j in planned("Berlin", None).night_trains
    )


def test_evening_and_morning_and_what_is_kept_are_said() -> None:
    sentences = said(night("Berlin", date(2026, 12, 2)))
    assert any("Brussels" in s and "19:22" in s and "06:18" in s for s in sentences)
    assert "It saves a hotel night." in sentences
    assert any(s.startswith("You leave at about") for s in sentences)
    assert any("as of Tuesday 30 June 2026" in s for s in sentences)


def test_the_working_day_is_kept_if_one_leaves_after_it_and_arrives_early() -> None:
    journey = night("Berlin", date(2026, 12, 2))
    assert journey.night
    assert journey.night.working_day_kept
    late = night("Vienna", TUESDAY)
    assert late.night
    assert not late.night.working_day_kept


def test_no_night_train_where_a_day_train_is_quick() -> None:
    for name in ("Paris", "London", "Amsterdam", "Lille"):
        assert not planned(name, TUESDAY).night_trains


def test_without_a_day_any_night_counts() -> None:
    journey = night("Vienna", None)
    assert journey.night
    assert journey.night.evening is None
    assert planned("Vienna", None).night_train


def test_legs_waits_and_kilometres_add_up() -> None:
    for name in ("Vienna", "Berlin"):
        journey = night(name, None)
        assert journey.duration_min == sum(leg.minutes + leg.wait_min for leg in journey.legs)
        ride = next(leg for leg in journey.legs if leg.mode == "night_train")
        assert sum(ride.km_by_country.values()) == pytest.approx(ride.km, abs=1)
        assert ride.kind == "night"


def test_a_ride_over_midnight_is_boarded_on_the_evening_before() -> None:
    (ride,) = trains(row("Hamburg 23:50 > Hannover 01:10 > Munich 08:00")).rides[:1]
    after = trains(row("Hamburg 23:50 > Hannover 01:10 > Munich 08:00")).rides
    assert ride.days_before == 0
    assert {r.days_before for r in after} == {0}
    assert [r.start.station for r in after] == ["Hamburg", "Hannover"]


def test_the_clocks_of_two_countries_are_set_right() -> None:
    (ride,) = trains(row("Vienna 19:00 > Bucharest 12:00")).rides
    assert ride.minutes == 16 * 60


@pytest.mark.parametrize(
    ("stops", "other", "fault"),
    [
        ("Brussels 19:00 > Nowhere 08:00", {}, "Nowhere is not a station"),
        ("Brussels 08:00 > Vienna 19:00", {}, "no ride through a night"),
        ("Brussels 19:00 > Vienna 09:00", {"source": "rumour"}, "no source rumour"),
        ("Brussels 19:00 > Vienna 09:00", {"days": "[someday]"}, "days"),
        ("Brussels 19:00 > Vienna 09:00", {"colour": "blue"}, "unknown key"),
    ],
)
def test_a_faulty_train_is_refused(stops: str, other: dict[str, str], fault: str) -> None:
    with pytest.raises(DataError) as caught:
        trains(row(stops, **other))
    assert fault in str(caught.value)


def test_an_id_stands_once() -> None:
    with pytest.raises(DataError, match="twice"):
        trains(row("Brussels 19:00 > Vienna 09:00") * 2)


def test_a_season_may_run_over_the_new_year() -> None:
    winter = Season.model_validate({"from": "12-01", "to": "03-31"})
    assert winter.holds(date(2026, 12, 24))
    assert winter.holds(date(2027, 1, 2))
    assert not winter.holds(date(2027, 4, 1))


def test_every_train_has_a_source_and_a_day() -> None:
    head = shipped().night._trains.head
    assert head.as_of == date(2026, 6, 30)
    assert {train.source for train in head.trains} <= set(head.sources)
    belgian = {t.id for t in head.trains if t.stops.startswith("Brussels")}
    assert {"es-453", "es-456", "nj-469"} <= belgian
    assert {e.what for e in head.ended} >= {"Nightjet Paris–Berlin", "Nightjet Brussels–Berlin"}
