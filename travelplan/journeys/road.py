"""Journeys by road: coach, car, shared car, bike; over the sea with the ferries that take cars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from math import ceil

from travelplan.journeys.coverage import Coverage
from travelplan.journeys.model import Hired, Journey, Leg
from travelplan.journeys.rules import DoorRule, RoadRule, VehicleRule
from travelplan.journeys.sea import Lands, Overland, Port, Sailing
from travelplan.language import Words, message
from travelplan.places.model import Place


class Road:
    """Plans journeys by road."""

    def __init__(self, rule: RoadRule, door: DoorRule, *, coverage: Coverage, lands: Lands) -> None:
        self._rule = rule
        self._door = door
        self._coverage = coverage
        self._lands = lands

    def plan(
        self, origin: Place, destination: Place, travellers: int, occupants: int | None = None
    ) -> tuple[Journey, ...]:
        """Return the journeys by coach, hired coach, car, shared car and bike that are offered.

        `occupants` sit in the shared car; None for the travellers in as few cars as hold them.
        """
        ends = tuple(self._lands.land_of(place, place.country) for place in (origin, destination))
        if ends[0] is None or ends[1] is None:
            return ()
        rule = self._rule
        trip = _RoadTrip(origin, destination, (ends[0], ends[1]), rule, self._lands)
        found = [
            self._coach(trip),
            self._chartered(trip, travellers),
            trip.journey("car", "car", rule.car),
            trip.journey(
                "carpool", "carpool", rule.car, occupants=occupants or self._sharing(travellers)
            ),
            trip.journey("bike", "bike", rule.bike) if ends[0] == ends[1] else None,
        ]
        return tuple(journey for journey in found if journey)

    def _coach(self, trip: _RoadTrip) -> Journey | None:
        """Return the journey by bus where it is short, else by coach where coaches run."""
        around = self._around_min
        if trip.lands[0] == trip.lands[1]:
            by_bus = trip.journey("coach", "bus", self._rule.bus, around_min=around)
            if by_bus:
                return by_bus
        if all(
            self._coverage.near_main_line(place, self._rule.coach_reach_km)
            for place in (trip.origin, trip.destination)
        ):
            return trip.journey("coach", "coach", self._rule.coach, around_min=around)
        return None

    @property
    def _around_min(self) -> int:
        return 2 * self._door.access_min + self._door.buffer_min

    def _chartered(self, trip: _RoadTrip, travellers: int) -> Journey | None:
        """Return the journey by a coach that a group hires, which stops where no other does."""
        rule = self._rule.charter
        if travellers < rule.least_travellers:
            return None
        aboard = travellers / ceil(travellers / rule.seats)
        found = trip.journey(
            "coach", "coach", self._rule.coach, occupants=aboard, around_min=self._around_min
        )
        if found is None:
            return None
        hired = Hired(rule.low, rule.usual, rule.high, aboard)
        note = message(
            "The whole coach is counted, as {usual} usual passengers (an assumption), and shared "
            "by the {people} of you.",
            usual=rule.usual,
            people=travellers,
        )
        legs = (replace(leg, hired=hired) if leg.mode == "coach" else leg for leg in found.legs)
        return replace(found, legs=tuple(legs), notes=(note,))

    def _sharing(self, travellers: int) -> float:
        """Return how many sit in each car when all share as few cars as can hold them."""
        together = max(2, travellers)
        return together / ceil(together / self._rule.seats)


@dataclass(frozen=True, slots=True)
class _RoadTrip:
    """A trip by road between two places, on the lands named."""

    origin: Place
    destination: Place
    lands: tuple[str, str]
    rule: RoadRule
    crossings: Lands

    def journey(
        self,
        mode: str,
        vehicle: str,
        rule: VehicleRule,
        *,
        occupants: float = 1.0,
        around_min: int = 0,
    ) -> Journey | None:
        """Return the trip with one vehicle, None where it is farther than that is offered."""
        way = self.crossings.way(
            self.origin,
            self.destination,
            self.lands,
            speed_km_h=rule.speed_km_h,
            road_factor=self.rule.road_factor,
            by_coach=mode == "coach",
        )
        if way is None or sum(way.road_km) > rule.most_km:
            return None
        legs = self._legs(way, vehicle, rule)
        minutes = sum(leg.minutes + leg.wait_min for leg in legs)
        return Journey(mode, legs, minutes, minutes + around_min, 0, occupants)

    def _legs(self, way: Overland, vehicle: str, rule: VehicleRule) -> tuple[Leg, ...]:
        here, at = self.origin.names, (self.origin.lat, self.origin.lon)
        fixed_min = rule.fixed_min
        legs: list[Leg] = []
        for km, sailing in zip_longest(way.road_km, way.sailings):
            end: Port | Place = sailing.start if sailing else self.destination
            there = _words(sailing.start) if sailing else self.destination.names
            minutes = round(fixed_min + km / rule.speed_km_h * 60)
            path = (at, (end.lat, end.lon))
            legs.append(Leg(vehicle, here, there, minutes, round(km, 1), path=path))
            fixed_min = 0
            if sailing:
                legs.append(_sea_leg(sailing))
                here, at = _words(sailing.end), (sailing.end.lat, sailing.end.lon)
        return tuple(legs)


def _sea_leg(sailing: Sailing) -> Leg:
    crossing = sailing.crossing
    by_train = crossing.mode == "train"
    return Leg(
        mode=crossing.mode,
        origin=_words(sailing.start),
        destination=_words(sailing.end),
        minutes=crossing.minutes,
        km=crossing.km,
        operator=crossing.operator,
        kind="ic" if by_train else "car",
        wait_min=crossing.check_in_min,
        km_by_country={"FR": crossing.km / 2, "GB": crossing.km / 2} if by_train else {},
        path=((sailing.start.lat, sailing.start.lon), (sailing.end.lat, sailing.end.lon)),
    )


def _words(port: Port) -> Words:
    return Words(port.name, port.name, port.name)
