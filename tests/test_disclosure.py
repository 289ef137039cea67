"""What open data hides cannot be computed: every table that fits what is shown is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.hr.disclosure import TOTAL, Cell, Key, given_away, hidden_cells, with_totals

MOST = 14
"""The largest number that the counting tries in a cell that is not a total."""


def table_of(rows: list[list[int]], people: int | None = None) -> dict[Key, Cell]:
    """A table of trips, each made by somebody else unless `people` says how many there are."""
    cells = {
        (f"r{i}", f"c{j}"): Cell(trips, trips if people is None else min(people, trips), 10.0)
        for i, row in enumerate(rows)
        for j, trips in enumerate(row)
    }
    bare = with_totals(cells, {})
    known = {
        key: cell.trips if people is None else min(people, cell.trips) for key, cell in bare.items()
    }
    return with_totals(cells, known)


def fitting(table: Mapping[Key, Cell], hidden: frozenset[Key]) -> Iterator[dict[Key, int]]:
    """Yield every table of whole numbers that a reader cannot tell from the real one."""
    inner = [key for key in table if TOTAL not in key]
    free = [key for key in inner if key in hidden]
    totals = [key for key in table if TOTAL in key]
    for values in product(range(MOST + 1), repeat=len(free)):
        tried = {key: table[key].trips for key in inner} | dict(zip(free, values, strict=True))
        for row, column in totals:
            tried[row, column] = sum(
                tried[r, c] for r, c in inner if row in {TOTAL, r} and column in {TOTAL, c}
            )
        if all(tried[key] == table[key].trips for key in totals if key not in hidden):
            yield tried


def found_out(table: Mapping[Key, Cell], hidden: frozenset[Key]) -> frozenset[Key]:
    """Return the hidden cells that have the same number in every table that fits."""
    values: dict[Key, set[int]] = {key: set() for key in hidden}
    for tried in fitting(table, hidden):
        for key in hidden:
            values[key].add(tried[key])
    return frozenset(key for key, seen in values.items() if len(seen) == 1)


def test_nothing_is_hidden_where_every_cell_is_large() -> None:
    assert hidden_cells(table_of([[5, 9], [8, 7]])) == frozenset()


def test_a_small_cell_takes_three_others_with_it() -> None:
    """With its row and column totals shown, one more in each and the one across must go."""
    table = table_of([[2, 9, 8], [7, 6, 9], [9, 9, 9]])
    hidden = hidden_cells(table)
    assert ("r0", "c0") in hidden
    assert len(hidden) == 4
    assert not any(TOTAL in key for key in hidden)


def test_many_trips_of_two_people_are_hidden() -> None:
    assert ("r0", "c0") in hidden_cells(table_of([[40, 9], [8, 7]], people=2))


def test_a_cell_alone_in_its_line_hides_the_total_too() -> None:
    hidden = hidden_cells(table_of([[3], [9], [8]]))
    assert {("r0", "c0"), ("r0", TOTAL)} <= hidden
    assert len(hidden) > 2


def test_a_cell_that_hides_alone_is_found_out() -> None:
    """The check itself can fail."""
    table = table_of([[2, 9], [8, 7]])
    alone = frozenset({("r0", "c0")})
    assert given_away(table, alone) == alone == found_out(table, alone)


def test_hidden_noughts_are_found_out_where_their_line_adds_up_to_nothing() -> None:
    """Two empty cells with a shown total of their row: both must be nought."""
    table = table_of([[0, 0, 9], [9, 9, 9], [9, 9, 9]])
    square = frozenset(product(("r0", "r1"), ("c0", "c1")))
    assert {("r0", "c0"), ("r0", "c1")} <= given_away(table, square)
    assert given_away(table, square) == found_out(table, square)


numbers = st.integers(0, 9)
shapes = st.tuples(st.integers(1, 3), st.integers(1, 3))
tables = shapes.flatmap(
    lambda shape: st.lists(
        st.lists(numbers, min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@given(tables)
@settings(max_examples=300)
def test_no_shown_cell_is_small_and_no_hidden_cell_is_given_away(rows: list[list[int]]) -> None:
    table = table_of(rows)
    hidden = hidden_cells(table)
    assert all(key in hidden for key, cell in table.items() if cell.is_small)
    assert given_away(table, hidden) == frozenset()


@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
@settings(max_examples=40)
def test_counting_every_table_that_fits_recovers_no_hidden_cell(rows: list[list[int]]) -> None:
    table = table_of(rows)
    hidden = hidden_cells(table)
    assert found_out(table, hidden) == frozenset()


@pytest.mark.parametrize("chosen", range(0, 512, 7))
def test_the_quick_check_agrees_with_the_counting(chosen: int) -> None:
    """Any choice of hidden cells, safe or not: both find the same cells out."""
    table = table_of([[1, 0], [6, 2]])
    hidden = frozenset(key for n, key in enumerate(sorted(table)) if chosen >> n & 1)
    assert given_away(table, hidden) == found_out(table, hidden)
