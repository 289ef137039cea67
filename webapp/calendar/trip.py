"""A trip as an iCalendar file (RFC 5545): whole days, and the meeting by the clock of its place.

The entry keeps its UID over all versions of a request; each new word about it has a higher
SEQUENCE, so that a calendar replaces what it has. What the trip is for is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from travelplan.language import Language, Words, message
from webapp.calendar.zones import zone_of
from webapp.store.columns import now
from webapp.store.tables import Request, Version

PRODUCT = "-//travelplan//travelplan//EN"
CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"
_AGREED = frozenset({"approved", "travelled"})
_OFF = frozenset({"withdrawn", "refused"})


def calendar_of(request: Request, language: Language, address: str) -> str:
    """Return the calendar file of a request; "" while there is nothing to put in a calendar.

    An approved trip is confirmed. One that was approved once and then withdrawn, or refused in a
    new version, is cancelled: where a calendar holds it, it goes.
    """
    was_approved = any(event.what == "approved" for event in request.events)
    if request.status in _AGREED:
        status = CONFIRMED
    elif request.status in _OFF and was_approved:
        status = CANCELLED
    else:
        return ""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in _events(request, status, language, address):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical()).decode("utf-8")


def _events(request: Request, status: str, language: Language, address: str) -> Iterator[Event]:
    version = request.current
    trip = _event(request, "", status, language, address)
    trip.add("dtstart", version.depart)
    # The end of whole days is the first day that is no longer part of them.
    trip.add("dtend", (version.back or version.depart) + timedelta(days=1))
    yield trip
    meeting = _meeting(version)
    earlier = next((m for v in reversed(request.versions[:-1]) if (m := _meeting(v))), None)
    if meeting or earlier:
        off = CANCELLED if meeting is None else status
        event = _event(request, "-meeting", off, language, address)
        begins, ends = meeting or earlier or (None, None)
        event.add("dtstart", begins)
        if ends:
            event.add("dtend", ends)
        yield event


def _event(request: Request, part: str, status: str, language: Language, address: str) -> Event:
    version, say = request.current, language.say
    place = Words(**version.destination)
    trip = message("Business trip to {place}", place=place)
    what = message("Meeting in {place}", place=place) if part else trip
    event = Event()
    event.add("uid", f"{request.id}{part}@travelplan")
    event.add("dtstamp", now())
    event.add("sequence", _sequence(version, status))
    event.add("status", status)
    event.add("summary", say(what))
    event.add("location", say(place))
    event.add("description", f"{request.reference}\n{address}/requests/{request.id}")
    event.add("url", f"{address}/requests/{request.id}")
    event.add("transp", "OPAQUE")
    return event


def _sequence(version: Version, status: str) -> int:
    """Return a number that grows with each version, and once more when the trip is off."""
    return 2 * (version.number - 1) + (status == CANCELLED)


def _meeting(version: Version) -> tuple[datetime, datetime | None] | None:
    """Return from when to when the meeting is, by the clock of the destination.

    Where a country has more than one clock the times are "floating": they carry no zone, and a
    calendar shows them as they are written, which is right for who is there.
    """
    trip = version.evidence["trip"]
    asked = trip.get("meeting")
    if not asked:
        return None
    day = date.fromisoformat(asked["day"])
    zone = zone_of(trip["destination"]["country"], day)

    def at(clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)

    return at(asked["from"]), at(asked["until"]) if asked.get("until") else None
