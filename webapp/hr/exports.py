"""What HR gives out: trips and the answer to the council as files, and the file for all to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, abort, render_template, request, stream_with_context
from sqlalchemy.orm import Session

from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.dashboard import Page, choices
from webapp.hr.dashboard_filter import LABELS, Asked, Offered, read_asked
from webapp.hr.disclosure_file import OPEN_COLUMNS, open_records
from webapp.hr.exports_files import CSV, JSON, TYPES, XLSX, csv_lines, json_parts, workbook_bytes
from webapp.hr.exports_tables import (
    COUNCIL_COLUMNS,
    TRIP_COLUMNS,
    council_records,
    grounds_records,
    trip_records,
    trips_with_grounds,
)
from webapp.hr.figures import trips_of
from webapp.hr.given_out import note_given
from webapp.hr.invented import count_invented
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language

Answer = Page | Response


@blueprint.get("/export")
@open_to(HR)
def give_out() -> Page:
    """Show what can be given out of the chosen trips."""
    with store().read() as session:
        offered = Offered.of(session)
        asked = read_asked(request.args, session, offered)
        if asked.faults:
            return _faults(asked, offered)
        return render_template(
            "hr/exports.html",
            asked=asked,
            choices=choices(offered),
            labels=LABELS,
            years=offered.years,
            trips=trips_of(session, asked.choice),
            invented=count_invented(session) > 0,
        )


@blueprint.get("/trips.<kind>")
@open_to(HR)
def trips_file(kind: str) -> Answer:
    """Give the chosen trips, without names, as a file."""
    if kind == JSON:
        return _given("trips", kind, _json_of_trips)
    return _given("trips", kind, _trip_rows(kind))


@blueprint.get("/council.<kind>")
@open_to(HR)
def council_file(kind: str) -> Answer:
    """Give the answer to the council as a file."""
    language, body, known = current_language(), organisation(), reference()

    def parts(session: Session, asked: Asked) -> Iterator[bytes]:
        rows = council_records(session, asked.choice, body, known, language)
        return _parts(kind, COUNCIL_COLUMNS, rows, asked)

    return _given("council", kind, parts)


@blueprint.get("/open-data.<kind>")
@open_to(HR)
def open_data(kind: str) -> Answer:
    """Give the file that anyone may read: of the whole register, small cells hidden."""
    language, body = current_language(), organisation()

    def parts(session: Session, asked: Asked) -> Iterator[bytes]:
        rows = iter(open_records(session, body, language))
        return _parts(kind, OPEN_COLUMNS, rows, asked)

    if request.args.keys() - {"lang"}:
        abort(404)  # two cuts of the same trips, laid side by side, would show what each hides
    return _given("open-data", kind, parts)


def _trip_rows(kind: str) -> Callable[[Session, Asked], Iterator[bytes]]:
    language = current_language()

    def parts(session: Session, asked: Asked) -> Iterator[bytes]:
        return _parts(kind, TRIP_COLUMNS, trip_records(session, asked.choice, language), asked)

    return parts


def _json_of_trips(session: Session, asked: Asked) -> Iterator[bytes]:
    rows = trips_with_grounds(session, asked.choice, current_language())
    return json_parts(_head(asked), rows, grounds_records(session, asked.choice))


def _parts(
    kind: str, columns: tuple[str, ...], rows: Iterator[dict[str, Any]], asked: Asked
) -> Iterator[bytes]:
    if kind == CSV:
        return csv_lines(columns, rows)
    return workbook_bytes(columns, rows) if kind == XLSX else json_parts(_head(asked), rows)


def _head(asked: Asked) -> dict[str, Any]:
    return {"chosen": asked.address, "versions": dict(reference().versions)}


def _given(name: str, kind: str, parts: Callable[[Session, Asked], Iterator[bytes]]) -> Answer:
    """Return a file that is written while it is read from the database."""
    if kind not in TYPES:
        abort(404)
    with store().read() as session:
        offered = Offered.of(session)
        asked = read_asked(request.args, session, offered)
        if asked.faults:
            return _faults(asked, offered)
    note_given(name, kind, asked.choice)

    def written() -> Iterator[bytes]:
        with reading.read() as session:
            yield from parts(session, asked)

    reading = store()
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(stream_with_context(written()), headers=headers, content_type=TYPES[kind])


def _faults(asked: Asked, offered: Offered) -> Page:
    context = {"asked": asked, "choices": choices(offered), "labels": LABELS, "years": ()}
    return render_template("hr/exports.html", trips=0, **context), 422
