"""What every page of requests needs: the store, the desk, and whose draft or request it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, abort, current_app
from sqlalchemy.orm import Session

from webapp.auth import visitor
from webapp.organisation import Organisation
from webapp.requests.filing import Desk
from webapp.store import Store
from webapp.store.tables import Draft, Request

blueprint = Blueprint("requests", __name__, url_prefix="/requests")


def store() -> Store:
    """Return where requests are stored."""
    return cast("Store", current_app.extensions["store"])


def organisation() -> Organisation:
    """Return the organisation."""
    return cast("Organisation", current_app.extensions["organisation"])


def desk() -> Desk:
    """Return who takes requests in."""
    return cast("Desk", current_app.extensions["desk"])


def register(session: Session, request: Request) -> None:
    """Put a travelled request into the register."""
    put = cast("Callable[[Session, Request], object]", current_app.extensions["register"])
    put(session, request)


def own_draft(session: Session, id_: str) -> Draft:
    """Return a draft of the visitor; for everybody else there is none."""
    draft = session.get(Draft, id_)
    if draft is None or draft.person_id != visitor().id:
        abort(404)
    return draft


def own_request(session: Session, id_: str) -> Request:
    """Return a request that the visitor filed or travels by; for others there is none."""
    request = session.get(Request, id_)
    if request is None or visitor().id not in {request.traveller_id, request.filer_id}:
        abort(404)
    return request
