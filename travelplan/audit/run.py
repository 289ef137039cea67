"""An audit: every row of a table judged, one after the other; a bad row never stops the next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import NamedTuple, TypeVar

from travelplan.audit.cells import BookedLeg, RowReader
from travelplan.audit.judge import Finding, Judge
from travelplan.audit.money import plain_cents
from travelplan.audit.results import Audited, Faulty, Result, unreadable
from travelplan.audit.table import Table, name_of, repeated_trips, rows_table
from travelplan.audit.trips import BookedTrip, join, trip_of_row
from travelplan.audit.words import ALL_COLUMNS, TripWords
from travelplan.errors import InputError
from travelplan.reference import Reference
from travelplan.trip import LONGEST_STAY_DAYS

K = TypeVar("K")
T = TypeVar("T")
MOST_REMEMBERED = 200_000
MOST_CELLS = 50_000
_PLAIN_NUMBER = re.compile(r"(?=\D*\d)[^\W_][\w./-]*|").fullmatch
_MANNER = ("origin", "mode", "class", "role", "reason", "request")


_Row = tuple[int, list[str]]


def audit_table(
    table: Table,
    reference: Reference,
    words: TripWords,
    *,
    repeated: Mapping[int, int] | None = None,
    requested: Collection[str] | None = None,
    today: date | None = None,
) -> Iterator[Result]:
    """Yield every trip of a table judged, and every row that cannot be, lazily.

    Args:
        table: the rows.
        reference: the scheme, the list and the factors; each trip is judged by the version and
            the list of its day of departure. Trips without an origin start where the list counts
            from.
        words: how modes, classes and roles are written.
        repeated: what `repeated_trips` returns, if it was asked for before.
        requested: the numbers of the trips for which a request was filed; without it the column
            `request` tells, and without that column a reason is taken to have been requested.
        today: the day of the audit; days too far after it are taken for typing errors.
    """
    counts = repeated_trips(table) if repeated is None else repeated
    return _Audit(table, reference, words, requested, today).results(counts)


def audit_rows(
    rows: Iterable[Mapping[str, object]],
    reference: Reference,
    words: TripWords,
    *,
    requested: Collection[str] | None = None,
    today: date | None = None,
) -> Iterator[Result]:
    """Yield every trip of some rows judged, for programs that hold rows; see `audit_table`.

    Raises:
        InputError: (field `file`) no row has a destination or a day of departure.
    """
    table = rows_table(rows, words)
    return audit_table(table, reference, words, requested=requested, today=today)


class _Day(NamedTuple):
    """A day as many rows have it; 0 where a row has none."""

    day: date | None
    ordinal: int
    period: int


_NO_DAY = _Day(None, 0, 0)


class _Party(NamedTuple):
    """Who travelled, as many rows have it."""

    travellers: int
    unit: str


_Key = tuple[object, ...]
_Judged = tuple[BookedTrip, Finding]


class _Audit:
    """Judges the rows of a table. Rows that are alike in what counts are judged once.

    What is found is kept by the place where a trip goes, and below that by how, by whom, why and
    when as far as it counts: a million rows look it up in few and small tables, because going
    through large ones is what takes the time.
    """

    def __init__(
        self,
        table: Table,
        reference: Reference,
        words: TripWords,
        requested: Collection[str] | None,
        today: date | None,
    ) -> None:
        self._table = table
        self._judge = Judge(reference)
        self._requested = requested
        self._reader = RowReader(
            reference.places,
            words,
            origin=reference.destinations.origin,
            decimal=table.decimal,
            listed=reference.destinations.listed_ids,
            today=today,
        )
        self._width = len(table.header)
        self._at = {name: table.columns.get(name, self._width) for name in ALL_COLUMNS}
        self._manner_of = itemgetter(*(self._at[name] for name in _MANNER))
        self._party_of = itemgetter(self._at["travellers"], self._at["unit"])
        self._number, self._cost = self._at["trip_id"], self._at["cost_eur"]
        self._depart, self._return = self._at["depart"], self._at["return"]
        self._place, self._mode = self._at["destination"], self._at["mode"]
        self._looks_closer = (
            self._judge.counts_evenings or self._judge.counts_travellers or requested is not None
        )
        self._days: dict[str, _Day] = {}
        self._parties: dict[tuple[str, str], _Party] = {}
        self._counts_nights = self._judge.counts_nights
        self._shared: set[str] = set()  # how the file writes a shared car
        self._manners: dict[tuple[str, ...], int] = {}
        self._keys: dict[_Key, _Key] = {}
        self._found: dict[str, dict[_Key, _Judged]] = {}
        self._number_found = 0

    def results(self, repeated: Mapping[int, int]) -> Iterator[Result]:
        """Yield what comes of every row."""
        width, position = self._width, self._table.columns.get("trip_id")
        held: dict[str, list[_Row]] = {}
        for number, cells in self._table.rows():
            if cells is None or (len(cells) > width and any(cells[width:])):
                yield unreadable(number, cells)
                continue
            if repeated:
                name = name_of(cells, position)
                count = repeated.get(hash(name))
                if count:
                    rows = held.setdefault(name, [])
                    rows.append((number, cells))
                    if len(rows) == count:
                        yield from self._group(held.pop(name))
                    continue
            if len(cells) == width:
                cells.append("")
            yield self._quick(number, cells) or self._single(number, cells)
        for rows in held.values():
            yield from self._group(rows)

    def _quick(self, number: int, cells: list[str]) -> Result | None:
        """Return the judgement of a plain row that is like one judged before; None for others.

        A million rows pass here: what stands in many cells is looked up, not read.
        """
        start, end = self._days.get(cells[self._depart]), self._days.get(cells[self._return])
        there, party = self._found.get(cells[self._place]), self._parties.get(self._party_of(cells))
        if start is None or end is None or there is None or party is None:
            return None
        trip_id, cost, (travellers, unit) = cells[self._number], cells[self._cost], party
        known = there.get(self._key(trip_id, cells, start, end, travellers))
        cost_cents = plain_cents(cost) if cost else None
        if known is None or start.day is None or (cost and cost_cents is None):
            return None
        if not _PLAIN_NUMBER(trip_id):
            return None
        trip, finding = known
        return Audited(
            (number,), trip_id, start.day, end.day, travellers, cost_cents, unit, trip, finding
        )

    def _key(self, trip_id: str, cells: list[str], start: _Day, end: _Day, travellers: int) -> _Key:
        """Return all that the judgement of a row rests on, beside where it goes."""
        manner = self._manners.get(self._manner_of(cells))
        length: int | bool | None = None
        if end.ordinal:
            length = end.ordinal - start.ordinal
            if 0 <= length <= LONGEST_STAY_DAYS and not self._counts_nights:
                length = length > 0
        if not self._looks_closer and cells[self._mode] not in self._shared:
            return manner, start.period, length
        asked = None if self._requested is None else trip_id in self._requested
        evening = start.ordinal if self._judge.counts_evenings else 0
        return manner, start.period, length, evening, travellers, asked

    def _single(self, number: int, cells: list[str]) -> Result:
        """Return what comes of a row that is a trip by itself."""
        try:
            leg = self._leg(number, cells)
        except InputError as error:
            return self._faulty(number, cells, error)
        if leg.mode == "carpool":
            self._shared.add(cells[self._mode])
        if self._number_found >= MOST_REMEMBERED:
            self._forget()
        key = self._key_of(cells, leg)
        there = self._found.setdefault(cells[self._place], {})
        trip = trip_of_row(leg)
        known = there.get(key)
        if known is None:
            known = there[self._keys.setdefault(key, key)] = (trip, self._judge.finding(trip))
            self._number_found += 1
        return _audited(trip, *known)

    def _forget(self) -> None:
        """Begin anew at the end of memory: numbers of manners mean something else then."""
        self._found.clear()
        self._keys.clear()
        self._manners.clear()
        self._number_found = 0

    def _key_of(self, cells: list[str], leg: BookedLeg) -> _Key:
        """Return all that the judgement of a row rests on; what its cells mean is kept."""
        start = self._as_day(leg.depart)
        end = self._as_day(leg.back) if leg.back else _NO_DAY
        _keep(self._days, cells[self._depart], start)
        _keep(self._days, cells[self._return], end)
        _keep(self._parties, self._party_of(cells), _Party(leg.travellers, leg.unit))
        self._manners.setdefault(self._manner_of(cells), len(self._manners))
        return self._key(leg.trip_id, cells, start, end, leg.travellers)

    def _as_day(self, day: date) -> _Day:
        return _Day(day, day.toordinal(), self._judge.period_number(day))

    def _group(self, rows: list[_Row]) -> Iterator[Result]:
        """Yield what comes of the rows of one trip, in the order of the file."""
        legs: list[BookedLeg] = []
        faulty: list[Faulty] = []
        for number, cells in rows:
            cells[self._width :] = [""]  # for the columns that the file does not have
            try:
                legs.append(self._leg(number, cells))
            except InputError as error:
                faulty.append(self._faulty(number, cells, error))
        yield from faulty
        if faulty and legs and legs[0].trip_id:
            wrong = tuple(item.row for item in faulty)
            yield from (Faulty(g.row, g.trip_id, (), wrong, g.cost_cents) for g in legs)
            return
        is_one = len({tuple(cells) for _, cells in rows}) == 1 or any(leg.trip_id for leg in legs)
        for group in [legs] if is_one else [[leg] for leg in legs]:
            trips, doubtful = join(group) if group else ([], [])
            for trip in trips:
                yield _audited(trip, trip, self._judge.finding(trip))
            costs = {leg.row: leg.cost_cents for leg in group}
            for row, problem in doubtful:
                yield Faulty(row, group[0].trip_id, (problem,), (), costs[row])

    def _leg(self, number: int, cells: list[str]) -> BookedLeg:
        named = {name: cells[i] for name, i in self._table.columns.items()}
        leg = self._reader.leg(number, named)
        if self._requested is None:
            return leg
        return leg._replace(request=leg.trip_id in self._requested)

    def _faulty(self, number: int, cells: list[str], error: InputError) -> Faulty:
        typed = cells[self._at["cost_eur"]].strip()
        cents = self._reader.cost("cost_eur", typed, []) if typed else None
        trip_id = cells[self._at["trip_id"]].strip()
        return Faulty(number, trip_id, error.problems, (), cents)


def _keep(known: dict[K, T], cell: K, found: T) -> None:
    if len(known) >= MOST_CELLS:
        known.clear()
    known[cell] = found


def _audited(own: BookedTrip, like: BookedTrip, finding: Finding) -> Audited:
    """Return a trip with its own days and cost and the judgement of one that is alike."""
    return Audited(
        own.rows,
        own.trip_id,
        own.depart,
        own.back,
        own.travellers,
        own.cost_cents,
        own.unit,
        like,
        finding,
    )
