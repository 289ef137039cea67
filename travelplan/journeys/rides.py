"""Rides and crossings: the edges that the rail search runs over, each with its cost.

A cost is one integer: minutes, then rides, then kilometres, each in its own digits. So of equally
quick ways the one with fewer rides wins, then the shorter one. A change is charged half by the
ride before it and half by the ride after it, and where the two directions of a ride differ in
minutes the search takes their mean, so that both directions of a way cost the same.

How long one waits for a ride depends on how many trains a day make it, of whatever line, if they
are about as quick.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from travelplan.journeys.lines import Line
from travelplan.journeys.timetable import Connection, RailHead, Timetable, Walk

RIDE = 1 << 16
MINUTE = RIDE << 8
UNREACHED = 1 << 62
AS_QUICK = 1.15
"""A train is a choice beside another if it takes at most so many times as long."""


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
    `half_change_min` is what it charges at each of its ends.
    """

    to: int
    first: int
    arriving: int
    leaving: int
    start: int
    line: Line
    a: int
    b: int
    half_change_min: int

    @property
    def minutes(self) -> int:
        """The minutes of the ride itself, in its own direction."""
        return self.line.minutes(self.a, self.b)


class Linked(NamedTuple):
    """Two rides with a quick connection between them, as one edge; see `Ride`."""

    to: int
    first: int
    arriving: int
    leaving: int
    start: int
    before: Ride
    after: Ride
    change_min: int


class Crossing(NamedTuple):
    """The way from one station of a city to another."""

    to: int
    cost: int
    start: int
    walk: Walk


Edge = Ride | Linked | Crossing
Boarding = Ride | Linked
Ends = tuple[int, int]


def has_check_in(head: RailHead, line: Line, a: str, b: str) -> bool:
    """Return whether passengers of a ride between `a` and `b` are checked in."""
    rule = head.check_in
    return line.operator == rule.operator and rule.station in (a, b)


def rides_by_station(timetable: Timetable, index: dict[str, int]) -> list[list[Boarding]]:
    """Return the rides that leave each station, those that another never loses to left out."""
    by_pair = _rides(timetable, index)
    meeting = {index[link.station] for link in timetable.connections}
    leaving: defaultdict[int, list[Ride]] = defaultdict(list)
    for (start, _), rides in by_pair.items():
        if start in meeting:
            leaving[start] += [ride for ride in rides if isinstance(ride, Ride)]
    for link in timetable.connections:
        for linked in _linked(link, leaving[index[link.station]], by_pair, index):
            by_pair.setdefault((linked.start, linked.to), []).append(linked)
    by_station: list[list[Boarding]] = [[] for _ in index]
    for (start, _), rides in by_pair.items():
        by_station[start].extend(_undominated(rides))
    return by_station


def _rides(timetable: Timetable, index: dict[str, int]) -> dict[Ends, list[Boarding]]:
    """Return all rides by the two stations they join."""
    along: defaultdict[Ends, list[tuple[float, Line, int, int]]] = defaultdict(list)
    for line in timetable.lines:
        for a, b in combinations(range(len(line.stops)), 2):
            here, there = index[line.stops[a].station], index[line.stops[b].station]
            minutes = (line.minutes(a, b) + line.minutes(b, a)) / 2
            along[min(here, there), max(here, there)].append((minutes, line, a, b))
    by_pair: dict[Ends, list[Boarding]] = {}
    for choices in along.values():
        for minutes, line, a, b in choices:
            trains = sum(
                other[1].trains_a_day for other in choices if other[0] <= minutes * AS_QUICK
            )
            for ride in _both_ways(timetable.head, (line, a, b), trains, index):
                by_pair.setdefault((ride.start, ride.to), []).append(ride)
    return by_pair


def _both_ways(
    head: RailHead, part: tuple[Line, int, int], trains_a_day: int, index: dict[str, int]
) -> Iterator[Ride]:
    line, a, b = part
    start, end = line.stops[a], line.stops[b]
    half = head.change.minutes(trains_a_day) // 2
    gates = 0
    if has_check_in(head, line, start.station, end.station):
        rule, ends = head.check_in, (start.station, end.station)
        gates = sum(map(rule.gate_min, ends)) + sum(map(rule.arrival_min, ends))
    onboard = (line.minutes(a, b) + line.minutes(b, a)) * MINUTE // 2
    first = onboard + RIDE + (end.km - start.km)
    charged = half * MINUTE + gates * MINUTE // 4
    costs = (first, first + charged, first + 2 * charged)
    here, there = index[start.station], index[end.station]
    yield Ride(there, *costs, here, line, a, b, half)
    yield Ride(here, *costs, there, line, b, a, half)


def _linked(
    link: Connection,
    leaving: list[Ride],
    by_pair: dict[Ends, list[Boarding]],
    index: dict[str, int],
) -> Iterator[Linked]:
    """Yield the rides on from one line to the other over a quick connection, both ways."""
    towards = [
        _on_lines(leaving, lines, index[end])
        for lines, end in ((link.lines_a, link.a), (link.lines_b, link.b))
    ]
    for side, other in (towards, towards[::-1]):
        for before in (_reverse(ride, by_pair) for ride in side):
            for after in other:
                if before.start != after.to:
                    yield _joined(before, after, link.minutes)


def _on_lines(leaving: list[Ride], lines: tuple[str, ...], end: int) -> list[Ride]:
    """Return the rides on some lines, on the side of `end`."""
    rides = [ride for ride in leaving if ride.line.id in lines]
    onward = {ride.line.id: ride.b > ride.a for ride in rides if ride.to == end}
    return [ride for ride in rides if (ride.b > ride.a) is onward[ride.line.id]]


def _reverse(ride: Ride, by_pair: dict[Ends, list[Boarding]]) -> Ride:
    return next(
        other
        for other in by_pair[ride.to, ride.start]
        if isinstance(other, Ride) and (other.line, other.a, other.b) == (ride.line, ride.b, ride.a)
    )


def _joined(before: Ride, after: Ride, minutes: int) -> Linked:
    first = before.first + minutes * MINUTE + after.first
    arriving = first + before.arriving - before.first
    leaving = arriving + after.leaving - after.arriving
    return Linked(after.to, first, arriving, leaving, before.start, before, after, minutes)


def _undominated(rides: list[Boarding]) -> Iterable[Boarding]:
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
