"""Who looks at whom: a page that shows what is not one's own is noted, or it is not shown.

The line is written when the page is made and before it is given: where it cannot be written, the
reader gets the page of a store that fails, and sees nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from flask import make_response
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.auth import Visitor, visitor
from webapp.requests.room import store
from webapp.store.looked import OPENED, note
from webapp.store.tables import Request, Version

View = Callable[..., Any]
_ARGUMENT = "request_id"
_SENT_ON = 3


def opens_request(view: View) -> View:
    """Declare that a route shows the request of its address; who opens it is noted.

    A page that is not there, and one that sends on to another, show nothing.
    """

    @wraps(view)
    def noted(**values: str) -> Any:
        answer = view(**values)
        if make_response(answer).status_code // 100 != _SENT_ON:
            note_requests([values[_ARGUMENT]])
        return answer

    return noted


def note_requests(ids: Iterable[str]) -> None:
    """Note that the visitor is shown requests, but for those that are their own too."""
    with store().read() as session:
        others = [id_ for id_ in dict.fromkeys(ids) if not is_own(session, id_, visitor())]
    note_opened(others)


def note_opened(abouts: Iterable[str]) -> None:
    """Note that the visitor is shown what is about others: a line for each."""
    found = list(abouts)
    if not found:
        return
    with store().write() as session:
        for about in found:
            note(session, visitor().id, OPENED, about)


def is_own(session: Session, request_id: str, here: Visitor) -> bool:
    """Return whether somebody travels by a request, filed it, or goes along on it."""
    request = session.get_one(Request, request_id)
    if here.id in {request.traveller_id, request.filer_id}:
        return True
    along = session.scalars(select(Version.participants).where(Version.request_id == request_id))
    return any(one["name"] == here.person.name for people in along for one in people)
