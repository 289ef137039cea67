"""What the page of one request shows to the traveller and to who filed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from flask import url_for
from sqlalchemy.orm import Session

from travelplan import Reference
from travelplan.language import Euros, Language, Message, Words
from travelplan.scheme.words import CLASSES, MODES
from webapp.advice.question import CHANGES, COPIES, Question
from webapp.organisation import Body, Organisation
from webapp.requests.decision_text import decision_text
from webapp.requests.status import (
    CHANGEABLE,
    EVENTS,
    KINDS,
    OPEN,
    STATUSES,
    TRAVELLED_FROM,
)
from webapp.requests.step_line import StepLine
from webapp.requests.summary import Summary
from webapp.store.tables import Booking, Person, Request, Version


@dataclass(frozen=True)
class RequestPage:
    """One request for a reader of whom it is. `today` decides whether it can be travelled."""

    request: Request
    session: Session
    organisation: Organisation
    reference: Reference
    language: Language
    reader: str
    today: date

    @property
    def current(self) -> Version:
        """The newest version."""
        return self.request.current

    @property
    def status(self) -> Message:
        """How it stands, in words."""
        return STATUSES[self.request.status]

    @property
    def kind(self) -> str:
        """How the status is tinted."""
        return KINDS[self.request.status]

    @property
    def destination(self) -> str:
        """Where the trip goes."""
        return self.language.say(Words(**self.current.destination))

    @cached_property
    def summary(self) -> Summary:
        """The newest version in words."""
        return self.summary_of(self.current)

    def summary_of(self, version: Version) -> Summary:
        """Return any version in words."""
        return Summary(
            version,
            self.request.unit,
            self.request.traveller.name,
            self.request.filer.name,
            self.organisation,
            self.reference,
            self.language,
        )

    @property
    def earlier(self) -> list[Version]:
        """The versions before the newest, newest first."""
        return list(reversed(self.request.versions[:-1]))

    @property
    def steps(self) -> list[StepLine]:
        """Who has to agree to the newest version, and how far that is."""
        return self.steps_of(self.current)

    def steps_of(self, version: Version) -> list[StepLine]:
        """Return who had to agree to a version."""
        return [StepLine.of(step, self._name) for step in version.steps]

    @property
    def history(self) -> list[tuple[date, str, str]]:
        """What happened: when, what, by whom."""
        return [
            (event.at.date(), self.language.say(EVENTS[event.what]), self._name(event.person_id))
            for event in self.request.events
        ]

    @property
    def booked(self) -> list[tuple[Booking, str, str, str]]:
        """What was booked or made, newest first: the note, modes, class and cost in words."""
        return [
            (note, self._modes(note), self._class(note), self._cost(note))
            for note in reversed(self.request.bookings)
        ]

    @property
    def body(self) -> Body | None:
        """The body that decides."""
        unit = self.organisation.unit(self.request.unit)
        return self.organisation.body(unit.body) if unit else None

    @property
    def decision_text(self) -> str:
        """The text to copy for the decision of the body; "" for a unit that is gone."""
        body = self.body
        return decision_text(self.summary, self.request.reference, body) if body else ""

    @property
    def evidence(self) -> str:
        """The head of the fingerprint of the evidence."""
        return self.current.evidence_sha256[:12]

    @property
    def versions(self) -> Mapping[str, str]:
        """The editions on which the evidence rests."""
        found: Mapping[str, str] = self.current.evidence.get("evidence", {}).get("versions", {})
        return found

    @property
    def may_confirm(self) -> bool:
        """Whether the reader is the traveller whose confirmation is waited for."""
        return self.request.status == "to_confirm" and self.reader == self.request.traveller_id

    @property
    def may_change(self) -> bool:
        """Whether it can still be changed."""
        return self.request.status in CHANGEABLE

    @property
    def may_withdraw(self) -> bool:
        """Whether it can still be taken back."""
        return self.request.status in OPEN

    @property
    def is_under_way(self) -> bool:
        """Whether the day of departure is there."""
        return self.today > self.current.depart

    @property
    def may_tell(self) -> bool:
        """Whether the traveller can tell what was really travelled by."""
        return self.is_under_way and self.request.status in TRAVELLED_FROM

    @property
    def change_address(self) -> str:
        """The question of this trip, to be asked anew and to change the request."""
        asked = Question.stored(self.current.question).asking(**{CHANGES: self.request.id})
        return url_for("advice.form", **asked)  # type: ignore[arg-type]

    @property
    def copy_address(self) -> str:
        """The question of this trip without its days, for a new request."""
        version = self.current
        asked = Question.stored(version.question).asking(**{COPIES: self.request.id})
        asked = {k: v for k, v in asked.items() if k not in {"depart", "return", "organisation"}}
        if version.back:
            asked["nights"] = (version.back - version.depart) // timedelta(days=1)
        return url_for("advice.form", **asked)  # type: ignore[arg-type]

    def _name(self, person_id: str | None) -> str:
        person = self.session.get(Person, person_id) if person_id else None
        return person.name if person else ""

    def _modes(self, note: Booking) -> str:
        modes = dict.fromkeys((note.mode, note.mode_back))
        return ", ".join(self.language.say(MODES[mode]) for mode in modes if mode)

    def _class(self, note: Booking) -> str:
        return self.language.say(CLASSES.get(note.travel_class, note.travel_class))

    def _cost(self, note: Booking) -> str:
        return "" if note.cost_cents is None else self.language.say(Euros(note.cost_cents))
