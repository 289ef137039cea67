"""Trips that should not count, taken out of the register by hand, and put back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.hr.frozen import FrozenVerdict
from webapp.hr.matching import Matcher, match_trips
from webapp.hr.own_trips import OWN, register_travelled
from webapp.hr.registering import Registrar
from webapp.store.looked import DECIDED, note
from webapp.store.register import MadeTrip
from webapp.store.tables import Person, Request
from webapp.store.taken_out import TakenOut

LEAST_REASON, MOST_REASON = 5, 200
TAKEN_OUT, PUT_BACK = "taken out", "put back"
_MATCHED_BY = ("id", "trip_id", "traveller", "unit", "destination_id", "depart", "back")


class OtherTripCountsError(Exception):
    """The request that told of a trip has a booked trip by now: both would count."""


def take_out(
    session: Session, trip: MadeTrip, reason: str, person: Person, registrar: Registrar
) -> TakenOut:
    """Let a trip count nowhere any more; its row stays, so that it can be put back.

    The request of a booked trip is free for another. What its traveller told counts again, if they
    told already.
    """
    is_own = trip.matched == OWN
    taken = TakenOut(
        id=trip.id,
        row_key=trip.row_key,
        request_id=trip.request_id if is_own else None,
        traveller=trip.traveller,
        last_day=max(trip.depart, trip.back or trip.depart),
        invented=trip.invented,
        trip=TakenOut.row_of(trip),
        grounds_id=trip.grounds_id,
        reason=reason,
        taken_by=person.id,
    )
    request = session.get(Request, trip.request_id) if trip.request_id else None
    session.delete(trip)
    session.add(taken)
    session.flush()
    if request and not is_own and request.status == "travelled":
        register_travelled(session, request, registrar)
    note(session, person.id, DECIDED, _about(taken), trip=TAKEN_OUT, id=taken.id)
    return taken


def put_back(session: Session, taken: TakenOut, person: Person, registrar: Registrar) -> str:
    """Let a trip count again, and return its id.

    A booked trip is matched to requests anew; a trip that a request told of comes as it was told
    last.

    Raises:
        OtherTripCountsError: a booked trip belongs to that request by now.
    """
    request = session.get(Request, taken.request_id) if taken.request_id else None
    if request and session.scalar(select(MadeTrip.id).where(MadeTrip.request_id == request.id)):
        raise OtherTripCountsError
    session.delete(taken)
    session.flush()
    if request is None or not register_travelled(session, request, registrar):
        _store(session, taken, registrar)
    trips = select(MadeTrip.id).where(MadeTrip.row_key == taken.row_key)
    id_ = session.scalars(trips).one()
    note(session, person.id, DECIDED, _about(taken), trip=PUT_BACK, id=id_)
    return id_


def _store(session: Session, taken: TakenOut, registrar: Registrar) -> None:
    """Put a trip into the register as it stood; a booked one is not yet that of a request."""
    trip = taken.as_trip()
    trip.request_id = taken.request_id
    if trip.batch_id:
        trip.matched = trip.digital = ""
        if taken.trip["request_id"] and taken.grounds:
            _by_the_day(trip.verdict_of_day, taken.grounds.record).put_on(trip)
    session.add(trip)
    session.flush()
    if trip.batch_id:
        row = {name: getattr(trip, name) for name in _MATCHED_BY}
        match_trips(session, [row], Matcher(session, registrar.organisation, registrar.pseudonyms))


def _by_the_day(verdict: str, record: dict[str, Any]) -> FrozenVerdict:
    """Return what the rule of its day says of a trip, from what its judgement rests on."""
    return FrozenVerdict(
        verdict=verdict,
        outcome=record["outcome"] or "",
        rule=record["rule"] or "",
        scheme_version=record["version"] or "",
        reason=str(record["reason_code"]).split("; ")[0],
    )


def _about(taken: TakenOut) -> str:
    """Return whom the log says that it concerns: the request, or the trip without one."""
    return str(taken.trip["request_id"] or taken.id)
