"""How a draft begins: for a question of one's own, or one that changes or copies a request."""

from __future__ import annotations

import re

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.advice.question import CHANGES, COPIES, DRAFT, Question
from webapp.auth import visitor
from webapp.requests import choosing
from webapp.requests.room import organisation, own_draft, own_request
from webapp.requests.status import CHANGEABLE
from webapp.requests.units import unit_of
from webapp.requests.who import MYSELF, fields_of
from webapp.store.columns import new_id, now
from webapp.store.tables import Draft, Request

_ID = re.compile(r"[0-9a-f]{32}")


def begun(session: Session, question: Question) -> Draft | None:
    """Return the visitor's draft of this very question, if it is not yet sent."""
    if question[DRAFT]:
        return None
    drafts = select(Draft).where(
        Draft.person_id == visitor().id,
        Draft.request_id.is_(None),
        Draft.changes_id == (question[CHANGES] or None),
    )
    return next((d for d in session.scalars(drafts) if d.question == question.alone), None)


def new_draft(session: Session, question: Question, id_: str = "") -> Draft:
    """Return the draft that a question begins or goes on with; not yet stored."""
    if question[DRAFT]:
        draft = own_draft(session, question[DRAFT])
    else:
        changed = _changed(session, question)
        draft = Draft(
            id=id_ if _ID.fullmatch(id_) else new_id(),
            person_id=visitor().id,
            changed_at=now(),
            question={},
            answers={"choice": choosing.fields_of(changed.current)} if changed else {},
            changes_id=changed.id if changed else None,
        )
    draft.question = question.alone
    return draft


def draft_of(session: Session, question: Question, id_: str) -> Draft:
    """Return the draft that a form belongs to: the one it began before, or a new one.

    A page carries the id of the draft that it begins, so sending it twice begins one.
    """
    found = session.get(Draft, id_) if _ID.fullmatch(id_) else None
    if found is None:
        return new_draft(session, question, id_)
    if found.person_id != visitor().id:
        abort(404)
    if found.request_id is None:
        found.question = question.alone
    return found


def first_fields(session: Session, question: Question) -> dict[str, str]:
    """Return what the first form holds before anybody typed: what is known already."""
    if question[DRAFT]:
        return dict(own_draft(session, question[DRAFT]).answers.get("who", {}))
    fields = {"whose": MYSELF, "payer": "city", "role": question["role"] or "staff"}
    fields["unit"] = unit_of(visitor().person.subject, organisation())
    like = question[CHANGES] or question[COPIES]
    if like:
        request = own_request(session, like)
        fields |= fields_of(request.current, request)
    return fields


def _changed(session: Session, question: Question) -> Request | None:
    if not question[CHANGES]:
        return None
    request = own_request(session, question[CHANGES])
    if request.status not in CHANGEABLE:
        abort(404)
    return request
