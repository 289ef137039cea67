"""The rail network and the search for the quickest way: Dijkstra over lines.

A ride between any two stops of a line is one edge, so staying on a train costs nothing; changing
does (see `rides`). The first boarding and the last alighting are free.
"""

from __future__ import annotations

from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from travelplan.journeys.rides import (
    MINUTE,
    UNREACHED,
    Access,
    Edge,
    crossings_by_station,
    rides_by_station,
)
from travelplan.journeys.timetable import RailTexts, Timetable
from travelplan.journeys.ways import RailWay, describe
from travelplan.strict import Document


class _First(NamedTuple):
    """The only edge of a way, and the origin where it begins."""

    edge: Edge
    origin: Access


_Step = Edge | _First


class _Labels:
    """For each station the best way so far, by number of the station.

    `arriving` is its cost until arrival and `last` its last step; `leaving` is the cost until one
    may board another train and `into` the last step of that way, which may be another one.
    """

    def __init__(self, size: int) -> None:
        self.arriving = [UNREACHED] * size
        self.leaving = [UNREACHED] * size
        self.last: list[_Step | None] = [None] * size
        self.into: list[_Step | None] = [None] * size

    def offer(self, to: int, arriving: int, leaving: int, step: _Step) -> bool:
        """Take a way to a station if it is better; return whether one may leave it earlier."""
        if arriving < self.arriving[to]:
            self.arriving[to], self.last[to] = arriving, step
        if leaving >= self.leaving[to]:
            return False
        self.leaving[to], self.into[to] = leaving, step
        return True


class Network:
    """The rail network, ready to be searched. The latest searches and ways are remembered."""

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self.head = timetable.head
        self._index = {name: i for i, name in enumerate(timetable.stations)}
        self._rides = rides_by_station(timetable, self._index)
        self._crossings = crossings_by_station(timetable, self._index)
        self._labels = lru_cache(maxsize=256)(self.search)
        self._ways = lru_cache(maxsize=8_192)(self._find_way)
        self._near_ways = lru_cache(maxsize=8_192)(self._find_near_way)

    @classmethod
    def from_texts(cls, head: Document, texts: RailTexts) -> Network:
        """Build the network from head.yaml, the files of lines and the tables beside them.

        Raises:
            DataError: a text has faults; each is named with its line.
        """
        return cls(Timetable.from_texts(head, texts))

    def forget(self) -> None:
        """Forget the searches that are remembered, to measure one afresh."""
        self._labels.cache_clear()
        self._ways.cache_clear()
        self._near_ways.cache_clear()

    def minutes_to_all(self, origins: tuple[Access, ...]) -> dict[str, int]:
        """Return the minutes from the nearest of `origins` to every station that is reached.

        Where a way begins or ends with a check-in, half of it counts here; see `way` for the
        exact minutes.
        """
        arriving = self._labels(origins).arriving
        return {
            name: cost // MINUTE
            for name, cost in zip(self._index, arriving, strict=True)
            if cost < UNREACHED
        }

    def minutes_to(self, origins: tuple[Access, ...], station: str) -> int | None:
        """Return what `minutes_to_all` says of one station; None if it is not reached."""
        cost = self._labels(origins).arriving[self._index[station]]
        return cost // MINUTE if cost < UNREACHED else None

    def way(
        self,
        origins: tuple[Access, ...],
        destinations: tuple[Access, ...],
        *,
        dislike_min: int | None = None,
    ) -> RailWay | None:
        """Return the quickest way from any of the origins to any of the destinations.

        Of two ways that differ by a few minutes the one with fewer changes is taken. None if
        there is none, or if going on by road from a station that both share is at least as quick
        as any ride.

        Args:
            origins: where the way may begin.
            destinations: where it may end.
            dislike_min: minutes that the traveller gives to be spared one change; those of the
                head of the timetable if not given.
        """
        if not origins or not destinations:
            return None
        rule = self.head.change
        return self._ways(
            origins, destinations, rule.dislike_min if dislike_min is None else dislike_min
        )

    def near_way(
        self, origins: tuple[Access, ...], destinations: tuple[Access, ...]
    ) -> RailWay | None:
        """Return what `way` returns, searched no farther than the destinations lie.

        For short ways from many places; `way` keeps the search for others from the same place.
        """
        if not origins or not destinations:
            return None
        return self._near_ways(origins, destinations)

    def _find_near_way(
        self, origins: tuple[Access, ...], destinations: tuple[Access, ...]
    ) -> RailWay | None:
        until = tuple(self._index[end.station] for end in destinations)
        labels = self.search(origins, self.head.change.dislike_min, until)
        return self._traced(labels, origins, destinations)

    def _find_way(
        self, origins: tuple[Access, ...], destinations: tuple[Access, ...], dislike_min: int
    ) -> RailWay | None:
        return self._traced(self._labels(origins, dislike_min), origins, destinations)

    def _traced(
        self, labels: _Labels, origins: tuple[Access, ...], destinations: tuple[Access, ...]
    ) -> RailWay | None:
        costs = [labels.arriving[self._index[end.station]] + end.cost for end in destinations]
        best = min(costs)
        if best >= UNREACHED:
            return None
        end = destinations[costs.index(best)]
        edges, start = _trace(labels, self._index[end.station])
        way = describe(self.timetable, edges, start, end)
        return way if way.minutes < _road_only_min(origins, destinations) else None

    def alternatives(
        self, best: RailWay, origins: tuple[Access, ...], destinations: tuple[Access, ...]
    ) -> tuple[RailWay, ...]:
        """Return the ways that spare a change or more for some minutes, fewest changes last."""
        longest_min = best.minutes + self.head.alternative_longer_min
        found: list[RailWay] = []
        for share in (2, 1):
            dislike_min = self.head.alternative_longer_min // share
            way = self.way(origins, destinations, dislike_min=dislike_min)
            fewest = found[-1].changes if found else best.changes
            if way and way.changes < fewest and way.minutes <= longest_min:
                found.append(way)
        return tuple(found)

    def search(
        self, origins: tuple[Access, ...], dislike_min: int = 0, until: tuple[int, ...] = ()
    ) -> _Labels:
        """Return the best ways from the nearest of `origins` to every station.

        With `until`, only the ways to those stations are sure to be the best.
        """
        labels = self._begin(origins)
        arriving, leaving, last, into = labels.arriving, labels.leaving, labels.last, labels.into
        extra = dislike_min * MINUTE
        queue = [(cost, i) for i, cost in enumerate(leaving) if cost < UNREACHED]
        heapify(queue)
        while queue:
            cost, here = heappop(queue)
            if cost > leaving[here]:
                continue
            if until and cost >= max([arriving[i] for i in until]):
                break
            boarded = cost + extra
            for ride in self._rides[here]:  # without `offer`: this loop is all of the search
                to, arrival, onward = ride[0], ride[2], ride[3]
                if boarded + arrival < arriving[to]:
                    arriving[to], last[to] = boarded + arrival, ride
                if boarded + onward < leaving[to]:
                    leaving[to], into[to] = boarded + onward, ride
                    heappush(queue, (boarded + onward, to))
            for crossing in self._crossings[here]:
                to, onward = crossing.to, cost + crossing.cost
                if labels.offer(to, onward, onward, crossing):
                    heappush(queue, (onward, to))
        return labels

    def _begin(self, origins: tuple[Access, ...]) -> _Labels:
        """Return the ways with one ride, which is boarded without a change, or one crossing."""
        labels = _Labels(len(self._index))
        for origin in origins:
            here = self._index[origin.station]
            for ride in self._rides[here]:
                arrival = origin.cost + ride.first
                onward = arrival + ride.leaving - ride.arriving
                labels.offer(ride.to, arrival, onward, _First(ride, origin))
            for crossing in self._crossings[here]:
                onward = origin.cost + crossing.cost
                labels.offer(crossing.to, onward, onward, _First(crossing, origin))
        return labels


def _trace(labels: _Labels, end: int) -> tuple[list[Edge], Access]:
    step = labels.last[end]
    edges: list[Edge] = []
    while step is not None:
        if isinstance(step, _First):
            edges.append(step.edge)
            return edges[::-1], step.origin
        edges.append(step)
        step = labels.into[step.start]
    raise RuntimeError("a way without a beginning")


def _road_only_min(origins: tuple[Access, ...], destinations: tuple[Access, ...]) -> float:
    """Return the minutes of going on by road where an origin and a destination share a station."""
    onward = {end.station: end.minutes for end in destinations}
    return min(
        (start.minutes + onward[start.station] for start in origins if start.station in onward),
        default=float("inf"),
    )
