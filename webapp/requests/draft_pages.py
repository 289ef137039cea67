"""What the pages of a draft show."""

from __future__ import annotations

from datetime import date

from flask import render_template, url_for
from sqlalchemy.orm import Session

from travelplan.language import LANGUAGES, Message
from webapp.advice.forms import ROLES
from webapp.advice.page import AnswerPage
from webapp.advice.question import DRAFT
from webapp.advice.row import Row
from webapp.advice.stretch import Stretch
from webapp.advice.views import reference
from webapp.agenda.entries import near
from webapp.agenda.page import also_goes
from webapp.auth import visitor
from webapp.layout import current_language
from webapp.requests import choosing, who
from webapp.requests.drafts import Filled
from webapp.requests.filing import CONFIDENTIAL
from webapp.requests.room import organisation
from webapp.requests.sending import button_words, to_send
from webapp.requests.summary import QUESTION, Line, Summary
from webapp.requests.units import units_by_body
from webapp.store.tables import Request, Version

_MOST_ROLES = 2


def who_page(session: Session, filled: Filled, action: str) -> str:
    """Return the first form as it is filled in."""
    language = current_language()
    travellers = filled.first_answer.trip.travellers
    changed = filled.draft.changes_id
    typed = filled.typed("who")
    return render_template(
        "requests/who.html",
        page=AnswerPage(filled.first_answer, filled.asked, language),
        draft=filled.draft,
        changed=session.get(Request, changed) if changed else None,
        action=action,
        languages=_languages(action),
        typed=typed,
        faults=filled.faults("who"),
        labels=who.labels_for(travellers),
        travellers=travellers,
        most_rows=who.MOST_ROWS,
        many_from=who.MANY_FROM,
        shortest_why=who.SHORTEST_WHY,
        longest=who.LONGEST_TEXT,
        name_field=who.name_field,
        role_field=who.role_field,
        whose=list(who.WHOSE.items()),
        units=units_by_body(organisation()),
        roles=[pair for n, pair in enumerate(ROLES) if n < _MOST_ROLES or pair[0] == typed["role"]]
        if typed.get("role")
        else ROLES[:_MOST_ROLES],
        payers=list(who.PAYERS.items()),
    )


def choice_page(filled: Filled) -> str:
    """Return the second form as it is filled in."""
    language, action = current_language(), url_for("requests.choice", id_=filled.draft.id)
    ways = filled.ways
    every = [tuple(option.journey.vehicle for option in way.options) for way in ways]
    reasons = {
        reason.code: reason
        for way, modes in zip(ways, every, strict=True)
        if any(way.deviates(mode) for mode in modes)
        for reason in way.decision.may_apply
    }
    return render_template(
        "requests/choice.html",
        page=AnswerPage(filled.answer, filled.question, language),
        draft=filled.draft,
        became_other=filled.became_other,
        action=action,
        languages=_languages(action),
        typed=choosing.with_defaults(filled.typed("choice"), ways, filled.asked),
        faults=filled.faults("choice"),
        labels=choosing.labels_for(ways),
        ways=[
            (
                choosing.mode_field(n),
                choosing.way_label(way),
                [Row(option, way.answer, language, n) for option in way.options],
                Stretch(way.answer, language, n),
            )
            for n, way in enumerate(ways, 1)
        ],
        deviating=" ".join(
            f"{choosing.mode_field(n)}={mode}"
            for n, (way, modes) in enumerate(zip(ways, every, strict=True), 1)
            for mode in modes
            if way.deviates(mode)
        ),
        confidential=CONFIDENTIAL in reasons,
        reasons=[(reason.code, reason.text, _beside(reason)) for reason in reasons.values()],
        shortest=choosing.SHORTEST,
        longest=choosing.LONGEST,
    )


def check_page(session: Session, filled: Filled, *, moved: bool = False) -> str:
    """Return everything that would be sent; `moved` if it is no longer as it was checked."""
    send = to_send(session, filled)
    summary = Summary(
        send.version,
        send.filing.purpose.unit,
        send.traveller.name,
        visitor().person.name,
        organisation(),
        reference(),
        current_language(),
    )
    return render_template(
        "requests/check.html",
        draft=filled.draft,
        summary=summary,
        change=lambda line: _change(line, filled),
        dropped=bool(filled.typed("choice").get("dropped")),
        seen=filled.fingerprint,
        moved=moved,
        for_another=send.for_another,
        button_text=button_words(send, organisation()),
        is_past=filled.answer.trip.depart < date.today(),
        others=_others(session, send.version, send.filing.purpose.unit),
    )


def _others(session: Session, version: Version, unit: str) -> list[Message]:
    """Return which other units go there at about the same time; nobody is named."""
    say = current_language().say
    found = near(session, unit, version.destination_id, version.depart)
    units = {other.unit: organisation().unit(other.unit) for other in found}
    return [
        also_goes(other, say(named.name.words) if (named := units[other.unit]) else other.unit)
        for other in found
    ]


def already_page(session: Session, request_id: str) -> str:
    """Return the page that says that this trip was sent before, once."""
    found = session.get_one(Request, request_id)
    own = visitor().id in {found.traveller_id, found.filer_id}
    return render_template("requests/already.html", found=found, own=own)


def _beside(reason: object) -> object:
    """Return what goes with a reason: what it asks of the traveller."""
    return getattr(reason, "requires", None) or getattr(reason, "proof", None) or ""


def _change(line: Line, filled: Filled) -> str:
    """Return the address of the form where a row can be changed; it leads back to the check."""
    if not line.form:
        return ""
    if line.form == QUESTION:
        asked = filled.asked.asking(**{DRAFT: filled.draft.id})
        if line.field == "digital":
            asked["digital"] = ""  # so that it is asked again
        return url_for("advice.form", **asked, _anchor=line.field)  # type: ignore[arg-type]
    return url_for(f"requests.{line.form}", id_=filled.draft.id, _anchor=line.field)


def _languages(action: str) -> list[tuple[str, str]]:
    """Return the addresses that take the form as it is and show it in another language."""
    path, _, asked = action.partition("?")
    kept = [pair for pair in asked.split("&") if pair and not pair.startswith("lang=")]
    return [(code, f"{path}?{'&'.join([*kept, f'lang={code}'])}") for code in LANGUAGES]
