"""Who looked at whom: lines that are only ever added, each sealed by the seal of the line before.

Whoever changes, takes out or puts in a line breaks the chain from there on. Who makes the whole
chain anew, or cuts its tail, is found by an anchor: the number and seal of a line, kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Text, select, text, type_coerce
from sqlalchemy.orm import Session

from travelplan.language import Message, message
from webapp.store.columns import JsonText, now
from webapp.store.register import Looked

_LOCK = 7_241_991  # any number, the same in every process
_ANCHOR_PARTS = 3
_Line = Row[int, datetime, str | None, str, str, str, str]
OPENED, EXPORTED, DECIDED, FORGOT, FILLED = "opened", "exported", "decided", "forgot", "filled"

DEEDS: Mapping[str, Message] = {
    OPENED: message("opened"),
    EXPORTED: message("gave out"),
    DECIDED: message("decided"),
    FORGOT: message("let go of what was past its date"),
    FILLED: message("filled in or took out invented trips"),
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a line was on a day: its number and its seal."""

    day: date
    number: int
    seal: str

    @classmethod
    def of(cls, line: str) -> Anchor | None:
        """Read an anchor as `as_line` writes it; None if it is none."""
        parts = line.split()
        if len(parts) != _ANCHOR_PARTS or not parts[1].isdecimal():
            return None
        try:
            return cls(date.fromisoformat(parts[0]), int(parts[1]), parts[2])
        except ValueError:
            return None

    def as_line(self) -> str:
        """Return it in one line of text."""
        return f"{self.day.isoformat()} {self.number} {self.seal}"


def note(
    session: Session, person_id: str | None, what: str, about: str = "", **detail: Any
) -> Looked:
    """Add a line; it is kept with everything else that the session writes, or not at all.

    Args:
        session: one that writes.
        person_id: who did it; None for a command on the server.
        what: OPENED, EXPORTED, DECIDED, FORGOT or FILLED.
        about: the id of the person or request that it concerns, or a name of what it was.
        detail: what else belongs to it; never a name and never a text that somebody wrote.
    """
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    before = last_line(session)
    line = Looked(
        id=before.id + 1 if before else 1,
        at=now(),
        person_id=person_id,
        what=what,
        about=about,
        detail=detail,
    )
    written = JsonText().process_bind_param(detail, session.get_bind().dialect) or ""
    line.sha256 = _seal(line, written, before.sha256 if before else "")
    session.add(line)
    session.flush()
    return line


def last_line(session: Session) -> Looked | None:
    """Return the newest line."""
    return session.scalar(select(Looked).order_by(Looked.id.desc()).limit(1))


def anchor(session: Session) -> Anchor | None:
    """Return the newest line as an anchor, to be kept elsewhere; None without any line."""
    line = last_line(session)
    return Anchor(datetime.now(UTC).date(), line.id, line.sha256) if line else None


def faults(session: Session, anchors: Iterable[Anchor] = ()) -> Iterator[Message]:
    """Yield what is wrong with the chain: the first line that breaks it, and each lost anchor."""
    kept = {anchor.number: anchor for anchor in anchors}
    number, seal = 0, ""
    broken: Message | None = None
    columns = (Looked.id, Looked.at, Looked.person_id, Looked.what, Looked.about, Looked.sha256)
    written = type_coerce(Looked.detail, Text).label("written")
    try:
        for line in session.execute(select(*columns, written).order_by(Looked.id)):
            number += 1
            broken = broken or _broken(line, number, seal)
            seal = line.sha256
            expected = kept.pop(line.id, None)
            if expected and expected.seal != seal:
                yield message(
                    "Line {line} is not what it was on {day}.", line=str(line.id), day=expected.day
                )
    except (ValueError, TypeError):  # not even a moment or a JSON text any more
        broken = message("A line cannot be read: it was changed.")
    if broken:
        yield broken
    for lost in kept.values():
        yield message(
            "Line {line}, which was there on {day}, is gone.", line=str(lost.number), day=lost.day
        )


def _broken(line: _Line, number: int, before: str) -> Message | None:
    if line.id != number:
        return message("Line {line} is missing.", line=str(number))
    if line.sha256 != _seal(line, line.written, before):
        return message(
            "Line {line} was changed, or a line was put in or taken out before it.",
            line=str(number),
        )
    return None


def _seal(line: Looked | _Line, detail: str, before: str) -> str:
    """Return the seal of a line; `detail` is its JSON as it is stored."""
    told = [before, line.id, line.at.astimezone(UTC).isoformat(), line.person_id]
    text_ = json.dumps([*told, line.what, line.about, detail], ensure_ascii=False)
    return sha256(text_.encode()).hexdigest()
