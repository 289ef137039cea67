"""The dashboard: the figures of the register, filtered by the address."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template, request
from sqlalchemy.orm import Session

from travelplan.language import Message, message
from webapp.advice.question import DIGITAL
from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.dashboard_filter import LABELS, Asked, Offered, read_asked
from webapp.hr.dashboard_page import MOST_DESTINATIONS, DashboardPage
from webapp.hr.figures import destinations_of, figures_of
from webapp.hr.figures_coverage import coverage_of
from webapp.hr.figures_published import published_share
from webapp.hr.figures_requests import digital_answers, planned_by_unit
from webapp.hr.figures_words import unit_name, word_of
from webapp.hr.room import blueprint, organisation, store
from webapp.hr.trips import count_differing
from webapp.layout import current_language

Page = str | tuple[str, int]
_EVERY: Mapping[str, Message] = {
    "year": message("All years"),
    "unit": message("All units"),
    "mode": message("All modes"),
    "outcome": message("All levels"),
    "verdict": message("All verdicts"),
    "role": message("All roles"),
    "differs": message("All trips"),
}


@blueprint.get("/dashboard")
@open_to(HR)
def dashboard() -> Page:
    """Show the figures of the trips that the address asks for."""
    with store().read() as session:
        offered = Offered.of(session)
        asked = read_asked(request.args, session, offered)
        context = {
            "asked": asked,
            "choices": choices(offered),
            "labels": LABELS,
            "digital": DIGITAL,
        }
        if asked.faults:
            return render_template("hr/dashboard.html", page=None, **context), 422
        page = _page(session, asked)
        return render_template(
            "hr/dashboard.html",
            page=page,
            coverage=coverage_of(session, page.figures),
            answers=digital_answers(page.planned.values()),
            differing=count_differing(session, asked.choice),
            **context,
        )


def choices(offered: Offered) -> dict[str, list[tuple[str, str]]]:
    """Return what each list of the filter offers, in the words of the reader."""
    say, body = current_language().say, organisation()
    every = {name: say(text) for name, text in _EVERY.items()}
    found = {
        name: [
            (value, unit_name(value, body, current_language()) if name == "unit" else say(word))
            for value in values
            for word in [word_of(name, value) if name != "unit" else value]
            if value
        ]
        for name, values in offered.values.items()
    }
    found["year"] = [(str(year), str(year)) for year in offered.years]
    return {name: [("", every[name]), *options] for name, options in found.items()}


def _page(session: Session, asked: Asked) -> DashboardPage:
    return DashboardPage(
        figures_of(session, asked.choice),
        destinations_of(session, asked.choice, MOST_DESTINATIONS),
        planned_by_unit(session, asked.choice),
        organisation(),
        reference(),
        current_language(),
        published_share(organisation()) if asked.choice.is_whole else None,
    )
