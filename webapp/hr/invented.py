"""The trips of an invented city in the register: filled in for trying things out, and taken out."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from travelplan import Audited, audit_rows
from travelplan.demo import invented_trips
from travelplan.files import DATA, read_document
from travelplan.sheets import load_trip_words
from webapp.hr.registering import Registrar, forget_grounds, store_rows
from webapp.store.looked import FILLED, note
from webapp.store.register import Looked, MadeTrip, OpenYear, PossibleMatch
from webapp.store.taken_out import TakenOut

DEMO_DATA = "demo data"
_PEOPLE = 150
_STEP = 37


def count_invented(session: Session) -> int:
    """Return how many invented trips the register holds."""
    return session.scalar(select(func.count()).where(MadeTrip.invented)) or 0


def fill(session: Session, registrar: Registrar, person_id: str | None) -> int:
    """Fill the register with the invented trips, each marked; return how many are new.

    Args:
        session: one that writes.
        registrar: what judges and keeps trips.
        person_id: who does it; None for a command on the server.
    """
    rows = invented_trips(read_document(DATA / "demo.yaml"))
    judged = audit_rows(rows, registrar.reference, load_trip_words())
    kept = [
        {**registrar.row(result, traveller=_traveller(number)), "invented": True}
        for number, result in enumerate(judged)
        if isinstance(result, Audited)
    ]
    stored = len(store_rows(session, kept, registrar.grounds))
    note(session, person_id, FILLED, DEMO_DATA, filled=stored)
    return stored


def was_filled(session: Session) -> bool:
    """Return whether invented trips were ever filled in here, or any other trip stands here."""
    ever = select(Looked.id).where(Looked.about == DEMO_DATA)
    return any(session.scalar(found.limit(1)) is not None for found in (ever, select(MadeTrip.id)))


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
    session.execute(delete(OpenYear).where(OpenYear.invented))
    session.execute(delete(TakenOut).where(TakenOut.invented))
    forget_grounds(session)
    note(session, person_id, FILLED, DEMO_DATA, removed=count)
    return count


def _traveller(number: int) -> str:
    """Return one of the invented people for a trip, now one and then another."""
    return f"invented person {number * _STEP % _PEOPLE + 1}"
