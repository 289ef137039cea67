"""Attacks on tables of open data that know nothing of how they were protected: none succeeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.hr.disclosure import TOTAL, Cell, Key, hidden_cells, with_totals


def lines(table: Mapping[Key, Cell]) -> list[tuple[list[Key], Key]]:
    """Every sum that a reader knows: the cells that add up, and what they add up to."""
    rows = sorted({row for row, _ in table if row != TOTAL})
    columns = sorted({column for _, column in table if column != TOTAL})
    found = [([(row, c) for c in columns], (row, TOTAL)) for row in (*rows, TOTAL)]
    return found + [([(r, column) for r in rows], (TOTAL, column)) for column in (*columns, TOTAL)]


def linearly_fixed(table: Mapping[Key, Cell], hidden: Iterable[Key]) -> set[Key]:
    """Hidden cells that are the same in every solution of the sums: Gauss, in exact fractions."""
    names = sorted(hidden)
    rows = []
    for parts, total in lines(table):
        row = [Fraction(0)] * len(names)
        for key, sign in (*((p, 1) for p in parts), (total, -1)):
            if key in names:
                row[names.index(key)] += sign
        rows.append(row)
    fixed: set[Key] = set()
    pivots: list[tuple[int, list[Fraction]]] = []
    for column in range(len(names)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [[a - row[column] * b for a, b in zip(row, pivot, strict=True)] for row in rows]
        pivots = [
            (at, [a - row[column] * b for a, b in zip(row, pivot, strict=True)])
            for at, row in pivots
        ]
        pivots.append((column, pivot))
    for column, row in pivots:
        if sum(1 for value in row if value) == 1:
            fixed.add(names[column])
    return fixed


def narrowed(
    table: Mapping[Key, Cell], hidden: Iterable[Key], value: Mapping[Key, float]
) -> set[Key]:
    """Hidden cells of which the bounds meet: nothing is negative, and every sum holds."""
    most = sum(abs(number) for number in value.values()) + 1
    low = {key: 0.0 if key in hidden else value[key] for key in table}
    high = {key: most if key in hidden else value[key] for key in table}
    for _ in range(40):
        for parts, total in lines(table):
            low[total] = max(low[total], sum(low[p] for p in parts))
            high[total] = min(high[total], sum(high[p] for p in parts))
            for one in parts:
                others = [p for p in parts if p != one]
                high[one] = min(high[one], high[total] - sum(low[p] for p in others))
                low[one] = max(low[one], low[total] - sum(high[p] for p in others))
    return {key for key in hidden if abs(high[key] - low[key]) < 1e-6}


numbers = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 40))
tables = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(
            st.tuples(numbers, st.integers(0, 6), st.sampled_from([0.0, 12.5, 180.0])),
            min_size=shape[1],
            max_size=shape[1],
        ),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@given(tables)
@settings(max_examples=250)
def test_no_attack_recovers_a_hidden_number_of_trips_or_kilograms(
    rows: list[list[tuple[int, int, float]]],
) -> None:
    cells = {
        (f"r{i}", f"c{j}"): Cell(trips, min(trips, people), trips * kg)
        for i, row in enumerate(rows)
        for j, (trips, people, kg) in enumerate(row)
    }
    bare = with_totals(cells, {})
    if not bare[TOTAL, TOTAL].trips:
        return
    table = with_totals(cells, {key: cell.trips for key, cell in bare.items()})
    hidden = hidden_cells(table)
    assert all(key in hidden for key, cell in table.items() if cell.is_small)
    assert linearly_fixed(table, hidden) == set()
    assert narrowed(table, hidden, {key: float(cell.trips) for key, cell in table.items()}) == set()
    moving = {key for key in hidden if table[key].kg > 0}
    kilograms = {key: cell.kg for key, cell in table.items()}
    assert not narrowed(table, hidden, kilograms) & moving


def test_the_attacks_find_what_is_badly_hidden() -> None:
    rows = [[2, 9], [8, 7]]
    cells = {
        (f"r{i}", f"c{j}"): Cell(n, n, 10.0 * n)
        for i, row in enumerate(rows)
        for j, n in enumerate(row)
    }
    table = with_totals(cells, {})
    alone = {("r0", "c0")}
    trips = {key: float(cell.trips) for key, cell in table.items()}
    assert linearly_fixed(table, alone) == alone == narrowed(table, alone, trips)
