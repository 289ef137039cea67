"""Requests that were travelled come into the register too, as the traveller told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from travelplan import Audited, audit_rows, load_trip_words
from travelplan.emissions.factors import CABINS
from webapp.hr.frozen import frozen_verdict
from webapp.hr.registering import Registrar, Row, store_rows
from webapp.store.register import MadeTrip
from webapp.store.tables import Booking, Request, Version
from webapp.store.taken_out import TakenOut

OWN = "own"
"""How a trip is matched that its own request told of."""


def register_travelled(session: Session, request: Request, registrar: Registrar) -> bool:
    """Put a travelled request into the register, anew if what was told is corrected.

    A trip that a supplier's file told of stays as that file says, and one that HR took out stays
    out. Returns whether it is stored: not either where it cannot be judged as it was travelled.
    """
    of_request = MadeTrip.request_id == request.id
    if session.scalar(select(MadeTrip.id).where(of_request, MadeTrip.batch_id.is_not(None))):
        return False
    session.execute(delete(MadeTrip).where(of_request))
    booking, version = request.bookings[-1], request.current
    results = list(
        audit_rows(_rows(request, version, booking), registrar.reference, load_trip_words())
    )
    if len(results) != 1 or not isinstance(results[0], Audited):
        return False
    row = registrar.row(results[0])
    row |= {
        "request_id": request.id,
        "matched": OWN,
        "traveller": registrar.pseudonyms.of_person(request.traveller),
        "row_key": registrar.pseudonyms.sealed(f"request\n{request.id}"),
        "digital": version.digital,
        "record": {"modes": row["record"]["modes"], "booking_id": booking.id},
        **_frozen(version, row),
    }
    return bool(store_rows(session, [row], registrar.grounds))


def register_all_travelled(session: Session, registrar: Registrar) -> int:
    """Put every travelled request that is missing into the register; return how many."""
    found = [session.get_one(Request, id_) for id_ in missing_requests(session)]
    return sum(register_travelled(session, request, registrar) for request in found)


def missing_requests(session: Session) -> list[str]:
    """Return the ids of travelled requests that the register misses; not what HR took out of it."""
    known = [table.request_id == Request.id for table in (MadeTrip, TakenOut)]
    return list(
        session.scalars(
            select(Request.id)
            .where(Request.status == "travelled", *(~exists().where(same) for same in known))
            .order_by(Request.filed_at)
        )
    )


def _frozen(version: Version, row: Row) -> Row:
    found = frozen_verdict(version, row["record"]["modes"])
    return {
        "verdict": found.verdict,
        "outcome": found.outcome,
        "rule": found.rule,
        "scheme_version": found.scheme_version,
        "reason": found.reason,
    }


def _rows(request: Request, version: Version, booking: Booking) -> Iterator[dict[str, Any]]:
    """Yield the trip as rows of an audit: one there and back, or one for each leg."""
    stops = _stops(version)
    modes = [booking.mode, *version.modes[1:-1], booking.mode_back]
    back = version.back or version.depart
    shared = {
        "trip_id": request.reference,
        "travellers": version.travellers,
        "unit": request.unit,
        "role": version.role,
        "reason": version.reason,
        "request": "yes",
    }
    cost = {"cost_eur": "" if booking.cost_cents is None else f"{booking.cost_cents / 100:.2f}"}
    if len(stops) == 2 and booking.mode == booking.mode_back:
        days = {"depart": version.depart.isoformat(), "return": back.isoformat()}
        yield {**shared, **cost, **days, **_leg(stops[0], stops[1], booking.mode, booking)}
        return
    legs = list(pairwise([*stops, stops[0]]))
    if len(modes) != len(legs):
        modes = [booking.mode] * (len(legs) - 1) + [booking.mode_back]
    for i, ((here, there), mode) in enumerate(zip(legs, modes, strict=True)):
        day = back if i == len(legs) - 1 else min(version.depart + timedelta(days=i), back)
        leg = {**_leg(here, there, mode, booking), "leg_no": i + 1, "depart": day.isoformat()}
        yield {**shared, **(cost if i == 0 else {}), **leg}


def _leg(origin: str, destination: str, mode: str, booking: Booking) -> dict[str, Any]:
    cabin = booking.travel_class
    if mode == "plane" and cabin not in CABINS:
        cabin = ""
    return {"origin": origin, "destination": destination, "mode": mode, "class": cabin}


def _stops(version: Version) -> list[str]:
    """Return the ids of the places of a trip in their order, the way home left out."""
    trip = version.evidence["trip"]
    found = [trip["origin"], *trip["via"], trip["destination"]]
    ids = [str(place["id"]) for place in found]
    return ids[:-1] if len(ids) > 2 and ids[-1] == ids[0] else ids
