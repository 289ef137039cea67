"""The newest lines of the log, for HR to read."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import aliased

from webapp.auth import HR, open_to
from webapp.hr.looked import DEEDS
from webapp.hr.room import blueprint, store
from webapp.store.register import Looked
from webapp.store.tables import Person, Request

MOST_LINES = 200


@blueprint.get("/log")
@open_to(HR)
def log() -> str:
    """Show who looked at whom, gave something out or decided, the newest first."""
    concerned = aliased(Person)
    chosen = (
        select(Looked, Person.name, concerned.name, Request.reference)
        .join(Person, Looked.person_id == Person.id, isouter=True)
        .join(concerned, Looked.about == concerned.id, isouter=True)
        .join(Request, Looked.about == Request.id, isouter=True)
        .order_by(Looked.id.desc())
        .limit(MOST_LINES)
    )
    with store().read() as session:
        lines = [
            (line, who, name or reference or line.about)
            for line, who, name, reference in session.execute(chosen)
        ]
    return render_template("hr/log.html", lines=lines, deeds=DEEDS)
