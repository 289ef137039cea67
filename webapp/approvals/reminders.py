"""Reminding those who may decide. A request is never decided by silence: it waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from webapp.requests.chain import deciders, waiting_step
from webapp.requests.filing import Desk, add_event
from webapp.requests.lock import locked
from webapp.store import Store
from webapp.store.tables import Request, Step, Version

MOST_REMINDERS = 3


def remind(store: Store, desk: Desk, after: timedelta, moment: datetime) -> int:
    """Remind of every step that has waited so long since the last word; return how many."""
    with store.read() as session:
        waiting = (
            select(Request.id)
            .join(Version)
            .join(Step)
            .where(
                Request.status == "waiting",
                Step.decision.is_(None),
                Step.waiting_since <= moment - after,
                Step.reminders < MOST_REMINDERS,
            )
            .distinct()
        )
        due = session.scalars(waiting).all()
    return sum(_remind_of(store, desk, request_id, after, moment) for request_id in due)


def _remind_of(
    store: Store, desk: Desk, request_id: str, after: timedelta, moment: datetime
) -> bool:
    with store.write() as session:
        request = locked(session, request_id)
        step = waiting_step(request.current) if request and request.status == "waiting" else None
        if request is None or step is None or step.reminders >= MOST_REMINDERS:
            return False
        told = _last_told(request, step)
        if told is None or told > moment - after:
            return False
        people = deciders(session, request.current, desk.organisation, moment.date())
        if not people:
            return False
        step.reminders += 1
        add_event(session, request, None, "reminded", step=step.id)
        desk.notices.reminder(session, request, step, people)
        request.events[-1].at = moment
        return True


def _last_told(request: Request, step: Step) -> datetime | None:
    reminded = [
        event.at
        for event in request.events
        if event.what == "reminded" and event.detail.get("step") == step.id
    ]
    return max(reminded, default=step.waiting_since)
