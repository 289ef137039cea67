"""The application: data loaded once, pages in three languages, strict headers on every answer."""

from __future__ import annotations

import os
from dataclasses import replace

from flask import Flask, Response, current_app, jsonify, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from travelplan import load_reference
from travelplan.files import destinations_path, with_geocoder
from webapp import advice, public
from webapp.auth import PUBLIC, open_to
from webapp.config import Config
from webapp.filing import add_filing
from webapp.layout import add_layout
from webapp.reloading import LiveReference
from webapp.theme import add_theme

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_HTTPS_ONLY = "max-age=31536000; includeSubDomains"
_KEPT_BY_BROWSERS = {"static", "theme"}


def create_app(config: Config | None = None) -> Flask:
    """Return the web application.

    Raises:
        DataError, InputError: the data that `config` names has faults or does not exist.
    """
    config = config or Config.from_environment()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 512 * 1024
    add_theme(app, config.theme)
    reference = load_reference(
        scheme=config.scheme, factors=config.factors, destinations=config.destinations
    )
    app.extensions["reference"] = replace(
        reference, places=with_geocoder(reference.places, os.environ)
    )
    path = config.destinations or destinations_path()
    app.extensions["live"] = LiveReference(app.extensions["reference"], path)
    app.before_request(lambda: _use_current(app))
    app.extensions["config"] = config
    app.register_blueprint(advice.blueprint)
    app.register_blueprint(public.blueprint)
    app.add_url_rule("/health", "health", open_to(PUBLIC)(lambda: _health(app)))
    add_layout(app, config.help_contact)
    add_filing(app, config)
    app.after_request(_secure)
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(OperationalError, _store_fails)
    return app


def _health(app: Flask) -> Response:
    fault = app.extensions["live"].fault
    return jsonify(
        status="degraded" if fault else "ok",
        versions=app.extensions["reference"].versions,
        faults=[fault] if fault else [],
    )


def _use_current(app: Flask) -> None:
    """Use the list as its file is now; a bad file leaves the last good one in force."""
    app.extensions["reference"] = app.extensions["live"].current()


def _secure(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.extensions["config"].production:
        response.headers.setdefault("Strict-Transport-Security", _HTTPS_ONLY)
    if request.endpoint not in _KEPT_BY_BROWSERS:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _error_page(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    return render_template("error.html", code=code), code


def _store_fails(error: OperationalError) -> tuple[str, int]:
    """Say that nothing was stored; the page that was sent is still in the browser."""
    current_app.logger.error("the store fails: %s", error.orig)
    return render_template("error.html", code=503), 503
