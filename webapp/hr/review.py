"""The review of the list: what should change, and a person's decision on each suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from itertools import groupby
from pathlib import Path
from typing import cast

from flask import abort, current_app, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from travelplan import InputError, Reference
from travelplan.destinations import DestinationList
from travelplan.files import destinations_path, load_destinations, load_parameters
from travelplan.language import Language, Message, Minutes, message
from travelplan.report.upkeep import HEADS, sentence
from travelplan.saving import change_text
from travelplan.upkeep.deciding import (
    NotSuggestedError,
    OtherNowError,
    Reviewer,
    Verdict,
    named,
    sign,
)
from travelplan.upkeep.editing import Ruling
from travelplan.upkeep.parameters import Parameters
from travelplan.upkeep.review import Review, Suggestion, months_before
from travelplan.upkeep.visits import Visit
from webapp.auth import HR, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.hr.invented import count_invented
from webapp.hr.room import blueprint, store
from webapp.layout import current_language
from webapp.requests.typed import Faults, Typed, first_values
from webapp.store.looked import DECIDED, note
from webapp.store.register import MadeTrip

Page = str | tuple[str, int] | Response
LONGEST_WHY = 500
LONGEST_MINUTES = 4
VERDICTS: Mapping[Verdict, Message] = {
    "accept": message("Accept: change the list"),
    "refuse": message("Refuse: leave the list as it is"),
}
EVIDENCE: Mapping[str, Message] = {
    "visits": message("Trips counted"),
    "from": message("From"),
    "to": message("Until"),
    "at least": message("Joins from so many trips"),
    "at most": message("At most"),
    "days since": message("Days since then"),
    "checked": message("Last checked on"),
    "added and never checked": message("Added on, and never checked"),
    "computed for": message("Computed for"),
    "minutes": message("Time by train"),
    "limit": message("Limit of the scheme"),
    "apart": message("Apart"),
}
LABELS: Mapping[str, Message] = {
    "verdict": message("Your decision"),
    "minutes": message("Minutes by train that you looked up"),
    "why": message("Why"),
}


@dataclass(frozen=True)
class Line:
    """A suggestion as the page shows it."""

    item: Suggestion
    language: Language

    @property
    def name(self) -> str:
        """The place."""
        return self.language.say(self.item.place.names)

    @property
    def text(self) -> Message:
        """What it says, with its numbers."""
        return sentence(self.item)

    @property
    def evidence(self) -> Iterator[tuple[Message | str, object]]:
        """The numbers behind it, each with its name."""
        for name, value in self.item.evidence.items():
            told: object = value
            if name in {"minutes", "limit", "apart"}:
                told = Minutes(int(value))
            elif isinstance(value, str):
                told = date.fromisoformat(value)
            yield EVIDENCE[name], told

    @property
    def needs_minutes(self) -> bool:
        """Whether who accepts has to look the minutes up."""
        return self.item.kind == "recheck"

    @property
    def sign(self) -> str:
        """What changes when the suggestion changes."""
        return sign(self.item)


@dataclass(frozen=True)
class ReviewPage:
    """A review as the page shows it."""

    found: Review
    language: Language
    invented: bool

    @property
    def groups(self) -> Iterator[tuple[Message, list[Line]]]:
        """The suggestions of each kind, under what they have in common."""
        for kind, items in groupby(self.found.suggestions, key=lambda item: item.kind):
            yield HEADS[kind], [Line(item, self.language) for item in items]

    @property
    def refused(self) -> list[tuple[Line, object]]:
        """What was refused before and stays away, with the refusal."""
        return [(Line(item, self.language), refusal) for item, refusal in self.found.refused]


@blueprint.get("/list")
@open_to(HR)
def review_list() -> Page:
    """Show what should change in the list, by the trips of the register."""
    with store().read() as session:
        reviewer, invented = _reviewer(session), count_invented(session) > 0
    found = reviewer.review(load_destinations(list_path()))
    page = ReviewPage(found, current_language(), invented)
    decided = reviewer.reference.places.get(request.args.get("done", ""))
    return render_template("hr/list.html", page=page, decided=decided)


@blueprint.get("/list/<suggestion>")
@open_to(HR)
def suggestion(suggestion: str) -> Page:
    """Show one suggestion with its evidence, and the form to decide on it."""
    with store().read() as session:
        reviewer = _reviewer(session)
    listed = load_destinations(list_path())
    found = named(reviewer.review(listed), suggestion)
    if found is None:
        return _gone(NotSuggestedError(suggestion, listed), {}), HTTPStatus.NOT_FOUND
    kept = kept_fields()
    return _decision_page(found, first_values(kept.items()) if kept else {}, Faults())


@blueprint.post("/list/<suggestion>")
@open_to(HR)
def decide(suggestion: str) -> Page:
    """Write the decision into the list, unless somebody else was first."""
    typed = first_values(request.form.items(multi=True))
    with store().read() as session:
        reviewer = _reviewer(session)
    try:
        verdict, ruling = _ruling(typed, suggestion)
        change_text(
            list_path(),
            lambda text: reviewer.decided(text, verdict, suggestion, typed.get("seen", ""), ruling),
        )
    except NotSuggestedError as error:
        return _gone(error, typed), HTTPStatus.CONFLICT
    except OtherNowError as error:
        return _decision_page(error.now, typed, Faults(), moved=True), HTTPStatus.CONFLICT
    except InputError as error:
        found = named(reviewer.review(load_destinations(list_path())), suggestion)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return _decision_page(found, typed, Faults.of(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    with store().write() as session:
        note(session, visitor().id, DECIDED, suggestion, verdict=verdict)
    return redirect(url_for("hr.review_list", done=suggestion.partition(":")[2]), 303)


def count_suggestions(session: Session) -> int:
    """Return how many suggestions wait for a decision."""
    return len(_reviewer(session).review(load_destinations(list_path())).suggestions)


def visits(session: Session, reference: Reference, first: date) -> list[Visit]:
    """Return the trips of the register since a day that start where the list counts from."""
    columns = (MadeTrip.trip_id, MadeTrip.destination_id, MadeTrip.depart, MadeTrip.back)
    here = MadeTrip.origin_id == reference.destinations.origin
    rows = session.execute(
        select(*columns)
        .where(here, MadeTrip.depart >= first)
        .order_by(MadeTrip.depart, MadeTrip.trip_id)
    ).all()
    places = {id_: reference.places.get(id_) for id_ in {row.destination_id for row in rows}}
    seen: set[tuple[str, str]] = set()
    found = []
    for trip, place_id, depart, back in rows:
        place = places[place_id]
        if place and (trip, place_id) not in seen:
            seen.add((trip, place_id))
            found.append(Visit(trip, place, depart, back))
    return found


def list_path() -> Path:
    """Return the file of the list."""
    named_: Path | None = current_app.extensions["config"].destinations
    return named_ or destinations_path()


def parameters_of(listed: DestinationList) -> Parameters:
    """Return the thresholds of a list."""
    return load_parameters(listed.review)


def _reviewer(session: Session) -> Reviewer:
    reference = cast("Reference", current_app.extensions["reference"])
    today = date.today()
    first = months_before(today, parameters_of(reference.destinations).window_months)
    return Reviewer(reference, visits(session, reference, first), parameters_of, today)


def _ruling(typed: Mapping[str, str], id_: str) -> tuple[Verdict, Ruling]:
    reading = Typed(typed)
    verdict = reading.one_of("verdict", VERDICTS, message("Choose whether to accept or refuse."))
    needed = message("Write why you decide so. It is kept in the list.")
    why = reading.line("why", most=LONGEST_WHY, needed=needed)
    minutes = None
    if verdict == "accept" and id_.startswith("recheck:"):
        written = reading.line("minutes", most=LONGEST_MINUTES)
        minutes = int(written) if written.isdecimal() and len(written) <= LONGEST_MINUTES else None
        if not minutes:
            text = message("Look the minutes up and give them, in whole minutes.")
            reading.note("minutes", "missing", text)
    reading.check()
    return cast("Verdict", verdict), Ruling(visitor().person.name, date.today(), why, minutes)


def _decision_page(
    found: Suggestion, typed: Mapping[str, str], faults: Faults, *, moved: bool = False
) -> str:
    with store().read() as session:
        invented = bool(found.trips) and count_invented(session) > 0
    return render_template(
        "hr/suggestion.html",
        invented=invented,
        line=Line(found, current_language()),
        head=HEADS[found.kind],
        typed=typed,
        faults=faults,
        labels=LABELS,
        verdicts=list(VERDICTS.items()),
        longest=LONGEST_WHY,
        moved=moved,
    )


def _gone(error: NotSuggestedError, typed: Mapping[str, str]) -> str:
    """Say that it is no longer suggested, and what somebody decided meanwhile, if they did."""
    place = error.suggestion.partition(":")[2]
    entry = next((entry for entry in error.listed.entries if entry.place == place), None)
    refusal = next((r for r in error.listed.refused if r.suggestion == error.suggestion), None)
    change = entry.history[-1] if entry and entry.history[-1].by else None
    return render_template(
        "hr/suggestion_gone.html",
        name=current_language().say(entry.names.words) if entry else "",
        refusal=refusal,
        change=None if refusal else change,
        why=typed.get("why", ""),
    )
