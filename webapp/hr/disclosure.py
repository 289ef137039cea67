"""Disclosure control: which cells of a table with totals may be read by anyone.

A cell of few trips or few people is hidden, and with it as many others as it takes: nobody who
knows that numbers of trips are whole and not negative can compute a hidden cell from what is shown.

A table of two dimensions with its totals is a network: every cell is an arc, every line that adds
up a node, and what a reader cannot tell apart are the flows that differ by a cycle. So a hidden
cell is safe exactly if some cycle of hidden cells goes through it along which the numbers can move
by one. Kilograms stand in the same lines: a cell can only go down if it has some, or a shown sum
of nought kilograms would tell that nobody travelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

LEAST_TRIPS = 5
LEAST_PEOPLE = 3
TOTAL = ""
_A_CELL, _A_TOTAL = 10, 100_000  # a total is worth more than any row of cells
Key = tuple[str, str]
"""A row and a column of the table; TOTAL for the total of the others."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell before anything is hidden."""

    trips: int = 0
    people: int = 0
    kg: float = 0.0

    @property
    def is_small(self) -> bool:
        """Whether too few trips or people are in it to be shown."""
        return self.trips < LEAST_TRIPS or self.people < LEAST_PEOPLE


def hidden_cells(table: Mapping[Key, Cell]) -> frozenset[Key]:
    """Return the cells that stay hidden: the small ones, and those that would give them away.

    Args:
        table: every cell of every row and column, totals too (row, TOTAL), (TOTAL, column) and
            (TOTAL, TOTAL).
    """
    hidden = {key for key, cell in table.items() if cell.is_small}
    while open_ := _given_away(table, hidden):
        hidden |= _cheapest_cycle(table, hidden, open_[0])
    return frozenset(hidden)


def given_away(table: Mapping[Key, Cell], hidden: Iterable[Key]) -> frozenset[Key]:
    """Return the hidden cells that can be computed from the cells that are shown."""
    return frozenset(_given_away(table, set(hidden)))


def _given_away(table: Mapping[Key, Cell], hidden: set[Key]) -> list[Key]:
    arcs = _arcs(table, hidden)
    return [key for key in sorted(hidden) if not _can_move(key, table, arcs)]


_Node = tuple[str, str]
_Arcs = dict[_Node, list[tuple[_Node, Key]]]


def _ends(key: Key) -> tuple[_Node, _Node]:
    """Return the lines that a cell adds to, as the ends of its arc."""
    row, column = ("row", key[0]), ("column", key[1])
    return (column, row) if (key[0] == TOTAL) != (key[1] == TOTAL) else (row, column)


def _arcs(table: Mapping[Key, Cell], hidden: Iterable[Key]) -> _Arcs:
    """Return along which arcs the hidden numbers can move: up always, down where there are some."""
    arcs: _Arcs = {}
    for key in hidden:
        start, end = _ends(key)
        arcs.setdefault(start, []).append((end, key))
        if _can_fall(table[key]):
            arcs.setdefault(end, []).append((start, key))
    return arcs


def _can_fall(cell: Cell) -> bool:
    return cell.trips >= 1 and cell.kg > 0


def _can_move(key: Key, table: Mapping[Key, Cell], arcs: _Arcs) -> bool:
    start, end = _ends(key)
    up = _reaches(end, start, key, arcs)
    return up or (_can_fall(table[key]) and _reaches(start, end, key, arcs))


def _reaches(start: _Node, goal: _Node, without: Key, arcs: _Arcs) -> bool:
    """Return whether a way leads from one line to another without a cell."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for there, key in arcs.get(here, ()):
            if key != without and there not in seen:
                seen.add(there)
                waiting.append(there)
    return False


def _cheapest_cycle(table: Mapping[Key, Cell], hidden: set[Key], key: Key) -> frozenset[Key]:
    """Return what must be hidden besides so that a cell can move: few cells, small, no totals."""
    arcs = _arcs(table, table)
    prices = {at: 0 if at in hidden else _price(at, table) for at in table}
    start, end = _ends(key)
    ways = [_cheapest(end, start, key, arcs, prices)]
    if _can_fall(table[key]):
        ways.append(_cheapest(start, end, key, arcs, prices))
    _, cells = min((way for way in ways if way), key=lambda way: (way[0], sorted(way[1])))
    return cells


def _cheapest(
    start: _Node, goal: _Node, without: Key, arcs: _Arcs, prices: Mapping[Key, int]
) -> tuple[int, frozenset[Key]] | None:
    """Return the price and the cells of the cheapest way from one line to another; see Dijkstra."""
    best = {start: 0}
    waiting: list[tuple[int, _Node, tuple[Key, ...]]] = [(0, start, ())]
    while waiting:
        price, here, way = heappop(waiting)
        if here == goal:
            return price, frozenset(way)
        for there, key in arcs.get(here, ()):
            further = price + prices[key]
            if key != without and further < best.get(there, further + 1):
                best[there] = further
                heappush(waiting, (further, there, (*way, key)))
    return None


def _price(key: Key, table: Mapping[Key, Cell]) -> int:
    """Return what is lost where a cell is hidden: more where more trips stand in it."""
    trips = table[key].trips
    return _A_TOTAL + trips if TOTAL in key else _A_CELL + trips


def with_totals(cells: Mapping[Key, Cell], people: Mapping[Key, int]) -> dict[Key, Cell]:
    """Return a whole table: every row with every column, and all totals.

    Args:
        cells: those in which something stands.
        people: how many different people are in each total; they do not add up.
    """
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    table = {(row, column): cells.get((row, column), Cell()) for row in rows for column in columns}
    for key in _totals(rows, columns):
        parts = [cell for at, cell in table.items() if _lies_in(at, key) and TOTAL not in at]
        trips, kg = sum(cell.trips for cell in parts), sum(cell.kg for cell in parts)
        table[key] = Cell(trips, people.get(key, 0), kg)
    return table


def _totals(rows: Sequence[str], columns: Sequence[str]) -> Iterator[Key]:
    yield from ((row, TOTAL) for row in rows)
    yield from ((TOTAL, column) for column in columns)
    yield TOTAL, TOTAL


def _lies_in(key: Key, total: Key) -> bool:
    return all(part in {TOTAL, name} for part, name in zip(total, key, strict=True))
