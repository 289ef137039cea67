"""The ways for a trip in one direction, planned as the trip asks for them."""

from __future__ import annotations

from datetime import date

from travelplan.journeys.assistance import with_assistance
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.places.model import Place
from travelplan.reference import Reference
from travelplan.trip import Trip


def plan_way(
    trip: Trip, origin: Place, destination: Place, day: date | None, reference: Reference
) -> Planned:
    """Return the ways of a trip from one place to another on a day; without one, on any."""
    planned = plan_journeys(
        origin,
        destination,
        travellers=trip.travellers,
        transport=reference.transport,
        depart=day,
        occupants=trip.occupants,
    )
    return with_assistance(planned, reference.transport) if trip.assistance else planned
