"""What has to be booked, and what was: mode, class and price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, selectinload

from travelplan import FieldProblem, InputError
from travelplan.language import Message, message
from travelplan.scheme.words import CLASSES
from webapp.requests.filing import add_event
from webapp.requests.lock import locked
from webapp.requests.making import modes
from webapp.requests.money import ProblemError, parse_cents
from webapp.store.tables import Booking, Person, Request, Version

BOOKED = "booked"
NO_CLASS = ""
_KEEPS_BOOKING = frozenset({"waiting", "change_asked", "withdrawn", "travelled", "refused"})
"""A trip that was booked and is then changed or taken back stays in sight of who booked it."""


@dataclass(frozen=True, slots=True)
class TypedBooking:
    """What the form holds, as typed."""

    mode: str = ""
    mode_back: str = ""
    travel_class: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A trip as who books it sees it: who, where, when, by what; not why.

    `changed` says that the trip was approved anew after it was booked.
    """

    request: Request
    booking: Booking | None
    changed: bool

    @property
    def version(self) -> Version:
        """The trip."""
        return self.request.current


class NotOpenError(Exception):
    """There is no such trip to book, or it is not approved (any more)."""


def to_book(session: Session) -> list[Job]:
    """Return what is approved and not booked, or changed since; the first departure first."""
    return [job for job in _jobs(session, {"approved"}) if not job.booking or job.changed]


def booked(session: Session) -> list[Job]:
    """Return what is booked, the last departure first; trips that are off included."""
    jobs = _jobs(session, {"approved", *_KEEPS_BOOKING})
    return [job for job in reversed(jobs) if job.booking and not job.changed]


def job(session: Session, request_id: str) -> Job:
    """Return one trip to book or to correct.

    Raises:
        NotOpenError: it is not approved, or does not exist.
    """
    request = session.get(Request, request_id)
    if request is None or request.status != "approved":
        raise NotOpenError
    return _job(request)


def book(session: Session, request_id: str, typed: TypedBooking, booker: Person) -> Booking:
    """Note what was booked; a correction is a new note, and the newest counts.

    Raises:
        NotOpenError: the trip is not approved (any more).
        InputError: naming every wrong field.
    """
    request = locked(session, request_id)
    if request is None or request.status != "approved":
        raise NotOpenError
    booking = _checked(typed)
    newest = _job(request).booking
    if newest and _same(newest, booking) and not _job(request).changed:
        return newest
    booking.request_id, booking.noted_by = request.id, booker.id
    request.bookings.append(booking)
    add_event(session, request, booker, BOOKED, version=request.current.number)
    return booking


def allowed_classes(version: Version) -> list[tuple[str, Message]]:
    """Return the classes that the decision gave, by mode, from its frozen evidence."""
    parts: list[Mapping[str, Any]] = version.evidence.get("parts") or [version.evidence]
    found = {
        (item["mode"], item["class"]): None
        for part in parts
        for item in part.get("classes", [])
        if item["mode"] in version.modes and item["sure"] and not item["decides"]
    }
    return [(mode, CLASSES[name]) for mode, name in found if name in CLASSES]


def _checked(typed: TypedBooking) -> Booking:
    problems = [
        FieldProblem(field, "missing", message("Choose by what."))
        for field, mode in (("mode", typed.mode), ("mode_back", typed.mode_back))
        if mode not in dict(modes())
    ]
    if typed.travel_class not in {NO_CLASS, *CLASSES}:
        problems.append(FieldProblem("travel_class", "unknown", message("Choose a class.")))
    cents = None
    try:
        cents = parse_cents(typed.price.replace("\x00", ""), "price")
    except ProblemError as error:
        problems.append(error.problem)
    if problems:
        raise InputError(problems)
    return Booking(
        kind=BOOKED,
        mode=typed.mode,
        mode_back=typed.mode_back,
        travel_class=typed.travel_class,
        cost_cents=cents,
    )


def _same(one: Booking, other: Booking) -> bool:
    fields = ("mode", "mode_back", "travel_class", "cost_cents")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _jobs(session: Session, statuses: set[str]) -> list[Job]:
    light = (defer(Version.evidence), defer(Version.shown), defer(Version.justification))
    requests = session.scalars(
        select(Request)
        .where(Request.status.in_(statuses))
        .options(selectinload(Request.versions).options(*light), selectinload(Request.bookings))
    ).all()
    return sorted((_job(r) for r in requests), key=lambda job: (job.version.depart, job.request.id))


def _job(request: Request) -> Job:
    notes = [booking for booking in request.bookings if booking.kind == BOOKED]
    newest = notes[-1] if notes else None
    changed = newest is not None and newest.noted_at < request.current.made_at
    return Job(request, newest, changed)
