"""The pages on which trips are booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from travelplan import FieldProblem, InputError
from travelplan.language import message
from webapp.auth import BOOKER, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.bookings.book import (
    Job,
    NotOpenError,
    TypedBooking,
    allowed_classes,
    book,
    booked,
    job,
    to_book,
)
from webapp.requests import making
from webapp.requests.looking import opens_request
from webapp.requests.money import as_typed
from webapp.requests.room import store

blueprint = Blueprint("bookings", __name__)

Answer = str | tuple[str, int] | Response
LABELS = {
    "mode": message("There, by"),
    "mode_back": message("Back, by"),
    "travel_class": message("Class"),
    "price": message("Price in euro"),
}


@blueprint.get("/bookings")
@open_to(BOOKER)
def jobs() -> str:
    """Show what has to be booked, and what was."""
    with store().read() as session:
        return render_template(
            "bookings/list.html",
            to_book=to_book(session),
            booked=booked(session),
            done=request.args.get("done", ""),
        )


@blueprint.get("/bookings/<request_id>")
@open_to(BOOKER)
@opens_request
def booking(request_id: str) -> Answer:
    """Show a trip to book, with the form for what was booked."""
    return _page(request_id, kept_fields(), {})


@blueprint.post("/bookings/<request_id>")
@open_to(BOOKER)
@opens_request
def note_booking(request_id: str) -> Answer:
    """Note what was booked, or show the form again with every fault named."""
    typed = TypedBooking(**{name: request.form.get(name, "") for name in LABELS})
    try:
        with store().write() as session:
            book(session, request_id, typed, visitor().person)
    except NotOpenError:
        abort(404)
    except InputError as error:
        problems: dict[str, list[FieldProblem]] = {}
        for problem in error.problems:
            problems.setdefault(problem.field, []).append(problem)
        return _page(request_id, request.form, problems), 422
    return redirect(url_for("bookings.jobs", done="booked"), 303)


def _page(
    request_id: str,
    form: Mapping[str, str] | None,
    problems: Mapping[str, Sequence[FieldProblem]],
) -> str:
    with store().read() as session:
        try:
            found = job(session, request_id)
        except NotOpenError:
            abort(404)
        return render_template(
            "bookings/trip.html",
            job=found,
            allowed=allowed_classes(found.version),
            form=_filled(found) if form is None else form,
            problems=problems,
            faults=[
                (field, LABELS[field], problem.message)
                for field in LABELS
                for problem in problems.get(field, ())
            ],
            labels=LABELS,
            choices_of_mode=making.modes(),
            choices_of_class=making.classes(),
        )


def _filled(found: Job) -> MultiDict[str, str]:
    """Return what the form holds at first: what was booked before, or else what was chosen."""
    note = found.booking
    if note is None:
        return MultiDict({"mode": found.version.mode, "mode_back": found.version.mode_back})
    return MultiDict(
        {
            "mode": note.mode,
            "mode_back": note.mode_back,
            "travel_class": note.travel_class,
            "price": as_typed(note.cost_cents),
        }
    )
