"""The quickest way by rail as legs: what a traveller is told of the rides that the search found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from travelplan.journeys.model import Leg
from travelplan.journeys.rides import Access, Crossing, Edge, Ride, has_check_in
from travelplan.journeys.timetable import Line, Station, Timetable


@dataclass(frozen=True, slots=True)
class RailWay:
    """The quickest way found.

    `legs` are the rides and crossings between the stations `start` and `end`, the road to and
    from them left out. `changes` counts changes between trains, coaches and ferries.
    `check_in_min` is the check-in before the first train, which `minutes` leaves out.
    """

    start: Access
    end: Access
    legs: tuple[Leg, ...]
    changes: int
    check_in_min: int

    @property
    def minutes(self) -> int:
        """From the first departure to the last arrival, with changes and access legs."""
        riding = sum(leg.minutes + leg.wait_min for leg in self.legs)
        return self.start.minutes + riding + self.end.minutes

    @property
    def km(self) -> float:
        """Kilometres between the two stations."""
        return sum(leg.km for leg in self.legs)

    @property
    def has_train(self) -> bool:
        """Whether any part of the way is by train; a metro between two stations is none."""
        return any(leg.mode == "train" and leg.line for leg in self.legs)


def describe(timetable: Timetable, edges: Sequence[Edge], start: Access, end: Access) -> RailWay:
    """Return the way over `edges`, as a chain of legs."""
    names = tuple(timetable.stations)
    legs: list[Leg] = []
    before: Ride | None = None
    for edge in edges:
        a, b = (timetable.stations[names[i]] for i in (edge.start, edge.to))
        if isinstance(edge, Crossing):
            legs.append(_crossing_leg(edge, a, b))
        else:
            wait = _change_min(timetable, before, edge, a, b) if before else 0
            legs.append(_ride_leg(timetable, edge, a, b, wait))
            before = edge
    rides = [edge for edge in edges if isinstance(edge, Ride)]
    return RailWay(
        start=start,
        end=end,
        legs=tuple(legs),
        changes=max(0, len(rides) - 1),
        check_in_min=_first_check_in_min(timetable, rides[0]) if rides else 0,
    )


def _crossing_leg(crossing: Crossing, a: Station, b: Station) -> Leg:
    by_metro = crossing.walk.mode == "metro"
    return Leg(
        mode="train" if by_metro else "walk",
        origin=a.names,
        destination=b.names,
        minutes=crossing.walk.minutes,
        km=crossing.walk.km,
        kind="regional" if by_metro else "",
        km_by_country={a.country: crossing.walk.km},
    )


def _ride_leg(timetable: Timetable, ride: Ride, a: Station, b: Station, wait_min: int) -> Leg:
    line = ride.line
    by_train = line.kind not in {"coach", "ferry"}
    return Leg(
        mode="train" if by_train else line.kind,
        origin=a.names,
        destination=b.names,
        minutes=abs(line.stops[ride.b].minutes - line.stops[ride.a].minutes),
        km=abs(line.stops[ride.b].km - line.stops[ride.a].km),
        operator=line.operator,
        line=line.id,
        kind=line.energy if by_train else "",
        wait_min=wait_min,
        km_by_country=_km_by_country(timetable, line, *sorted((ride.a, ride.b))),
    )


def _km_by_country(timetable: Timetable, line: Line, first: int, last: int) -> dict[str, float]:
    total: Counter[str] = Counter()
    stops = line.stops[first : last + 1]
    for a, b in pairwise(stops):
        total.update(timetable.km_by_country(a, b))
    return {country: round(km, 1) for country, km in total.items()}


def _change_min(timetable: Timetable, before: Ride, ride: Ride, a: Station, b: Station) -> int:
    head = timetable.head
    changing = sum(head.change.minutes(line.trains_a_day) // 2 for line in (before.line, ride.line))
    if has_check_in(head, ride.line, a.name, b.name):
        changing += head.check_in.change_min
    return changing


def _first_check_in_min(timetable: Timetable, ride: Ride) -> int:
    ends = (ride.line.stops[ride.a].station, ride.line.stops[ride.b].station)
    head = timetable.head
    return head.check_in.first_train_min if has_check_in(head, ride.line, *ends) else 0
