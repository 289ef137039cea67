"""A person's decision written into the text of a list; comments and layout stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from travelplan.destinations import DestinationList
from travelplan.errors import FieldProblem, InputError
from travelplan.language import message
from travelplan.strict import read_yaml
from travelplan.upkeep.review import Suggestion

LONGEST_LINE = 1_000_000

_FIRST_ENTRY = re.compile(r"^( *)- place:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decides on a suggestion, on which day and why.

    `minutes` are those that the person looked up, where the suggestion is to check them.
    """

    by: str
    day: date
    why: str
    minutes: int | None = None


def accepted(text: str, suggestion: Suggestion, ruling: Ruling) -> str:
    """Return the text of a list with a suggestion carried out and noted in the history.

    Raises:
        InputError: the entry is no longer what the suggestion was made from, or minutes are
            needed and not given.
        DataError: the list, or what would become of it, has a fault.
    """
    _require_reason(ruling)
    document = _Document(text)
    _APPLY[suggestion.kind](document, suggestion, ruling)
    return document.text()


def refused(text: str, suggestion: Suggestion, ruling: Ruling, *, days: int) -> str:
    """Return the text of a list with a refusal noted, which holds for a number of days."""
    _require_reason(ruling)
    document = _Document(text)
    document.refuse(suggestion, ruling, ruling.day + timedelta(days=days))
    return document.text()


def _require_reason(ruling: Ruling) -> None:
    missing = [name for name in ("by", "why") if not getattr(ruling, name).strip()]
    if missing:
        text = message("Say who decides and why.")
        raise InputError([FieldProblem(name, "missing", text) for name in missing])


class _Text:
    """What YAML is written to: a text in memory, as UTF-8."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        self.parts.append(part)


class _Document:
    """The text of a list as a tree that remembers its comments and its layout."""

    def __init__(self, text: str) -> None:
        read_yaml(text, "destinations").parse(DestinationList)
        self._yaml = YAML()
        self._yaml.preserve_quotes = True
        self._yaml.representer.ignore_aliases = lambda _: True  # a day may stand there twice
        self._yaml.width = LONGEST_LINE
        self._yaml.explicit_end = True
        first = _FIRST_ENTRY.search(text)
        offset = len(first[1]) if first else 2
        self._yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
        self._tree: Any = self._yaml.load(text)

    def text(self) -> str:
        """Return the text; raises DataError if it would not be read again."""
        out = _Text()
        self._yaml.dump(self._tree, out)
        text = b"".join(out.parts).decode("utf-8")
        read_yaml(text, "destinations").parse(DestinationList)
        return text

    def entry(self, suggestion: Suggestion) -> Any:
        """Return the entry of a suggestion; raises InputError if it has left the list."""
        place = suggestion.place.id
        found = [entry for entry in self._tree["entries"] if entry["place"] == place]
        if not found:
            raise _changed_meanwhile(suggestion)
        return found[0]

    def has(self, suggestion: Suggestion) -> bool:
        """Return whether the place of a suggestion stands on the list."""
        return any(e["place"] == suggestion.place.id for e in self._tree["entries"])

    def add(self, entry: CommentedMap) -> None:
        """Put an entry at the end of the list."""
        self._tree["entries"].append(entry)

    @property
    def organisation(self) -> str:
        """Whose list it is."""
        return str(self._tree["organisation"])

    def refuse(self, suggestion: Suggestion, ruling: Ruling, until: date) -> None:
        """Note a refusal in place of an earlier one of the same suggestion."""
        if "refused" not in self._tree:
            self._tree["refused"] = CommentedSeq()
        notes = self._tree["refused"]
        for position, note in enumerate(notes):
            if note["suggestion"] == suggestion.id:
                if note["until"] >= ruling.day:
                    raise _changed_meanwhile(suggestion)
                del notes[position]
                break
        line = {
            "suggestion": _quoted(suggestion.id),
            "day": ruling.day,
            "by": _quoted(ruling.by),
            "why": _quoted(ruling.why),
            "until": until,
            "evidence": _quoted(suggestion.because),
        }
        notes.append(_flow(line))


def _changed_meanwhile(suggestion: Suggestion) -> InputError:
    text = message(
        "Someone changed what “{suggestion}” was made from. Ask for a new review.",
        suggestion=suggestion.id,
    )
    return InputError([FieldProblem("suggestion", "changed_meanwhile", text)])


def _require(stated: object, suggestion: Suggestion) -> None:
    if str(stated) != suggestion.stated:
        raise _changed_meanwhile(suggestion)


def _join(document: _Document, suggestion: Suggestion, ruling: Ruling) -> None:
    if suggestion.new is None:
        raise _changed_meanwhile(suggestion)
    if suggestion.entry is None:
        if document.has(suggestion):
            raise _changed_meanwhile(suggestion)
        document.add(_new_entry(document, suggestion, ruling))
        return
    entry = document.entry(suggestion)
    _require(entry["status"], suggestion)
    entry["status"] = "listed"
    entry["evidence"].append(_evidence(document, suggestion))
    _note(entry, "status", suggestion, ruling)


def _leave(document: _Document, suggestion: Suggestion, ruling: Ruling) -> None:
    entry = document.entry(suggestion)
    _require(entry["status"], suggestion)
    entry["status"] = "candidate"
    _note(entry, "status", suggestion, ruling)


def _minutes(document: _Document, suggestion: Suggestion, ruling: Ruling) -> None:
    entry = document.entry(suggestion)
    _require(entry["rail"]["minutes"] if "rail" in entry else "", suggestion)
    if not suggestion.computed:
        del entry["rail"]
    elif "rail" in entry:
        entry["rail"]["minutes"] = int(suggestion.computed)
    else:
        rail = _flow({"minutes": int(suggestion.computed), "basis": "network"})
        entry.insert(list(entry).index("evidence"), "rail", rail)
    _note(entry, "rail_min", suggestion, ruling)


def _level(document: _Document, suggestion: Suggestion, ruling: Ruling) -> None:
    entry = document.entry(suggestion)
    _require(entry["level"], suggestion)
    entry["level"] = suggestion.computed
    _note(entry, "level", suggestion, ruling)


def _recheck(document: _Document, suggestion: Suggestion, ruling: Ruling) -> None:
    """Write the minutes that the person looked up, with the day and the name."""
    if ruling.minutes is None or ruling.minutes < 1:
        text = message("Look the minutes up and give them, in whole minutes.")
        raise InputError([FieldProblem("minutes", "missing", text)])
    entry = document.entry(suggestion)
    _require(entry["rail"]["minutes"] if "rail" in entry else "", suggestion)
    rail = entry["rail"]
    rail["minutes"], rail["basis"] = ruling.minutes, "checked"
    rail["checked_on"], rail["checked_by"] = ruling.day, _quoted(ruling.by)
    _note(entry, "rail_min", suggestion, ruling, now=ruling.minutes)


def _decide(document: _Document, suggestion: Suggestion, ruling: Ruling) -> None:
    """Write the level as a person's decision, so that it holds on both sides of the limit."""
    entry = document.entry(suggestion)
    _require(entry["level"], suggestion)
    if "decided" in entry:
        raise _changed_meanwhile(suggestion)
    decided = {"by": _quoted(ruling.by), "day": ruling.day, "why": _quoted(ruling.why)}
    entry.insert(list(entry).index("evidence"), "decided", _flow(decided))
    _note(entry, "decided", suggestion, ruling)


_APPLY = {
    "join": _join,
    "leave": _leave,
    "minutes": _minutes,
    "level": _level,
    "recheck": _recheck,
    "near-limit": _decide,
}


def _new_entry(document: _Document, suggestion: Suggestion, ruling: Ruling) -> CommentedMap:
    place, new = suggestion.place, suggestion.new
    names = {code: _quoted(getattr(place.names, code)) for code in ("nl", "fr", "en")}
    entry = CommentedMap(
        {
            "place": place.id,
            "names": _flow(names),
            "lat": place.lat,
            "lon": place.lon,
            "country": _quoted(place.country),
            "mode": new.mode if new else "train",
            "level": new.level if new else "free",
            "status": "listed",
        }
    )
    if new and new.minutes is not None:
        entry["rail"] = _flow({"minutes": new.minutes, "basis": "network"})
    entry["evidence"] = CommentedSeq([_evidence(document, suggestion)])
    entry["added"] = ruling.day
    entry["history"] = CommentedSeq()
    _note(entry, "added", suggestion, ruling)
    return entry


def _evidence(document: _Document, suggestion: Suggestion) -> CommentedMap:
    count = int(suggestion.evidence["visits"])
    first, last = str(suggestion.evidence["from"]), str(suggestion.evidence["to"])
    text = {
        "nl": _quoted(f"{count} dienstreizen van {first} tot en met {last}"),
        "fr": _quoted(f"{count} voyages de service du {first} au {last}"),
        "en": _quoted(f"{count} business trips from {first} to {last}"),
    }
    period = {"from": date.fromisoformat(first), "to": date.fromisoformat(last)}
    source = {"title": "trips made", "publisher": _quoted(document.organisation)}
    return CommentedMap(
        {
            "why": "most_visited",
            "visits": _flow({"count": count, **period}),
            "text": _flow(text),
            "source": _flow({**source, "date": date.fromisoformat(last)}),
        }
    )


def _note(
    entry: Any, what: str, suggestion: Suggestion, ruling: Ruling, *, now: int | None = None
) -> None:
    """Add a line to the history of an entry."""
    line: dict[str, Any] = {"day": ruling.day, "what": what}
    if suggestion.stated:
        line["from"] = _quoted(suggestion.stated)
    line["to"] = _quoted(str(now) if now is not None else suggestion.computed or "no train")
    line["why"] = _quoted(f"{ruling.why} ({suggestion.because})")
    line["by"] = _quoted(ruling.by)
    entry["history"].append(_flow(line))


def _flow(values: Mapping[str, Any]) -> CommentedMap:
    written = CommentedMap(values)
    written.fa.set_flow_style()
    return written


def _quoted(text: str) -> str:
    """Return a text in one line that YAML takes for nothing but text."""
    return str.__new__(DoubleQuotedScalarString, " ".join(text.split()))
