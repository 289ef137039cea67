"""The file that anyone may read: trips and CO2e by year, unit and mode, small cells hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import distinct, func, literal, select
from sqlalchemy.orm import Session

from travelplan.language import Language, message
from webapp.hr.disclosure import TOTAL, Cell, Key, hidden_cells, with_totals
from webapp.hr.figures_words import unit_name, word_of
from webapp.organisation import Organisation
from webapp.store.register import MadeTrip

OPEN_COLUMNS = ("year", "unit", "mode", "trips", "co2e_kg", "hidden")
_ALL = message("All together")
_INVENTED = message("All of these trips are invented, to try things out: do not publish them.")
_UNIT = ":"
"""Stands before the name of a unit, so that a unit without a name is no total."""


def open_records(
    session: Session, organisation: Organisation, language: Language
) -> Iterator[dict[str, Any]]:
    """Yield each cell of each year, totals included; last how many cells are hidden.

    Each year is a table of its own and no total goes over years, so no year helps to compute
    another. Invented trips count only where there are no others, and the last row says so.
    """
    all_together = language.say(_ALL)
    hidden = 0
    tables = year_tables(session)
    for year, table in tables.items():
        closed = hidden_cells(table)
        hidden += len(closed)
        for key, cell in table.items():
            unit, mode = key
            is_open = key not in closed
            yield {
                "year": year,
                "unit": unit_name(unit[1:], organisation, language) if unit else all_together,
                "mode": language.say(word_of("mode", mode)) if mode else all_together,
                "trips": cell.trips if is_open else None,
                "co2e_kg": round(cell.kg) if is_open else None,
                "hidden": 0 if is_open else 1,
            }
    hidden_in_all = message("Hidden cells: fewer than 5 trips or 3 people, or needed to hide those")
    last = dict.fromkeys(OPEN_COLUMNS)
    yield {**last, "unit": language.say(hidden_in_all), "hidden": hidden}
    if tables and not _has_real_trips(session):
        yield {**last, "unit": language.say(_INVENTED)}


def year_tables(session: Session) -> dict[int, dict[Key, Cell]]:
    """Return for each year the table of units (with a mark before the name) by modes."""
    is_invented = not _has_real_trips(session)
    unit = (literal(_UNIT) + MadeTrip.unit).label("unit")
    nothing = literal(TOTAL)
    cells: dict[int, dict[Key, Cell]] = {}
    people: dict[int, dict[Key, int]] = {}
    for row, column in ((unit, MadeTrip.mode), (unit, nothing), (nothing, MadeTrip.mode),
                        (nothing, nothing)):  # fmt: skip
        for year, name, mode, trips, known, kg in session.execute(
            _counted(row, column, is_invented=is_invented)
        ):
            people.setdefault(year, {})[name, mode] = known
            if name and mode:
                cells.setdefault(year, {})[name, mode] = Cell(trips, known, kg or 0.0)
    return {year: with_totals(cells[year], people[year]) for year in sorted(cells)}


def _has_real_trips(session: Session) -> bool:
    found = select(MadeTrip.id).where(MadeTrip.invented.is_(False)).limit(1)
    return session.scalar(found) is not None


def _counted(row: Any, column: Any, *, is_invented: bool) -> Any:
    """Return by year and line the trips, the different people, and the kilograms.

    A trip of which it is not known who made it counts for nobody.
    """
    known = func.nullif(MadeTrip.traveller, "")
    names = (row.label("row_"), column.label("column_"))
    return (
        select(
            MadeTrip.year,
            *names,
            func.count(),
            func.count(distinct(known)),
            func.sum(MadeTrip.wtw_kg),
        )
        .where(MadeTrip.invented.is_(is_invented))
        .group_by(MadeTrip.year, *names)
    )
