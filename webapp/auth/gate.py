"""Every request passes here before its view: who asks, may they, and is the form ours."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response

from webapp.auth.identity import SignIn, UntrustedProxyError
from webapp.auth.kept import keep_form
from webapp.auth.people import person_of, stands_in_for_somebody
from webapp.auth.permission import PUBLIC, declared_bytes, declared_roles
from webapp.auth.sessions import LONGEST, last_person, person_of_session
from webapp.auth.visitor import Visitor, roles_of, visitor_or_none
from webapp.organisation import Organisation
from webapp.store import Store
from webapp.store.tables import Person

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_log = logging.getLogger("travelplan.auth")
_csrf = CSRFProtect()


def guard(app: Flask) -> None:
    """Let no request reach a view that its route does not allow."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = int(LONGEST.total_seconds())
    app.config["WTF_CSRF_SSL_STRICT"] = False
    _csrf.init_app(app)
    app.before_request(_let_through)


def _let_through() -> Response | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions[request.endpoint]
    needed = declared_roles(view)
    g.visitor = _visitor()
    if PUBLIC not in needed:
        here = visitor_or_none()
        if here is None:
            return _ask_to_sign_in()
        if not needed & here.roles:
            abort(403)
        request.max_content_length = declared_bytes(view) or request.max_content_length
    return _check_form() if request.method in UNSAFE else None


def _visitor() -> Visitor | None:
    sign_in = cast("SignIn | None", current_app.extensions.get("sign_in"))
    if sign_in is None:
        return None
    store = cast("Store", current_app.extensions["store"])
    person = _person(sign_in, store)
    if person is None:
        return None
    with store.read() as session:
        stands_in = stands_in_for_somebody(session, person.id, datetime.now(UTC).date())
    organisation = cast("Organisation", current_app.extensions["organisation"])
    return Visitor(person, roles_of(person, organisation, stands_in=stands_in))


def _person(sign_in: SignIn, store: Store) -> Person | None:
    if sign_in.by_session:
        return person_of_session(store)
    try:
        identity = sign_in.identity_of(request)
    except UntrustedProxyError:
        _log.warning(
            "a sign-in header from an address that may not send it: %s", request.remote_addr
        )
        abort(403)
    return person_of(identity, store) if identity else None


def _ask_to_sign_in() -> Response:
    """Send a reader to sign in and back; what a form held is kept for after."""
    sign_in = cast("SignIn | None", current_app.extensions.get("sign_in"))
    if sign_in is None:
        abort(404)
    if not sign_in.by_session:
        abort(401)
    back = request.full_path.rstrip("?")
    if request.method in UNSAFE:
        person_id = last_person(cast("Store", current_app.extensions["store"]))
        if person_id is None:
            abort(401)
        back = keep_form(person_id)
    return redirect(url_for("auth.choose", next=back))


def _check_form() -> Response | None:
    """Refuse what another site sends; show a form whose page had expired again, filled in."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(400)
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(400)
    try:
        _csrf.protect()
    except CSRFError:
        here = visitor_or_none()
        if here is None:
            abort(400)
        return redirect(keep_form(here.id), 303)
    return None
