"""A file of trips as a table: rows with their number, columns found by their header.

CSV with semicolons, commas or tabs, in UTF-8 or windows-1252, is read row by row. A row that
cannot be read is given without cells and never stops the next.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from travelplan.audit.words import COLUMNS, DecimalMark, TripWords
from travelplan.errors import FieldProblem, InputError
from travelplan.language import message

NEEDED = ("destination", "depart")
DELIMITERS = ";\t,"
WINDOWS = "cp1252"
MOST_LINES_IN_A_ROW = 20
_CHUNK = 1 << 20

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
    encoding, quoted = _encoding(handle)

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
        if quoted:
            found = _parsed(lines, delimiter, len(header))
        else:
            found = enumerate(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE), 1)
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

    That is its number or, without one, all its cells. Only hashes are kept, so a million rows
    need some sixty megabytes for the time that this takes.
    """
    position = table.columns.get("trip_id")
    seen: set[int] = set()
    counts: Counter[int] = Counter()
    for _, cells in table.rows():
        if cells is not None:
            number = hash(name_of(cells, position))
            if number in seen:
                counts[number] += 1
            else:
                seen.add(number)
    return {number: count + 1 for number, count in counts.items()}


def name_of(cells: list[str], position: int | None) -> str:
    """Return what names the trip of a row: its number, else the whole row."""
    name = cells[position].strip() if position is not None else ""
    return name or "\t".join(cells)


def _encoding(handle: BinaryIO) -> tuple[str, bool]:
    """Return UTF-8 (or UTF-16 with its mark) if all of the file is that, else windows-1252.

    And whether there is a quotation mark anywhere, or a line too long to be read without care.
    """
    handle.seek(0)
    start = handle.read(len(BOM_UTF8))
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16", True
    quoted = False
    decoder = getincrementaldecoder("utf-8")()
    handle.seek(0)
    try:
        while chunk := handle.read(_CHUNK):
            quoted = quoted or b'"' in chunk or b"\0" in chunk or b"\n" not in chunk
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return WINDOWS, True
    return "utf-8-sig" if start == BOM_UTF8 else "utf-8", quoted


def _checked(table: Table) -> Table:
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise MissingColumnError(table, missing)
    return table


def _parsed(lines: Iterator[str], delimiter: str, width: int) -> Iterator[Numbered]:
    """Yield the rows of CSV lines.

    A quote that never closes would swallow the rows after it: where a row of several lines is
    wider than the header, or longer than any row is, only its first line is given up.
    """
    pending: list[str] = []
    number = 0
    more = True

    def fed() -> Iterator[str]:
        nonlocal more
        for line in lines:
            pending.append(line)
            yield line
            if len(pending) >= MOST_LINES_IN_A_ROW:
                return
        more = False

    while more:
        reader = csv.reader(fed(), delimiter=delimiter)
        while True:
            cells: list[str] | None
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error:
                cells = None
            number += 1
            if len(pending) == 1 and cells is not None:
                pending.clear()
                yield number, cells
                continue
            if cells is not None and _is_whole(pending, cells, width):
                pending.clear()
                yield number, cells
                continue
            broken, pending[:] = pending[:], []
            yield number, None
            for line in broken[1:]:
                number += 1
                yield number, _alone(line, delimiter)


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
