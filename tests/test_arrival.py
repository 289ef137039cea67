"""Being there in time: the day to leave on, from door-to-door minutes and the clock there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journey_world import shipped

from travelplan import Recommendation, Reference, parse_trip, recommend
from travelplan.journeys.arrival import Appointment, Timing, clock_ahead_min, timing
from travelplan.journeys.model import Journey
from travelplan.report.remarks import remarks

DAY = date(2027, 3, 2)
RULE = shipped().rules.meeting
DAY_LIMIT_MIN = 16 * 60


def way(mode: str, minutes: int, *, overnight: bool = False) -> Journey:
    return Journey(mode, (), minutes, minutes, 0, overnight_needed=overnight)


def asked(*ways: Journey, at: int, ahead_min: int | None = 0, day: date = DAY) -> Timing:
    found = timing(
        ways, Appointment(day, at, ahead_min), DAY, rule=RULE, day_limit_min=DAY_LIMIT_MIN
    )
    assert found
    return found


def test_the_last_minute_is_in_time_and_the_next_is_not() -> None:
    # 06:00 and 3 hours is 09:00; one wants to be there a quarter of an hour before.
    assert asked(way("train", 180), at=9 * 60 + 15).days_before == 0
    late = asked(way("train", 180), at=9 * 60 + 14)
    assert (late.days_before, late.leave_on) == (1, date(2027, 3, 1))


def test_the_train_tells_the_day_and_the_plane_is_named_beside_it() -> None:
    found = asked(way("plane", 120), way("train", 300), way("car", 700), at=9 * 60)
    assert found.by == "train"
    assert found.days_before == 1
    assert found.in_time == {"plane": True, "train": False, "car": False}


def test_without_a_train_the_plane_tells_and_without_both_any_way() -> None:
    assert asked(way("car", 100), way("plane", 200), at=600).by == "plane"
    assert asked(way("coach", 100), at=600).by == "coach"
    assert timing([], Appointment(DAY, 600, 0), DAY, rule=RULE, day_limit_min=DAY_LIMIT_MIN) is None


def test_a_way_of_two_days_rests_at_night() -> None:
    # 20 hours: a night of 8 hours between, so 28 hours before 10:00 on the day.
    assert asked(way("train", 1200, overnight=True), at=10 * 60).days_before == 2
    assert asked(way("train", 1200), at=10 * 60).days_before == 1


def test_a_clock_that_is_behind_gives_an_hour() -> None:
    assert asked(way("train", 230), at=9 * 60 + 15, ahead_min=-60).days_before == 0
    assert asked(way("train", 170), at=9 * 60 + 15, ahead_min=60).days_before == 1


@pytest.mark.parametrize(
    ("origin", "destination", "minutes"),
    [("BE", "GB", -60), ("GB", "FI", 120), ("BE", "DE", 0), ("BE", "JP", None), ("JP", "JP", 0)],
)
def test_the_clocks_of_countries(origin: str, destination: str, minutes: int | None) -> None:
    assert clock_ahead_min(origin, destination, RULE) == minutes


def test_who_leaves_days_before_the_meeting_needs_no_other_day() -> None:
    found = asked(way("train", 600), at=9 * 60, day=date(2027, 3, 4))
    assert found.days_before == 0
    assert found.in_time == {"train": True}


@given(st.integers(1, 5000), st.integers(0, 1439))
def test_a_longer_way_never_lets_one_leave_later(minutes: int, at: int) -> None:
    days = [asked(way("train", m), at=at).days_before for m in (minutes, minutes + 60)]
    assert days[0] <= days[1]


# In an answer.


def answer(reference: Reference, **fields: object) -> Recommendation:
    given_fields = {"depart": "2027-03-02", **fields}
    if "back" in given_fields:
        given_fields["return"] = given_fields.pop("back")
    return recommend(parse_trip(given_fields, reference.places, today=date(2026, 12, 1)), reference)


def said(found: Recommendation) -> str:
    return " ".join(str(remark) for remark in remarks(found))


def test_the_night_before_counts_and_the_question_stays_as_it_was(reference: Reference) -> None:
    fields = {"destination": "Frankfurt", "back": "2027-03-02", "meeting_from": "09:00"}
    found = answer(reference, **fields)
    assert found.trip.depart == DAY
    assert found.made.depart == date(2027, 3, 1)
    assert (found.made.nights, found.made.multi_day) == (1, True)
    assert found.outcome == "train_mandatory"
    assert answer(reference, destination="Frankfurt", back="2027-03-02").outcome == "out_of_scope"


def test_the_plane_in_time_changes_nothing(reference: Reference) -> None:
    found = answer(reference, destination="Wenen", back="2027-03-04", meeting_from="13:30")
    assert found.timing
    assert (found.timing.in_time["train"], found.timing.in_time["plane"]) == (False, True)
    assert "these would be in time: Plane. That does not change the rule." in said(found)


def test_the_night_train_of_the_evening_before_is_offered(reference: Reference) -> None:
    fields = {"destination": "Wenen", "depart": "2027-03-03", "back": "2027-03-04"}
    said_at = {
        clock: said(answer(reference, **fields, meeting_from=clock))
        for clock in ("06:00", "09:00", "10:00", "11:00")
    }
    assert "Nightjet 469 is there at about 10:13: too late for 06:00" in said_at["06:00"]
    # One that arrives earlier is named where the best one is late.
    assert "Nightjet 40421 is there at about 09:19: in time for 10:00" in said_at["10:00"]
    assert "EuroNight 50462 is there at about 06:15: in time for 09:00" in said_at["09:00"]
    assert "Nightjet 469 is there at about 10:13: in time for 11:00" in said_at["11:00"]


def test_an_unknown_clock_is_said(reference: Reference) -> None:
    found = answer(reference, destination="Kanazawa", nights="6", meeting_from="09:00")
    assert found.timing
    assert found.timing.days_before >= 1
    assert "We do not know the time difference" in said(found)
    assert "time difference" not in said(
        answer(reference, destination="Londen", nights="1", meeting_from="09:00")
    )


def test_more_days_are_said_with_their_number(reference: Reference) -> None:
    found = answer(reference, destination="Athene", nights="2", meeting_from="09:00")
    assert found.timing
    assert found.timing.days_before > 1
    assert f"That is {found.timing.days_before} nights more" in said(found)


def test_a_way_of_assistance_is_longer_for_a_meeting_too(reference: Reference) -> None:
    fields = {"destination": "Parijs", "back": "2027-03-02", "meeting_from": "10:05"}
    usual, longer = answer(reference, **fields), answer(reference, **fields, assistance="1")
    assert usual.timing
    assert longer.timing
    assert usual.timing.days_before <= longer.timing.days_before


def test_a_tour_fills_the_fact_and_says_that_no_day_is_told(reference: Reference) -> None:
    fields = {"meeting_from": "9u", "meeting_until": "10u30", "back": "2027-03-09"}
    found = answer(reference, destination="Praag", via=["Wenen"], **fields)
    assert found.timing is None
    assert found.parts[0].facts.values["meeting_min"] == 90
    assert "we do not say when to leave" in said(found)
