"""Trips that were made, as visits to places; what cannot be counted is named, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from travelplan.errors import InputError
from travelplan.language import Message, message
from travelplan.places import Place, Places, SearchResult
from travelplan.trip import read_day


@dataclass(frozen=True, slots=True)
class Visit:
    """One trip to one place: `trip` is its id or its line, `back` None if not known."""

    trip: str
    place: Place
    depart: date
    back: date | None


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A row that could not be counted: its line (the header is line 1) and why."""

    line: int
    typed: str
    why: Message


@dataclass(frozen=True, slots=True)
class Visits:
    """What a file of trips holds."""

    visits: tuple[Visit, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()


def read_visits(
    rows: Iterable[tuple[int, Mapping[str, str] | None]],
    places: Places,
    origin: str,
    listed: Collection[str] = (),
) -> Visits:
    """Read the visits of a file of trips.

    Args:
        rows: numbered rows as cells by column, as `Table.named` yields them.
        places: where names are looked up.
        origin: the id of the place from which trips count; a row without origin counts.
        listed: ids of the places on the list, which come first in a search.
    """
    reading = _Rows(places, origin, listed)
    for number, cells in rows:
        if cells is None:
            why = message("This row cannot be read: look at its quotation marks and its cells.")
            reading.uncounted.append(Uncounted(number, "", why))
        else:
            reading.add(number, cells)
    return Visits(tuple(reading.visits), tuple(reading.uncounted))


class _Rows:
    """Reads row by row, each name once."""

    def __init__(self, places: Places, origin: str, listed: Collection[str]) -> None:
        self.visits: list[Visit] = []
        self.uncounted: list[Uncounted] = []
        self._places = places
        self._origin = origin
        self._listed = listed
        self._known: dict[str, SearchResult] = {}
        self._seen: set[tuple[str, str]] = set()

    def add(self, line: int, cells: Mapping[str, str]) -> None:
        """Count a row, or note why not. A trip counts once for each place it goes to."""
        typed = cells["destination"]
        try:
            depart = self._day("depart", cells["depart"])
            back = self._day("return", cells.get("return", ""))
        except InputError as error:
            self.uncounted.append(Uncounted(line, typed, error.problems[0].message))
            return
        result = self._find(typed)
        fault = self._fault(depart, back, result, cells.get("origin", ""))
        if fault or depart is None or result.place is None:
            self.uncounted.append(Uncounted(line, typed, fault or message("No departure.")))
            return
        trip = cells.get("trip_id", "") or f"line {line}"
        if (trip, result.place.id) not in self._seen:
            self._seen.add((trip, result.place.id))
            self.visits.append(Visit(trip, result.place, depart, back))

    def _fault(
        self, depart: date | None, back: date | None, result: SearchResult, origin: str
    ) -> Message | None:
        if depart is None:
            return message("No departure.")
        if back and back < depart:
            return message(
                "The return ({back}) lies before the departure ({depart}).",
                back=back,
                depart=depart,
            )
        if result.status == "ambiguous":
            return message("More than one place is called so: add a country.")
        if result.place is None:
            return message("We do not know this place.")
        if origin and self._id_of(origin) != self._origin:
            return message("The trip does not start where the list counts from.")
        return None

    def _id_of(self, typed: str) -> str:
        place = self._find(typed).place
        return place.id if place else ""

    def _find(self, typed: str) -> SearchResult:
        if typed not in self._known:
            self._known[typed] = self._places.find(typed, listed=self._listed)
        return self._known[typed]

    def _day(self, field: str, typed: str) -> date | None:
        return read_day(field, typed) if typed else None
