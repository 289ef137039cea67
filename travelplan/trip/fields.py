"""Reads one field after the other and notes everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import TYPE_CHECKING

from travelplan.errors import Candidate, FieldProblem, InputError
from travelplan.language import Message, message
from travelplan.places.model import Place
from travelplan.trip.days import LONGEST_SHOWN, parse_clock, read_day

if TYPE_CHECKING:
    from travelplan.places import Places

EARLIEST_YEAR = 1990
FARTHEST_YEARS = 10
_YES = frozenset({"1", "true", "yes", "on", "ja", "oui", "x"})
_NO = frozenset({"", "0", "false", "no", "off", "nee", "non"})


class Fields:
    """What a person typed, by field, and the problems found in it so far."""

    def __init__(
        self,
        fields: Mapping[str, object],
        places: Places,
        today: date,
        listed: Collection[str],
    ) -> None:
        self.today = today
        self.problems: list[FieldProblem] = []
        self._fields = fields
        self._places = places
        self._listed = listed

    def text(self, field: str) -> str:
        """Return what was typed, with single spaces; "" if nothing was."""
        value = self._fields.get(field)
        return "" if value is None else " ".join(str(value).split())

    def names(self, field: str) -> list[str]:
        """Return a list of names, of which one may stand alone; empty ones are left out."""
        value = self._fields.get(field) or ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list | tuple):
            text = message("“{typed}” is not a list.", typed=str(value)[:LONGEST_SHOWN])
            self.note(field, "not_a_list", text)
            return []
        return [str(name).strip() for name in value if str(name).strip()]

    def note(
        self, field: str, code: str, text: Message, candidates: tuple[Candidate, ...] = ()
    ) -> None:
        """Note a problem of a field."""
        self.problems.append(FieldProblem(field, code, text, candidates))

    def place(self, field: str, typed: str) -> Place | None:
        """Return the place of that name."""
        if not typed:
            self.note(field, "missing", message("Fill in a place, for example “Parijs”."))
            return None
        result = self._places.find(typed, listed=self._listed)
        if result.place:
            return result.place
        candidates = tuple(Candidate(place.id, place.label) for place in result.candidates)
        typed = typed if len(typed) <= LONGEST_SHOWN else typed[:LONGEST_SHOWN] + "…"
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

    def day(self, field: str) -> date | None:
        """Return a day; None if none was typed, or a wrong one."""
        typed = self.text(field)
        if not typed:
            return None
        try:
            day = read_day(field, typed)
        except InputError as error:
            self.problems += error.problems
            return None
        if day.year < EARLIEST_YEAR:
            text = message("The year {year} is too long ago. Check the year.", year=str(day.year))
            self.note(field, "too_early", text)
            return None
        if day.year > self.today.year + FARTHEST_YEARS:
            text = message("The year {year} is too far ahead. Check the year.", year=str(day.year))
            self.note(field, "too_far", text)
            return None
        return day

    def clock(self, field: str) -> time | None:
        """Return a time of day; None if none was typed, or a wrong one."""
        typed = self.text(field)
        clock = parse_clock(typed) if typed else None
        if typed and clock is None:
            text = message(
                "“{typed}” is not a time of day. Write hours and minutes, for example 09:00.",
                typed=typed[:LONGEST_SHOWN],
            )
            self.note(field, "not_a_time", text)
        return clock

    def whole(self, field: str, *, least: int, most: int) -> int | None:
        """Return a whole number within bounds; None if none was typed, or a wrong one."""
        typed = self.text(field)
        if not typed:
            return None
        number = int(typed) if typed.isdecimal() and len(typed) < 10 else None
        if number is not None and least <= number <= most:
            return number
        text = message(
            "“{typed}” does not fit: give a whole number from {least} to {most}.",
            typed=typed[:LONGEST_SHOWN],
            least=least,
            most=most,
        )
        self.note(field, "out_of_range" if number is not None else "not_a_number", text)
        return None

    def flag(self, field: str) -> bool:
        """Return whether a box is ticked."""
        typed = self.text(field).casefold()
        if typed not in _YES | _NO:
            text = message("“{typed}” is neither yes nor no.", typed=typed[:LONGEST_SHOWN])
            self.note(field, "not_yes_or_no", text)
        return typed in _YES
