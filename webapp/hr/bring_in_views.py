"""The pages on which HR brings in what was booked: a file, its columns, a dry run, and then yes."""

from __future__ import annotations

from os import SEEK_END

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from travelplan import InputError
from travelplan.language import Message, message
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
from webapp.hr.bring_in_store import Dock, GoneError
from webapp.hr.given_out import note_given
from webapp.hr.match_views import count_doubtful
from webapp.hr.room import blueprint, registrar, store
from webapp.layout import current_language
from webapp.requests.typed import Faults, Typed, clean, first_values
from webapp.store.register import Batch, ColumnMapping

Page = str | tuple[str, int] | Response
MOST_BYTES = 10 * 1024 * 1024
_MOST_SENT = 8 * MOST_BYTES
"""So much is read of a form, so that a file that is too large loses nothing else of it."""
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
@takes_files(_MOST_SENT)
def send_file() -> Page:
    """Take a file, and go to its columns or its dry run; no trip is stored."""
    fields = first_values(request.form.items(multi=True))
    name, content, size = _taken(request.files.get("file"))
    typed = Typed(fields)
    needed = message("Say who the file comes from, so that its columns are mapped once.")
    supplier = typed.line("supplier", most=LONGEST_SUPPLIER, needed=needed)
    if not name:
        typed.note("file", "missing", message("Choose a file: CSV or XLSX."))
    elif size > MOST_BYTES:
        typed.note("file", "too_large", _too_large(size))
    try:
        typed.check()
        id_ = dock().hold(name, content, supplier, visitor().person)
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
        batch = _batch(session, id_)
        if batch.brought is None:
            return redirect(url_for("hr.brought", id_=id_), 303)
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
        batch = _batch(session, id_)
        if batch.brought is None or not batch.counts:
            return redirect(url_for("hr.brought", id_=id_), 303)
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


def _taken(sent: FileStorage | None) -> tuple[str, bytes, int]:
    """Return name, bytes (as many as a page takes) and size; what the server kept on disk goes."""
    if sent is None:
        return "", b"", 0
    with sent.stream as stream:
        size = stream.seek(0, SEEK_END)
        stream.seek(0)
        return clean(sent.filename or ""), stream.read(MOST_BYTES), size


def _too_large(size: int) -> Message:
    return message(
        "The file has {size} MB; a page takes {most}. Bring it in on the server: "
        "“python -m webapp.hr.bring_in FILE --supplier NAME”.",
        size=-(-size // 2**20),
        most=MOST_BYTES // 2**20,
    )


@blueprint.errorhandler(GoneError)
def gone(error: GoneError) -> Page:
    """Show what became of a file; where nothing is kept of it, say so and ask for one."""
    with store().read() as session:
        if session.get(Batch, error.batch_id):
            return redirect(url_for("hr.brought", id_=error.batch_id), 303)
    return _first_page({}, Faults(), gone=True), 404


def _first_page(fields: dict[str, str], faults: Faults, *, gone: bool = False) -> str:
    with store().read() as session:
        batches = session.scalars(select(Batch).order_by(Batch.brought_at.desc()).limit(20)).all()
        suppliers = session.scalars(select(ColumnMapping.supplier).order_by(ColumnMapping.supplier))
        return render_template(
            "hr/bring_in.html",
            typed=fields,
            faults=faults,
            gone=gone,
            labels=LABELS,
            batches=batches,
            suppliers=suppliers.all(),
            to_settle=count_doubtful(session),
            most_mb=MOST_BYTES // 2**20,
            most_rows=MOST_ROWS,
        )


def _batch(session: Session, id_: str) -> Batch:
    batch = session.get(Batch, id_)
    if batch is None:
        raise GoneError(id_)
    return batch
