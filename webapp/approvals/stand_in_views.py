"""The page on which decisions are handed over for some days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from travelplan import FieldProblem, InputError
from travelplan.language import message
from webapp.approvals.stand_ins import TypedStandIn, arrange, end, may_end, stand_ins_of
from webapp.auth import APPROVER, HR, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.requests.room import organisation, store, today
from webapp.store.tables import Delegation

blueprint = Blueprint("stand_ins", __name__)

Answer = str | tuple[str, int] | Response
LABELS = {
    "giver": message("Who hands over (sign-in name)"),
    "taker": message("Who decides meanwhile (sign-in name)"),
    "first_day": message("First day (dd/mm/yyyy)"),
    "last_day": message("Last day (dd/mm/yyyy)"),
}


@blueprint.get("/approvals/stand-ins")
@open_to(APPROVER, HR)
def show() -> str:
    """Show who stands in for whom, and the form to arrange it."""
    return _page(kept_fields() or MultiDict(), {})


@blueprint.post("/approvals/stand-ins")
@open_to(APPROVER, HR)
def arrange_one() -> Answer:
    """Arrange a stand-in, or show the form again with every fault named."""
    typed = TypedStandIn(**{name: request.form.get(name, "") for name in LABELS})
    here = visitor()
    try:
        with store().write() as session:
            arrange(
                session,
                organisation(),
                typed,
                made_by=here.person,
                for_anyone=HR in here.roles,
                today=today(),
            )
    except InputError as error:
        problems: dict[str, list[FieldProblem]] = {}
        for problem in error.problems:
            problems.setdefault(problem.field, []).append(problem)
        return _page(request.form, problems), 422
    return redirect(url_for("stand_ins.show", done="arranged"), 303)


@blueprint.post("/approvals/stand-ins/<delegation_id>/end")
@open_to(APPROVER, HR)
def end_one(delegation_id: str) -> Answer:
    """End a stand-in."""
    here = visitor()
    with store().write() as session:
        found = session.get(Delegation, delegation_id)
        if not found or not may_end(found, here.person, is_hr=HR in here.roles):
            abort(404)
        end(session, found, today())
    return redirect(url_for("stand_ins.show", done="ended"), 303)


def _page(form: Mapping[str, str], problems: Mapping[str, Sequence[FieldProblem]]) -> str:
    here = visitor()
    is_hr = HR in here.roles
    with store().read() as session:
        return render_template(
            "approvals/stand_ins.html",
            rows=[
                (row, may_end(row, here.person, is_hr=is_hr))
                for row in stand_ins_of(session, here.person, of_everybody=is_hr, today=today())
            ],
            is_hr=is_hr,
            form=form,
            problems=problems,
            faults=[
                (field, LABELS[field], problem.message)
                for field in LABELS
                for problem in problems.get(field, ())
            ],
            labels=LABELS,
            done=request.args.get("done", ""),
        )
