"""Deciding on a request: by who may, once, with a comment where one is due, never by silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from sqlalchemy.orm import Session

from travelplan import FieldProblem, InputError
from travelplan.language import Message, message
from webapp.requests.chain import HR_FUNCTION, in_whose_name, waiting_step
from webapp.requests.filing import Desk, add_event
from webapp.requests.lock import locked
from webapp.requests.typed import clean
from webapp.store.columns import now
from webapp.store.tables import Person, Request, Step

Verdict = Literal["approved", "refused", "change_asked"]
MOST_COMMENT = 1000
_VERDICTS: tuple[Verdict, ...] = ("approved", "refused", "change_asked")
_OF_HR: tuple[Verdict, ...] = ("approved", "change_asked")
_EVENTS: Mapping[Verdict, str] = {
    "approved": "agreed",
    "refused": "refused",
    "change_asked": "change_asked",
}
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/ -]{2,59}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of a decision holds, as typed."""

    verdict: str = ""
    comment: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that may be taken: a comment where it was due, a number where one was asked."""

    verdict: Verdict
    comment: str
    number: str


class NotYoursError(Exception):
    """The person may not decide on this step, or it does not exist: they are told nothing of it."""


class TooLateError(Exception):
    """The step no longer waits: somebody decided, or the request was changed or taken back."""


def verdicts(step: Step) -> tuple[Verdict, ...]:
    """Return what can be decided on a step; HR only confirms, or sends the traveller to HR."""
    return _OF_HR if step.function == HR_FUNCTION else _VERDICTS


def check(typed: Typed, step: Step) -> Decided:
    """Return the decision of a form.

    HR gives no comment: nothing is ever written down of a confidential reason.

    Raises:
        InputError: naming every wrong field.
    """
    problems: list[FieldProblem] = []
    comment = "" if step.function == HR_FUNCTION else clean(typed.comment).strip()
    number = clean(typed.number).strip() if step.numbered else ""
    if typed.verdict not in verdicts(step):
        problems.append(FieldProblem("verdict", "missing", message("Choose what you decide.")))
    if fault := _comment_fault(typed.verdict, comment, step):
        problems.append(FieldProblem("comment", "missing", fault))
    if fault := _number_fault(typed.verdict, number, step):
        problems.append(FieldProblem("number", "missing", fault))
    if problems:
        raise InputError(problems)
    return Decided(cast("Verdict", typed.verdict), comment, number)


def decide(
    session: Session,
    desk: Desk,
    *,
    request_id: str,
    step_id: str,
    person: Person,
    typed: Typed,
    on: date,
) -> Step:
    """Take a decision; the same one a second time by the same person changes nothing.

    The request is locked first, so that of two people who decide at the same moment the second
    sees what the first decided.

    Raises:
        NotYoursError: this person may not decide on it.
        TooLateError: it no longer waits; nothing is overwritten.
        InputError: naming every wrong field.
    """
    request = locked(session, request_id)
    step = _step(request, step_id)
    if request is None or step is None:
        raise NotYoursError
    name = in_whose_name(session, person, step, desk.organisation, on)
    if step.decided_by == person.id and step.decision == typed.verdict:
        return step
    if name is None or step.waiting_since is None:
        raise NotYoursError
    if request.status != "waiting" or step is not waiting_step(request.current):
        raise TooLateError
    decided = check(typed, step)
    step.decision, step.decided_at, step.decided_by = decided.verdict, now(), person.id
    step.in_place_of = name.id if name.id != person.id else None
    step.comment, step.decision_number = decided.comment, decided.number
    detail = {"step": step.id, "function": step.function, "version": request.current.number}
    add_event(session, request, person, _EVENTS[decided.verdict], **detail)
    follow = {
        "approved": desk.agreed,
        "refused": desk.refused,
        "change_asked": desk.change_asked,
    }
    follow[decided.verdict](session, request)
    return step


def _step(request: Request | None, step_id: str) -> Step | None:
    versions = request.versions if request else []
    return next((s for version in versions for s in version.steps if s.id == step_id), None)


def _comment_fault(verdict: str, comment: str, step: Step) -> Message | None:
    if len(comment) > MOST_COMMENT:
        return message("Write at most {most} characters.", most=MOST_COMMENT)
    if comment or step.function == HR_FUNCTION:
        return None
    if verdict == "refused":
        return message("Say why you refuse: the traveller reads it.")
    if verdict == "change_asked":
        return message("Say what has to change: the traveller reads it.")
    return None


def _number_fault(verdict: str, number: str, step: Step) -> Message | None:
    if not number:
        if step.numbered and verdict == "approved":
            return message("Give the number of the decision, for example 2022_CBS_01284.")
        return None
    if _NUMBER.fullmatch(number):
        return None
    return message(
        "“{given}” is no number of a decision. Write it as the decision has it, for example "
        "2022_CBS_01284.",
        given=number[:60],
    )
