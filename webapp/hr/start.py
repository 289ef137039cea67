"""The first page of HR: what can be done here."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import func, select

from travelplan.language import Message, message
from webapp.auth import HR, open_to
from webapp.hr.bring_in_store import count_waiting
from webapp.hr.invented import count_invented
from webapp.hr.match_views import count_doubtful
from webapp.hr.review import count_suggestions
from webapp.hr.room import blueprint, store
from webapp.store.register import MadeTrip

PAGES: tuple[tuple[str, Message, Message], ...] = (
    (
        "hr.dashboard",
        message("Dashboard"),
        message("Trips, CO2e, costs and deviations in figures, by year and by unit."),
    ),
    (
        "hr.council",
        message("Answer to the council"),
        message("Flights to places that a train reaches in time: by which unit, and why."),
    ),
    (
        "hr.trips",
        message("Trip by trip"),
        message("The trips behind the figures, each with its grounds; take out what is wrong."),
    ),
    (
        "hr.give_out",
        message("Export and report"),
        message("Trips as a file, the yearly report, and the open data for everybody."),
    ),
    (
        "hr.bring_in",
        message("Bring in what was booked"),
        message("A file of a travel agency or of the accounts: look at it first, then confirm."),
    ),
    (
        "hr.matches",
        message("Doubtful matches"),
        message("Booked trips that may belong to a request: say yes or no."),
    ),
    (
        "hr.review_list",
        message("Review of the list"),
        message("Accept or refuse what should change in the list of destinations."),
    ),
    (
        "hr.what_if",
        message("What if"),
        message("See what another scheme would have changed in the trips that were made."),
    ),
    (
        "hr.log",
        message("Log"),
        message("Who looked at whom, who gave out what, and who decided."),
    ),
)
"""The pages of this room: endpoint, name, and what one does there."""


@blueprint.get("")
@open_to(HR)
def start() -> str:
    """Show what waits for HR, what HR can do, and how many trips the register holds."""
    with store().read() as session:
        return render_template(
            "hr/start.html",
            trips=session.scalar(select(func.count()).select_from(MadeTrip)),
            invented=count_invented(session) > 0,
            waiting=count_waiting(session),
            doubtful=count_doubtful(session),
            suggested=count_suggestions(session),
            pages=PAGES,
        )
