"""The night trains as data: which train, on which nights, where it calls and when.

A night train is an offer for one evening, not an edge of the day network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from travelplan.journeys.tables import Faults
from travelplan.sourced import Basis, FileModel, Source, TupleOf
from travelplan.strict import Document

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MIN = 24 * 60
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Whole = Annotated[int, Field(ge=0)]


class Season(FileModel):
    """The part of each year in which a train runs, month-day to month-day, both included."""

    first: MonthDay = Field(alias="from")
    last: MonthDay = Field(alias="to")

    def holds(self, day: date) -> bool:
        """Return whether a day lies in it; a season may run over the end of the year."""
        today = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


class NightRules(FileModel):
    """What makes a night train an offer; see night_trains.yaml. Minutes unless a clock.

    `detour_most` is how many times as long the way over the train may be as the crow flies.
    """

    board_from: Clock
    board_until: Clock
    leave_from: Clock
    leave_until: Clock
    least_min: Whole
    change_min: Whole
    feeder_most_min: Whole
    leave_home_from: Clock
    onward_most_min: Whole
    least_day_train_min: Whole
    detour_most: Annotated[float, Field(ge=1)]
    day_ends: Clock
    day_begins: Clock
    nights_ahead: Whole
    clock_min: Mapping[str, int]
    basis: Basis
    note: str


class NightTrain(FileModel):
    """A night train in one direction."""

    id: str
    name: str
    operator: str
    days: Annotated[TupleOf[Day], Field(min_length=1)]
    status: Literal["running", "announced"]
    source: str
    season: Season | None = None
    first_day: date | None = None
    note: str = ""
    stops: str

    def leaves_on(self, day: date) -> bool:
        """Return whether it leaves its first stop on a day."""
        if self.first_day and day < self.first_day:
            return False
        if self.season and not self.season.holds(day):
            return False
        return DAYS[day.weekday()] in self.days


class Ended(FileModel):
    """A train that people still ask for, and its last day."""

    what: str
    last: str | date
    source: str


class NightTrainsHead(FileModel):
    """All of night_trains.yaml."""

    edition: str
    as_of: date
    rules: NightRules
    sources: Mapping[str, Source]
    ended: TupleOf[Ended]
    trains: TupleOf[NightTrain]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a train: minutes since midnight of the day it leaves, on the clock of the place."""

    station: str
    minute: int
    approximate: bool

    @property
    def clock(self) -> str:
        """The time of day, such as 19:06."""
        return f"{self.minute % DAY_MIN // 60:02}:{self.minute % 60:02}"


@dataclass(frozen=True, slots=True)
class NightRide:
    """A ride through one night on a train, from `start` in the evening to `end` in the morning.

    `days_before` is how many days before that evening the train left its first stop. `minutes`
    is the ride itself, with the difference of the clocks taken out.
    """

    train: NightTrain
    calls: tuple[Call, ...]
    minutes: int
    days_before: int

    @property
    def start(self) -> Call:
        """Where one boards."""
        return self.calls[0]

    @property
    def end(self) -> Call:
        """Where one gets off."""
        return self.calls[-1]

    def runs_on(self, evening: date) -> bool:
        """Return whether one can board it on an evening."""
        return self.train.leaves_on(evening - timedelta(days=self.days_before))


@dataclass(frozen=True)
class NightTrains:
    """The night trains, and every ride through a night that they offer."""

    head: NightTrainsHead
    rides: tuple[NightRide, ...]

    @classmethod
    def from_document(cls, document: Document, stations: Mapping[str, str]) -> NightTrains:
        """Read night_trains.yaml.

        Args:
            document: the file.
            stations: the country of each station of the network.

        Raises:
            DataError: the file has faults; each is named with its line.
        """
        head = document.parse(NightTrainsHead)
        faults = Faults(document.file)
        seen: set[str] = set()
        for number, train in enumerate(head.trains):
            line = document.line_of(("trains", number))
            for problem in _problems(train, head, stations, seen):
                faults.add(line, train.id, problem, "Correct it.")
            seen.add(train.id)
        faults.raise_any()
        rides = [ride for train in head.trains for ride in _rides(train, head.rules, stations)]
        return cls(head, tuple(rides))


def clock_min(clock: str) -> int:
    """Return a time of day in minutes since midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _problems(
    train: NightTrain, head: NightTrainsHead, stations: Mapping[str, str], seen: set[str]
) -> Iterator[str]:
    if train.id in seen:
        yield "the id stands here twice."
    if train.source not in head.sources:
        yield f"there is no source {train.source}."
    try:
        calls = _calls(train)
    except ValueError as error:
        yield f"{error}."
        return
    for call in calls:
        if call.station not in stations:
            yield f"{call.station} is not a station of the network."
    if not list(_rides(train, head.rules, {call.station: "" for call in calls})):
        yield "no ride through a night."


def _calls(train: NightTrain) -> tuple[Call, ...]:
    calls: list[Call] = []
    for text in train.stops.split(" > "):
        station, _, written = text.rpartition(" ")
        minute = clock_min(written.removeprefix("~"))
        while calls and minute <= calls[-1].minute:
            minute += DAY_MIN
        calls.append(Call(station, minute, written.startswith("~")))
    return tuple(calls)


def _rides(
    train: NightTrain, rules: NightRules, stations: Mapping[str, str]
) -> Iterator[NightRide]:
    calls = _calls(train)
    for i, start in enumerate(calls):
        evening = _evening(start, rules)
        if evening is None:
            continue
        for j, end in enumerate(calls[i + 1 :], start=i + 1):
            minutes = (
                end.minute
                - start.minute
                - sum(_clocks_apart(a, b, rules, stations) for a, b in pairwise(calls[i : j + 1]))
            )
            if _is_morning(end, evening, rules) and minutes >= rules.least_min:
                yield NightRide(train, calls[i : j + 1], minutes, evening)


def _clocks_apart(a: Call, b: Call, rules: NightRules, stations: Mapping[str, str]) -> int:
    ahead = rules.clock_min
    return ahead.get(stations[b.station], 0) - ahead.get(stations[a.station], 0)


def _evening(call: Call, rules: NightRules) -> int | None:
    """Return the evening of a call, in days after the train left; None by day."""
    day, clock = divmod(call.minute, DAY_MIN)
    if clock >= clock_min(rules.board_from):
        return day
    return day - 1 if clock <= clock_min(rules.board_until) else None


def _is_morning(call: Call, evening: int, rules: NightRules) -> bool:
    day, clock = divmod(call.minute, DAY_MIN)
    earliest, latest = clock_min(rules.leave_from), clock_min(rules.leave_until)
    return day == evening + 1 and earliest <= clock <= latest
