"""A request as HR reads it: what who decides on it sees, and nothing to decide."""

from __future__ import annotations

from flask import abort, render_template

from webapp.advice.views import reference
from webapp.approvals.page import RequestForDeciders
from webapp.auth import HR, open_to
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language
from webapp.requests.looking import opens_request
from webapp.store.tables import Request


@blueprint.get("/requests/<request_id>")
@open_to(HR)
@opens_request
def request_to_read(request_id: str) -> str:
    """Show a request that a trip or a line of the log leads to; of a confidential reason nothing.

    What is opened is written into the log, like everywhere else.
    """
    with store().read() as session:
        found = session.get(Request, request_id)
        if found is None:
            abort(404)
        page = RequestForDeciders(session, found, organisation(), reference(), current_language())
        return render_template(
            "approvals/request.html", page=page, step=None, faults=(), problems={}
        )
