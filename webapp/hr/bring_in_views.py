"""The pages on which HR brings in what was booked: a file, its columns, a dry run, and then yes."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from travelplan import InputError
from travelplan.language import message
from webapp.auth import HR, open_to, visitor
from webapp.auth.kept import kept_fields
from webapp.auth.permission import takes_files
from webapp.hr.bring_in_columns import (
    NAMES,
    NOT_USED,
    any_table,
    headers_of,
    kept_columns,
    read_chosen,
)
from webapp.hr.bring_in_faults import XLSX, as_csv, as_workbook
from webapp.hr.bring_in_reading import MOST_ROWS
from webapp.hr.bring_in_store import Dock
from webapp.hr.given_out import note_given
from webapp.hr.room import blueprint, registrar, store
from webapp.layout import current_language
from webapp.requests.typed import Faults, Typed, clean, first_values
from webapp.store.register import Batch, ColumnMapping, PossibleMatch

Page = str | tuple[str, int] | Response
MOST_BYTES = 10 * 1024 * 1024
LONGEST_SUPPLIER = 80
LABELS = {"supplier": message("Supplier"), "file": message("File")}


def dock() -> Dock:
    """Return who takes files in."""
    return Dock(store(), registrar)


@blueprint.get("/bring-in")
@open_to(HR)
def bring_in() -> Page:
    """Ask for a file, and show what was brought in before."""
    return _first_page(first_values((kept_fields() or {}).items()), Faults())


@blueprint.post("/bring-in")
@open_to(HR)
@takes_files(MOST_BYTES)
def send_file() -> Page:
    """Take a file, and go to its columns or its dry run; no trip is stored."""
    fields = first_values(request.form.items(multi=True))
    sent = request.files.get("file")
    typed = Typed(fields)
    needed = message("Say who the file comes from, so that its columns are mapped once.")
    supplier = typed.line("supplier", most=LONGEST_SUPPLIER, needed=needed)
    if sent is None or not sent.filename:
        typed.note("file", "missing", message("Choose a file: CSV or XLSX."))
    try:
        typed.check()
        id_ = dock().hold(*_taken(sent), supplier, visitor().person)
    except InputError as error:
        return _first_page(fields, Faults.of(error)), 422
    return redirect(url_for("hr.brought", id_=id_), 303)


@blueprint.get("/bring-in/<id_>")
@open_to(HR)
def brought(id_: str) -> Page:
    """Show the dry run of a file, or what became of it."""
    with store().read() as session:
        batch = _batch(session, id_)
        if batch.brought and not batch.counts:
            return redirect(url_for("hr.columns", id_=id_), 303)
        faults = batch.brought.faults if batch.brought else []
        return render_template(
            "hr/bring_in_one.html", batch=batch, counts=batch.counts, faults=faults
        )


@blueprint.route("/bring-in/<id_>/columns", methods=["GET", "POST"])
@open_to(HR)
def columns(id_: str) -> Page:
    """Ask what each column of a file is; the answers are kept for its supplier."""
    with store().read() as session:
        batch = _waiting(session, id_)
        kept = kept_columns(session, batch.supplier)
    typed = first_values((request.form or kept_fields() or {}).items())
    headers = headers_of(any_table(dock().content(id_), kept), kept, typed)
    faults = Faults()
    if request.method == "POST":
        try:
            chosen = read_chosen(headers)
        except InputError as error:
            faults = Faults.of(error)
        else:
            dock().map_columns(id_, chosen, visitor().person)
            return redirect(url_for("hr.brought", id_=id_), 303)
    page = render_template(
        "hr/bring_in_columns.html",
        batch=batch,
        headers=headers,
        faults=faults,
        labels={header.field: header.name for header in headers},
        options=[("", message("Choose…")), (NOT_USED, message("Do not use")), *NAMES.items()],
    )
    return (page, 422) if faults.problems else page


@blueprint.post("/bring-in/<id_>/confirm")
@open_to(HR)
def confirm_file(id_: str) -> Page:
    """Store the trips of a file."""
    with store().read() as session:
        if not _batch(session, id_).counts:
            return redirect(url_for("hr.columns", id_=id_), 303)
    dock().confirm(id_, visitor().person)
    return redirect(url_for("hr.brought", id_=id_), 303)


@blueprint.post("/bring-in/<id_>/discard")
@open_to(HR)
def discard_file(id_: str) -> Page:
    """Throw a file away that was not confirmed."""
    dock().discard(id_, visitor().person)
    return redirect(url_for("hr.bring_in"), 303)


@blueprint.get("/bring-in/<id_>/wrong.<any(csv, xlsx):kind>")
@open_to(HR)
def wrong_rows(id_: str, kind: str) -> Response:
    """Give the rows that are left out back, with the reason in the cell beside."""
    with store().read() as session:
        batch = _waiting(session, id_)
        if not batch.counts:
            abort(404)
        chosen = batch.columns["chosen"]
    reading = dock().reading(dock().content(id_), chosen)
    for _ in reading.rows(id_):
        pass
    note_given("wrong-rows", kind, batch=id_)
    write, mime = (as_csv, "text/csv; charset=utf-8") if kind == "csv" else (as_workbook, XLSX)
    answer = FlaskResponse(write(reading, current_language()), mimetype=mime)
    name = current_language().say(message("to-correct"))
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return answer


def _taken(sent: FileStorage | None) -> tuple[str, bytes]:
    """Return the name and the bytes of a file; what the server kept of it on disk goes."""
    if sent is None:
        return "", b""
    with sent.stream:
        return clean(sent.filename or ""), sent.read()


def _first_page(fields: dict[str, str], faults: Faults) -> str:
    with store().read() as session:
        batches = session.scalars(select(Batch).order_by(Batch.brought_at.desc()).limit(20)).all()
        suppliers = session.scalars(select(ColumnMapping.supplier).order_by(ColumnMapping.supplier))
        to_settle = session.scalar(
            select(func.count(func.distinct(PossibleMatch.trip_id))).where(
                PossibleMatch.answer.is_(None)
            )
        )
        return render_template(
            "hr/bring_in.html",
            typed=fields,
            faults=faults,
            labels=LABELS,
            batches=batches,
            suppliers=suppliers.all(),
            to_settle=to_settle,
            most_mb=MOST_BYTES // 2**20,
            most_rows=MOST_ROWS,
        )


def _batch(session: Session, id_: str) -> Batch:
    batch = session.get(Batch, id_)
    if batch is None:
        abort(404)
    return batch


def _waiting(session: Session, id_: str) -> Batch:
    """Return a file that waits for confirmation; there is none after it."""
    batch = _batch(session, id_)
    if batch.brought is None:
        abort(404)
    return batch
