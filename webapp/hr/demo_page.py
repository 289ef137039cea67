"""The invented trips of Voorbeeldstad: what they are, and taking them out."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.auth import HR, open_to, visitor
from webapp.hr.invented import count_invented, remove
from webapp.hr.room import blueprint, store


@blueprint.get("/demo")
@open_to(HR)
def demo_data() -> str:
    """Say how many invented trips the register holds, and offer to take them out."""
    with store().read() as session:
        count = count_invented(session)
    return render_template("hr/demo.html", count=count)


@blueprint.post("/demo/remove")
@open_to(HR)
def remove_demo_data() -> Response:
    """Take every invented trip out of the register, and nothing else."""
    with store().write() as session:
        remove(session, visitor().id)
    return redirect(url_for("hr.demo_data"), 303)
