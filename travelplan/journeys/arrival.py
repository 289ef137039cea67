"""Whether one is there when a meeting begins, and on which day to leave.

The network has no timetable: what counts is the time from door to door and the earliest departure
that is reasonable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from travelplan.journeys.model import Journey
from travelplan.journeys.night_trains import DAY_MIN, clock_min
from travelplan.journeys.rules import MeetingRule

_JUDGED_FIRST = ("train", "plane")


@dataclass(frozen=True, slots=True)
class Appointment:
    """A day and a minute at which one must be somewhere, on the clock there.

    `clock_ahead_min` is how far that clock is ahead of the one where the trip begins, None if it
    is not known, and then both are taken to be the same.
    """

    day: date
    minute: int
    clock_ahead_min: int | None


@dataclass(frozen=True, slots=True)
class Timing:
    """When to leave for a meeting.

    `asked` is the day of departure that was asked for, `leave_on` the one on which `by` is there
    in time. `in_time` tells for each way whether it is there in time when one leaves on the day
    asked for, at `earliest` or later and with `spare_min` to spare.
    """

    asked: date
    leave_on: date
    by: str
    in_time: Mapping[str, bool]
    earliest: str
    spare_min: int
    clock_known: bool

    @property
    def days_before(self) -> int:
        """How many days before the one asked for one has to leave."""
        return (self.asked - self.leave_on).days


def timing(
    journeys: Iterable[Journey],
    appointment: Appointment,
    depart: date,
    *,
    rule: MeetingRule,
    day_limit_min: int,
) -> Timing | None:
    """Return when to leave for a meeting; None without a way to get there.

    The train is asked first, then the plane, then any other way: the day on which the train must
    leave is the day on which the trip begins.

    Args:
        journeys: the ways there.
        appointment: when one has to be there.
        depart: the day of departure asked for.
        rule: the earliest departure and the time to spare.
        day_limit_min: the longest day of travel; the night after it is rest.
    """
    ways = {journey.vehicle: journey for journey in journeys if journey.night is None}
    if not ways:
        return None
    by = next((mode for mode in _JUDGED_FIRST if mode in ways), next(iter(ways)))
    elapsed = {name: _elapsed_min(way, day_limit_min) for name, way in ways.items()}
    ahead = next(
        days
        for days in count()
        if elapsed[by] <= _available_min(appointment, depart - timedelta(days=days), rule)
    )
    available = _available_min(appointment, depart, rule)
    return Timing(
        asked=depart,
        leave_on=depart - timedelta(days=ahead),
        by=by,
        in_time={name: minutes <= available for name, minutes in elapsed.items()},
        earliest=rule.earliest_departure,
        spare_min=rule.spare_min,
        clock_known=appointment.clock_ahead_min is not None,
    )


def clock_ahead_min(origin: str, destination: str, rule: MeetingRule) -> int | None:
    """Return how far the clock of one country is ahead of another's; None if not known."""
    if origin == destination:
        return 0
    ahead = rule.clock_ahead_min
    if origin not in ahead or destination not in ahead:
        return None
    return ahead[destination] - ahead[origin]


def _available_min(appointment: Appointment, leave: date, rule: MeetingRule) -> int:
    """Return the minutes from the earliest departure on a day until one has to be there."""
    until = (appointment.day - leave).days * DAY_MIN + appointment.minute - rule.spare_min
    return until - (appointment.clock_ahead_min or 0) - clock_min(rule.earliest_departure)


def _elapsed_min(journey: Journey, day_limit_min: int) -> int:
    """Return the minutes from door to door with the nights of rest on a way of several days."""
    nights = (journey.duration_min - 1) // day_limit_min if journey.overnight_needed else 0
    return journey.door_to_door_min + nights * (DAY_MIN - day_limit_min)
