"""What HR gives out: trips, the answer to the council and the inventory as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from flask import Response, abort, render_template, request, stream_with_context
from sqlalchemy.orm import Session

from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.dashboard import Page, choices
from webapp.hr.dashboard_filter import LABELS, Asked, Offered, read_asked
from webapp.hr.exports_files import CSV, TYPES, XLSX, csv_lines, json_parts, workbook_bytes
from webapp.hr.exports_rows import TRIP_COLUMNS, trip_rows
from webapp.hr.exports_tables import COUNCIL_COLUMNS, council_records
from webapp.hr.figures import sums_of, trips_of
from webapp.hr.given_out import note_given
from webapp.hr.invented import count_invented
from webapp.hr.report_ghg import INVENTORY_COLUMNS, inventory_rows
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language

Answer = Page | Response
Rows = Iterator[dict[str, Any]]


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
    """Give the chosen trips, without names, as a file that holds what its figures rest on."""
    language = current_language()

    def parts(session: Session, asked: Asked) -> Iterator[bytes]:
        head = {**_head(asked), "totals": _totals(session, asked)}
        return as_file(kind, TRIP_COLUMNS, trip_rows(session, asked.choice, language), head)

    return _given("trips", kind, parts)


@blueprint.get("/council.<kind>")
@open_to(HR)
def council_file(kind: str) -> Answer:
    """Give the answer to the council as a file."""
    language, body, known = current_language(), organisation(), reference()

    def parts(session: Session, asked: Asked) -> Iterator[bytes]:
        rows = council_records(session, asked.choice, body, known, language)
        return as_file(kind, COUNCIL_COLUMNS, rows, _head(asked))

    return _given("council", kind, parts)


@blueprint.get("/inventory.<kind>")
@open_to(HR)
def inventory_file(kind: str) -> Answer:
    """Give the inventory by the GHG Protocol of the chosen trips as a file."""
    language = current_language()

    def parts(session: Session, asked: Asked) -> Iterator[bytes]:
        rows = inventory_rows(session, asked.choice, language)
        return as_file(kind, INVENTORY_COLUMNS, rows, _head(asked), "lines")

    return _given("inventory", kind, parts)


def as_file(
    kind: str, columns: tuple[str, ...], rows: Rows, head: dict[str, Any], name: str = "trips"
) -> Iterator[bytes]:
    """Yield a file of a kind, piece by piece; in JSON the rows stand under `name`."""
    if kind == CSV:
        return csv_lines(columns, rows)
    return workbook_bytes(columns, rows) if kind == XLSX else json_parts(head, name, rows)


def sent(name: str, kind: str, written: Iterator[bytes]) -> Response:
    """Return a file to keep, sent while it is written."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(stream_with_context(written), headers=headers, content_type=TYPES[kind])


def _head(asked: Asked) -> dict[str, Any]:
    return {"chosen": asked.address, "versions": dict(reference().versions)}


def _totals(session: Session, asked: Asked) -> dict[str, Any]:
    """Return what the trips come to, as the pages show it: it can be added up again."""
    return asdict(sums_of(session, asked.choice))


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
    return sent(name, kind, written())


def _faults(asked: Asked, offered: Offered) -> Page:
    context = {"asked": asked, "choices": choices(offered), "labels": LABELS, "years": ()}
    return render_template("hr/exports.html", trips=0, **context), 422
