"""One trip of the register, and taking out by hand what should not count."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from travelplan import InputError
from travelplan.language import message
from webapp.advice.views import reference
from webapp.auth import HR, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.hr.room import blueprint, organisation, pseudonyms, registrar, store
from webapp.hr.taking_out import (
    LEAST_REASON,
    MOST_REASON,
    OtherTripCountsError,
    put_back,
    take_out,
)
from webapp.hr.trip_page import TripPage
from webapp.hr.trips import TakenOutLine
from webapp.layout import current_language
from webapp.requests.looking import note_opened, note_requests
from webapp.requests.typed import Faults, Typed, first_values
from webapp.store.register import MadeTrip
from webapp.store.tables import Person, Request
from webapp.store.taken_out import TakenOut

Page = str | tuple[str, int] | Response
LABELS = {"reason": message("Why should it not count?")}


@blueprint.get("/trips/<trip_id>")
@open_to(HR)
def trip(trip_id: str) -> Page:
    """Show everything that is known of a trip, but not who travelled."""
    with store().read() as session:
        found = session.get(MadeTrip, trip_id)
        if found is None:
            return _to_taken_out(session, trip_id)
        shown = render_template("hr/trip.html", page=_page(session, found))
    _note(found)
    return shown


@blueprint.get("/trips/<trip_id>/take-out")
@open_to(HR)
def ask_take_out(trip_id: str) -> Page:
    """Ask why a trip should not count, and say what comes of it."""
    kept = kept_fields()
    return _asked(trip_id, first_values(kept.items()) if kept else {}, Faults())


@blueprint.post("/trips/<trip_id>/take-out")
@open_to(HR)
def take_trip_out(trip_id: str) -> Page:
    """Take a trip out; a second time changes nothing."""
    fields = first_values(request.form.items(multi=True))
    try:
        reason = _reason(fields)
    except InputError as error:
        return _asked(trip_id, fields, Faults.of(error))
    puts = registrar()
    with store().write() as session:
        found = session.get(MadeTrip, trip_id, with_for_update=True)
        if found is None:
            return _to_taken_out(session, trip_id)
        take_out(session, found, reason, visitor().person, puts)
    return redirect(url_for("hr.taken_out", done="out", _anchor=trip_id), 303)


@blueprint.get("/trips/taken-out")
@open_to(HR)
def taken_out() -> str:
    """Show what was taken out, why, when and by whom, the newest first."""
    return _list(request.args.get("done", ""))


@blueprint.post("/trips/taken-out/<trip_id>/put-back")
@open_to(HR)
def put_trip_back(trip_id: str) -> Page:
    """Let a trip count again, unless its request has another trip by now."""
    puts = registrar()
    try:
        with store().write() as session:
            taken = session.get(TakenOut, trip_id, with_for_update=True)
            if taken is None:
                return redirect(url_for("hr.taken_out"), 303)
            id_ = put_back(session, taken, visitor().person, puts)
    except OtherTripCountsError:
        return _list("other"), 409
    return redirect(url_for("hr.trip", trip_id=id_, done="back"), 303)


def _asked(trip_id: str, fields: dict[str, str], faults: Faults) -> Page:
    with store().read() as session:
        found = session.get(MadeTrip, trip_id)
        if found is None:
            return _to_taken_out(session, trip_id)
        shown = render_template(
            "hr/take_out.html",
            page=_page(session, found),
            typed=fields,
            faults=faults,
            labels=LABELS,
            least=LEAST_REASON,
            most=MOST_REASON,
        )
    _note(found)
    return (shown, 422) if faults.problems else shown


def _reason(fields: dict[str, str]) -> str:
    typed = Typed(fields)
    needed = message("Say why this trip should not count. The reason is kept with it.")
    reason = typed.text("reason", least=LEAST_REASON, most=MOST_REASON, needed=needed)
    typed.check()
    return reason


def _to_taken_out(session: Session, trip_id: str) -> Response:
    """Go to where a trip that was taken out stands; there is none of any other id."""
    if session.get(TakenOut, trip_id) is None:
        abort(404)
    return redirect(url_for("hr.taken_out", _anchor=trip_id), 303)


def _page(session: Session, found: MadeTrip) -> TripPage:
    asked = session.get(Request, found.request_id) if found.request_id else None
    here = (organisation(), reference(), current_language())
    return TripPage(found, *here, asked)


def _list(done: str) -> str:
    with store().read() as session:
        taken: Any = session.execute(
            select(TakenOut, Person.name)
            .join(Person, TakenOut.taken_by == Person.id)
            .order_by(TakenOut.taken_at.desc(), TakenOut.id)
        )
        here = (organisation(), reference(), current_language())
        lines = [TakenOutLine(one, name, *here) for one, name in taken]
    return render_template("hr/taken_out.html", lines=lines, done=done)


def _note(found: MadeTrip) -> None:
    """Note that the visitor is shown a trip, unless it is their own."""
    if found.request_id:
        note_requests([found.request_id])
    elif found.traveller not in pseudonyms().all_of(visitor().person):
        note_opened([found.id])
