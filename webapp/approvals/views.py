"""The pages on which requests are decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from travelplan import FieldProblem, InputError
from travelplan.language import message
from webapp.advice.views import reference
from webapp.approvals.decide import NotYoursError, TooLateError, Typed, decide, verdicts
from webapp.approvals.page import RequestForDeciders
from webapp.approvals.waiting import decided_lately, may_see, stuck, waiting_for
from webapp.auth import ADMINISTRATOR, APPROVER, HR, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.layout import current_language
from webapp.requests.chain import HR_FUNCTION, may_decide, waiting_step
from webapp.requests.looking import opens_request
from webapp.requests.room import desk, organisation, store, today
from webapp.requests.step_line import StepLine
from webapp.store.tables import Request, Step

blueprint = Blueprint("approvals", __name__)

Answer = str | tuple[str, int] | Response
LABELS = {
    "verdict": message("Your decision"),
    "comment": message("Comment for the traveller"),
    "number": message("Number of the decision"),
}
WORDS = {
    "approved": message("Agree"),
    "refused": message("Refuse"),
    "change_asked": message("Ask for a change"),
}
WORDS_OF_HR = {
    "approved": message("Yes, the reason was discussed with HR"),
    "change_asked": message("No, the traveller should contact HR first"),
}


@blueprint.get("/approvals")
@open_to(APPROVER, HR, ADMINISTRATOR)
def waiting() -> str:
    """Show what waits for the visitor, what they decided lately, and what nobody can decide."""
    here = visitor()
    cares = bool(here.roles & {HR, ADMINISTRATOR})
    with store().read() as session:
        return render_template(
            "approvals/list.html",
            waiting=waiting_for(session, here.person, organisation(), today()),
            decided=decided_lately(session, here.person),
            stuck=stuck(session, organisation(), today()) if cares else [],
            is_hr=HR in here.roles,
            decides=bool(here.roles & {APPROVER, HR}),
            unit_of=organisation().unit,
        )


@blueprint.get("/approvals/<request_id>")
@open_to(APPROVER, HR)
@opens_request
def decision(request_id: str) -> Answer:
    """Show a request to who decides, or decided, on it."""
    with store().read() as session:
        return _page(session, _visible(session, request_id), kept_fields() or MultiDict(), {})


@blueprint.post("/approvals/<request_id>")
@open_to(APPROVER, HR)
@opens_request
def decide_on(request_id: str) -> Answer:
    """Take a decision, or show the form again with every fault named."""
    form = request.form
    typed = Typed(form.get("verdict", ""), form.get("comment", ""), form.get("number", ""))
    try:
        with store().write() as session:
            decide(
                session,
                desk(),
                request_id=request_id,
                step_id=form.get("step", ""),
                person=visitor().person,
                typed=typed,
                on=today(),
            )
    except NotYoursError:
        abort(404)
    except TooLateError:
        with store().read() as session:
            page = _page(session, _visible(session, request_id), form, {}, too_late=True)
        return page, 409
    except InputError as error:
        problems: dict[str, list[FieldProblem]] = {}
        for problem in error.problems:
            problems.setdefault(problem.field, []).append(problem)
        with store().read() as session:
            return _page(session, _visible(session, request_id), form, problems), 422
    return redirect(url_for("approvals.done", request_id=request_id), 303)


@blueprint.get("/approvals/<request_id>/done")
@open_to(APPROVER, HR)
@opens_request
def done(request_id: str) -> Answer:
    """Say what the visitor decided, and what happens now."""
    with store().read() as session:
        found = _visible(session, request_id)
        mine = _decided_by_visitor(found)
        if mine is None:
            return redirect(url_for("approvals.decision", request_id=request_id))
        others = len(waiting_for(session, visitor().person, organisation(), today()))
        return render_template(
            "approvals/done.html",
            page=_request_page(session, found),
            verdict=StepLine(mine, "", "").status,
            others=others,
        )


def _visible(session: Session, request_id: str) -> Request:
    found = session.get(Request, request_id)
    if not found or not may_see(session, visitor().person, found, organisation(), today()):
        abort(404)
    return found


def _request_page(session: Session, found: Request) -> RequestForDeciders:
    return RequestForDeciders(session, found, organisation(), reference(), current_language())


def _decided_by_visitor(found: Request) -> Step | None:
    steps = [step for version in found.versions for step in version.steps]
    mine = [step for step in steps if step.decided_by == visitor().id and step.decided_at]
    return max(mine, key=lambda step: str(step.decided_at), default=None)


def _page(
    session: Session,
    found: Request,
    form: Mapping[str, str],
    problems: Mapping[str, Sequence[FieldProblem]],
    *,
    too_late: bool = False,
) -> str:
    person = visitor().person
    name = may_decide(session, person, found.current, organisation(), today())
    step = waiting_step(found.current) if name else None
    of_hr = step is not None and step.function == HR_FUNCTION
    words = WORDS_OF_HR if of_hr else WORDS
    return render_template(
        "approvals/request.html",
        page=_request_page(session, found),
        step=step,
        of_hr=of_hr,
        in_place_of=name if name and name.id != person.id else None,
        verdicts=[(verdict, words[verdict]) for verdict in verdicts(step)] if step else [],
        form=form,
        problems=problems,
        faults=[
            (field, LABELS[field], problem.message)
            for field, found_problems in problems.items()
            for problem in found_problems
        ],
        labels=LABELS,
        too_late=too_late,
    )
