"""Journeys by road: coach, car, shared car, bike; on land that roads join, the Channel included."""

from __future__ import annotations

from math import ceil

from travelplan.geo import great_circle_km
from travelplan.journeys.coverage import Coverage
from travelplan.journeys.model import Journey, Leg
from travelplan.journeys.rules import DoorRule, RoadRule, VehicleRule
from travelplan.places.model import Place


class Road:
    """Plans journeys by road."""

    def __init__(self, rule: RoadRule, door: DoorRule, coverage: Coverage) -> None:
        self._rule = rule
        self._door = door
        self._coverage = coverage

    def plan(self, origin: Place, destination: Place, travellers: int) -> tuple[Journey, ...]:
        """Return the journeys by coach, car, shared car and bike, as far as each is offered."""
        if not (self._is_joined(origin) and self._is_joined(destination)):
            return ()
        great_circle = great_circle_km(origin, destination)
        km = great_circle * self._rule.road_factor
        extra = self._channel_min(origin, destination)
        ends = (origin, destination)
        car = self._ride("car", "car", self._rule.car, ends, km, extra, occupants=1)
        carpool = self._ride(
            "carpool", "car", self._rule.car, ends, km, extra, occupants=self._sharing(travellers)
        )
        bike = None if extra else self._ride("bike", "bike", self._rule.bike, ends, km, 0)
        found = (self._coach(ends, km, extra), car, carpool, bike)
        return tuple(journey for journey in found if journey)

    def _is_joined(self, place: Place) -> bool:
        if place.country not in self._rule.countries or self._coverage.on_island(place):
            return False
        return not any(box.holds(place, place.country) for box in self._rule.apart)

    def _channel_min(self, origin: Place, destination: Place) -> int:
        beyond = self._rule.channel_countries
        crosses = (origin.country in beyond) != (destination.country in beyond)
        return self._rule.channel_min if crosses else 0

    def _sharing(self, travellers: int) -> float:
        """Return how many sit in each car when all share as few cars as can hold them."""
        together = max(2, travellers)
        return together / ceil(together / self._rule.seats)

    def _coach(self, ends: tuple[Place, Place], km: float, extra: int) -> Journey | None:
        if km <= self._rule.bus.most_km and not extra:
            return self._ride("coach", "bus", self._rule.bus, ends, km, 0, around=self._around_min)
        return self._ride(
            "coach", "coach", self._rule.coach, ends, km, extra, around=self._around_min
        )

    @property
    def _around_min(self) -> int:
        return 2 * self._door.access_min + self._door.buffer_min

    @staticmethod
    def _ride(
        mode: str,
        vehicle: str,
        rule: VehicleRule,
        ends: tuple[Place, Place],
        km: float,
        extra_min: int,
        *,
        occupants: float = 1.0,
        around: int = 0,
    ) -> Journey | None:
        if km > rule.most_km:
            return None
        minutes = rule.minutes(km) + extra_min
        leg = Leg(vehicle, ends[0].names, ends[1].names, minutes, round(km, 1))
        return Journey(mode, (leg,), minutes, minutes + around, 0, occupants)
