"""Files of trips, opened and written: CSV and workbooks.

Belongs to `files.py`: with `saving.py` these are the only modules of the library that open files.
A workbook is weighed before anything of it is read: a few kilobytes can unpack to gigabytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO
from xml.parsers.expat import ExpatError

from travelplan.audit.formulas import BOOK, RELATIONS, Cell, first_sheet, formulas
from travelplan.audit.table import Table, csv_table, sheet_table
from travelplan.audit.words import TripWords, WorkbookLimits
from travelplan.errors import FieldProblem, InputError
from travelplan.files import DATA, read_document
from travelplan.language import Message, message

MEGABYTE = 1 << 20
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_TABLE = re.compile(rb"\s*(%PDF-|\{\\rtf|<!doctype|<html|<\?xml)", re.IGNORECASE)
_CONTROLS = bytes({*range(32)} - {*b"\t\n\v\f\r\x1a"})
"""Bytes that no text has; the last one left out is the old mark of the end of a file."""
_MOST_CONTROLS = 0.01
"""Of the start of a file: one strange byte in a cell is a matter of its row alone."""
_FORBIDDEN = re.compile(r"vbaProject\.bin|externalLinks?/|\.\.|^/", re.IGNORECASE)
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 16


def load_trip_words(own: Path | None = None) -> TripWords:
    """Return how trips are written, with an organisation's own file before the shipped words.

    Raises:
        DataError: a file is missing or has faults, each named with its line.
    """
    mine = read_document(own) if own else None
    return TripWords.of(read_document(DATA / "trips.yaml"), mine)


@contextmanager
def open_trips(path: Path, words: TripWords) -> Iterator[Table]:
    """Open a file of trips; its rows can be read as long as it is open.

    Raises:
        InputError: (field `file`) it cannot be opened, or is no table that we can read; see
            `read_trips`.
    """
    try:
        handle = path.open("rb")
    except OSError as error:
        reason = error.strerror or ""
        told = message(
            "{name} cannot be opened ({reason}). Check the path.", name=path.name, reason=reason
        )
        raise _refused("unreadable", told) from None
    with handle:
        yield read_trips(handle, words)


def read_trips(handle: BinaryIO, words: TripWords) -> Table:
    """Return the table of an open file, a workbook or CSV, whatever its name is.

    Raises:
        InputError: (field `file`) it is empty, a column is missing, or it is a workbook that is
            too large, of an old kind, or not safe to open; or it is neither.
    """
    start = handle.read(_CHUNK)
    handle.seek(0)
    if start.startswith(_ZIP):
        return _workbook(handle, words)
    if start.startswith(_OLD_EXCEL):
        raise _refused("old", message("This is an old or a locked workbook. Save it as .xlsx."))
    if _is_no_table(start):
        told = message("This is neither CSV nor a workbook. Save the table as CSV or .xlsx.")
        raise _refused("no_table", told)
    return csv_table(handle, words)


def _is_no_table(start: bytes) -> bool:
    """Return whether a file that begins so cannot be CSV, whatever its name says."""
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return False
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return bool(_NO_TABLE.match(start)) or controls > _MOST_CONTROLS * len(start)


def _workbook(handle: BinaryIO, words: TripWords) -> Table:
    rows = workbook_rows(handle, words.workbook)
    first = next((i for i, row in enumerate(rows) if any(row)), 0)
    return sheet_table(rows, words, first=first)


def workbook_rows(handle: BinaryIO, limits: WorkbookLimits) -> list[list[str]]:
    """Return the cells of the first sheet of a workbook as they would stand in CSV.

    Raises:
        InputError: (field `file`) it is too large, not safe to open, or cannot be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    _weigh(handle, limits)
    handle.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(handle).get_sheet_by_index(0)
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
        found = _formulas(handle)
    except (CalamineError, ExpatError, IndexError, KeyError) as error:
        told = message("The workbook cannot be read. Save it anew.")
        raise _refused("unreadable", told) from error
    _put_in(rows, sheet.start[1] if sheet.start else 0, found)
    return rows


def _formulas(handle: BinaryIO) -> dict[Cell, str]:
    with zipfile.ZipFile(handle) as archive:
        part = first_sheet(archive.read(BOOK), archive.read(RELATIONS))
        with archive.open(part) as sheet:
            return formulas(sheet)


def _put_in(rows: list[list[str]], left: int, found: Mapping[Cell, str]) -> None:
    """Put formulas in the place of what was reckoned; `left` columns of the sheet are empty."""
    for (row, column), formula in found.items():
        at = column - left
        if row < len(rows) and 0 <= at < len(rows[row]):
            rows[row][at] = formula


def _weigh(handle: BinaryIO, limits: WorkbookLimits) -> None:
    """Refuse a workbook that is too large packed or unpacked, or that holds more than cells.

    Every part is unpacked once, piece by piece, so that a size that was declared wrongly does not
    pass.
    """
    packed = handle.seek(0, 2)
    handle.seek(0)
    if packed > limits.packed_mb * MEGABYTE:
        raise _refused("too_large", _too_large(limits))
    try:
        with zipfile.ZipFile(handle) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            most = min(limits.unpacked_mb * MEGABYTE, max(packed * limits.ratio, MEGABYTE))
            if size > most or len(parts) > limits.parts:
                raise _refused("too_large", _too_large(limits))
            for part in parts:
                _look_into(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        told = message("The workbook is damaged or locked. Save it anew, without a password.")
        raise _refused("unreadable", told) from None


def _look_into(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if _FORBIDDEN.search(part.filename):
        told = message("The workbook holds macros or links to other files. Save it as plain .xlsx.")
        raise _refused("not_plain", told)
    before = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            if _DECLARES.search(before + chunk):
                told = message("The workbook declares types of its own. Save it anew.")
                raise _refused("not_plain", told)
            before = chunk[-16:]


def _too_large(limits: WorkbookLimits) -> Message:
    return message(
        "The workbook is too large: at most {packed} MB, and {unpacked} MB unpacked. "
        "Save it as CSV.",
        packed=limits.packed_mb,
        unpacked=limits.unpacked_mb,
    )


def _refused(code: str, told: Message) -> InputError:
    return InputError([FieldProblem("file", code, told)])


def _text(cell: object) -> str:
    """Return a cell of a workbook as it would stand in CSV."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    """Return a number so that it can only be read in one way: three decimals get a fourth."""
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    return text + "0" if len(text.partition(".")[2]) == 3 else text
