"""The suggestions of a review as a patch that a person can read, change and apply."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff

from travelplan.upkeep.editing import Ruling, accepted
from travelplan.upkeep.review import KINDS, Kind, Suggestion

FOR_A_PERSON: frozenset[Kind] = frozenset({"recheck", "near-limit"})
"""Kinds that a program cannot fill in: minutes to look up, a level to decide."""


def proposed(text: str, suggestions: Iterable[Suggestion], ruling: Ruling) -> str:
    """Return the text of a list with every suggestion carried out that needs no person's answer."""
    ordered = sorted(suggestions, key=lambda item: KINDS.index(item.kind))
    for suggestion in ordered:
        if suggestion.kind not in FOR_A_PERSON:
            text = accepted(text, suggestion, ruling)
    return text


def patch(old: str, new: str, name: str) -> str:
    """Return the difference between two texts of a file as a unified diff, "" if there is none."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return "".join(unified_diff(before, after, f"a/{name}", f"b/{name}"))
