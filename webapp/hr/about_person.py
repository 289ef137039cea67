"""Everything that is kept of one person, for that person: as data, with nothing left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Session

from webapp.hr.pseudonyms import Pseudonyms
from webapp.organisation import Organisation
from webapp.store.register import MadeTrip
from webapp.store.tables import Booking, Draft, Event, Mail, Person, Request, Step, Table, Version
from webapp.store.taken_out import TakenOut

Record = dict[str, Any]
_SECRET = {"token_hash", "content"}
"""Columns that open something, or hold a whole file of others."""
_OF_OTHERS = {"taken_out": {"id", "row_key", "traveller", "trip"}}
"""What a row that points to a person tells of somebody else."""
_TOLD_APART = {"request", "draft", "version", "step", "booking", "event"}


def about(
    session: Session, person: Person, organisation: Organisation, pseudonyms: Pseudonyms
) -> Record:
    """Return what is kept of a person, by what it is.

    Requests are those that the person travels by, filed, or is named in as one who goes along.
    Everything else is found by following every column of every table that points to a person.
    """
    requests, names = _requests(session, person), sorted(pseudonyms.all_of(person))
    found: Record = {
        "person": _row(person, Person.__table__),
        "organisation": _known(person, organisation),
        "requests": [_request(session, request) for request in requests],
        "drafts": _rows(session, Draft, Draft.person_id == person.id),
        "mails": _rows(session, Mail, Mail.recipient == person.email) if person.email else [],
        "trips of the register": _rows(session, MadeTrip, MadeTrip.traveller.in_(names)),
        "trips taken out": _rows(session, TakenOut, TakenOut.traveller.in_(names)),
    }
    for table, keys in _pointing_tables():
        pointed = or_(*(key.parent == person.id for key in keys))
        rows = session.execute(select(table).where(pointed)).mappings()
        found[table.name] = [_without_others(table.name, row.items()) for row in rows]
    trips = (*found["trips of the register"], *found["trips taken out"])
    concerned = [person.id, *(r.id for r in requests), *(str(trip["id"]) for trip in trips)]
    found["looked at you"] = _looked(session, concerned)
    return found


def _requests(session: Session, person: Person) -> list[Request]:
    own = or_(Request.traveller_id == person.id, Request.filer_id == person.id)
    found = {r.id: r for r in session.scalars(select(Request).where(own))}
    for version in session.scalars(select(Version)).yield_per(200):
        if any(one.get("name") == person.name for one in version.participants):
            found[version.request_id] = session.get_one(Request, version.request_id)
    return sorted(found.values(), key=lambda request: request.filed_at)


def _request(session: Session, request: Request) -> Record:
    versions = [version.id for version in request.versions]
    return {
        **_row(request, Request.__table__),
        "versions": _rows(session, Version, Version.request_id == request.id),
        "steps": _rows(session, Step, Step.version_id.in_(versions)),
        "bookings": _rows(session, Booking, Booking.request_id == request.id),
        "events": _rows(session, Event, Event.request_id == request.id),
    }


def _looked(session: Session, concerned: Collection[str]) -> list[Record]:
    """Return the lines of the log about a person, their requests and trips, with who it was."""
    log = Table.metadata.tables["looked"]
    rows = session.execute(
        select(log, Person.name, Request.reference)
        .join(Person, log.c.person_id == Person.id, isouter=True)
        .join(Request, log.c.about == Request.id, isouter=True)
        .where(log.c.about.in_(concerned))
        .order_by(log.c.id)
    )
    return [_plain(row._mapping.items()) for row in rows]


def _known(person: Person, organisation: Organisation) -> Record:
    unit = next((p.unit for p in organisation.people if p.subject == person.subject), "")
    rooms = [(unit.id, unit.holders) for unit in organisation.units]
    rooms += [(body.id, body.holders) for body in organisation.bodies]
    functions = sorted(
        f"{function} ({room})"
        for room, holders in rooms
        for function, names in holders.items()
        if person.subject in names
    )
    roles = sorted(role for role, names in organisation.roles.items() if person.subject in names)
    return {"unit": unit, "functions": functions, "roles": roles}


def _rows(session: Session, table: type[Table], chosen: Any) -> list[Record]:
    return [_row(row, table.__table__) for row in session.scalars(select(table).where(chosen))]


def _row(row: Table, table: Any) -> Record:
    return _plain((column.name, getattr(row, column.key)) for column in table.columns)


def _plain(pairs: Iterable[tuple[Any, Any]]) -> Record:
    return {str(name): _value(value) for name, value in pairs if name not in _SECRET}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _without_others(table: str, row: Iterable[tuple[Any, Any]]) -> Record:
    others = _OF_OTHERS.get(table, ())
    return _plain((name, value) for name, value in row if name not in others)


def _pointing_tables() -> list[tuple[SqlTable, list[ForeignKey]]]:
    """Return every other table with the columns that point to a person."""
    found = []
    for table in Table.metadata.sorted_tables:
        keys = [key for key in table.foreign_keys if key.column.table.name == "person"]
        if keys and table.name not in _TOLD_APART:
            found.append((table, keys))
    return found
