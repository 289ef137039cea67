"""The page of the open data: HR looks at a year that is over, and publishes or withdraws it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from webapp.auth import HR, open_to, visitor
from webapp.hr.dashboard import Page
from webapp.hr.disclosure_file import (
    OPEN_COLUMNS,
    cells_of_year,
    has_real_trips,
    open_records,
    open_years,
    publish,
    shown_cell,
    withdraw,
    years_over,
)
from webapp.hr.exports import as_file, sent
from webapp.hr.exports_files import TYPES
from webapp.hr.given_out import note_given
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language
from webapp.store.looked import DECIDED, EXPORTED, note
from webapp.store.register import OpenYear

OPEN_DATA = "open data"
_LONGEST_YEAR = 4


@dataclass(frozen=True)
class OpenDataPage:
    """Which years are over or published, and one of them to look at, `None` for none."""

    years: Sequence[tuple[int, OpenYear | None]]
    year: int | None
    cells: Sequence[dict[str, Any]]
    published: OpenYear | None
    invented: bool


@blueprint.get("/open-data")
@open_to(HR)
def open_data_page() -> Page:
    """Show which years anyone may read, and a year as it would be or was published."""
    with store().read() as session:
        years = _years(session)
        year = _asked_year(request.args.get("year", ""), [number for number, _ in years])
        found = dict(years).get(year) if year else None
        cells = found.cells if found else cells_of_year(session, organisation(), year or 0)
        language = current_language()
        page = OpenDataPage(
            years,
            year,
            [shown_cell(year, cell, language) for cell in cells] if year else [],
            found,
            not has_real_trips(session) and bool(years),
        )
        return render_template("hr/open_data.html", page=page)


@blueprint.post("/open-data/publish")
@open_to(HR)
def publish_year() -> Redirect:
    """Publish a year that is over, as it stands now, for good."""
    year = _posted_year()
    with store().write() as session:
        found = publish(session, organisation(), year, person_id=visitor().id, today=_today())
        if found:
            detail = {"year": year, "sha256": found.sha256}
            note(session, visitor().id, EXPORTED, OPEN_DATA, **detail)
    return redirect(url_for("hr.open_data_page", year=year), 303)


@blueprint.post("/open-data/withdraw")
@open_to(HR)
def withdraw_year() -> Redirect:
    """Give a published year out no more."""
    year = _posted_year()
    with store().write() as session:
        if withdraw(session, year, person_id=visitor().id):
            note(session, visitor().id, DECIDED, OPEN_DATA, year=year, withdrawn=True)
    return redirect(url_for("hr.open_data_page", year=year), 303)


@blueprint.get("/open-data.<kind>")
@open_to(HR)
def open_data(kind: str) -> Response:
    """Give the file that anyone may read: the published years, as they were published."""
    if kind not in TYPES or request.args.keys() - {"lang"}:
        abort(404)  # two cuts of the same trips, laid side by side, would show what each hides
    note_given("open-data", kind)
    language, reading = current_language(), store()

    def written() -> Iterator[bytes]:
        with reading.read() as session:
            rows = open_records(session, language)
            yield from as_file(kind, OPEN_COLUMNS, rows, _head(session), "cells")

    return sent("open-data", kind, written())


def _head(session: Session) -> dict[str, Any]:
    """Return when each year was published, and the hash of its cells."""
    return {
        "published": [
            {
                "year": found.year,
                "on": found.published_at.date().isoformat(),
                "sha256": found.sha256,
            }
            for found in open_years(session).values()
            if found.withdrawn_at is None
        ]
    }


def _years(session: Session) -> list[tuple[int, OpenYear | None]]:
    known = open_years(session)
    every = sorted({*years_over(session, _today()), *known}, reverse=True)
    return [(year, known.get(year)) for year in every]


def _asked_year(typed: str, years: Sequence[int]) -> int | None:
    """Return the year that is asked for if there is one; without one the newest."""
    if not typed:
        return next(iter(years), None)
    if not typed.isascii() or not typed.isdecimal() or int(typed[:_LONGEST_YEAR]) not in years:
        abort(404)
    return int(typed[:_LONGEST_YEAR])


def _posted_year() -> int:
    typed = request.form.get("year", "")
    if not typed.isascii() or not typed.isdecimal() or len(typed) != _LONGEST_YEAR:
        abort(404)
    return int(typed)


def _today() -> date:
    return datetime.now(UTC).date()
