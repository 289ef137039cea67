"""The application: data loaded once, pages in three languages, strict headers on every answer."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, current_app, g, jsonify, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from travelplan import load_language, load_reference
from travelplan.files import PACKAGE, destinations_path, with_geocoder
from travelplan.language import LANGUAGES, LOCALES, Language
from webapp import advice
from webapp.config import Config
from webapp.reloading import LiveReference

DEFAULT_LANGUAGE = "nl"
_ROOMS = (PACKAGE, Path(__file__).parent)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(config: Config | None = None) -> Flask:
    """Return the web application.

    Raises:
        DataError, InputError: the data that `config` names has faults or does not exist.
    """
    config = config or Config.from_environment()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    reference = load_reference(
        scheme=config.scheme, factors=config.factors, destinations=config.destinations
    )
    app.extensions["reference"] = replace(
        reference, places=with_geocoder(reference.places, os.environ)
    )
    path = config.destinations or destinations_path()
    app.extensions["live"] = LiveReference(app.extensions["reference"], path)
    app.before_request(lambda: _use_current(app))
    app.register_blueprint(advice.blueprint)
    app.add_url_rule("/health", "health", lambda: _health(app))
    app.before_request(_choose_language)
    app.after_request(_secure)
    app.url_defaults(_keep_language)
    app.context_processor(_page_context)
    app.register_error_handler(HTTPException, _error_page)
    styles = (Path(__file__).parent / "static" / "style.css").read_bytes()
    app.jinja_env.globals["style_version"] = sha256(styles).hexdigest()[:12]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
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


def _choose_language() -> None:
    """Take the language of the address; Dutch if it names none."""
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    g.language = load_language(asked if asked in LANGUAGES else DEFAULT_LANGUAGE, _ROOMS)


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    language: Language | None = g.get("language")
    if language and language.code != DEFAULT_LANGUAGE and endpoint != "static":
        values.setdefault("lang", language.code)


def _page_context() -> dict[str, object]:
    language: Language = g.get("language") or load_language(DEFAULT_LANGUAGE, _ROOMS)
    return {
        "_": language.gettext,
        "say": language.say,
        "language": language,
        "locale": LOCALES[language.code].replace("_", "-"),
        "languages": [(code, _this_page_in(code)) for code in LANGUAGES],
        "body": current_app.extensions["reference"].scheme.body,
    }


def _this_page_in(code: str) -> str:
    """Return the address of this page in another language, with every answer kept."""
    known = request.endpoint in {"advice.form", "advice.answer"}
    values: dict[str, object] = {**request.args.to_dict(flat=False)} if known else {}
    values["lang"] = code
    return url_for(request.endpoint if known else "advice.form", **values)  # type: ignore[arg-type]


def _secure(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _error_page(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    return render_template("error.html", code=code), code
