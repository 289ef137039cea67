"""Names make room for pseudonyms, and free texts go, once a trip is long enough ago."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from sqlalchemy import ForeignKey, delete, func, or_, select, update
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Session

from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.retention_plan import Forgotten
from webapp.store.register import Batch, CalendarFeed, Looked, Visit
from webapp.store.tables import (
    Delegation,
    Draft,
    KeptForm,
    Mail,
    Person,
    Request,
    SignedIn,
    Table,
    Version,
)
from webapp.store.taken_out import TakenOut

PSEUDONYM = "pseudonym"
"""The issuer of people who are only a pseudonym any more."""
_SHOWN = 12
_OF_A_PERSON = {Looked.__tablename__, KeptForm.__tablename__, SignedIn.__tablename__}
"""What may still point to somebody of whom nothing else is kept: the log is never changed."""


def last_day(*, before: date) -> object:
    """Return the condition that every version of a request ended before a day."""
    ended = func.coalesce(Version.back, Version.depart)
    newest = select(func.max(ended)).where(Version.request_id == Request.id).scalar_subquery()
    return newest < before


class Forgetting:
    """Takes names and texts out of what is kept. `known` are the sign-in names of today."""

    def __init__(self, session: Session, pseudonyms: Pseudonyms, known: Collection[str]) -> None:
        self.done = Forgotten()
        self._session = session
        self._pseudonyms = pseudonyms
        self._known = known
        self._renamed: dict[str, str] = {}

    def before(self, day: date) -> None:
        """Take them out of everything that ended before a day; a second time finds nothing."""
        named = (
            select(Request)
            .join(Person, Request.traveller_id == Person.id)
            .where(Person.issuer != PSEUDONYM, last_day(before=day))  # type: ignore[arg-type]
            .order_by(Request.filed_at)
        )
        for request in self._session.scalars(named):
            self._request(request)
        self._drafts(day)
        self._mails(day)
        self._visits(day)
        self._delegations(day)
        self._batches(day)
        self._taken_out(day)
        self._session.flush()
        self._people()

    def _request(self, request: Request) -> None:
        request.traveller_id = self._pseudonym(request.traveller_id)
        request.filer_id = self._pseudonym(request.filer_id)
        request.trip_key = None
        for version in request.versions:
            self._version(version)
        for booking in request.bookings:
            booking.noted_by = self._pseudonym(booking.noted_by)
        for event in request.events:
            event.person_id = self._pseudonym(event.person_id) if event.person_id else None
        self.done.counts["requests"] += 1

    def _version(self, version: Version) -> None:
        version.made_by = self._pseudonym(version.made_by)
        version.purpose = version.interest = version.justification = version.why_so_many = ""
        version.participants = [{"name": "", "role": ""} for _ in version.participants]
        version.question = {k: v for k, v in version.question.items() if k != "assistance"}
        for step in version.steps:
            step.comment = ""
            for column in ("decided_by", "in_place_of"):
                person_id = getattr(step, column)
                if person_id:
                    setattr(step, column, self._pseudonym(person_id))

    def _drafts(self, day: date) -> None:
        old = select(Draft).where(Draft.changed_at < _start_of(day))
        for draft in self._session.scalars(old):
            if draft.answers or draft.question:
                draft.answers, draft.question = {}, {}
                self.done.counts["drafts"] += 1
            draft.person_id = self._pseudonym(draft.person_id)

    def _mails(self, day: date) -> None:
        old = Mail.queued_at < _start_of(day)
        changed = self._session.execute(
            update(Mail)
            .where(old, Mail.recipient != "")
            .values(recipient="", subject="", text="", calendar="", next_try_at=None)
        )
        self.done.counts["mails"] += changed.rowcount  # type: ignore[attr-defined]

    def _visits(self, day: date) -> None:
        old = select(Visit).where(
            Visit.last_day < day, or_(Visit.visitors != "", Visit.topic != "")
        )
        for visit in self._session.scalars(old):
            visit.visitors = visit.topic = ""
            visit.noted_by = self._pseudonym(visit.noted_by)
            self.done.counts["visits"] += 1

    def _delegations(self, day: date) -> None:
        for handed in self._session.scalars(select(Delegation).where(Delegation.last_day < day)):
            for column in ("giver_id", "taker_id", "made_by"):
                setattr(handed, column, self._pseudonym(getattr(handed, column)))

    def _batches(self, day: date) -> None:
        for batch in self._session.scalars(select(Batch).where(Batch.brought_at < _start_of(day))):
            batch.brought_by = self._pseudonym(batch.brought_by)

    def _taken_out(self, day: date) -> None:
        for taken in self._session.scalars(select(TakenOut).where(TakenOut.last_day < day)):
            if taken.reason:
                taken.reason = ""
                self.done.counts["reasons"] += 1
            taken.taken_by = self._pseudonym(taken.taken_by)

    def _pseudonym(self, person_id: str) -> str:
        """Return the id of whom a person is from now on in what is old."""
        if person_id in self._renamed:
            return self._renamed[person_id]
        person = self._session.get_one(Person, person_id)
        if person.issuer == PSEUDONYM:
            return person_id
        subject = self._pseudonyms.of_person(person)
        found = self._session.scalar(
            select(Person).where(Person.issuer == PSEUDONYM, Person.subject == subject)
        )
        if found is None:
            found = Person(issuer=PSEUDONYM, subject=subject, name=subject[:_SHOWN], email="")
            self._session.add(found)
            self._session.flush()
        self._renamed[person_id] = found.id
        return found.id

    def _people(self) -> None:
        """Take the name of whom nothing is kept any more, unless the organisation knows them."""
        for person_id, pseudonym_id in self._renamed.items():
            person = self._session.get_one(Person, person_id)
            if person.subject in self._known or self._is_needed(person_id):
                continue
            self._session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person_id))
            pseudonym = self._session.get_one(Person, pseudonym_id)
            person.issuer, person.subject = PSEUDONYM, f"{pseudonym.subject}-{person_id}"
            person.name, person.email = pseudonym.name, ""
            self.done.counts["people"] += 1

    def _is_needed(self, person_id: str) -> bool:
        return any(
            self._session.scalar(
                select(func.count()).select_from(table).where(key.parent == person_id)
            )
            for table, key in _keys_of_people()
            if table.name not in {*_OF_A_PERSON, CalendarFeed.__tablename__}
        )


def _keys_of_people() -> list[tuple[SqlTable, ForeignKey]]:
    """Return every column of every table that points to a person."""
    return [
        (table, key)
        for table in Table.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == Person.__tablename__
    ]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
