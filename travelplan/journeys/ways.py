"""The quickest way by rail as legs: what a traveller is told of the rides that the search found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from travelplan.journeys.lines import Line
from travelplan.journeys.model import Confidence, Leg, Path
from travelplan.journeys.rides import Access, Crossing, Edge, Linked, Ride, has_check_in
from travelplan.journeys.timetable import Station, Timetable


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

    def tolerance(self, by_confidence: Mapping[Confidence, float]) -> float:
        """Return how far the minutes may be off, as a share: the mean over what we know of each.

        Args:
            by_confidence: the share for each confidence of a line.
        """
        shares = [(leg.minutes + leg.wait_min, by_confidence[leg.confidence]) for leg in self.legs]
        total = sum(minutes for minutes, _ in shares)
        return sum(minutes * share for minutes, share in shares) / total

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
    for edge, quick_min in _single(edges):
        a, b = (timetable.stations[names[i]] for i in (edge.start, edge.to))
        if isinstance(edge, Crossing):
            legs.append(_crossing_leg(edge, a, b))
            continue
        wait_min = 0
        if before:
            wait_min = _change_min(timetable, before, edge) if quick_min is None else quick_min
        legs.append(_ride_leg(timetable, edge, a, b, wait_min))
        before = edge
    rides = [edge for edge, _ in _single(edges) if isinstance(edge, Ride)]
    return RailWay(
        start=start,
        end=end,
        legs=tuple(legs),
        changes=max(0, len(rides) - 1),
        check_in_min=_first_check_in_min(timetable, rides[0]) if rides else 0,
    )


def _single(edges: Sequence[Edge]) -> Iterator[tuple[Ride | Crossing, int | None]]:
    """Yield rides and crossings one by one, with the minutes of a quick connection before it."""
    for edge in edges:
        if isinstance(edge, Linked):
            yield edge.before, None
            yield edge.after, edge.change_min
        else:
            yield edge, None


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
        path=((a.lat, a.lon), (b.lat, b.lon)),
    )


def _ride_leg(timetable: Timetable, ride: Ride, a: Station, b: Station, wait_min: int) -> Leg:
    line = ride.line
    by_train = line.kind not in {"coach", "ferry"}
    return Leg(
        mode="train" if by_train else line.kind,
        origin=a.names,
        destination=b.names,
        minutes=ride.minutes,
        km=abs(line.stops[ride.b].km - line.stops[ride.a].km),
        operator=line.operator,
        line=line.id,
        kind=line.energy if by_train else "",
        wait_min=wait_min,
        confidence=line.confidence,
        km_by_country=_km_by_country(timetable, line, *sorted((ride.a, ride.b))),
        path=_path(timetable, ride),
    )


def _path(timetable: Timetable, ride: Ride) -> Path:
    first, last = sorted((ride.a, ride.b))
    stations = [timetable.stations[s.station] for s in ride.line.stops[first : last + 1]]
    path = tuple((station.lat, station.lon) for station in stations)
    return path if ride.a < ride.b else path[::-1]


def _km_by_country(timetable: Timetable, line: Line, first: int, last: int) -> dict[str, float]:
    total: Counter[str] = Counter()
    stops = line.stops[first : last + 1]
    for a, b in pairwise(stops):
        total.update(timetable.km_by_country(a, b))
    return {country: round(km, 1) for country, km in total.items()}


def _change_min(timetable: Timetable, before: Ride, ride: Ride) -> int:
    rule = timetable.head.check_in
    changing = before.half_change_min + ride.half_change_min
    left_at, boarded_at = before.line.stops[before.b].station, ride.line.stops[ride.a].station
    if has_check_in(timetable.head, before.line, before.line.stops[before.a].station, left_at):
        changing += rule.arrival_min(left_at)
    if has_check_in(timetable.head, ride.line, boarded_at, ride.line.stops[ride.b].station):
        changing += rule.gate_min(boarded_at)
    return changing


def _first_check_in_min(timetable: Timetable, ride: Ride) -> int:
    ends = (ride.line.stops[ride.a].station, ride.line.stops[ride.b].station)
    head = timetable.head
    return head.check_in.first_train_min if has_check_in(head, ride.line, *ends) else 0
