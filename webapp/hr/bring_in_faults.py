"""The rows that were left out as a file: as they were, with the reason in the cell beside."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from travelplan.language import Language, message
from travelplan.report.harmless import harmless_in_csv
from travelplan.report.workbook import write_workbook
from webapp.hr.bring_in_reading import Reading, by_row, reason_of

REASON = message("what is wrong")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(reading: Reading, language: Language) -> bytes:
    """Return the rows as CSV that a spreadsheet opens: UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=reading.table.delimiter or ";", lineterminator="\r\n")
    rows = (_header(reading, language), *_rows(reading, language))
    writer.writerows([harmless_in_csv(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(reading: Reading, language: Language) -> bytes:
    """Return the rows as a workbook."""
    out = io.BytesIO()
    write_workbook(out, _header(reading, language), _rows(reading, language))
    return out.getvalue()


def _header(reading: Reading, language: Language) -> list[str]:
    return [*reading.table.header, language.say(REASON)]


def _rows(reading: Reading, language: Language) -> Iterator[Sequence[str]]:
    table, faults = reading.table, by_row(reading.faults)
    width = len(table.header)
    for number, cells in table.rows():
        fault = faults.get(number)
        if fault:
            found = (cells or [])[:width]
            yield [*found, *[""] * (width - len(found)), reason_of(fault, table, language)]
