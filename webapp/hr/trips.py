"""The trips of the register one by one: those that are chosen, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from travelplan import Reference
from travelplan.language import Euros, Language, Message, Words, message
from webapp.hr.dashboard_filter import Choice
from webapp.hr.figures_words import unit_name, word_of
from webapp.hr.own_trips import OWN
from webapp.organisation import Organisation
from webapp.store.register import Batch, MadeTrip
from webapp.store.tables import Request
from webapp.store.taken_out import TakenOut

A_PAGE = 50
_NOT_KNOWN = "–"
_SHOWN = (
    *(MadeTrip.id, MadeTrip.depart, MadeTrip.back, MadeTrip.origin_id, MadeTrip.destination),
    *(MadeTrip.unit, MadeTrip.mode, MadeTrip.travellers, MadeTrip.verdict, MadeTrip.verdict_of_day),
    *(MadeTrip.cost_cents, MadeTrip.wtw_kg, MadeTrip.non_co2_kg, MadeTrip.invented),
    *(MadeTrip.matched, MadeTrip.request_id, Request.reference, Batch.file_name),
)


def count_trips(session: Session, choice: Choice) -> int:
    """Return how many trips are chosen."""
    counted = select(func.count()).select_from(MadeTrip).where(*choice.conditions())
    return session.scalar(counted) or 0


def count_differing(session: Session, choice: Choice) -> int:
    """Return how many of the chosen trips the rule of their day judges otherwise."""
    return count_trips(session, replace(choice, differs=True))


def trips_of(session: Session, choice: Choice, start: int) -> list[Row[Any]]:
    """Return a page of the chosen trips, newest first."""
    chosen = (
        select(MadeTrip.id)
        .where(*choice.conditions())
        .order_by(MadeTrip.depart.desc(), MadeTrip.id)
        .offset(start)
        .limit(A_PAGE)
    )
    ids = session.scalars(chosen).all()
    shown = (
        select(*_SHOWN)
        .join(Request, MadeTrip.request_id == Request.id, isouter=True)
        .join(Batch, MadeTrip.batch_id == Batch.id, isouter=True)
        .where(MadeTrip.id.in_(ids))
        .order_by(MadeTrip.depart.desc(), MadeTrip.id)
    )
    return list(session.execute(shown))


@dataclass(frozen=True)
class TripLine:
    """A trip in one line, in the words of the reader; no word says who travelled."""

    row: Any
    organisation: Organisation
    reference: Reference
    language: Language

    @property
    def way(self) -> str:
        """From where to where."""
        there = self._say(Words(**self.row.destination))
        return f"{place_name(self.row.origin_id, self.reference, self.language)} → {there}"

    @property
    def days(self) -> str:
        """From when to when."""
        return days_of(self.row.depart, self.row.back)

    @property
    def unit(self) -> str:
        """For which unit."""
        return unit_name(self.row.unit, self.organisation, self.language)

    @property
    def mode(self) -> str:
        """By what."""
        return self._say(word_of("mode", self.row.mode))

    @property
    def verdict(self) -> str:
        """What counts."""
        return self._say(word_of("verdict", self.row.verdict))

    @property
    def of_day(self) -> str:
        """What the rule of its day says, where that differs; else ""."""
        of_day = self.row.verdict_of_day
        return self._say(word_of("verdict", of_day)) if of_day not in ("", self.row.verdict) else ""

    @property
    def cost(self) -> str:
        """What it cost."""
        cents = self.row.cost_cents
        return _NOT_KNOWN if cents is None else self._say(Euros(cents))

    @property
    def kilograms(self) -> str:
        """What it emitted, with the warming of flights beyond CO2 apart."""
        return kilograms(self.row.wtw_kg, self.row.non_co2_kg, self.language)

    @property
    def source(self) -> str | Message:
        """Where the trip is known from."""
        if self.row.invented:
            return message("Invented")
        if self.row.matched == OWN:
            return message("Told by the traveller")
        return self.file_name or message("Not known")

    @property
    def file_name(self) -> str:
        """The file that told of it, "" for none."""
        return self.row.file_name or ""

    def _say(self, text: object) -> str:
        return self.language.say(text)


@dataclass(frozen=True)
class TakenOutLine:
    """A trip that was taken out, in one line, and who took it out."""

    taken: TakenOut
    by: str
    organisation: Organisation
    reference: Reference
    language: Language

    @property
    def trip(self) -> TripLine:
        """The trip as it stood."""
        return TripLine(self.taken.as_trip(), self.organisation, self.reference, self.language)


@dataclass(frozen=True)
class TripsPage:
    """A page of trips. `at` counts from 1."""

    trips: int
    rows: list[Row[Any]]
    at: int
    organisation: Organisation
    reference: Reference
    language: Language

    @cached_property
    def lines(self) -> list[TripLine]:
        """The trips of this page."""
        return list(self._lines())

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.trips // A_PAGE)

    def _lines(self) -> Iterator[TripLine]:
        for row in self.rows:
            yield TripLine(row, self.organisation, self.reference, self.language)


def place_name(id_: str, reference: Reference, language: Language) -> str:
    """Return what a place is called; its id where the gazetteer has it no more."""
    place = reference.places.get(id_)
    return language.say(place.names) if place else id_


def days_of(depart: date, back: date | None) -> str:
    """Return from when to when, short."""
    first = depart.strftime("%d/%m/%Y")
    return first if not back or back == depart else f"{first} – {back.strftime('%d/%m/%Y')}"


def kilograms(kg: float | None, beside: float | None, language: Language) -> str:
    """Return kilograms with what comes on top; a dash where they are not known."""
    if kg is None:
        return _NOT_KNOWN
    extra = f" + {language.number(round(beside))}" if beside else ""
    return f"{language.number(round(kg))}{extra}\N{NO-BREAK SPACE}kg"
