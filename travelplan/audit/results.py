"""What comes of the rows of an audit: trips judged, and rows that could not be."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from travelplan.audit.judge import Finding
from travelplan.audit.trips import BookedTrip
from travelplan.errors import FieldProblem
from travelplan.language import message

_DOUBTFUL = frozenset({"ambiguous", "duplicate", "legs_apart", "too_long"})


class Audited(NamedTuple):
    """A trip that was judged, with what its own rows say of it.

    `trip` holds what it shares with trips that are alike: the way, role, reason and request.
    """

    rows: tuple[int, ...]
    trip_id: str
    depart: date
    back: date | None
    travellers: int
    cost_cents: int | None
    unit: str
    trip: BookedTrip
    finding: Finding


class Faulty(NamedTuple):
    """A row that was not judged: what is wrong or doubtful in which cell.

    `waits_for` are the wrong rows of the same trip, where nothing is wrong in this one.
    `cost_cents` is None where the row gives no amount that can be read.
    """

    row: int
    trip_id: str
    problems: tuple[FieldProblem, ...]
    waits_for: tuple[int, ...] = ()
    cost_cents: int | None = None

    @property
    def doubtful(self) -> bool:
        """Whether nothing is plainly wrong, but a person has to choose."""
        return bool(self.problems) and all(p.code in _DOUBTFUL for p in self.problems)


Result = Audited | Faulty


def unreadable(number: int, cells: list[str] | None) -> Faulty:
    """Return what is wrong with a row that is no row: a quote left open, or cells too many."""
    if cells is None:
        text = message("This row cannot be read: a quotation mark does not close. Correct it.")
        return Faulty(number, "", (FieldProblem("row", "unreadable", text),))
    text = message("The row has more cells than there are columns. Put quotes round a comma.")
    return Faulty(number, "", (FieldProblem("row", "too_many_cells", text),))
