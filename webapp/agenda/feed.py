"""The calendar for a calendar program: an address that only one person knows.

A program that reads a calendar cannot sign in. The address is the secret: it holds 256 random
bits, the store knows only their hash, and a new address makes the old one worth nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from hashlib import sha256

from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from travelplan.language import Language, message
from webapp.agenda.entries import Entry
from webapp.store.columns import now
from webapp.store.register import CalendarFeed

UnitName = Callable[[str], str]


def new_address(session: Session, person_id: str) -> str:
    """Return a new token for somebody; the old one is worth nothing from now on."""
    token = secrets.token_urlsafe(32)
    feed = session.get(CalendarFeed, person_id) or CalendarFeed(person_id=person_id)
    feed.token_hash, feed.made_at = _hash(token), now()
    session.add(feed)
    return token


def is_known(session: Session, token: str) -> bool:
    """Return whether a token is somebody's."""
    found = select(CalendarFeed.person_id).where(CalendarFeed.token_hash == _hash(token))
    return session.scalar(found) is not None


def as_calendar(found: Iterable[Entry], language: Language, unit_name: UnitName) -> bytes:
    """Return entries as iCalendar; no name of a person and nothing that visitors are called."""
    calendar = Calendar()
    calendar.add("prodid", "-//travelplan//calendar//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", language.say(message("Business travel")))
    for entry in found:
        event = Event()
        event.add("uid", f"{entry.uid}@travelplan")
        event.add("dtstamp", entry.made_at)
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
        event.add("summary", language.say(title(entry, unit_name)))
        event.add("location", language.say(entry.place))
        if entry.topic:
            event.add("description", entry.topic)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def title(entry: Entry, unit_name: UnitName) -> object:
    """Return an entry in a few words: who goes where, or from where somebody comes."""
    if entry.kind == "out":
        return message("{unit} to {place}", unit=unit_name(entry.unit), place=entry.place)
    return message("Visit from {place} to {unit}", unit=unit_name(entry.unit), place=entry.place)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
