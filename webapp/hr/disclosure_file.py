"""The file that anyone may read: trips and CO2e by year, unit and mode, small cells hidden.

A year enters it once, when it is over, and stands there unchanged: two states of one year, laid
side by side, would show what each of them hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import distinct, func, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from travelplan.language import Language, message
from webapp.hr.disclosure import TOTAL, Cell, Key, hidden_cells, with_totals
from webapp.hr.figures_words import unit_words, word_of
from webapp.organisation import Organisation
from webapp.store.columns import JsonText, now
from webapp.store.register import MadeTrip, OpenYear

Row = dict[str, Any]
OPEN_COLUMNS = ("year", "unit", "mode", "trips", "co2e_kg", "hidden")
_ALL = message("All together")
_INVENTED = message("All of these trips are invented, to try things out: do not publish them.")
_HIDDEN = message("Hidden cells: fewer than 5 trips or 3 people, or needed to hide those")
_UNIT = ":"
"""Stands before the name of a unit, so that a unit without a name is no total."""


def open_records(session: Session, language: Language) -> Iterator[Row]:
    """Yield each cell of each published year, totals included; last how many cells are hidden.

    Each year is a table of its own and no total goes over years, so no year helps to compute
    another. Invented years count only where no other trips stand, and the last row says so.
    """
    hidden, years = 0, published_years(session)
    for published in years:
        for cell in published.cells:
            hidden += cell["hidden"]
            yield shown_cell(published.year, cell, language)
    last = dict.fromkeys(OPEN_COLUMNS)
    yield {**last, "unit": language.say(_HIDDEN), "hidden": hidden}
    if any(published.invented for published in years):
        yield {**last, "unit": language.say(_INVENTED)}


def shown_cell(year: int, cell: Row, language: Language) -> Row:
    """Return a cell as a row of the file, in the words of a reader."""
    together, mode = language.say(_ALL), cell["mode"]
    return {
        "year": year,
        "unit": cell["unit"][language.code] if cell["unit"] else together,
        "mode": language.say(word_of("mode", mode)) if mode else together,
        "trips": cell["trips"],
        "co2e_kg": cell["co2e_kg"],
        "hidden": cell["hidden"],
    }


def cells_of_year(session: Session, organisation: Organisation, year: int) -> list[Row]:
    """Return the cells of a year as they may be read: hidden ones without numbers.

    A unit has its name of today in each language, so that a published year keeps it.
    """
    table = year_tables(session).get(year, {})
    closed = hidden_cells(table)
    return [
        {
            "unit": unit_words(key[0][1:], organisation) if key[0] else None,
            "mode": key[1],
            "trips": None if key in closed else cell.trips,
            "co2e_kg": None if key in closed else round(cell.kg),
            "hidden": int(key in closed),
        }
        for key, cell in table.items()
    ]


def years_over(session: Session, today: date) -> list[int]:
    """Return the years with trips that are over, the newest first: these can be published."""
    of_kind = MadeTrip.invented.is_(not has_real_trips(session))
    years = select(MadeTrip.year).where(of_kind, MadeTrip.year < today.year).distinct()
    return sorted(session.scalars(years), reverse=True)


def open_years(session: Session) -> dict[int, OpenYear]:
    """Return the years that are or were published, of the trips that count, by year."""
    of_kind = OpenYear.invented.is_(not has_real_trips(session))
    query = select(OpenYear).where(of_kind).order_by(OpenYear.year)
    return {found.year: found for found in session.scalars(query)}


def published_years(session: Session) -> list[OpenYear]:
    """Return the years that are given out, the oldest first."""
    return [found for found in open_years(session).values() if found.withdrawn_at is None]


def publish(
    session: Session, organisation: Organisation, year: int, *, person_id: str, today: date
) -> OpenYear | None:
    """Freeze a year that is over; return None if it is not over, empty, or was published before."""
    if year not in years_over(session, today) or year in open_years(session):
        return None
    cells = cells_of_year(session, organisation, year)
    written = JsonText().process_bind_param(cells, session.get_bind().dialect) or ""
    found = OpenYear(
        year=year,
        invented=not has_real_trips(session),
        cells=cells,
        sha256=sha256(written.encode()).hexdigest(),
        published_by=person_id,
    )
    try:
        with session.begin_nested():
            session.add(found)
    except IntegrityError:  # somebody else published it at the same moment
        return None
    return found


def withdraw(session: Session, year: int, *, person_id: str) -> OpenYear | None:
    """Give a published year out no more; return None if it is not given out."""
    found = open_years(session).get(year)
    if found is None or found.withdrawn_at:
        return None
    found.withdrawn_by, found.withdrawn_at = person_id, now()
    return found


def year_tables(session: Session) -> dict[int, dict[Key, Cell]]:
    """Return for each year the table of units (with a mark before the name) by modes."""
    is_invented = not has_real_trips(session)
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


def has_real_trips(session: Session) -> bool:
    """Return whether the register holds a trip that is not invented."""
    found = select(MadeTrip.id).where(MadeTrip.invented.is_(False)).limit(1)
    return session.scalar(found) is not None


def _counted(row: Any, column: Any, *, is_invented: bool) -> Any:
    """Return by year and line the trips, the different people, and the kilograms.

    A trip of which it is not known who made it counts for nobody: where that hides a cell that
    could be shown, it hides too much, never too little.
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
