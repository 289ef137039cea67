"""The facts of a trip: what rules may test, from the trip and the ways found for it."""

from __future__ import annotations

from collections.abc import Mapping

from travelplan.destinations import Entry
from travelplan.journeys.plan import Planned
from travelplan.reference import Reference
from travelplan.scheme.facts import Facts, Swing, Value
from travelplan.trip import Trip


def facts_of(trip: Trip, planned: Planned, reference: Reference, entry: Entry | None) -> Facts:
    """Return the facts that rules may test, from a trip and the ways found for it.

    Days off are not counted: `nights`, `multi_day` and `stay_days` are those of the work. A rail
    time that a person has checked for the list goes before the network's, with no tolerance;
    unknown facts are left out.
    """
    values: dict[str, Value | None] = {
        "distance_km": round(planned.distance_km),
        "country": trip.destination.country,
        "continent": trip.destination.continent,
        "domestic": trip.destination.country == trip.origin.country,
        "multi_day": trip.multi_day,
        "nights": trip.business_nights,
        "stay_days": trip.business_days,
        "meeting_min": trip.meeting.minutes if trip.meeting else None,
        "travellers": trip.travellers,
        "role": trip.role,
        "organisation": trip.organisation or None,
        "reason": trip.reasons or None,
        "served_by_rail": planned.served_by_rail,
        "flight_min": planned.flight_min,
        "plane_door_min": planned.plane_door_min,
        "land_min": planned.land_min,
        "night_train": planned.night_train,
        "one_day_or_night": _in_a_day_or_night(planned),
    }
    if planned.rail is None:
        return Facts.of(_known(values))
    minutes = planned.rail.duration_min
    door_min = planned.rail.door_to_door_min
    checked = _checked_min(entry, planned)
    by_rail_on_land = planned.land_min == minutes
    if checked is not None:
        door_min += checked - minutes
        minutes = checked
    values.update(
        rail_min=minutes,
        rail_door_min=door_min,
        rail_changes=planned.rail.changes,
        rail_overnight=planned.rail_overnight,
        route_km=round(planned.rail.km),
    )
    if checked is not None:
        return Facts.of(_known(values))
    margin = round(minutes * max(planned.rail_tolerance, reference.transport.rail_tolerance))
    moved = ("rail_min", "rail_door_min", *(("land_min",) if by_rail_on_land else ()))
    return Facts.of(_known(values), [Swing("rail_min", moved, -margin, margin)])


def _checked_min(entry: Entry | None, planned: Planned) -> int | None:
    """Return the minutes by rail that a person has checked, with the longer changes asked for."""
    if entry is None or entry.rail is None or entry.rail.basis != "checked":
        return None
    return entry.rail.minutes + planned.longer_min


def _in_a_day_or_night(planned: Planned) -> bool | None:
    """Return whether a train gets there in one day or one night; None where that is not known."""
    if planned.night_train or (planned.rail and not planned.rail_overnight):
        return True
    return None if planned.served_by_rail is None else False


def _known(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}
