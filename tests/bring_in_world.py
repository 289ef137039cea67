"""A file of 2,500 booked trips as a service writes them, with sixty faults that were put in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import unescape
from pathlib import Path

from audit_world import DUTCH, as_written, demo_rows, write_csv, write_xlsx
from filing_site import Someone

ROWS = 2500
PLANTED = (
    ("depart", "31/2/2024"),
    ("destination", "Nergenshuizen"),
    ("cost_eur", "-120,50"),
    ("mode", ""),
    ("destination", "Melle"),
    ("twice", ""),
    ("destination", '=HYPERLINK("http://voorbeeld.invalid";"Parijs")'),
    ("travellers", "twee"),
    ("role", "tovenaar"),
    ("return", "1/1/2020"),
)
EACH = 6


def planted() -> tuple[list[dict[str, str]], dict[int, str]]:
    """The rows, and which rows of the file are wrong: their number and the column of the fault."""
    written = as_written(demo_rows(ROWS - EACH))  # six rows are put in twice
    rows = [{name: _in_windows(cell) for name, cell in row.items()} for row in written]
    wrong: dict[int, str] = {}
    spots = range(20, ROWS - 100, (ROWS - 100) // (EACH * len(PLANTED)))
    doubles = 0
    for number, spot in enumerate(spots[: EACH * len(PLANTED)]):
        column, cell = PLANTED[number % len(PLANTED)]
        at = spot + doubles
        if column == "twice":
            rows.insert(at + 1, dict(rows[at]))
            wrong[at + 3] = DUTCH["trip_id"]  # the second of the two; the header is row 1
            doubles += 1
            continue
        rows[at] = {**rows[at], DUTCH[column]: cell}
        wrong[at + 2] = DUTCH[column]
    return rows, wrong


def _in_windows(cell: str) -> str:
    """As somebody types a name whose letters their character set does not have."""
    return cell.translate(str.maketrans("ńłŁź", "nlLz"))


def as_file(rows: Sequence[dict[str, str]], room: Path, kind: str) -> bytes:
    """The rows as CSV in windows-1252 with semicolons, or as a workbook."""
    write = write_csv if kind == "csv" else write_xlsx
    return write(room / f"boekingen.{kind}", rows).read_bytes()


def send(hr: Someone, content: bytes, name: str, supplier: str = "Reisbureau") -> str:
    """Send a file and return the address of the page that comes after."""
    hr.get("/hr/bring-in")
    fields = {"supplier": supplier, "file": (io.BytesIO(content), name)}
    answer = hr.post("/hr/bring-in", fields, content_type="multipart/form-data")
    assert answer.status_code == 303, unescape(answer.get_data(as_text=True))
    return answer.headers["Location"]
