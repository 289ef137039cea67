"""What stands in the calendar: approved trips and incoming visits. No name stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from travelplan.language import Words
from webapp.store.register import Visit
from webapp.store.tables import Request, Version

NEAR = timedelta(days=14)
"""Who leaves for the same place within so many days might go together."""
APPROVED = ("approved", "travelled")
_OTHER = aliased(Version)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar. `visitors` is who comes, "" for a trip of our own."""

    id: str
    kind: Literal["out", "in"]
    first: date
    last: date
    unit: str
    place_id: str
    place: Words
    topic: str
    travellers: int
    made_at: datetime
    visitors: str = ""

    @property
    def uid(self) -> str:
        """What a calendar program knows it by; no id of a request can be read from it."""
        return sha256(f"{self.kind}|{self.id}".encode()).hexdigest()[:32]

    def goes_near(self, other: Entry) -> bool:
        """Whether another unit leaves for the same place at about the same time."""
        return (
            self.kind == other.kind == "out"
            and self.unit != other.unit
            and self.place_id == other.place_id
            and abs(self.first - other.first) <= NEAR
        )


def entries(session: Session, first: date, last: date) -> list[Entry]:
    """Return the approved trips and the visits of which any day lies in a period, by day."""
    found = [*outgoing(session, first, last), *_incoming(session, first, last)]
    return sorted(found, key=lambda entry: (entry.first, entry.last, entry.unit, entry.id))


def outgoing(session: Session, first: date, last: date) -> Iterator[Entry]:
    """Yield the approved trips of which any day lies in a period."""
    newest = (
        select(func.max(_OTHER.number)).where(_OTHER.request_id == Request.id).scalar_subquery()
    )
    chosen = (
        select(Request.id, Request.unit, Version)
        .join(Version, Version.request_id == Request.id)
        .where(
            Request.status.in_(APPROVED),
            Version.number == newest,
            Version.depart <= last,
            func.coalesce(Version.back, Version.depart) >= first,
        )
    )
    for id_, unit, version in session.execute(chosen):
        yield Entry(
            id_,
            "out",
            version.depart,
            version.back or version.depart,
            unit,
            version.destination_id,
            Words(**version.destination),
            version.project,
            version.travellers,
            version.made_at,
        )


def near(session: Session, unit: str, place_id: str, depart: date) -> list[Entry]:
    """Return the trips of other units that leave for a place at about the same time."""
    found = outgoing(session, depart - NEAR, depart + NEAR)
    others = (e for e in found if e.unit != unit and e.place_id == place_id)
    return sorted(
        (e for e in others if abs(e.first - depart) <= NEAR), key=lambda entry: entry.first
    )


def companions(entry: Entry, among: Iterable[Entry]) -> list[Entry]:
    """Return the entries of other units that go where one goes at about the same time."""
    return [other for other in among if entry.goes_near(other)]


def _incoming(session: Session, first: date, last: date) -> Iterator[Entry]:
    chosen = select(Visit).where(Visit.first_day <= last, Visit.last_day >= first)
    for visit in session.scalars(chosen):
        yield Entry(
            visit.id,
            "in",
            visit.first_day,
            visit.last_day,
            visit.unit,
            visit.place_id,
            Words(**visit.place),
            visit.topic,
            0,
            visit.noted_at,
            visit.visitors,
        )
