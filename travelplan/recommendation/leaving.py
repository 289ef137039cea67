"""When a trip begins, so that one is there in time for what it is for."""

from __future__ import annotations

from dataclasses import replace

from travelplan.journeys.arrival import Appointment, Timing, clock_ahead_min, timing
from travelplan.recommendation.ways import plan_way
from travelplan.reference import Reference
from travelplan.trip import Trip


def timing_of(trip: Trip, reference: Reference) -> Timing | None:
    """Return when to leave for the meeting of a trip; None where it has none."""
    meeting = trip.meeting
    if meeting is None:
        return None
    transport = reference.transport
    rule = transport.rules.meeting
    ahead_min = clock_ahead_min(trip.origin.country, trip.destination.country, rule)
    return timing(
        plan_way(trip, trip.origin, trip.destination, trip.depart, reference).journeys,
        Appointment(meeting.day, meeting.begins_min, ahead_min),
        trip.depart,
        rule=rule,
        day_limit_min=transport.network.head.limit_min,
    )


def leaving_on(trip: Trip, timing: Timing | None) -> Trip:
    """Return the trip as it is made: begun some days before, with the nights that this adds."""
    if timing is None or not timing.days_before:
        return trip
    nights = None if trip.nights is None else trip.nights + timing.days_before
    return replace(trip, depart=timing.leave_on, nights=nights)
