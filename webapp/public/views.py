"""The routes of the pages that anyone may read."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import cast

from flask import Blueprint, abort, current_app, render_template, request

from travelplan import Reference
from webapp.auth import PUBLIC, open_to
from webapp.layout import current_language
from webapp.public.destinations import Filter, ListPage
from webapp.public.method import MethodPage
from webapp.public.scheme import Asked, SchemePage, days_of
from webapp.public.trains import TrainsPage

blueprint = Blueprint("public", __name__)

Answer = str | tuple[str, int]


@blueprint.get("/scheme")
@open_to(PUBLIC)
def scheme() -> Answer:
    """Show the version of the scheme that holds today, on a day, or that is named."""
    shown, today = _reference().scheme, date.today()
    asked = Asked.of(request.args, shown, today)
    page = None
    if asked.version:
        page = SchemePage(shown, asked.version, today, current_language())
    versions = [(version, days_of(version)) for version in reversed(shown.versions)]
    text = render_template(
        "public/scheme.html", page=page, asked=asked, scheme=shown, versions=versions
    )
    return text, asked.status


@blueprint.get("/destinations")
@open_to(PUBLIC)
def destinations() -> Answer:
    """Show the list of destinations, or the entries that the address asks for."""
    asked = Filter.of(request.args, current_language())
    page = ListPage(asked, _reference(), date.today(), current_language())
    return render_template("public/destinations.html", page=page), _status(asked.faults)


@blueprint.get("/destinations/trains")
@open_to(PUBLIC)
def trains() -> Answer:
    """Show the cities that the train reaches from where the list counts."""
    page = TrainsPage.of(request.args, _reference(), date.today(), current_language())
    if page is None:
        abort(HTTPStatus.NOT_FOUND)
    return render_template("public/trains.html", page=page), _status(page.fault)


@blueprint.get("/method")
@open_to(PUBLIC)
def method() -> Answer:
    """Show how emissions are estimated."""
    return render_template("public/method.html", page=MethodPage(_reference(), current_language()))


@blueprint.get("/accessibility")
@open_to(PUBLIC)
def accessibility() -> Answer:
    """Show what was tested for people who use the form in another way, and what was not."""
    return render_template("public/accessibility.html")


@blueprint.get("/privacy")
@open_to(PUBLIC)
def privacy() -> Answer:
    """Show what is kept of a person, and what is not."""
    return render_template("public/privacy.html", config=current_app.extensions["config"])


def _status(faults: object) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK


def _reference() -> Reference:
    return cast("Reference", current_app.extensions["reference"])
