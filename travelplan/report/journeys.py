"""Journeys as JSON: a part of the contract of `journeys --json` and `recommend --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from travelplan.journeys.model import Journey, Leg, NightStay
from travelplan.journeys.plan import Planned

Record = dict[str, Any]


def journey_record(journey: Journey) -> Record:
    """Return a journey one way."""
    return {
        "mode": journey.mode,
        "vehicle": journey.vehicle,
        "duration_min": journey.duration_min,
        "door_to_door_min": journey.door_to_door_min,
        "changes": journey.changes,
        "km": round(journey.km, 1),
        "km_by_country": {k: round(v, 1) for k, v in sorted(journey.km_by_country.items())},
        "occupants": journey.occupants,
        "legs": [_leg(leg) for leg in journey.legs],
        "overnight_needed": journey.overnight_needed,
        "notes": [str(note) for note in journey.notes],
        "night": night_record(journey.night) if journey.night else None,
    }


def night_record(night: NightStay) -> Record:
    """Return what a night train means for the evening and the morning; times of day as clocks."""
    return {
        **asdict(night),
        "evening": night.evening.isoformat() if night.evening else None,
        "as_of": night.as_of.isoformat(),
    }


def planned_records(planned: Planned) -> list[Record]:
    """Return the journeys as the list of `travelplan journeys --json`.

    The train has `alternatives` that spare a change; the night train has the `others` of the
    evening.
    """
    return [
        {**journey_record(journey), **beside(journey.mode, planned)} for journey in planned.journeys
    ]


def beside(mode: str, planned: Planned | None) -> Record:
    """Return what stands beside a journey: the other ways by the same mode."""
    if planned and mode == "train":
        return {"alternatives": [journey_record(other) for other in planned.alternatives]}
    if planned and mode == "night_train":
        return {"others": [journey_record(other) for other in planned.night_trains[1:]]}
    return {}


def _leg(leg: Leg) -> Record:
    return {
        "mode": leg.mode,
        "from": leg.origin.en,
        "to": leg.destination.en,
        "minutes": leg.minutes,
        "wait_min": leg.wait_min,
        "confidence": leg.confidence,
        "km": round(leg.km, 1),
        "km_by_country": {k: round(v, 1) for k, v in sorted(leg.km_by_country.items())},
        "operator": leg.operator,
        "line": leg.line,
        "kind": leg.kind,
    }
