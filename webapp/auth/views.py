"""Signing in and out. In the try-out a visitor chooses whom to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from travelplan.language import Message, message
from webapp.auth.addresses import own_path
from webapp.auth.identity import TryOutSignIn
from webapp.auth.people import person_of
from webapp.auth.permission import PUBLIC, SIGNED_IN, open_to
from webapp.auth.sessions import begin_session, end_session
from webapp.layout import current_language
from webapp.organisation import GivenRole, Organisation
from webapp.store import Store

blueprint = Blueprint("auth", __name__)

_ROLES: Mapping[GivenRole, Message] = {
    "booker": message("Books approved trips"),
    "hr": message("Follows up all trips, confirms confidential reasons"),
    "administrator": message("Looks after the application"),
}


@blueprint.get("/sign-in")
@open_to(PUBLIC)
def choose() -> str:
    """Show whom one can be."""
    organisation = cast("Organisation", current_app.extensions["organisation"])
    people = _try_out().people
    may = {person.subject: _may(person.subject, organisation) for person in people}
    return render_template("auth/sign_in.html", people=people, may=may, next=_next())


@blueprint.post("/sign-in")
@open_to(PUBLIC)
def sign_in() -> Response:
    """Be that person from now on, and go where one was going."""
    identity = _try_out().identity(request.form.get("subject", ""))
    if identity is None:
        abort(400)
    store = cast("Store", current_app.extensions["store"])
    begin_session(person_of(identity, store), store)
    return redirect(_next(), 303)


@blueprint.post("/sign-out")
@open_to(SIGNED_IN)
def sign_out() -> Response:
    """Be nobody again."""
    end_session(cast("Store", current_app.extensions["store"]))
    return redirect(url_for("advice.form"), 303)


def _may(subject: str, organisation: Organisation) -> str:
    """Return in words what somebody may do beside asking for advice and filing trips."""
    say = current_language().say
    may = [say(text) for role, text in _ROLES.items() if organisation.has_role(subject, role)]
    if organisation.holds_a_function(subject):
        may.insert(0, say(message("Decides on requests")))
    return "; ".join(may) or say(message("Files trips"))


def _try_out() -> TryOutSignIn:
    found = current_app.extensions.get("sign_in")
    if not isinstance(found, TryOutSignIn):
        abort(404)
    return found


def _next() -> str:
    return own_path(request.values.get("next", ""), url_for("advice.form"))
