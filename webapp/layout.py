"""What stands around every page: language, navigation, style, and whom to ask for help."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for

from travelplan import load_language
from travelplan.files import PACKAGE
from travelplan.language import LANGUAGES, LOCALES, Language, Message, message
from webapp.auth.permission import ADMINISTRATOR, APPROVER, BOOKER, HR, SIGNED_IN, Role
from webapp.auth.visitor import visitor_or_none

DEFAULT_LANGUAGE = "nl"
_HERE = Path(__file__).parent
ROOMS = (PACKAGE, _HERE)
"""The folders with translations."""
_PARTS = (
    ("advice.form", message("Advice")),
    ("public.scheme", message("Decision scheme")),
    ("public.destinations", message("Destinations")),
    ("public.method", message("Method")),
    ("requests.mine", message("My requests")),
)
_PARTS_OF_ROLES: tuple[tuple[str, Message, frozenset[Role]], ...] = (
    ("approvals.waiting", message("To decide"), frozenset({APPROVER, HR, ADMINISTRATOR})),
    ("bookings.jobs", message("To book"), frozenset({BOOKER})),
    ("agenda.shown", message("Calendar"), frozenset({SIGNED_IN})),
    ("hr.start", message("Follow-up"), frozenset({HR})),
    ("mail.queue", message("Outgoing mail"), frozenset({ADMINISTRATOR})),
)
"""The parts for who has one of these roles."""
_WITHIN = {"stand_ins": "approvals"}
"""Rooms without a part of their own."""


def add_layout(app: Flask, help_contact: str) -> None:
    """Give every template its language, the navigation and the addresses of style and script."""
    app.before_request(_choose_language)
    app.url_defaults(_keep_language)
    app.context_processor(_page_context)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=lambda text: current_language().gettext(text),
        say=lambda value: current_language().say(value),
        counted=lambda number, one, many: current_language().counted(number, one, many),
        help_contact=help_contact,
        static_version=_static_version(),
    )


def current_language() -> Language:
    """Return the language of the page that is being made."""
    return cast("Language", g.get("language") or language_of(DEFAULT_LANGUAGE))


def language_of(code: str) -> Language:
    """Return one of the three languages with the words of the pages."""
    return load_language(code, ROOMS)


def _static_version() -> str:
    """Return what changes when one of our own styles or scripts changes, for caches."""
    found = sha256()
    for path in sorted((_HERE / "static").iterdir()):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _choose_language() -> None:
    """Take the language of the address; Dutch if it names none."""
    asked = request.args.get("lang", DEFAULT_LANGUAGE)
    g.language = language_of(asked if asked in LANGUAGES else DEFAULT_LANGUAGE)


def _keep_language(endpoint: str, values: dict[str, object]) -> None:
    language: Language | None = g.get("language")
    if language and language.code != DEFAULT_LANGUAGE and endpoint not in {"static", "theme"}:
        values.setdefault("lang", language.code)


def _page_context() -> dict[str, object]:
    language = current_language()
    return {
        "language": language,
        "locale": LOCALES[language.code].replace("_", "-"),
        "languages": [(code, _this_page_in(code)) for code in LANGUAGES],
        "parts": _parts(),
        "here": request.full_path.rstrip("?") if request.method == "GET" else "",
        "body": current_app.extensions["reference"].scheme.body,
    }


def _parts() -> list[tuple[str, str, bool]]:
    """Return the parts of the site: name, address, and whether the page lies in it."""
    here = visitor_or_none()
    roles = here.roles if here else frozenset()
    parts = [*_PARTS, *((part, name) for part, name, needed in _PARTS_OF_ROLES if needed & roles)]
    return [
        (current_language().say(name), url_for(endpoint), _lies_in(endpoint))
        for endpoint, name in parts
        if endpoint in current_app.view_functions
    ]


def _lies_in(endpoint: str) -> bool:
    """Return whether the page at hand lies in a part; the public parts share one room."""
    asked, room = request.endpoint or "", endpoint.partition(".")[0]
    asked_room = _WITHIN.get(asked.partition(".")[0], asked.partition(".")[0])
    return asked == endpoint or (room != "public" and asked_room == room)


def _this_page_in(code: str) -> str:
    """Return the address of this page in another language, with every answer kept."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return f"{url_for('advice.form').partition('?')[0]}?lang={code}"
    path = url_for(rule.endpoint, **(request.view_args or {})).partition("?")[0]
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{path}?{urlencode([*asked, ('lang', code)])}"
