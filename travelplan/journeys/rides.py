"""Rides and crossings: the edges that the rail search runs over, each with its cost.

A cost is one integer: minutes, then rides, then kilometres, each in its own digits. So of equally
quick ways the one with fewer rides wins, then the shorter one. A change is charged half by the
line left and half by the line boarded, which makes both directions of a way cost the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from travelplan.journeys.timetable import Line, RailHead, Timetable, Walk

RIDE = 1 << 16
MINUTE = RIDE << 8
UNREACHED = 1 << 62


class Access(NamedTuple):
    """A station where a way may begin or end, and the road to it: 0 minutes in town."""

    station: str
    minutes: int = 0
    km: int = 0

    @property
    def cost(self) -> int:
        """The cost of the road to the station."""
        return self.minutes * MINUTE + self.km


class Ride(NamedTuple):
    """A ride on one line, from its stop number `a` to its stop number `b`.

    `to` and `start` are stations by number. `first` is the cost until arrival for who begins with
    this ride, `arriving` for who changes onto it, `leaving` until one may leave it for another.
    """

    to: int
    first: int
    arriving: int
    leaving: int
    start: int
    line: Line
    a: int
    b: int


class Crossing(NamedTuple):
    """The way from one station of a city to another."""

    to: int
    cost: int
    start: int
    walk: Walk


Edge = Ride | Crossing


def has_check_in(head: RailHead, line: Line, a: str, b: str) -> bool:
    """Return whether passengers of a ride between `a` and `b` are checked in."""
    rule = head.check_in
    return line.operator == rule.operator and rule.station in (a, b)


def rides_by_station(timetable: Timetable, index: dict[str, int]) -> list[list[Ride]]:
    """Return the rides that leave each station, those that another never loses to left out."""
    by_pair: dict[tuple[int, int], list[Ride]] = {}
    for line in timetable.lines:
        for ride in _rides_of(line, timetable.head, index):
            by_pair.setdefault((ride.start, ride.to), []).append(ride)
    by_station: list[list[Ride]] = [[] for _ in index]
    for (start, _), rides in by_pair.items():
        by_station[start].extend(_undominated(rides))
    return by_station


def _rides_of(line: Line, head: RailHead, index: dict[str, int]) -> Iterator[Ride]:
    half_change = head.change.minutes(line.trains_a_day) // 2
    for a, b in combinations(range(len(line.stops)), 2):
        start, end = line.stops[a], line.stops[b]
        half = half_change
        if has_check_in(head, line, start.station, end.station):
            half += (head.check_in.change_min + 1) // 2
        first = (end.minutes - start.minutes) * MINUTE + RIDE + (end.km - start.km)
        costs = (first, first + half * MINUTE, first + 2 * half * MINUTE)
        here, there = index[start.station], index[end.station]
        yield Ride(there, *costs, here, line, a, b)
        yield Ride(here, *costs, there, line, b, a)


def _undominated(rides: list[Ride]) -> Iterable[Ride]:
    for ride in rides:
        rivals = (other for other in rides if other is not ride)
        if not any(other.first <= ride.first and other.leaving < ride.leaving for other in rivals):
            yield ride


def crossings_by_station(timetable: Timetable, index: dict[str, int]) -> list[list[Crossing]]:
    """Return the crossings that leave each station."""
    by_station: list[list[Crossing]] = [[] for _ in index]
    for walk in timetable.walks:
        a, b = index[walk.a], index[walk.b]
        cost = walk.minutes * MINUTE + round(walk.km)
        by_station[a].append(Crossing(b, cost, a, walk))
        by_station[b].append(Crossing(a, cost, b, walk))
    return by_station
