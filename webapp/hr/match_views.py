"""The page on which HR says whether a booked trip is that of a request."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from travelplan.scheme.words import MODES
from webapp.auth import HR, open_to, visitor
from webapp.hr.matching import settle
from webapp.hr.room import blueprint, organisation, store
from webapp.requests.looking import note_requests
from webapp.store.looked import DECIDED, note
from webapp.store.register import MadeTrip, PossibleMatch
from webapp.store.tables import Request

MOST_SHOWN = 20


def count_doubtful(session: Session) -> int:
    """Return how many booked trips may belong to a request and wait for an answer."""
    trips = func.count(func.distinct(PossibleMatch.trip_id))
    return session.scalar(select(trips).where(PossibleMatch.answer.is_(None))) or 0


@blueprint.get("/matches")
@open_to(HR)
def matches() -> str:
    """Show the booked trips that may belong to a request, each with what speaks for it."""
    with store().read() as session:
        open_ = session.execute(
            select(PossibleMatch, MadeTrip, Request)
            .join(MadeTrip, PossibleMatch.trip_id == MadeTrip.id)
            .join(Request, PossibleMatch.request_id == Request.id)
            .where(PossibleMatch.answer.is_(None))
            .order_by(MadeTrip.depart, MadeTrip.id, Request.reference)
        ).all()
        shown = [(possible, trip, asked, asked.current) for possible, trip, asked in open_]
        page = render_template(
            "hr/matches.html",
            shown=shown[:MOST_SHOWN],
            left=max(0, len(shown) - MOST_SHOWN),
            modes=MODES,
            units={unit.id: unit.name.words for unit in organisation().units},
        )
    note_requests(asked.id for _, _, asked, _ in shown[:MOST_SHOWN])
    return page


@blueprint.post("/matches/<id_>")
@open_to(HR)
def settle_match(id_: str) -> Response:
    """Keep the answer to one of them."""
    answer = request.form.get("same", "")
    if answer not in {"yes", "no"}:
        abort(400)
    with store().write() as session:
        possible = session.get(PossibleMatch, id_)
        if possible is None:
            abort(404)
        if possible.answer is None:
            settle(session, possible, visitor().person, same=answer == "yes")
            note(session, visitor().id, DECIDED, possible.request_id, same_trip=answer)
    return redirect(url_for("hr.matches"), 303)
