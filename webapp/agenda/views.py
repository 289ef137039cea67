"""The routes of the calendar: the page, the feed, and visits that are noted by hand."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import cast

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from travelplan import InputError, Reference
from webapp.agenda.entries import entries
from webapp.agenda.feed import as_calendar, is_known, new_address, title
from webapp.agenda.page import KINDS, LABELS, Asked, CalendarPage
from webapp.agenda.visits import LABELS as VISIT_LABELS
from webapp.agenda.visits import read_visit
from webapp.auth import HR, SIGNED_IN, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.auth.permission import PUBLIC
from webapp.layout import current_language
from webapp.organisation import Organisation
from webapp.requests.typed import Faults, first_values
from webapp.requests.units import units_by_body
from webapp.store import Store
from webapp.store.register import Visit

blueprint = Blueprint("agenda", __name__, url_prefix="/calendar")


@blueprint.get("")
@open_to(SIGNED_IN)
def shown() -> str:
    """Show the approved trips and the visits, by month."""
    return _page()


@blueprint.post("/address")
@open_to(SIGNED_IN)
def address() -> str:
    """Make a new secret address for the visitor's calendar program, and show it once."""
    with _store().write() as session:
        token = new_address(session, visitor().id)
    base = current_app.extensions["config"].address
    path = url_for("agenda.feed", token=token)
    return _page(f"{base}{path}")


@blueprint.get("/<token>.ics")
@open_to(PUBLIC)
def feed(token: str) -> Response:
    """Give the calendar to a calendar program that knows a secret address."""
    first, last = Asked.of({}).period(date.today())
    with _store().read() as session:
        if not is_known(session, token):
            abort(HTTPStatus.NOT_FOUND)
        found = entries(session, first - (last - first) // 2, last)
    page = CalendarPage(Asked.of({}), found, _organisation(), current_language())
    text = as_calendar(found, current_language(), page.unit_name)
    return current_app.response_class(text, mimetype="text/calendar")


@blueprint.route("/visits/new", methods=["GET", "POST"])
@open_to(HR)
def note_visit() -> str | tuple[str, int] | Response:
    """Note a visit that comes to us."""
    if request.method == "GET":
        kept = kept_fields()
        return _visit_form(first_values(kept.items()) if kept else {}, Faults())
    typed = first_values(request.form.items(multi=True))
    try:
        read = read_visit(typed, _organisation(), _reference().places)
    except InputError as error:
        return _visit_form(typed, Faults.of(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    with _store().write() as session:
        session.add(Visit(**read, noted_by=visitor().id))
    return redirect(url_for("agenda.shown", past=None if _is_ahead(read) else 1), 303)


@blueprint.post("/visits/<id_>/remove")
@open_to(HR)
def remove_visit(id_: str) -> Response:
    """Take a visit out of the calendar that does not come, or was noted wrongly."""
    with _store().write() as session:
        visit = session.get(Visit, id_)
        if visit is None:
            abort(HTTPStatus.NOT_FOUND)
        session.delete(visit)
    return redirect(url_for("agenda.shown"), 303)


def _page(made: str = "") -> str:
    asked = Asked.of(request.args)
    with _store().read() as session:
        found = entries(session, *asked.period(date.today()))
    page = CalendarPage(asked, found, _organisation(), current_language())
    return render_template(
        "agenda/calendar.html",
        page=page,
        title=lambda entry: title(entry, page.unit_name),
        labels=LABELS,
        kinds=list(KINDS.items()),
        made=made,
        may_note=HR in visitor().roles,
    )


def _visit_form(typed: dict[str, str], faults: Faults) -> str:
    return render_template(
        "agenda/visit.html",
        typed=typed,
        faults=faults,
        labels=VISIT_LABELS,
        units=units_by_body(_organisation()),
    )


def _is_ahead(read: dict[str, object]) -> bool:
    return cast("date", read["last_day"]) >= date.today()


def _store() -> Store:
    return cast("Store", current_app.extensions["store"])


def _organisation() -> Organisation:
    return cast("Organisation", current_app.extensions["organisation"])


def _reference() -> Reference:
    return cast("Reference", current_app.extensions["reference"])
