"""The page on which people see what is kept of them, and take it with them."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template

from travelplan.language import message
from webapp.auth import SIGNED_IN, open_to, visitor
from webapp.hr.about_person import about
from webapp.hr.room import organisation, pseudonyms, store
from webapp.store.looked import DEEDS

blueprint = Blueprint("own_data", __name__, url_prefix="/my-data")

KINDS = {
    "requests": message("Requests that you travel by, filed or go along on"),
    "drafts": message("Drafts"),
    "mails": message("Mails to you"),
    "trips of the register": message("Trips that were booked for you"),
    "delegation": message("Times that decisions were handed over by you or to you"),
    "visit": message("Visits that you noted in the calendar"),
    "batch": message("Files that you brought in"),
    "looked": message("Times that you looked at data of others, gave out or decided"),
    "taken_out": message("Trips that you took out of the figures"),
    "trips taken out": message("Trips that were booked for you and taken out of the figures"),
    "looked at you": message("Times that somebody looked at data of yours, gave it out or decided"),
}


@blueprint.get("")
@open_to(SIGNED_IN)
def mine() -> str:
    """Show how much is kept of the visitor, and who looked at it."""
    found = _found()
    kept = [(text, len(found[kind])) for kind, text in KINDS.items() if found[kind]]
    return render_template("hr/own_data.html", found=found, kept=kept, deeds=DEEDS)


@blueprint.get("/file")
@open_to(SIGNED_IN)
def file() -> Response:
    """Give the visitor everything that is kept of them, as JSON."""
    text = json.dumps(_found(), ensure_ascii=False, indent=2, sort_keys=True)
    name = 'attachment; filename="my-data.json"'
    return Response(text, mimetype="application/json", headers={"Content-Disposition": name})


def _found() -> dict[str, Any]:
    with store().read() as session:
        return about(session, visitor().person, organisation(), pseudonyms())
