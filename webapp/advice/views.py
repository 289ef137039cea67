"""The two pages: the question, and the answer."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from travelplan import (
    InputError,
    Recommendation,
    Reference,
    Trip,
    load_factors,
    parse_trip,
    recommend,
)
from travelplan.language import Language
from webapp.advice.forms import TripForm
from webapp.advice.page import AnswerPage, words_leading_to
from webapp.auth import PUBLIC, open_to

blueprint = Blueprint("advice", __name__)

Answer = str | tuple[str, int] | Response


@blueprint.get("/")
@open_to(PUBLIC)
def form() -> Answer:
    """Show the form, filled in with what the address holds."""
    return render_template("advice/form.html", form=TripForm(request.args), problems={})


@blueprint.get("/advice")
@open_to(PUBLIC)
def answer() -> Answer:
    """Answer the question that the address holds, or show the form with every fault named."""
    if not request.args.keys() - {"lang"}:
        return redirect(url_for("advice.form"))
    question = TripForm(request.args)
    try:
        found = _recommend()
    except InputError as error:
        problems = question.problems_by_field(error)
        form_page = render_template(
            "advice/form.html", form=question, problems=problems, with_place=_with_place
        )
        return form_page, 422
    page = AnswerPage(found, _language(), day_assumed=not request.args.get("depart", "").strip())
    return render_template("advice/answer.html", page=page)


def _recommend() -> Recommendation:
    reference = cast("Reference", current_app.extensions["reference"])
    factors = request.args.get("factors", "").strip()
    if factors:
        reference = reference.by_factors(load_factors(factors))
    included = request.args.get("non_co2") == "included"
    return recommend(_trip(reference), reference, non_co2="included" if included else "separate")


def _trip(reference: Reference) -> Trip:
    fields: dict[str, object] = {**request.args.to_dict(), "via": request.args.getlist("via")}
    return parse_trip(fields, reference.places, listed=reference.destinations.listed_ids)


def _with_place(field: str, place_id: str) -> str:
    """Return the address of the same question with a field settled by a chosen place."""
    places = cast("Reference", current_app.extensions["reference"]).places
    place = places.get(place_id)
    typed = words_leading_to(place, places, _language()) if place else place_id
    values: dict[str, object] = {**request.args.to_dict(flat=False), field: typed}
    return url_for("advice.answer", **values)  # type: ignore[arg-type]


def _language() -> Language:
    return cast("Language", g.language)
