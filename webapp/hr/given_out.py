"""What HR gives out is noted before it goes: what, as what, and of which trips."""

from __future__ import annotations

from typing import Any

from webapp.auth import visitor
from webapp.hr.dashboard_filter import Choice
from webapp.hr.figures_words import YES
from webapp.hr.room import organisation, store
from webapp.store.looked import EXPORTED, note

EVERYTHING = Choice()
OTHER_UNIT = "other"
"""Stands for what a file calls a unit that is none of ours: it may name anybody."""


def note_given(what: str, kind: str, choice: Choice = EVERYTHING, **detail: Any) -> None:
    """Note that the visitor gives something out.

    Args:
        what: trips, council, inventory, open-data, report or wrong-rows.
        kind: as what it goes: csv, xlsx, json or page.
        choice: which trips were chosen; no word of it is as somebody typed it.
        detail: what else belongs to it; no name and no text.
    """
    chosen = _told(choice)
    with store().write() as session:
        note(session, visitor().id, EXPORTED, what, kind=kind, **chosen, **detail)


def _told(choice: Choice) -> dict[str, str]:
    period = choice.period
    told = {
        "from": period.first.isoformat() if period.first else "",
        "to": period.last.isoformat() if period.last else "",
        **choice.named,
        "destination": choice.destination_id,
        "differs": YES if choice.differs else "",
    }
    if told.get("unit") and organisation().unit(told["unit"]) is None:
        told["unit"] = OTHER_UNIT
    return {name: text for name, text in told.items() if text}
