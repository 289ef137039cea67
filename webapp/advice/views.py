"""The pages: the question, and the answer."""

from __future__ import annotations

from typing import cast

from flask import (
    Blueprint,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from travelplan import (
    InputError,
    Recommendation,
    Reference,
    load_factors,
    parse_trip,
    recommend,
)
from travelplan.files import load_background
from travelplan.report.emissions_words import video_words
from travelplan.report.map import route_svg
from travelplan.scheme.diagram import diagram_svg
from webapp.advice.forms import (
    ROLES,
    VIA_LABEL,
    WAYS,
    Faults,
    TripForm,
    differs_from_defaults,
    via_id,
)
from webapp.advice.page import AnswerPage
from webapp.advice.question import CARRIED, DIGITAL, Question, words_leading_to
from webapp.advice.suggestions import suggestions
from webapp.auth import PUBLIC, open_to
from webapp.layout import current_language

blueprint = Blueprint("advice", __name__)

Answer = str | tuple[str, int] | Response


@blueprint.get("/")
@open_to(PUBLIC)
def form() -> Answer:
    """Show the form, filled in with what the address holds."""
    return _form_page(_question(), Faults.none())


@blueprint.get("/advice")
@open_to(PUBLIC)
def answer() -> Answer:
    """Answer the question that the address holds, or show the form with every fault named."""
    if not request.args.keys() - {"lang"}:
        return redirect(url_for("advice.form"))
    question = _question()
    if question.digital == "online":
        return _online_page(question)
    try:
        found = recommended(question)
    except InputError as error:
        faults = Faults.of(error, question.via, reference().places)
        return _form_page(question, faults), 422
    page = AnswerPage(found, question.on(found.trip.depart), current_language())
    return render_template("advice/answer.html", page=page, day_assumed=not question["depart"])


@blueprint.get("/places")
@open_to(PUBLIC)
def places() -> Response:
    """Return what to offer while a place is being typed."""
    found = suggestions(request.args.get("q", ""), reference().places, current_language())
    return jsonify(found)


@blueprint.get("/advice/route.svg")
@open_to(PUBLIC)
def route() -> Response:
    """Draw the way of one option of a stretch on the map."""
    stretch = _stretch()
    wanted = request.args.get("mode", "")
    journeys = (o.journey for o in stretch.options if o.mode == wanted)
    journey = next(journeys, None)
    if journey is None or not any(leg.path for leg in journey.legs):
        abort(404)
    return _svg(route_svg(journey, load_background(), current_language()))


@blueprint.get("/advice/scheme.svg")
@open_to(PUBLIC)
def diagram() -> Response:
    """Draw the scheme with the path that a stretch took."""
    decision = _stretch().decision
    return _svg(diagram_svg(decision.version, current_language(), decision))


def _stretch() -> Recommendation:
    """Return the stretch that the address names by its number, the only one without a number."""
    try:
        answer = recommended(_question())
    except InputError:
        abort(404)
    parts = answer.parts or (answer,)
    number = request.args.get("part", 1, type=int)
    return parts[number - 1] if 1 <= number <= len(parts) else abort(404)


def _svg(drawing: str) -> Response:
    return Response(drawing, mimetype="image/svg+xml")


def recommended(question: Question) -> Recommendation:
    """Return the answer to a question; raises InputError if it cannot be answered as asked."""
    known = reference()
    if question["factors"]:
        known = known.by_factors(load_factors(question["factors"]))
    trip = parse_trip(question.fields, known.places, listed=known.destinations.listed_ids)
    return recommend(trip, known, non_co2="included" if question.included else "separate")


def reference() -> Reference:
    """Return what answers rest on now."""
    return cast("Reference", current_app.extensions["reference"])


def _question() -> Question:
    return Question(request.args.to_dict(flat=False))


def _form_page(question: Question, faults: Faults) -> str:
    form = TripForm(request.args)
    more = bool(request.args.get("more"))
    spare = 1 + (more and bool(question.via))
    return render_template(
        "advice/form.html",
        form=form,
        faults=faults,
        question=question,
        via=[*question.via, *[""] * spare],
        via_id=via_id,
        via_label=VIA_LABEL,
        roles=ROLES,
        ways=WAYS,
        digital=DIGITAL,
        carried=CARRIED,
        video=video_words(reference().factors, current_language()),
        opened=more or faults.behind_more or differs_from_defaults(form, question.via),
        with_place=lambda field, number, id_: _with_place(question, field, number, id_),
    )


def _online_page(question: Question) -> str:
    return render_template(
        "advice/online.html",
        question=question,
        video=video_words(reference().factors, current_language()),
    )


def _with_place(question: Question, field: str, number: int, place_id: str) -> str:
    """Return the address of the same question with a field settled by a chosen place."""
    places = reference().places
    place = places.get(place_id)
    typed = words_leading_to(place, places, current_language()) if place else place_id
    settled: object = typed
    if field == "via":
        settled = [typed if i == number else name for i, name in enumerate(question.via)]
    return url_for("advice.answer", **question.asking(**{field: settled}))  # type: ignore[arg-type]
