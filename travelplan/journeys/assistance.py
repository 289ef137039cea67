"""More time at each change, for whoever asks for it, and assistance to book beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from travelplan.journeys.model import Journey, Leg, NightStay
from travelplan.journeys.night_trains import DAY_MIN, clock_min
from travelplan.journeys.plan import Planned, Transport, land_min, overnight_note
from travelplan.journeys.rules import AssistanceRule
from travelplan.language import Minutes, message

_RIDES = {
    "train": frozenset({"train", "coach", "ferry"}),
    "night_train": frozenset({"train", "night_train", "coach", "ferry"}),
    "plane": frozenset({"plane"}),
}


def with_assistance(planned: Planned, transport: Transport) -> Planned:
    """Return the same ways with more time at each change.

    By rail the way that is quickest then is taken, which may be one with fewer changes.
    """
    rule, limit_min = transport.rules.assistance, transport.network.head.limit_min
    by_rail = sorted(
        (_by_rail(way, rule, limit_min) for way in (planned.rail, *planned.alternatives) if way),
        key=lambda way: (way.duration_min, way.changes),
    )
    rail = by_rail[0] if by_rail else None
    others = [way for way in by_rail[1:] if rail and way.changes < rail.changes]
    nights = tuple(with_longer_changes(night, rule) for night in planned.night_trains)
    now = {"train": rail, "night_train": nights[0] if nights else None}
    journeys = [now.get(j.mode) or with_longer_changes(j, rule) for j in planned.journeys]
    plane = next((journey for journey in journeys if journey.mode == "plane"), None)
    return replace(
        planned,
        journeys=tuple(journeys),
        rail=rail,
        alternatives=tuple(others),
        night_trains=nights,
        flight_min=plane.duration_min if plane else None,
        plane_door_min=plane.door_to_door_min if plane else None,
        rail_door_min=rail.door_to_door_min if rail else None,
        rail_km=rail.km if rail else None,
        rail_overnight=rail is not None and rail.overnight_needed,
        land_min=land_min(journeys),
        longer_min=rail.duration_min - planned.rail.duration_min if rail and planned.rail else 0,
    )


def _by_rail(way: Journey, rule: AssistanceRule, limit_min: int) -> Journey:
    longer = with_longer_changes(way, rule)
    if way.overnight_needed or longer.duration_min <= limit_min:
        return longer
    notes = (overnight_note(limit_min), *longer.notes)
    return replace(longer, overnight_needed=True, notes=notes)


def with_longer_changes(journey: Journey, rule: AssistanceRule) -> Journey:
    """Return a journey with more time at each change; others than by rail and air stay as they are.

    A way with changes takes longer by `change_min` for each. What there is to book is in the
    notes.
    """
    if journey.mode not in _RIDES:
        return journey
    legs = tuple(_longer(journey, rule))
    longer_min = sum(leg.wait_min for leg in legs) - sum(leg.wait_min for leg in journey.legs)
    notes = [*journey.notes, message("Book assistance beforehand with everyone who carries you.")]
    if longer_min:
        longer = message(
            "We count {minutes} more at each change (an assumption): {total} in all.",
            minutes=Minutes(rule.change_min),
            total=Minutes(longer_min),
        )
        notes.insert(len(journey.notes), longer)
    return replace(
        journey,
        legs=legs,
        duration_min=journey.duration_min + longer_min,
        door_to_door_min=journey.door_to_door_min + longer_min,
        notes=tuple(notes),
        night=_later(journey.night, legs, journey) if journey.night else None,
    )


def _longer(journey: Journey, rule: AssistanceRule) -> Iterator[Leg]:
    """Yield the legs, with more time before each ride but the first."""
    riding = False
    for leg in journey.legs:
        is_ride = leg.mode in _RIDES[journey.mode] and bool(leg.line or leg.mode == "plane")
        yield replace(leg, wait_min=leg.wait_min + rule.change_min) if is_ride and riding else leg
        riding = riding or is_ride


def _later(night: NightStay, legs: tuple[Leg, ...], before: Journey) -> NightStay:
    """Return the evening and the morning: one leaves home earlier, and arrives later."""
    added = [leg.wait_min - old.wait_min for leg, old in zip(legs, before.legs, strict=True)]
    boards = next(i for i, leg in enumerate(legs) if leg.mode == "night_train")
    return replace(
        night,
        leave_home=_moved(night.leave_home, -sum(added[: boards + 1])),
        be_there=_moved(night.be_there, sum(added[boards + 1 :])),
    )


def _moved(clock: str, minutes: int) -> str:
    moved = (clock_min(clock) + minutes) % DAY_MIN
    return f"{moved // 60:02}:{moved % 60:02}"
