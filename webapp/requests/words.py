"""What the pages of requests say of what is stored, in the language of the reader."""

from __future__ import annotations

from typing import Any

from flask import Flask

from travelplan.language import Euros, Words
from travelplan.scheme.words import CLASSES, MODES, OUTCOMES
from webapp.layout import current_language
from webapp.requests.status import DECISIONS, KINDS, STATUSES
from webapp.store.tables import Version


def add_words(app: Flask) -> None:
    """Give every template the words of requests."""
    app.jinja_env.globals.update(
        statuses=STATUSES,
        kinds=KINDS,
        decisions=DECISIONS,
        modes=MODES,
        classes=CLASSES,
        words=_words,
        euros=lambda cents: current_language().say(Euros(cents)),
        modes_of=modes_of,
        outcome=lambda version: OUTCOMES.get(version.outcome, version.outcome),
    )


def modes_of(version: Version) -> str:
    """Return the chosen modes, there and back, in the language of the reader."""
    names = [current_language().say(MODES.get(mode, mode)) for mode in version.modes]
    return names[0] if len(set(names)) == 1 else " – ".join(names)


def _words(names: dict[str, Any]) -> str:
    return current_language().say(Words(**names))
