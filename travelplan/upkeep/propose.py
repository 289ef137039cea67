"""The suggestions of a review as a patch that a person can read, change and apply."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from travelplan.upkeep.editing import Ruling, accepted
from travelplan.upkeep.review import KINDS, Kind, Suggestion

CONTEXT = 3

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
    lines = [f"--- a/{name}\n", f"+++ b/{name}\n"]
    # difflib.unified_diff takes lines that come back often for noise, and every entry has those
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        lines.append(f"@@ -{_span(first[1], last[2])} +{_span(first[3], last[4])} @@\n")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                lines += [" " + line for line in before[i1:i2]]
                continue
            lines += ["-" + line for line in before[i1:i2]]
            lines += ["+" + line for line in after[j1:j2]]
    return "".join(lines) if old != new else ""


def _span(start: int, end: int) -> str:
    """Return where a part of a file begins, counted from 1, and how many lines it has."""
    length = end - start
    return f"{start + 1 if length else start},{length}"
