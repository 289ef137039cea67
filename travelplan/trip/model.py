"""What a traveller wants: places, days, people, and what they ask for on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import pairwise

from travelplan.places.model import Place

DEFAULT_ORIGIN = "Gent"
ROLES = ("staff", "elected", "guest", "student")
HOUR_MIN = 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the trip is for: its day and its times there, on the clock of the place."""

    day: date
    begins: time
    ends: time | None = None

    @property
    def minutes(self) -> int | None:
        """How long it lasts; None where the end is not known."""
        return None if self.ends is None else _minute(self.ends) - _minute(self.begins)

    @property
    def begins_min(self) -> int:
        """When it begins, in minutes after midnight."""
        return _minute(self.begins)


@dataclass(frozen=True, slots=True)
class Trip:
    """What a traveller wants.

    `via` are destinations on the way; `back` is the day of return, None if unknown; `nights` are
    nights between departure and return, None if unknown. `private_before` and `private_after` are
    days off before and after the work, inside those dates. `out_by` and `back_by` name the modes
    of a combination that is asked for, "" for none. `reasons` are given for deviating.
    `occupants` sit in the shared car, None if not said. `organisation` is the body whose trip it
    is, by the id that schemes give it, "" if not said. `assistance` asks for more time at each
    change, whoever asks and whatever for. `asked_on` is the day of the question.
    """

    origin: Place
    destination: Place
    depart: date
    via: tuple[Place, ...] = ()
    back: date | None = None
    nights: int | None = None
    travellers: int = 1
    role: str = "staff"
    organisation: str = ""
    private_before: int = 0
    private_after: int = 0
    meeting: Meeting | None = None
    out_by: str = ""
    back_by: str = ""
    reasons: tuple[str, ...] = ()
    assistance: bool = False
    occupants: int | None = None
    asked_on: date | None = field(default=None, compare=False)

    @property
    def private_days(self) -> int:
        """The days off inside the dates."""
        return self.private_before + self.private_after

    @property
    def business_days(self) -> int | None:
        """The days from departure to return without those off; None if unknown."""
        if self.back is None:
            return None
        return (self.back - self.depart).days + 1 - self.private_days

    @property
    def business_nights(self) -> int | None:
        """The nights without those of the days off; None if unknown."""
        return None if self.nights is None else max(0, self.nights - self.private_days)

    @property
    def multi_day(self) -> bool | None:
        """Whether the work takes more than one day, days off left out; None if unknown."""
        return None if self.business_days is None else self.business_days > 1

    @property
    def in_past(self) -> bool:
        """Whether the departure lies before the day of the question."""
        return self.asked_on is not None and self.depart < self.asked_on

    @property
    def stretches(self) -> tuple[tuple[Place, Place], ...]:
        """The parts of a trip with more than one destination, the way home included."""
        stops = [self.origin, *self.via, self.destination]
        if self.destination.id != self.origin.id:
            stops.append(self.origin)
        return tuple(pairwise(stops))

    def between(self, origin: Place, destination: Place) -> Trip:
        """Return the same trip for one stretch."""
        return replace(self, origin=origin, destination=destination, via=())


def _minute(clock: time) -> int:
    return clock.hour * HOUR_MIN + clock.minute
