"""The trips of an invented city in the register: filled in for trying things out, and taken out."""

from __future__ import annotations

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from webapp.hr.looked import FILLED, note
from webapp.store.register import Grounds, MadeTrip, PossibleMatch

DEMO_DATA = "demo data"


def count_invented(session: Session) -> int:
    """Return how many invented trips the register holds."""
    return session.scalar(select(func.count()).where(MadeTrip.invented)) or 0


def remove(session: Session, person_id: str | None) -> int:
    """Take every invented trip out of the register, and nothing else; return how many there were.

    `person_id` is who does it; None for a command on the server.
    """
    count = count_invented(session)
    if not count:
        return 0
    invented = select(MadeTrip.id).where(MadeTrip.invented)
    session.execute(delete(PossibleMatch).where(PossibleMatch.trip_id.in_(invented)))
    session.execute(delete(MadeTrip).where(MadeTrip.invented))
    session.execute(delete(Grounds).where(~exists().where(MadeTrip.grounds_id == Grounds.sha256)))
    note(session, person_id, FILLED, DEMO_DATA, removed=count)
    return count
