"""The log, for HR to read: who did what when, about whom, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from travelplan import Reference
from travelplan.language import Language, Message, message
from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.council import page_number
from webapp.hr.dashboard_filter import LABELS
from webapp.hr.figures_words import WORDS, unit_name, word_of
from webapp.hr.invented import DEMO_DATA
from webapp.hr.room import blueprint, organisation, store
from webapp.hr.taking_out import PUT_BACK, TAKEN_OUT
from webapp.hr.trips import place_name
from webapp.layout import current_language
from webapp.organisation import Organisation
from webapp.store.looked import DEEDS, last_line
from webapp.store.register import Batch, Looked, MadeTrip
from webapp.store.tables import Person, Request
from webapp.store.taken_out import TakenOut

A_PAGE = 100
_THINGS: Mapping[str, Message] = {
    "trips": message("the trips of the register"),
    "council": message("the answer to the council"),
    "inventory": message("the inventory by the GHG Protocol"),
    "open-data": message("the open data"),
    "report": message("the yearly report"),
    "wrong-rows": message("the wrong rows of a file"),
    "retention": message("what was past its date"),
    DEMO_DATA: message("invented trips"),
}
_KINDS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
_DETAILS: Mapping[tuple[str, str], Message] = {
    ("trip", TAKEN_OUT): message("taken out of the figures"),
    ("trip", PUT_BACK): message("put back into the figures"),
    ("file", "confirmed"): message("brought in"),
    ("file", "discarded"): message("thrown away"),
    ("same_trip", "yes"): message("a booked trip is the trip of this request"),
    ("same_trip", "no"): message("a booked trip is another trip"),
    ("verdict", "accept"): message("accepted"),
    ("verdict", "refuse"): message("refused"),
    ("command", "access"): message("to the person, by a command on the server"),
}


@dataclass(frozen=True)
class LogLine:
    """A line of the log in the words of the reader."""

    row: Row[Looked, str, str, str, str, str, str]
    organisation: Organisation
    reference: Reference
    language: Language

    @property
    def line(self) -> Looked:
        """The line."""
        return self.row[0]

    @property
    def who(self) -> str | Message:
        """Who did it."""
        return self.row[1] or message("a command on the server")

    @property
    def deed(self) -> Message | str:
        """What was done."""
        return DEEDS.get(self.line.what, self.line.what)

    @property
    def about(self) -> Message | str:
        """About whom or what; an id where it is kept no more."""
        _, _, person, reference, trip, taken, file = self.row
        if trip or taken:
            return message("a trip of the register")
        return person or reference or file or _THINGS.get(self.line.about, self.line.about)

    @property
    def address(self) -> str:
        """Where that can be read; "" for nowhere."""
        _, _, _, reference, trip, taken, file = self.row
        if reference:
            return url_for("hr.request_to_read", request_id=self.line.about)
        if trip or taken:
            return url_for("hr.trip", trip_id=self.line.about)
        return url_for("hr.brought", id_=self.line.about) if file else ""

    @property
    def detail(self) -> str:
        """What else is kept of it, as far as it can be said in words."""
        return ", ".join(self._details())

    def _details(self) -> Iterator[str]:
        say, told = self.language.say, self.line.detail
        for name in sorted(told, key=_place):
            value = told[name]
            if known := _DETAILS.get((name, str(value))):
                yield say(known)
            elif name == "kind" and value in _KINDS:
                yield _KINDS[value]
            elif name == "unit":
                yield unit_name(value, self.organisation, self.language)
            elif name in WORDS:
                yield say(word_of(name, value))
            elif name == "destination":
                yield place_name(value, self.reference, self.language)
            elif name in ("from", "to"):
                label = say(LABELS[name]).partition(" (")[0]
                yield f"{label} {say(date.fromisoformat(value))}"


def _place(name: str) -> tuple[bool, int]:
    """Return where a detail stands in a line: first as what, then of which trips."""
    return (name in LABELS, [*LABELS].index(name) if name in LABELS else 0)


@blueprint.get("/log")
@open_to(HR)
def log() -> str:
    """Show who looked at whom, gave something out or decided, the newest first."""
    with store().read() as session:
        newest = last_line(session)
        pages = -(-newest.id // A_PAGE) if newest else 0
        at = page_number(request.args.get("page", ""), pages)
        lines = _lines(session, newest.id - (at - 1) * A_PAGE) if newest else []
    return render_template("hr/log.html", lines=lines, at=at, pages=pages)


def _lines(session: Session, last: int) -> list[LogLine]:
    chosen = _told().where(Looked.id <= last, Looked.id > last - A_PAGE)
    rows = session.execute(chosen.order_by(Looked.id.desc()))
    return [LogLine(row, organisation(), reference(), current_language()) for row in rows]


def _told() -> Select[Looked, str, str, str, str, str, str]:
    concerned = aliased(Person)
    return (
        select(
            *(Looked, Person.name, concerned.name, Request.reference, MadeTrip.id, TakenOut.id),
            Batch.file_name,
        )
        .join(Person, Looked.person_id == Person.id, isouter=True)
        .join(concerned, Looked.about == concerned.id, isouter=True)
        .join(Request, Looked.about == Request.id, isouter=True)
        .join(MadeTrip, Looked.about == MadeTrip.id, isouter=True)
        .join(TakenOut, Looked.about == TakenOut.id, isouter=True)
        .join(Batch, Looked.about == Batch.id, isouter=True)
    )
