"""A file of trips as a table: rows with their number, columns found by their header.

CSV with semicolons, commas or tabs, in UTF-8 or windows-1252, is read row by row. A row that
cannot be read is given without cells and never stops the next.
"""

from __future__ import annotations

import csv
import io
from array import array
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from travelplan.audit.words import COLUMNS, DecimalMark, TripWords
from travelplan.errors import FieldProblem, InputError
from travelplan.language import message

NEEDED = ("destination", "depart")
DELIMITERS = ";\t,"
WINDOWS = "cp1252"
MOST_LINES_IN_A_ROW = 20
LONGEST_PLAIN_LINE = 1 << 16
_CHUNK = 1 << 20
_PARTS = 256

Numbered = tuple[int, list[str] | None]
"""A row: its number in the file (the header is 1) and its cells; None where it cannot be read."""


@dataclass(frozen=True)
class Table:
    """A file of trips: where its columns are, how it is written, and its rows, lazily.

    `encoding` and `delimiter` are "" for a workbook. `decimal` is the mark before the cents, as
    far as the file tells. `unused` are the headers that mean nothing to us. Rows can be asked for
    again and again.
    """

    header: tuple[str, ...]
    columns: Mapping[str, int]
    _rows: Callable[[], Iterator[Numbered]]
    encoding: str = ""
    delimiter: str = ""
    decimal: DecimalMark | None = None

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers that are not read."""
        used = set(self.columns.values())
        return tuple(name for i, name in enumerate(self.header) if i not in used and name.strip())

    @property
    def names(self) -> dict[str, str]:
        """What the file calls each column."""
        return {column: self.header[i].strip() for column, i in self.columns.items()}

    def rows(self) -> Iterator[Numbered]:
        """Yield the rows that hold anything, each at least as wide as the header."""
        width = len(self.header)
        for row in self._rows():
            cells = row[1]
            if cells is not None and len(cells) < width:
                if not any(cells):
                    continue
                cells.extend([""] * (width - len(cells)))
            if cells is None or any(cells):
                yield row

    def named(self) -> Iterator[tuple[int, dict[str, str] | None]]:
        """Yield the rows as cells by column, stripped; None for a row that cannot be used."""
        for number, cells in self.rows():
            if cells is None or any(cells[len(self.header) :]):
                yield number, None
            elif any(cell.strip() for cell in cells):
                yield number, {name: cells[i].strip() for name, i in self.columns.items()}


class MissingColumnError(InputError):
    """A file of trips without a column that is needed; `table` is what could be read of it."""

    def __init__(self, table: Table, missing: Iterable[str]) -> None:
        self.table = table
        text = message(
            "The file has no column {missing}. Its first line must name the columns: {columns}.",
            missing=", ".join(missing),
            columns=", ".join(COLUMNS),
        )
        super().__init__([FieldProblem("file", "missing_column", text)])


def csv_table(handle: BinaryIO, words: TripWords) -> Table:
    """Return the table of an open CSV file, which is read again for every pass.

    Args:
        handle: a file open for reading bytes, with `seek`.
        words: the headers that are known.

    Raises:
        MissingColumnError: it is empty, or a needed column is missing.
    """
    encoding = _encoding(handle)

    def text() -> io.TextIOWrapper:
        handle.seek(0)
        return io.TextIOWrapper(handle, encoding, errors="replace", newline="")

    head = text()
    first = head.readline()
    head.detach()
    delimiter = max(DELIMITERS, key=first.count)
    header = next(iter(csv.reader([first], delimiter=delimiter)), [])

    def rows() -> Iterator[Numbered]:
        lines = text()
        found = _parsed(lines, delimiter, len(header))
        next(found, None)
        try:
            for row in found:  # noqa: UP028  (`yield from` would close the handle at the end)
                yield row
        finally:
            lines.detach()

    decimal = words.decimal or ("comma" if delimiter == ";" else None)
    if decimal is None and delimiter == ",":
        decimal = "point"
    columns = words.columns_of(header)
    found = Table(tuple(header), columns, rows, encoding.upper(), delimiter, decimal)
    return _checked(found)


def sheet_table(rows: Sequence[Sequence[str]], words: TripWords, *, first: int = 0) -> Table:
    """Return the table of a sheet of a workbook, of which the header stands at `first`.

    Raises:
        MissingColumnError: as `csv_table` does.
    """
    header = tuple(rows[first]) if len(rows) > first else ()
    columns = words.columns_of(header)

    def numbered() -> Iterator[Numbered]:
        body = enumerate(rows[first + 1 :], start=first + 2)
        return ((number, list(cells)) for number, cells in body)

    return _checked(Table(header, columns, numbered, decimal=words.decimal))


def rows_table(rows: Iterable[Mapping[str, object]], words: TripWords) -> Table:
    """Return the table of rows that a program holds, numbered from 1; they are all kept.

    Args:
        rows: cells by header; the headers of all rows together name the columns. Days and numbers
            may be values of their own.
        words: the headers that are known.

    Raises:
        MissingColumnError: a needed column is missing.
    """
    kept = list(rows)
    header = tuple(dict.fromkeys(name for row in kept for name in row))
    columns = words.columns_of(header)

    def numbered() -> Iterator[Numbered]:
        for number, row in enumerate(kept, start=1):
            yield number, [_cell(row.get(name)) for name in header]

    return _checked(Table(header, columns, numbered, decimal=words.decimal or "point"))


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def repeated_trips(table: Table) -> Mapping[int, int]:
    """Return how many rows each trip with several rows has, by the hash of what names the trip.

    That is its number or, without one, all its cells. Only hashes are kept, eight bytes each, and
    counted part by part: a million rows need some ten megabytes for the time that this takes.
    """
    position = table.columns.get("trip_id")
    parts = [array("q") for _ in range(_PARTS)]
    for _, cells in table.rows():
        if cells is not None:
            number = hash(name_of(cells, position))
            parts[number % _PARTS].append(number)
    counted = (Counter(part) for part in parts)
    return {number: count for counts in counted for number, count in counts.items() if count > 1}


def name_of(cells: list[str], position: int | None) -> str:
    """Return what names the trip of a row: its number, else the whole row."""
    name = cells[position].strip() if position is not None else ""
    return name or "\t".join(cells)


def _encoding(handle: BinaryIO) -> str:
    """Return UTF-8 (or UTF-16 with its mark) if all of the file is that, else windows-1252."""
    handle.seek(0)
    start = handle.read(len(BOM_UTF8))
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    decoder = getincrementaldecoder("utf-8")()
    handle.seek(0)
    try:
        while chunk := handle.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return WINDOWS
    return "utf-8-sig" if start == BOM_UTF8 else "utf-8"


def _checked(table: Table) -> Table:
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise MissingColumnError(table, missing)
    return table


def _parsed(lines: Iterator[str], delimiter: str, width: int) -> Iterator[Numbered]:
    """Yield the rows of CSV lines. Most have no quotation mark, and are only cut at their marks.

    A quote that never closes would swallow the rows after it: where a row of several lines is
    wider than the header, or longer than any row is, only its first line is given up.
    """
    number = 0
    for line in lines:
        number += 1
        if '"' not in line and len(line) < LONGEST_PLAIN_LINE:
            yield number, line.rstrip("\r\n").split(delimiter)
            continue
        taken = [line]
        cells = _quoted(taken, lines, delimiter)
        if cells is not None and (len(taken) == 1 or _is_whole(taken, cells, width)):
            yield number, cells
            continue
        yield number, None
        for further in taken[1:]:
            number += 1
            yield number, _alone(further, delimiter)


def _quoted(taken: list[str], lines: Iterator[str], delimiter: str) -> list[str] | None:
    """Return the row that begins with the line taken; the lines that it goes on in are taken too.

    None where it cannot be read.
    """

    def fed() -> Iterator[str]:
        yield taken[0]
        for line in islice(lines, MOST_LINES_IN_A_ROW - 1):
            taken.append(line)
            yield line

    try:
        return next(csv.reader(fed(), delimiter=delimiter), [])
    except csv.Error:
        return None


def _is_whole(lines: Sequence[str], cells: Sequence[str], width: int) -> bool:
    """Return whether a row of several lines is one that a spreadsheet wrote."""
    return len(cells) <= width and sum(line.count('"') for line in lines) % 2 == 0


def _alone(line: str, delimiter: str) -> list[str] | None:
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None
