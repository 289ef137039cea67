"""Parses what a person typed into a trip, or names every wrong field at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from travelplan.errors import InputError
from travelplan.language import message
from travelplan.places.model import Place
from travelplan.places.normalise import normalise
from travelplan.trip.fields import Fields
from travelplan.trip.model import DEFAULT_ORIGIN, ROLES, Meeting, Trip

if TYPE_CHECKING:
    from travelplan.places import Places

MOST_TRAVELLERS = 500
MOST_DESTINATIONS = 10
MOST_IN_A_CAR = 9
LONGEST_STAY_DAYS = 366
LONGEST_ID = 60


def parse_trip(
    fields: Mapping[str, object],
    places: Places,
    *,
    today: date | None = None,
    listed: Collection[str] = (),
) -> Trip:
    """Read a trip from what a person typed.

    Args:
        fields: `destination` is needed; `origin` (Gent), `via` (a list), `depart` (today),
            `return`, `nights`, `travellers` (1) and `role` (staff) have defaults. `organisation`
            is the body whose trip it is, as the scope of the scheme names it. Days are
            understood as 2027-03-05, 5/3/2027 and 5 maart 2027. `private_before` and
            `private_after` count days off inside the dates. `meeting_from`, `meeting_until`
            (09:00) and `meeting_day` (the first day of work) say when one has to be there.
            `out_by` and `return_by` are the modes of a combination, `reason` (a list, or a text
            with semicolons) why one would deviate, `assistance` whether changes need more time.
            `occupants` says how many sit in the shared car.
        places: where names are looked up.
        today: the day to count from; the day of the clock if not given.
        listed: ids of the places on the organisation's list, which come first in a search.

    Raises:
        InputError: naming every wrong field, with candidates for ambiguous and unknown places.
    """
    return _trip(Fields(fields, places, today or date.today(), listed))


class _Stay(NamedTuple):
    """The days of a trip; `depart` is None where it was typed wrongly."""

    depart: date | None
    back: date | None
    nights: int | None
    private_before: int
    private_after: int


def _trip(fields: Fields) -> Trip:
    origin = fields.place("origin", fields.text("origin") or DEFAULT_ORIGIN)
    destination = fields.place("destination", fields.text("destination"))
    via = _via(fields)
    stay = _stay(fields)
    travellers = fields.whole("travellers", least=1, most=MOST_TRAVELLERS)
    role = read_role(fields)
    organisation = _organisation(fields)
    meeting = _meeting(fields, stay)
    reasons = _reasons(fields)
    assistance = fields.flag("assistance")
    occupants = fields.whole("occupants", least=2, most=MOST_IN_A_CAR)
    check_way(fields, [origin, *via, destination])
    if fields.problems or origin is None or destination is None or stay.depart is None:
        raise InputError(fields.problems)
    return Trip(
        origin=origin,
        destination=destination,
        depart=stay.depart,
        via=tuple(place for place in via if place),
        back=stay.back,
        nights=stay.nights,
        travellers=1 if travellers is None else travellers,
        role=role,
        organisation=organisation,
        private_before=stay.private_before,
        private_after=stay.private_after,
        meeting=meeting,
        out_by=fields.text("out_by"),
        back_by=fields.text("return_by"),
        reasons=reasons,
        assistance=assistance,
        occupants=occupants,
        asked_on=fields.today,
    )


def _via(fields: Fields) -> list[Place | None]:
    names = fields.names("via")
    if len(names) >= MOST_DESTINATIONS:
        text = message(
            "A trip has {most} destinations at most; this one has {number}. Make two trips of it.",
            most=MOST_DESTINATIONS,
            number=len(names) + 1,
        )
        fields.note("via", "too_many", text)
        return []
    return [fields.place("via", name) for name in names]


def _stay(fields: Fields) -> _Stay:
    depart = fields.day("depart") if fields.text("depart") else fields.today
    back, nights = _back(fields, depart)
    before, after = (
        fields.whole(f"private_{side}", least=0, most=LONGEST_STAY_DAYS) or 0
        for side in ("before", "after")
    )
    stay = _Stay(depart, back, nights, before, after)
    _check_private(fields, stay)
    return stay


def _back(fields: Fields, depart: date | None) -> tuple[date | None, int | None]:
    """Return the day of return and the nights; against a wrong departure nothing is held."""
    back = fields.day("return")
    nights = fields.whole("nights", least=0, most=LONGEST_STAY_DAYS)
    if depart is None:
        return back, nights
    if back is None:
        return (None if nights is None else depart + timedelta(days=nights)), nights
    check_stay(fields, depart, back, nights)
    return back, (back - depart).days if nights is None else nights


def check_stay(fields: Fields, depart: date, back: date, nights: int | None) -> None:
    """Note a return before the departure, or too long after it, or nights that do not fit."""
    days = (back - depart).days
    if days < 0:
        text = message(
            "The return ({back}) lies before the departure ({depart}).",
            back=back,
            depart=depart,
        )
        fields.note("return", "before_departure", text)
    elif days > LONGEST_STAY_DAYS:
        text = message("The return lies more than a year after the departure. Check the year.")
        fields.note("return", "too_long", text)
    elif nights is not None and nights > days:
        text = message(
            "{nights} nights do not fit between departure and return ({days}).",
            nights=nights,
            days=days,
        )
        fields.note("nights", "contradiction", text)


def _check_private(fields: Fields, stay: _Stay) -> None:
    """Note days off without a return to count them from, and those that leave no day of work."""
    private = stay.private_before + stay.private_after
    if not private or stay.depart is None:
        return
    field = "private_after" if stay.private_after else "private_before"
    if stay.back is None:
        if not fields.text("return") and not fields.text("nights"):
            text = message("Give the day of return too: days off are counted inside the dates.")
            fields.note("return", "missing", text)
    elif private > (days := (stay.back - stay.depart).days) >= 0:
        text = message(
            "{private} days off leave no day of work: the trip has {days} days.",
            private=private,
            days=days + 1,
        )
        fields.note(field, "contradiction", text)


def _meeting(fields: Fields, stay: _Stay) -> Meeting | None:
    day = fields.day("meeting_day")
    begins, ends = fields.clock("meeting_from"), fields.clock("meeting_until")
    if begins is None:
        if not fields.text("meeting_from") and (
            fields.text("meeting_until") or fields.text("meeting_day")
        ):
            text = message("Give the time too at which the meeting begins, for example 09:00.")
            fields.note("meeting_from", "missing", text)
        return None
    if ends is not None and ends <= begins:
        text = message("The meeting ends before it begins. Check the times.")
        fields.note("meeting_until", "contradiction", text)
    if stay.depart is None:
        return None
    day = day or stay.depart + timedelta(days=stay.private_before)
    if day < stay.depart or (stay.back is not None and day > stay.back >= stay.depart):
        text = message("The meeting ({day}) does not lie within the trip.", day=day)
        fields.note("meeting_day", "contradiction", text)
    return Meeting(day, begins, ends)


def _reasons(fields: Fields) -> tuple[str, ...]:
    given = (part.strip() for name in fields.names("reason") for part in name.split(";"))
    return tuple(dict.fromkeys(part for part in given if part))


def read_role(fields: Fields) -> str:
    """Return the role; noted if it is none of ROLES."""
    role = fields.text("role") or "staff"
    if role not in ROLES:
        text = message(
            "“{typed}” is not a role. Choose {roles}.", typed=role[:60], roles=", ".join(ROLES)
        )
        fields.note("role", "unknown_role", text)
    return role


def _organisation(fields: Fields) -> str:
    typed = fields.text("organisation")
    if len(typed) > LONGEST_ID:
        text = message(
            "“{typed}” is too long for an organisation. Give its id, for example stad-gent.",
            typed=typed[:LONGEST_ID] + "…",
        )
        fields.note("organisation", "too_long", text)
    return normalise(typed).replace(" ", "-")


def check_way(fields: Fields, stops: Sequence[Place | None]) -> None:
    """Note a stretch that ends where it begins."""
    for here, there in pairwise(stops):
        if here and there and here.id == there.id:
            field = "via" if len(stops) > 2 else "destination"
            text = message(
                "Departure and destination are the same place: {place}.", place=here.names
            )
            fields.note(field, "same_place", text)
