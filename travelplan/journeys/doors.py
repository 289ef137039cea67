"""The time from door to door, split in what the traveller does with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from travelplan.journeys.model import Journey

_FROM_A_STATION = frozenset({"train", "night_train", "coach"})
_VEHICLES: Mapping[str, frozenset[str]] = {
    "night_train": frozenset({"night_train", "train"}),
    "coach": frozenset({"coach", "bus"}),
}
_FERRY = frozenset({"ferry"})


@dataclass(frozen=True, slots=True)
class DoorToDoor:
    """The parts of the time from door to door, in minutes.

    `to_min` to the first station or airport, `riding_min` in the vehicles, `waiting_min` waiting,
    changing, checking in and time to spare, `from_min` from the last station or airport.
    """

    to_min: int
    riding_min: int
    waiting_min: int
    from_min: int


def door_to_door(journey: Journey, access_min: int) -> DoorToDoor:
    """Return the parts of `journey.door_to_door_min`, which is their sum.

    Args:
        journey: the journey.
        access_min: what the way to a station counts for, where it is not a leg of its own.
    """
    vehicles = _VEHICLES.get(journey.mode, frozenset({journey.mode})) | _FERRY
    riding = [i for i, leg in enumerate(journey.legs) if leg.mode in vehicles]
    first, last = (riding[0], riding[-1]) if riding else (0, len(journey.legs))
    access = access_min if journey.mode in _FROM_A_STATION else 0
    to_min = access + sum(leg.minutes for leg in journey.legs[:first])
    from_min = access + sum(leg.minutes for leg in journey.legs[last + 1 :])
    riding_min = sum(journey.legs[i].minutes for i in riding)
    waiting_min = journey.door_to_door_min - to_min - riding_min - from_min
    return DoorToDoor(to_min, riding_min, waiting_min, from_min)
