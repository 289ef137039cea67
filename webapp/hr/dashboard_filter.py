"""What HR asks of the register, as it stands in the address: period, unit, mode, verdict, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sqlalchemy import CTE, ColumnElement, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from werkzeug.datastructures import MultiDict

from travelplan.errors import FieldProblem, InputError
from travelplan.language import Message, Words, message
from travelplan.places.normalise import normalise
from travelplan.trip import LONGEST_SHOWN, read_day
from webapp.hr.figures_words import WORDS
from webapp.store.register import MadeTrip

MOST_REMEMBERED = 50_000
LABELS: Mapping[str, Message] = {
    "year": message("Year"),
    "unit": message("Unit"),
    "mode": message("Mode"),
    "from": message("From (dd/mm/yyyy)"),
    "to": message("Up to and including (dd/mm/yyyy)"),
    "destination": message("Destination"),
    "outcome": message("Level"),
    "verdict": message("Verdict"),
    "role": message("Role of the traveller"),
    "differs": message("Rule of the day"),
}
"""The fields of the address, and what a page calls them."""
NAMED = ("unit", "mode", "outcome", "verdict", "role")
_COLUMNS = {name: getattr(MadeTrip, name) for name in NAMED}
DIFFERS = (
    MadeTrip.verdict_of_day != literal_column("''"),
    MadeTrip.verdict != MadeTrip.verdict_of_day,
)
"""The rule of its day judges a trip otherwise; written as its index has it."""
_YEAR = re.compile(r"20[0-9]{2}")
UNKNOWN = message("There is no “{typed}” here. Choose one of the list.")


@dataclass(frozen=True)
class Period:
    """The days of departure that count, both included; None for no bound."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Return a whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True)
class Choice:
    """Which trips count. `named` holds what a column must be, `destination_id` "" for any place.

    `differs` chooses the trips that the rule of their day judges otherwise.
    """

    period: Period = Period()
    named: Mapping[str, str] = field(default_factory=dict)
    destination_id: str = ""
    differs: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing but the days is chosen."""
        return not self.named and not self.destination_id and not self.differs

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Yield what a row of the register must meet; the year beside the day, for its index."""
        if self.period.first:
            yield MadeTrip.year >= self.period.first.year
            yield MadeTrip.depart >= self.period.first
        if self.period.last:
            yield MadeTrip.year <= self.period.last.year
            yield MadeTrip.depart <= self.period.last
        for name, value in self.named.items():
            yield _COLUMNS[name] == value
        if self.destination_id:
            yield MadeTrip.destination_id == self.destination_id
        if self.differs:
            yield from DIFFERS


@dataclass(frozen=True)
class Asked:
    """The address as it was typed, what it comes to, and what is wrong in it, by field."""

    typed: Mapping[str, str]
    choice: Choice
    faults: Mapping[str, list[FieldProblem]]

    @property
    def address(self) -> dict[str, str]:
        """The fields that were filled in, for the address of another page."""
        return {name: text for name, text in self.typed.items() if text}

    def summary(self) -> Iterator[tuple[str, Message, Message]]:
        """Yield every fault with its field, in the order of the page."""
        for name, label in LABELS.items():
            for fault in self.faults.get(name, ()):
                yield name, label, fault.message


@dataclass(frozen=True)
class Offered:
    """What there is to choose from: years and units of the register; modes, levels, verdicts."""

    years: tuple[int, ...]
    values: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, session: Session) -> Offered:
        """Look into the register."""
        first = session.scalar(select(func.min(MadeTrip.depart)))
        last = session.scalar(select(func.max(MadeTrip.depart)))
        years = tuple(range(last.year, first.year - 1, -1)) if first and last else ()
        values = {name: tuple(words) for name, words in WORDS.items()}
        units = session.scalars(select(_different(MadeTrip.unit).c.value))
        return cls(years, {**values, "unit": tuple(units)})


def read_asked(arguments: MultiDict[str, str], session: Session, offered: Offered) -> Asked:
    """Read the address. Every wrong field is named; what is right still counts."""
    return _Reader(arguments, session, offered).asked()


class _Reader:
    """Reads field by field and notes what is wrong."""

    def __init__(self, arguments: MultiDict[str, str], session: Session, offered: Offered) -> None:
        self._typed = {name: " ".join(arguments.get(name, "").split()) for name in LABELS}
        self._session = session
        self._offered = offered
        self._faults: dict[str, list[FieldProblem]] = {}

    def asked(self) -> Asked:
        named = {name: value for name in NAMED if (value := self._named(name))}
        differs = bool(self._named("differs"))
        choice = Choice(self._period(), named, self._destination(), differs)
        return Asked(self._typed, choice, self._faults)

    def _note(self, name: str, code: str, text: Message) -> None:
        self._faults.setdefault(name, []).append(FieldProblem(name, code, text))

    def _period(self) -> Period:
        first, last = self._day("from"), self._day("to")
        if first and last and last < first:
            self._note("to", "before", message("This day lies before the first day."))
        typed = self._typed["year"]
        if not typed:
            return Period(first, last)
        if not _YEAR.fullmatch(typed):
            text = message(
                "“{typed}” is not a year. Write for example 2026.", typed=typed[:LONGEST_SHOWN]
            )
            self._note("year", "not_a_year", text)
            return Period()
        if self._typed["from"] or self._typed["to"]:
            text = message("Choose a year, or a first and a last day: not both.")
            self._note("year", "both", text)
        return Period.of_year(int(typed))

    def _day(self, name: str) -> date | None:
        typed = self._typed[name]
        if not typed:
            return None
        try:
            return read_day(name, typed)
        except InputError as error:
            self._faults.setdefault(name, []).extend(error.problems)
            return None

    def _named(self, name: str) -> str:
        typed = self._typed[name]
        if typed and typed not in self._offered.values[name]:
            self._note(name, "unknown", message(UNKNOWN.text, typed=typed[:LONGEST_SHOWN]))
            return ""
        return typed

    def _destination(self) -> str:
        """Return the place that is meant among those to which a trip went."""
        typed = self._typed["destination"]
        if not typed:
            return ""
        wanted = normalise(typed)
        found = {id_ for id_, names in places(self._session).items() if _is_called(names, wanted)}
        if len(found) == 1:
            return found.pop()
        shown = typed[:LONGEST_SHOWN]
        if found:
            text = message("More than one place is called “{typed}”.", typed=shown)
            self._note("destination", "ambiguous", text)
        else:
            text = message(
                "No trip in the register goes to “{typed}”. Check the name.", typed=shown
            )
            self._note("destination", "unknown", text)
        return ""


def _is_called(names: Words, wanted: str) -> bool:
    return wanted in {_normalised(names.nl), _normalised(names.fr), _normalised(names.en)}


@lru_cache(maxsize=MOST_REMEMBERED)
def _normalised(name: str) -> str:
    return normalise(name)


def places(session: Session) -> dict[str, Words]:
    """Return the names of every place to which a trip went, by its id."""
    ids = _different(MadeTrip.destination_id)
    there = MadeTrip.destination_id == ids.c.value
    names = select(MadeTrip.destination).where(there).limit(1).scalar_subquery()
    return {id_: Words(**words) for id_, words in session.execute(select(ids.c.value, names))}


def _different(column: InstrumentedAttribute[str]) -> CTE:
    """Return as `value` what a column of the register holds, each once and in order.

    The database leaps along the index of the column from one value to the next: it never reads
    the whole table for the few values that it holds.
    """
    leap = select(func.min(column).label("value")).cte("leap", recursive=True)
    further = select(func.min(column)).where(column > leap.c.value).scalar_subquery()
    leaps = leap.union_all(select(further).where(leap.c.value.is_not(None)))
    return select(leaps.c.value).where(leaps.c.value.is_not(None)).cte("different")
