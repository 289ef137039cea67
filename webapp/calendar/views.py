"""The trip as a file for the calendar of who travels."""

from __future__ import annotations

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from webapp.auth import SIGNED_IN, open_to
from webapp.calendar.trip import calendar_of
from webapp.layout import current_language
from webapp.requests.room import config, own_request, store

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/requests/<request_id>/trip.ics")
@open_to(SIGNED_IN)
def trip(request_id: str) -> Response:
    """Give the calendar file of an approved trip to who travels or filed it."""
    with store().read() as session:
        found = own_request(session, request_id)
        calendar = calendar_of(found, current_language(), config().address)
        name = f"{found.reference}.ics"
    if not calendar:
        abort(404)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(calendar, content_type="text/calendar; charset=utf-8", headers=headers)
