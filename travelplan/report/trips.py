"""A trip as JSON: its places and days, the meeting, and what was asked for on the way."""

from __future__ import annotations

from dataclasses import asdict
from math import isfinite
from typing import Any

from travelplan.places.model import Place
from travelplan.recommendation import Recommendation
from travelplan.scheme.facts import Values
from travelplan.scheme.rights import kept_reasons
from travelplan.scheme.rulebook import Version
from travelplan.trip import Meeting, Trip

Record = dict[str, Any]
_CLOCK = "%H:%M"


def trip_record(trip: Trip, version: Version) -> Record:
    """Return a trip with its places, days and travellers, and of its reasons what may be kept."""
    return {
        "origin": place_record(trip.origin),
        "destination": place_record(trip.destination),
        "via": [place_record(place) for place in trip.via],
        "depart": trip.depart.isoformat(),
        "return": trip.back.isoformat() if trip.back else None,
        "nights": trip.nights,
        "private_days": {"before": trip.private_before, "after": trip.private_after},
        "business_nights": trip.business_nights,
        "travellers": trip.travellers,
        "role": trip.role,
        "organisation": trip.organisation or None,
        "meeting": _meeting_record(trip.meeting) if trip.meeting else None,
        "out_by": trip.out_by or None,
        "return_by": trip.back_by or None,
        "reasons": list(kept_reasons(version.reasons, trip.reasons)),
        "assistance": trip.assistance,
        "occupants": trip.occupants,
        "in_past": trip.in_past,
    }


def _meeting_record(meeting: Meeting) -> Record:
    return {
        "day": meeting.day.isoformat(),
        "from": meeting.begins.strftime(_CLOCK),
        "until": meeting.ends.strftime(_CLOCK) if meeting.ends else None,
        "minutes": meeting.minutes,
    }


def timing_record(answer: Recommendation) -> Record | None:
    """Return when to leave for the meeting; None without one."""
    timing = answer.timing
    if timing is None:
        return None
    return {
        "asked": timing.asked.isoformat(),
        "leave_on": timing.leave_on.isoformat(),
        "extra_nights": timing.days_before,
        "by": timing.by,
        "in_time": dict(timing.in_time),
        "earliest_departure": timing.earliest,
        "spare_min": timing.spare_min,
        "clock_known": timing.clock_known,
        "basis": "assumption",
    }


def assistance_record(answer: Recommendation) -> Record | None:
    """Return what more time at changes does to the train and the outcome; None if not asked."""
    assisted = answer.assisted
    if assisted is None:
        return None
    return {
        "changes": assisted.changes,
        "longer_min": assisted.longer_min,
        "outcome_without": assisted.without.outcome,
        "borderline_without": assisted.without.borderline,
    }


def place_record(place: Place) -> Record:
    """Return a place."""
    return {
        "id": place.id,
        "name": place.name,
        "names": asdict(place.names),
        "country": place.country,
        "region": place.region,
        "lat": place.lat,
        "lon": place.lon,
    }


def kept_facts(answer: Recommendation) -> Record:
    """Return the known facts of an answer; of a confidential reason nothing but that it is one."""
    facts = facts_record(answer.facts.values)
    if "reason" in facts:
        facts["reason"] = list(kept_reasons(answer.decision.version.reasons, facts["reason"]))
    return facts


def facts_record(values: Values) -> Record:
    """Return the known facts; a way that does not exist has no minutes."""
    return {name: plain(value) for name, value in values.items() if plain(value) is not None}


def plain(value: object) -> object:
    """Return the value of a fact as JSON has it; None for the minutes of a way that is not."""
    if isinstance(value, float):
        if not isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    return list(value) if isinstance(value, tuple) else value
