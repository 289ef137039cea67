"""Journeys by road: coach, car, shared car, bike; on land that roads join, the Channel included."""

from __future__ import annotations

from dataclasses import dataclass
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
        rule = self._rule
        trip = _RoadTrip(
            origin,
            destination,
            great_circle_km(origin, destination) * rule.road_factor,
            self._channel_min(origin, destination),
        )
        found = [
            self._coach(trip),
            trip.journey("car", "car", rule.car),
            trip.journey("carpool", "carpool", rule.car, occupants=self._sharing(travellers)),
            None if trip.extra_min else trip.journey("bike", "bike", rule.bike),
        ]
        return tuple(journey for journey in found if journey)

    def _coach(self, trip: _RoadTrip) -> Journey | None:
        """Return the journey by bus where it is short, else by coach."""
        around = 2 * self._door.access_min + self._door.buffer_min
        if trip.km <= self._rule.bus.most_km and not trip.extra_min:
            return trip.journey("coach", "bus", self._rule.bus, around_min=around)
        return trip.journey("coach", "coach", self._rule.coach, around_min=around)

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


@dataclass(frozen=True, slots=True)
class _RoadTrip:
    """A trip by road: its kilometres, and the minutes that a crossing adds."""

    origin: Place
    destination: Place
    km: float
    extra_min: int

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
        if self.km > rule.most_km:
            return None
        minutes = rule.minutes(self.km) + self.extra_min
        ends = (self.origin.names, self.destination.names)
        leg = Leg(vehicle, *ends, minutes, round(self.km, 1))
        return Journey(mode, (leg,), minutes, minutes + around_min, 0, occupants)
