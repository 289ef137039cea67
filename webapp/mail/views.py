"""What goes out by mail, for who looks after the application."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from travelplan.language import message
from webapp.auth import ADMINISTRATOR, open_to
from webapp.auth.identity import TryOutSignIn
from webapp.mail.outbox import latest_mails, status_of, try_failed_again
from webapp.requests.room import config, store

blueprint = Blueprint("mail", __name__)

STATUSES = {
    "sent": (message("Sent"), "good"),
    "waiting": (message("Waits"), "wait"),
    "failed": (message("Failed"), "bad"),
}


@blueprint.get("/mail")
@open_to(ADMINISTRATOR)
def queue() -> str:
    """Show the newest mails with their status. Their text is shown in the try-out only."""
    with store().read() as session:
        rows = [(mail, *STATUSES[status_of(mail)]) for mail in latest_mails(session)]
    return render_template(
        "mail/queue.html",
        rows=rows,
        failed=sum(kind == "bad" for _, _, kind in rows),
        with_text=isinstance(current_app.extensions["sign_in"], TryOutSignIn),
        server=config().mail.host,
        done=request.args.get("done", ""),
    )


@blueprint.post("/mail")
@open_to(ADMINISTRATOR)
def try_again() -> Response:
    """Try again to send what failed."""
    with store().write() as session:
        try_failed_again(session)
    return redirect(url_for("mail.queue", done="again"), 303)
