"""Journeys by air: which airports, which flights, and the ways to and from them.

A flight is direct where one is taken to exist; else it goes over one hub, else over two, by the
least time. Airports at both ends are chosen by the least time from door to door.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from travelplan.geo import great_circle_km, unit_vector
from travelplan.journeys.airports import Airport, Airports, Link
from travelplan.journeys.coverage import Coverage
from travelplan.journeys.model import Journey, Leg
from travelplan.journeys.nearby import arc_km
from travelplan.journeys.rail import Network
from travelplan.journeys.rides import Access
from travelplan.journeys.rules import JourneyRules
from travelplan.places.model import Place


class Flight(NamedTuple):
    """A chain of flights: minutes from the first take-off to the last landing, stops counted."""

    minutes: int
    stops: tuple[Airport, ...]


@dataclass(frozen=True, slots=True)
class Plane:
    """A way by air: the journey, with its time from the first take-off to the last landing."""

    journey: Journey
    flight_min: int


class Air:
    """Plans journeys by air."""

    def __init__(
        self, airports: Airports, coverage: Coverage, network: Network, rules: JourneyRules
    ) -> None:
        self._airports = airports
        self._coverage = coverage
        self._network = network
        self._rules = rules
        self._flights = lru_cache(maxsize=100_000)(self._find_flight)
        self._hubs_for = lru_cache(maxsize=2_000)(self._find_hubs_for)
        self._to_hubs = lru_cache(maxsize=2_000)(self._find_to_hubs)
        self._from_place = lru_cache(maxsize=50_000)(self._find_from_place)
        self._flown_km = lru_cache(maxsize=50_000)(_flown_km)
        self._ways_to = lru_cache(maxsize=4_096)(self._find_ways_to)

    def plan(self, origin: Place, destination: Place) -> Plane | None:
        """Return the quickest journey by air from door to door; None where none is to be had."""
        apart_km = arc_km(unit_vector(origin), unit_vector(destination))
        if apart_km < self._rules.flight.least_trip_km:
            return None
        best: tuple[int, Flight] | None = None
        for egress_min, arrival in self._ways_to(destination):
            if best and egress_min >= self._felt(best):
                break
            found = self._from_place(origin, arrival)
            way = (egress_min + found[0], found[1]) if found else None
            if way and (best is None or self._felt(way) < self._felt(best)):
                best = way
        return self._describe(origin, destination, *best) if best else None

    def _find_ways_to(self, place: Place) -> list[tuple[int, Airport]]:
        """Return the airports within reach with the minutes to each, quickest first."""
        near = self._airports.near(place)
        known = {airport.iata for _, airport in near}
        linked = [
            (great_circle_km(place, airport), airport)
            for airport in self._airports.linked
            if airport.iata not in known and self._airports.link(place, airport)
        ]
        ways = [(self._ground_min(place, airport, km), airport) for km, airport in (*near, *linked)]
        return sorted(ways, key=lambda way: (way[0], way[1].iata))

    def _ground_min(self, place: Place, airport: Airport, km: float) -> int:
        link = self._airports.link(place, airport)
        if link:
            return link.minutes
        by_rail = self._rail_min(place, airport)
        return self._road_min(km) if by_rail is None else by_rail

    def _road_min(self, great_circle: float) -> int:
        rule = self._rules.flight
        road_km = great_circle * self._rules.road.road_factor
        return round(rule.access_fixed_min + road_km / rule.access_speed_km_h * 60)

    def _rail_min(self, place: Place, airport: Airport) -> int | None:
        station = self._airports.head.stations.get(airport.iata)
        if station is None:
            return None
        start = (Access(station),)
        found = (
            (self._network.minutes_to(start, access.station), access.minutes)
            for access in self._coverage.joined(place)
            if access.station != station
        )
        return min((ride + onward for ride, onward in found if ride is not None), default=None)

    def _find_from_place(self, origin: Place, arrival: Airport) -> tuple[int, Flight] | None:
        """Return the best flight from near a place to an airport, with minutes from the door.

        Tried from the airport with the lowest bound up, until no other can be better.
        """
        rule = self._rules.flight
        bounds = sorted(
            (access_min + rule.block_min(arc_km(start.point, arrival.point)), i)
            for i, (access_min, start) in enumerate(self._ways_to(origin))
        )
        best: tuple[int, Flight] | None = None
        for bound, i in bounds:
            access_min, start = self._ways_to(origin)[i]
            if best and bound >= self._felt(best):
                break
            flight = self._flights(start, arrival)
            found = (access_min + flight.minutes, flight) if flight else None
            if found and (best is None or self._felt(found) < self._felt(best)):
                best = found
        return best

    def _felt(self, way: tuple[int, Flight]) -> int:
        """Return the minutes of a way with those that a traveller gives to be spared a stop."""
        return way[0] + self._rules.flight.stop_dislike_min * (len(way[1].stops) - 2)

    def _find_flight(self, a: Airport, b: Airport) -> Flight | None:
        if a is b:
            return None
        if self._airports.is_direct(a, b):
            return Flight(self._block_min(a, b), (a, b))
        if arc_km(a.point, b.point) < self._rules.flight.stop_from_km:
            return None
        ways = [
            self._extended(first, b)
            for hub in self._hubs_for(b)
            if (first := self._to_hubs(a).get(hub.iata)) and b not in first.stops
        ]
        return min(ways, key=lambda way: (len(way.stops), way.minutes), default=None)

    def _find_hubs_for(self, b: Airport) -> list[Airport]:
        """Return the hubs with a direct flight to an airport."""
        return [hub for hub in self._airports.hubs if self._airports.is_direct(hub, b)]

    def _find_to_hubs(self, a: Airport) -> dict[str, Flight]:
        """Return the way from an airport to every hub, direct or over one other hub."""
        airports = self._airports
        direct = {
            hub.iata: Flight(self._block_min(a, hub), (a, hub))
            for hub in airports.hubs
            if airports.is_direct(a, hub)
        }
        ways = dict(direct)
        for hub in airports.hubs:
            if hub is a or hub.iata in direct:
                continue
            over = [
                self._extended(first, hub)
                for first in direct.values()
                if airports.is_direct(first.stops[-1], hub)
            ]
            if over:
                ways[hub.iata] = min(over, key=lambda way: way.minutes)
        return ways

    def _extended(self, flight: Flight, b: Airport) -> Flight:
        onward = self._rules.flight.transfer_min + self._block_min(flight.stops[-1], b)
        return Flight(flight.minutes + onward, (*flight.stops, b))

    def _block_min(self, a: Airport, b: Airport) -> int:
        return self._rules.flight.block_min(arc_km(a.point, b.point))

    def _describe(self, origin: Place, destination: Place, door_min: int, flight: Flight) -> Plane:
        rule = self._rules.flight
        first, last = flight.stops[0], flight.stops[-1]
        before = rule.airport_min - rule.arrival_min + rule.buffer_min
        legs = (
            *self._ground_legs(origin, first),
            *self._flight_legs(flight, before),
            *_turned(self._ground_legs(destination, last), rule.arrival_min),
        )
        around = rule.airport_min + rule.buffer_min
        far_trains = sum(
            self._airports.link(place, airport) is not None
            for place, airport in ((origin, first), (destination, last))
        )
        journey = Journey(
            mode="plane",
            legs=legs,
            duration_min=flight.minutes,
            door_to_door_min=door_min + around,
            changes=len(flight.stops) - 2 + far_trains,
        )
        return Plane(journey, flight.minutes)

    def _flight_legs(self, flight: Flight, before_min: int) -> tuple[Leg, ...]:
        transfer_min = self._rules.flight.transfer_min
        return tuple(
            Leg(
                mode="plane",
                origin=a.words,
                destination=b.words,
                minutes=self._block_min(a, b),
                km=self._flown_km(a, b),
                wait_min=transfer_min if i else before_min,
                path=((a.lat, a.lon), (b.lat, b.lon)),
            )
            for i, (a, b) in enumerate(pairwise(flight.stops))
        )

    def _ground_legs(self, place: Place, airport: Airport) -> tuple[Leg, ...]:
        """Return the way from a place to an airport: by rail if there is one, else by road."""
        link = self._airports.link(place, airport)
        if link:
            return (_link_leg(link, place, airport),)
        if self._rail_min(place, airport) is not None:
            joined = tuple(
                access
                for access in self._coverage.joined(place)
                if access.station != self._airports.head.stations[airport.iata]
            )
            station = Access(self._airports.head.stations[airport.iata])
            way = self._network.near_way(joined, (station,))
            if way:
                return self._coverage.with_access(way, place, None)
        km = great_circle_km(place, airport)
        return (
            Leg(
                mode="bus",
                origin=place.names,
                destination=airport.words,
                minutes=self._road_min(km),
                km=round(km * self._rules.road.road_factor, 1),
                path=((place.lat, place.lon), (airport.lat, airport.lon)),
            ),
        )


def _flown_km(a: Airport, b: Airport) -> float:
    return round(great_circle_km(a, b), 1)


def _link_leg(link: Link, place: Place, airport: Airport) -> Leg:
    return Leg(
        mode="train",
        origin=place.names,
        destination=airport.words,
        minutes=link.minutes,
        km=link.km,
        operator=link.operator,
        kind=link.kind,
        km_by_country={link.country: link.km},
        path=((place.lat, place.lon), (airport.lat, airport.lon)),
    )


def _turned(legs: tuple[Leg, ...], wait_min: int) -> tuple[Leg, ...]:
    """Return a way travelled the other way round, after `wait_min` at its new beginning."""
    waits = (wait_min, *(leg.wait_min for leg in legs[:0:-1]))
    return tuple(
        replace(
            leg,
            origin=leg.destination,
            destination=leg.origin,
            wait_min=wait,
            path=leg.path[::-1],
        )
        for leg, wait in zip(reversed(legs), waits, strict=True)
    )
