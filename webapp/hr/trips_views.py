"""The list of trips behind the figures, filtered by the address like the dashboard."""

from __future__ import annotations

from flask import render_template, request

from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.council import page_number
from webapp.hr.dashboard import Page, choices
from webapp.hr.dashboard_filter import LABELS, Offered, read_asked
from webapp.hr.room import blueprint, organisation, store
from webapp.hr.trips import A_PAGE, TripsPage, count_trips, trips_of
from webapp.layout import current_language


@blueprint.get("/trips")
@open_to(HR)
def trips() -> Page:
    """Show the trips that the address asks for, one in a line and without names."""
    with store().read() as session:
        offered = Offered.of(session)
        asked = read_asked(request.args, session, offered)
        context = {"asked": asked, "choices": choices(offered), "labels": LABELS}
        if asked.faults:
            return render_template("hr/trips.html", page=None, **context), 422
        count = count_trips(session, asked.choice)
        at = page_number(request.args.get("page", ""), -(-count // A_PAGE))
        rows = trips_of(session, asked.choice, (at - 1) * A_PAGE)
    page = TripsPage(count, rows, at, organisation(), reference(), current_language())
    return render_template("hr/trips.html", page=page, **context)
