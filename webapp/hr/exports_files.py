"""Rows as files: CSV, workbook and JSON, one row at a time, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

from travelplan.report.harmless import harmless
from travelplan.report.workbook import write_workbook

CSV, XLSX, JSON = "csv", "xlsx", "json"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    JSON: "application/json",
}
BYTE_ORDER_MARK = "\ufeff"
_CHUNK = 64 * 1024


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with the mark by which spreadsheets know it."""
    yield BYTE_ORDER_MARK.encode()
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([row[name] for name in columns])


def _csv_line(cells: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue().encode()


def workbook_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield a workbook of one sheet.

    Raises:
        InputError: there are more rows than a workbook can hold.
    """
    with TemporaryFile() as file:
        write_workbook(file, columns, ([row[name] for name in columns] for row in rows))
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def json_parts(
    head: Mapping[str, Any],
    rows: Iterable[Mapping[str, Any]],
    grounds: Iterable[tuple[str, Mapping[str, Any]]] = (),
) -> Iterator[bytes]:
    """Yield one JSON object: what `head` holds, then `trips`, then what they rest on."""
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "trips": ['.encode()
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{json.dumps(row, ensure_ascii=False)}".encode()
    yield b'\n], "grounds": {'
    for number, (key, record) in enumerate(grounds):
        yield f'{"," if number else ""}\n"{key}": {json.dumps(record, ensure_ascii=False)}'.encode()
    yield b"\n}}\n"
