"""Reads the cells of a row one by one, each with the name of its field."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from travelplan.errors import Candidate, FieldProblem
from travelplan.language import Message
from travelplan.places.model import Place
from travelplan.trip.fields import Fields
from travelplan.trip.parser import check_stay, check_way, read_role

if TYPE_CHECKING:
    from travelplan.places import Places


class FieldReader:
    """Reads values as people write them, and notes what is wrong; a forgotten value is ""."""

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
        return self._fields(field, typed).place(field, typed)

    def day(self, field: str, typed: str) -> date | None:
        """Return a day; None if nothing is typed. Noted if it is none, or too far ahead."""
        return self._fields(field, typed).day(field)

    def whole(self, field: str, typed: str, *, least: int, most: int) -> int | None:
        """Return a whole number within bounds; None if nothing is typed."""
        return self._fields(field, typed).whole(field, least=least, most=most)

    def role(self, typed: str) -> str:
        """Return one of ROLES; staff if nothing is typed."""
        return read_role(self._fields("role", typed))

    def check_stay(self, depart: date, back: date) -> None:
        """Note a return before the departure, or too long after it."""
        check_stay(self._fields("return", ""), depart, back, None)

    def check_way(self, stops: Sequence[Place | None]) -> None:
        """Note a stretch that ends where it begins."""
        check_way(self._fields("destination", ""), stops)

    def _fields(self, field: str, typed: str) -> Fields:
        """Return one typed value as fields; what is wrong with it is noted here."""
        fields = Fields({field: typed}, self._places, self._today, self._listed)
        fields.problems = self.problems
        return fields
