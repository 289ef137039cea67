"""Trips destroyed at their date, under a series of the archive and never without one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from webapp.hr.forgetting import last_day
from webapp.hr.registering import forget_grounds
from webapp.hr.retention_plan import Forgotten
from webapp.store.register import MadeTrip, PossibleMatch, Visit
from webapp.store.tables import Booking, Draft, Event, Mail, Request, Step, Version
from webapp.store.taken_out import TakenOut

_CHUNK = 400


class NoSeriesError(Exception):
    """Public records may only be destroyed under a series of the archive."""


def destroy(session: Session, day: date, series: str, done: Forgotten) -> None:
    """Destroy the trips that ended before a day, and add to `done` what went.

    Raises:
        NoSeriesError: no series was named.
    """
    if not series:
        raise NoSeriesError
    _trips(session, day, done)
    _requests(session, day, done)
    done.counts["visits destroyed"] += _gone(session, delete(Visit).where(Visit.last_day < day))
    moment = datetime.combine(day, time.min, UTC)
    done.counts["mails destroyed"] += _gone(session, delete(Mail).where(Mail.queued_at < moment))
    forget_grounds(session)


def _trips(session: Session, day: date, done: Forgotten) -> None:
    old = func.coalesce(MadeTrip.back, MadeTrip.depart) < day
    ids = select(MadeTrip.id).where(old)
    session.execute(delete(PossibleMatch).where(PossibleMatch.trip_id.in_(ids)))
    done.counts["trips destroyed"] += _gone(session, delete(MadeTrip).where(old))
    aside = delete(TakenOut).where(TakenOut.last_day < day)
    done.counts["trips destroyed"] += _gone(session, aside)


def _requests(session: Session, day: date, done: Forgotten) -> None:
    old = session.execute(
        select(Request.id, Request.reference)
        .where(last_day(before=day))  # type: ignore[arg-type]
        .order_by(Request.reference)
    ).all()
    for start in range(0, len(old), _CHUNK):
        part = old[start : start + _CHUNK]
        _destroy_requests(session, [id_ for id_, _ in part])
        done.destroyed += [reference for _, reference in part]
    done.counts["requests destroyed"] += len(old)


def _destroy_requests(session: Session, ids: list[str]) -> None:
    versions = select(Version.id).where(Version.request_id.in_(ids))
    session.execute(delete(PossibleMatch).where(PossibleMatch.request_id.in_(ids)))
    for trips in (MadeTrip, TakenOut):
        session.execute(update(trips).where(trips.request_id.in_(ids)).values(request_id=None))
    session.execute(delete(Draft).where(or_(Draft.request_id.in_(ids), Draft.changes_id.in_(ids))))
    session.execute(delete(Step).where(Step.version_id.in_(versions)))
    for table in (Version, Booking, Event):
        session.execute(delete(table).where(table.request_id.in_(ids)))
    session.execute(delete(Request).where(Request.id.in_(ids)))


def _gone(session: Session, statement: object) -> int:
    return int(session.execute(statement).rowcount)  # type: ignore[call-overload]
