"""Rows as files: CSV, workbook and JSON, one row at a time, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

from travelplan.report.harmless import harmless_in_csv
from travelplan.report.workbook import write_workbook

CSV, XLSX, JSON = "csv", "xlsx", "json"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    JSON: "application/json",
}
BYTE_ORDER_MARK = "\ufeff"
_CHUNK = 64 * 1024
Row = Mapping[str, Any]


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with the mark by which spreadsheets know it."""
    yield BYTE_ORDER_MARK.encode()
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([row[name] for name in columns])


def _csv_line(cells: Sequence[object]) -> bytes:
    line = io.StringIO()
    written = [_as_json(cell) if _is_nested(cell) else harmless_in_csv(cell) for cell in cells]
    csv.writer(line, lineterminator="\r\n").writerow(written)
    return line.getvalue().encode()


def workbook_bytes(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a workbook of one sheet.

    Raises:
        InputError: there are more rows, or a longer text, than a workbook can hold.
    """
    with TemporaryFile() as file:
        write_workbook(file, columns, (_cells(row, columns) for row in rows))
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _cells(row: Row, columns: Sequence[str]) -> list[object]:
    cells = [row[name] for name in columns]
    return [_as_json(cell) if _is_nested(cell) else cell for cell in cells]


def _is_nested(cell: object) -> bool:
    return isinstance(cell, dict | list)


def _as_json(cell: Any) -> str:
    """Return what does not fit into a cell as JSON, without a mark at which a line may be split."""
    if not cell:
        return ""
    written = json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
    return written.replace(";", "\\u003b")  # a semicolon stands only within its strings


def json_parts(head: Mapping[str, Any], name: str, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield one JSON object: what `head` holds, then the rows under a name, a line a row."""
    yield json.dumps({**head, name: []}, ensure_ascii=False)[: -len("]}")].encode()
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{json.dumps(row, ensure_ascii=False)}".encode()
    yield b"\n]}\n"
