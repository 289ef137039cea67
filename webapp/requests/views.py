"""The pages of requests that were sent: mine, one of them, and what one can still do with it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from travelplan import InputError
from webapp.advice.views import reference
from webapp.auth import SIGNED_IN, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.layout import current_language
from webapp.requests import making
from webapp.requests.draft_row import DraftRow
from webapp.requests.request_page import RequestPage
from webapp.requests.room import (
    blueprint,
    desk,
    organisation,
    own_request,
    register,
    store,
)
from webapp.requests.status import OPEN
from webapp.requests.typed import Faults, first_values
from webapp.store.tables import Draft, Request

Page = str | tuple[str, int] | Response


@blueprint.get("")
@open_to(SIGNED_IN)
def mine() -> Page:
    """Show the drafts and requests of the visitor: what is open, and what is past."""
    me = visitor().id
    with store().read() as session:
        drafts = session.scalars(
            select(Draft)
            .where(Draft.person_id == me, Draft.request_id.is_(None))
            .order_by(Draft.changed_at.desc())
        )
        filed = session.scalars(
            select(Request)
            .where(or_(Request.traveller_id == me, Request.filer_id == me))
            .order_by(Request.filed_at.desc())
        )
        pages = [_page(session, found) for found in filed]
        return render_template(
            "requests/mine.html",
            drafts=[DraftRow.of(draft, reference(), current_language()) for draft in drafts],
            open=[page for page in pages if page.request.status in OPEN],
            past=[page for page in pages if page.request.status not in OPEN],
        )


@blueprint.get("/<id_>")
@open_to(SIGNED_IN)
def one(id_: str) -> Page:
    """Show a request: how it stands, what was asked, and what the scheme said."""
    with store().read() as session:
        page = _page(session, own_request(session, id_))
        return render_template("requests/one.html", page=page, sent="sent" in request.args)


@blueprint.post("/<id_>/confirm")
@open_to(SIGNED_IN)
def confirm(id_: str) -> Page:
    """The traveller confirms what somebody else filed for them."""
    with store().write() as session:
        desk().confirm(session, own_request(session, id_), visitor().person)
    return redirect(url_for("requests.one", id_=id_), 303)


@blueprint.route("/<id_>/withdraw", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def withdraw(id_: str) -> Page:
    """Take a request back, after asking."""
    if request.method == "GET":
        with store().read() as session:
            page = _page(session, own_request(session, id_))
            return render_template("requests/withdraw.html", page=page)
    with store().write() as session:
        desk().withdraw(session, own_request(session, id_), visitor().person)
    return redirect(url_for("requests.one", id_=id_), 303)


@blueprint.route("/<id_>/travelled", methods=["GET", "POST"])
@open_to(SIGNED_IN)
def travelled(id_: str) -> Page:
    """Take what was really travelled by, once the trip has begun."""
    if request.method == "GET":
        with store().read() as session:
            found = own_request(session, id_)
            kept = kept_fields()
            fields = first_values(kept.items()) if kept else making.first_fields(found)
            return _travelled_page(session, found, fields, Faults())
    fields = first_values(request.form.items(multi=True))
    with store().write() as session:
        found = own_request(session, id_)
        if not _page(session, found).may_tell:
            return _travelled_page(session, found, fields, Faults()), 409
        try:
            made = making.read_made(fields)
        except InputError as error:
            return _travelled_page(session, found, fields, Faults.of(error)), 422
        desk().travelled(session, found, visitor().person, made)
        register(session, found)
    return redirect(url_for("requests.one", id_=id_), 303)


def _travelled_page(
    session: Session, found: Request, fields: dict[str, str], faults: Faults
) -> str:
    return render_template(
        "requests/travelled.html",
        page=_page(session, found),
        typed=fields,
        faults=faults,
        labels=making.LABELS,
        modes=making.modes(),
        classes=making.classes(),
    )


def _page(session: Session, found: Request) -> RequestPage:
    today = datetime.now(UTC).date()
    return RequestPage(
        found, session, organisation(), reference(), current_language(), visitor().id, today
    )
