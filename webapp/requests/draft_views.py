"""The pages on which a request is filled in: who and why, the choice, the check."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from travelplan import InputError
from webapp.advice.question import DRAFT, Question
from webapp.advice.views import recommended
from webapp.auth import SIGNED_IN, open_to, visitor
from webapp.auth.kept import kept_fields, kept_without
from webapp.requests import beginning
from webapp.requests.choosing import without_confidential_text
from webapp.requests.draft_pages import already_page, check_page, choice_page, who_page
from webapp.requests.drafts import Filled, Part, keep
from webapp.requests.filing import AlreadyFiledError, NotChangeableError
from webapp.requests.looking import note_requests
from webapp.requests.room import blueprint, organisation, own_draft, store
from webapp.requests.sending import name_of, send_draft
from webapp.requests.typed import first_values
from webapp.store.tables import Draft

_NOT_ANSWERS = frozenset({"csrf_token", "draft", "then", "seen"})
Page = str | tuple[str, int] | Response


@blueprint.route("/new", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def new() -> Page:
    """Show the first form for the question of the address; sent, it begins a draft."""
    question = Question(request.args.to_dict(flat=False))
    if not question["destination"]:
        return redirect(url_for("advice.form"))
    try:
        question = question.on(recommended(question).trip.depart)
    except InputError:
        return _begin(question) if request.method == "POST" else _to_question(question)
    if request.method == "POST":
        return _begin(question)
    if question.digital == "online":
        return _to_question(question)
    with store().read() as session:
        kept = kept_fields()
        begun = beginning.begun(session, question) if kept is None else None
        if begun is not None:
            return redirect(url_for("requests.who", id_=begun.id))
        fields = beginning.first_fields(session, question) if kept is None else kept
        draft = beginning.new_draft(session, question, fields.get("draft", ""))
        keep(draft, "who", first_values(fields.items(), _NOT_ANSWERS), sent=False)
        if draft.request_id:
            return already_page(session, draft.request_id)
        action = url_for("requests.new", **question.asking())  # type: ignore[arg-type]
        return who_page(session, _filled(draft, session), action)


def _begin(question: Question) -> Page:
    with store().write() as session:
        draft = beginning.draft_of(session, question, request.form.get("draft", ""))
        if draft.request_id is None:
            _take(draft, "who")
        session.add(draft)
        session.flush()
        id_ = draft.id
    return _judged(id_, "who")


@blueprint.get("/drafts/<id_>")
@open_to(SIGNED_IN)
def resume(id_: str) -> Page:
    """Go to the first page that still has to be filled in."""
    with store().read() as session:
        return _to_next(_filled(own_draft(session, id_), session))


@blueprint.route("/drafts/<id_>/who", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def who(id_: str) -> Page:
    """Show or take who travels, why, and on whose money."""
    return _form("who", id_)


@blueprint.route("/drafts/<id_>/choice", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@kept_without(without_confidential_text)
def choice(id_: str) -> Page:
    """Show or take how one travels, and why if the scheme does not simply allow it."""
    return _form("choice", id_)


@blueprint.route("/drafts/<id_>/check", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def check(id_: str) -> Page:
    """Show everything before it is sent; send it, once."""
    with store().read() as session:
        draft = own_draft(session, id_)
        if draft.request_id:
            return already_page(session, draft.request_id)
        filled = _filled(draft, session)
        step = _next_step(filled)
        if step != "check":
            return _to_next(filled)
        if request.method != "POST":
            return check_page(session, filled)
    return _send(id_)


@blueprint.route("/drafts/<id_>/discard", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def discard(id_: str) -> Page:
    """Throw a draft away, after asking."""
    if request.method != "POST":
        with store().read() as session:
            draft = own_draft(session, id_)
            return render_template("requests/discard.html", draft=draft)
    with store().write() as session:
        draft = own_draft(session, id_)
        if draft.request_id is None:
            session.delete(draft)
    return redirect(url_for("requests.mine"), 303)


def _send(id_: str) -> Page:
    try:
        request_id = send_draft(id_, request.form.get("seen", ""))
    except AlreadyFiledError as error:
        with store().read() as session:
            page = already_page(session, error.request_id)
        note_requests([error.request_id])
        return page
    except NotChangeableError as error:
        return redirect(url_for("requests.one", id_=error.request_id), 303)
    if request_id is None:
        with store().read() as session:
            filled = _filled(own_draft(session, id_), session)
            if _next_step(filled) != "check":
                return _to_next(filled)
            return check_page(session, filled, moved=True), 409
    return redirect(url_for("requests.one", id_=request_id, sent=1), 303)


def _form(part: Part, id_: str) -> Page:
    if request.method == "POST":
        with store().write() as session:
            draft = own_draft(session, id_)
            if draft.request_id is None:
                _take(draft, part)
        return _judged(id_, part)
    with store().read() as session:
        draft = own_draft(session, id_)
        kept = kept_fields()
        if kept is not None:
            keep(draft, part, first_values(kept.items(), _NOT_ANSWERS), sent=False)
        return _shown(part, draft, session)


def _take(draft: Draft, part: Part) -> None:
    """Keep a form as typed; it is judged unless it was only sent to see it in another language."""
    fields = first_values(request.form.items(multi=True), _NOT_ANSWERS)
    if part == "choice":
        fields = without_confidential_text(fields)
    keep(draft, part, fields, sent=request.form.get("then") != "again")


def _judged(id_: str, part: Part) -> Page:
    """Go on if nothing is wrong, or show the form again with every fault named."""
    with store().read() as session:
        draft = own_draft(session, id_)
        if request.form.get("then") == "again":
            return redirect(url_for(f"requests.{part}", id_=id_), 303)
        filled = _filled(draft, session)
        if draft.request_id is None and _next_step(filled) == part:
            return _shown(part, draft, session), 422  # type: ignore[return-value]
        return _to_next(filled, 303)


def _shown(part: Part, draft: Draft, session: Session) -> Page:
    if draft.request_id:
        return already_page(session, draft.request_id)
    filled = _filled(draft, session)
    step = _next_step(filled)
    if step == "question" or (step == "who" and part != "who"):
        return _to_next(filled)
    if part == "choice":
        return choice_page(filled)
    return who_page(session, filled, url_for("requests.who", id_=draft.id))


def _filled(draft: Draft, session: Session) -> Filled:
    me = visitor().person
    return Filled(draft, organisation(), me.subject, name_of(session, me.issuer))


def _next_step(filled: Filled) -> str:
    """Return the first page to fill in: the question, where it can no longer be answered."""
    try:
        return filled.next_step
    except InputError:
        return "question"


def _to_next(filled: Filled, code: int = 302) -> Response:
    step = _next_step(filled)
    if step == "question":
        return _to_question(filled.asked, **{DRAFT: filled.draft.id})
    return redirect(url_for(f"requests.{step}", id_=filled.draft.id), code)


def _to_question(question: Question, **tied: object) -> Response:
    """Go to the page of the question, which says what is wrong with it."""
    return redirect(url_for("advice.answer", **question.asking(**tied)))  # type: ignore[arg-type]
