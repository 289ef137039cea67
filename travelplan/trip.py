"""A trip, and the one parser behind form, command line, API and audit row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from travelplan.errors import Candidate, FieldProblem, InputError
from travelplan.language import LANGUAGES, LOCALES, Message, message
from travelplan.places.model import Place
from travelplan.places.normalise import normalise

if TYPE_CHECKING:
    from travelplan.places import Places

DEFAULT_ORIGIN = "Gent"
ROLES = ("staff", "elected", "guest", "student")
MOST_TRAVELLERS = 500
LONGEST_STAY_DAYS = 366
FARTHEST_YEARS = 10

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_BELGIAN = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")
_WRITTEN = re.compile(r"(?:[^\W\d]+,? )?(?P<d>\d{1,2})(?:er)? (?P<month>[^\W\d]+)\.? (?P<y>\d{4})")


@dataclass(frozen=True, slots=True)
class Trip:
    """What a traveller wants.

    `via` are destinations on the way; `back` is the day of return, None if unknown; `nights` are
    nights between departure and return, None if unknown.
    """

    origin: Place
    destination: Place
    depart: date
    via: tuple[Place, ...] = ()
    back: date | None = None
    nights: int | None = None
    travellers: int = 1
    role: str = "staff"

    @property
    def multi_day(self) -> bool | None:
        """Whether the return lies after the day of departure; None if unknown."""
        return None if self.back is None else self.back > self.depart

    @property
    def stretches(self) -> tuple[tuple[Place, Place], ...]:
        """The parts of a trip with more than one destination, the way home included."""
        stops = [self.origin, *self.via, self.destination]
        if self.destination.id != self.origin.id:
            stops.append(self.origin)
        return tuple(pairwise(stops))

    def between(self, origin: Place, destination: Place) -> Trip:
        """Return the same trip for one stretch."""
        return replace(self, origin=origin, destination=destination, via=())


def parse_trip(
    fields: Mapping[str, object],
    places: Places,
    *,
    today: date | None = None,
    listed: Collection[str] = (),
) -> Trip:
    """Read a trip from what a person typed.

    Args:
        fields: `destination` is needed; `origin` (Gent), `via` (a list), `depart` (today),
            `return`, `nights`, `travellers` (1) and `role` (staff) have defaults. Days are
            understood as 2027-03-05, 5/3/2027 and 5 maart 2027.
        places: where names are looked up.
        today: the day to count from; the day of the clock if not given.
        listed: ids of the places on the organisation's list, which come first in a search.

    Raises:
        InputError: naming every wrong field, with candidates for ambiguous and unknown places.
    """
    day = today or date.today()
    return _Parser(fields, FieldReader(places, day, listed), day).trip()


class FieldReader:
    """Reads the fields of a trip one by one, as people write them, and notes what is wrong.

    `problems` holds every wrong field so far. A forgotten field is "".
    """

    def __init__(
        self, places: Places, today: date | None = None, listed: Collection[str] = ()
    ) -> None:
        self.problems: list[FieldProblem] = []
        self._places = places
        self._today = today or date.today()
        self._listed = listed

    def note(
        self, field: str, code: str, text: Message, candidates: tuple[Candidate, ...] = ()
    ) -> None:
        """Note what is wrong with a field."""
        self.problems.append(FieldProblem(field, code, text, candidates))

    def place(self, field: str, typed: str) -> Place | None:
        """Return the place that is meant; noted if it is missing, unknown or ambiguous."""
        if not typed:
            self.note(field, "missing", message("Fill in a place, for example “Parijs”."))
            return None
        result = self._places.find(typed, listed=self._listed)
        if result.place:
            return result.place
        candidates = tuple(Candidate(place.id, place.label) for place in result.candidates)
        typed = typed if len(typed) <= 60 else typed[:60] + "…"
        if result.status == "ambiguous":
            text = message("There is more than one “{typed}”. Which do you mean?", typed=typed)
        elif candidates:
            text = message("We do not know “{typed}”. Do you mean one of these?", typed=typed)
        else:
            text = message(
                "We do not know “{typed}”. Check the spelling, or choose a larger town nearby.",
                typed=typed,
            )
        self.note(field, result.status, text, candidates)
        return None

    def day(self, field: str, typed: str) -> date | None:
        """Return a day; None if nothing is typed. Noted if it is none, or too far ahead."""
        if not typed:
            return None
        try:
            day = parse_day(typed)
        except ValueError:
            text = message("The day {typed} does not exist. Check day and month.", typed=typed)
            self.note(field, "no_such_day", text)
            return None
        if day is None:
            text = message(
                "“{typed}” is not a date. Write day, month and year, for example 5/3/2027.",
                typed=typed[:60],
            )
            self.note(field, "not_a_date", text)
        elif day.year > self._today.year + FARTHEST_YEARS:
            text = message("The year {year} is too far ahead. Check the year.", year=str(day.year))
            self.note(field, "too_far", text)
            return None
        return day

    def check_stay(self, depart: date, back: date, nights: int | None = None) -> None:
        """Note a return before the departure, or too long after it, or nights that do not fit."""
        days = (back - depart).days
        if days < 0:
            text = message(
                "The return ({back}) lies before the departure ({depart}).",
                back=back,
                depart=depart,
            )
            self.note("return", "before_departure", text)
        elif days > LONGEST_STAY_DAYS:
            text = message("The return lies more than a year after the departure. Check the year.")
            self.note("return", "too_long", text)
        elif nights is not None and nights > days:
            text = message(
                "{nights} nights do not fit between departure and return ({days}).",
                nights=nights,
                days=days,
            )
            self.note("nights", "contradiction", text)

    def whole(self, field: str, typed: str, *, least: int, most: int) -> int | None:
        """Return a whole number within bounds; None if nothing is typed."""
        if not typed:
            return None
        number = int(typed) if typed.isdecimal() and len(typed) < 10 else None
        if number is not None and least <= number <= most:
            return number
        text = message(
            "“{typed}” does not fit: give a whole number from {least} to {most}.",
            typed=typed[:60],
            least=least,
            most=most,
        )
        self.note(field, "out_of_range" if number is not None else "not_a_number", text)
        return None

    def role(self, typed: str) -> str:
        """Return one of ROLES; staff if nothing is typed."""
        role = typed or ROLES[0]
        if role not in ROLES:
            text = message(
                "“{typed}” is not a role. Choose {roles}.", typed=role[:60], roles=", ".join(ROLES)
            )
            self.note("role", "unknown_role", text)
        return role

    def check_way(self, stops: Sequence[Place | None]) -> None:
        """Note a stretch that ends where it begins."""
        for here, there in pairwise(stops):
            if here and there and here.id == there.id:
                field = "via" if len(stops) > 2 else "destination"
                text = message(
                    "Departure and destination are the same place: {place}.", place=here.names
                )
                self.note(field, "same_place", text)


class _Parser:
    """Reads all fields of a trip."""

    def __init__(self, fields: Mapping[str, object], reader: FieldReader, today: date) -> None:
        self._fields = fields
        self._reader = reader
        self._today = today

    def trip(self) -> Trip:
        reader = self._reader
        origin = reader.place("origin", self._text("origin") or DEFAULT_ORIGIN)
        destination = reader.place("destination", self._text("destination"))
        via = [reader.place("via", name) for name in self._names("via")]
        typed_day = self._text("depart")
        depart = reader.day("depart", typed_day) if typed_day else self._today
        back, nights = self._stay(depart)
        most = MOST_TRAVELLERS
        travellers = reader.whole("travellers", self._text("travellers"), least=1, most=most)
        role = reader.role(self._text("role"))
        reader.check_way([origin, *via, destination])
        if reader.problems or origin is None or destination is None or depart is None:
            raise InputError(reader.problems)
        return Trip(
            origin=origin,
            destination=destination,
            depart=depart,
            via=tuple(place for place in via if place),
            back=back,
            nights=nights,
            travellers=1 if travellers is None else travellers,
            role=role,
        )

    def _text(self, field: str) -> str:
        value = self._fields.get(field)
        return "" if value is None else " ".join(str(value).split())

    def _names(self, field: str) -> list[str]:
        value = self._fields.get(field) or ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple):
            text = message("“{typed}” is not a list of places.", typed=str(value)[:60])
            self._reader.note(field, "not_a_list", text)
            return []
        return [str(name).strip() for name in value if str(name).strip()]

    def _stay(self, depart: date | None) -> tuple[date | None, int | None]:
        """Return the day of return and the nights; against a wrong departure nothing is held."""
        back = self._reader.day("return", self._text("return"))
        typed = self._text("nights")
        nights = self._reader.whole("nights", typed, least=0, most=LONGEST_STAY_DAYS)
        if depart is None:
            return back, nights
        if back is None:
            return (None if nights is None else depart + timedelta(days=nights)), nights
        self._reader.check_stay(depart, back, nights)
        return back, (back - depart).days if nights is None else nights


def parse_day(typed: str) -> date | None:
    """Return the day that a person wrote, or None if it is not written as a date.

    Understands 2027-03-05, 5/3/2027 (day first, as in Belgium), 5-3-2027, 5.3.2027 and the month
    in words in Dutch, French or English, with or without the weekday, which is not checked. The
    year needs four digits.

    Raises:
        ValueError: it is written as a date, but the calendar has no such day.
    """
    match = _ISO.fullmatch(typed) or _BELGIAN.fullmatch(typed)
    if match:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    match = _WRITTEN.fullmatch(typed.casefold())
    month = match and _month(match["month"])
    return date(int(match["y"]), month, int(match["d"])) if match and month else None


def _month(name: str) -> int | None:
    from babel import Locale  # noqa: PLC0415

    for language in LANGUAGES:
        months = Locale.parse(LOCALES[language]).months["format"]
        for width in ("wide", "abbreviated"):
            for number, written in months[width].items():
                if normalise(name) == normalise(written):
                    return int(number)
    return None
