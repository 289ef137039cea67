"""Rows as a workbook: cells are text or numbers, never formulas or links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import BinaryIO

from travelplan.errors import FieldProblem, InputError
from travelplan.language import message
from travelplan.report.harmless import harmless

MOST_ROWS, MOST_IN_A_CELL = 1_048_576, 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(
    handle: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write rows under a header to an open file, one row at a time.

    Raises:
        InputError: (field `out`) there are more rows, or a longer text, than a workbook can hold.
    """
    import xlsxwriter  # noqa: PLC0415  (only who writes a workbook)

    with xlsxwriter.Workbook(handle, _OPTIONS) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(chain([header], rows)):
            if number >= MOST_ROWS:
                text = message("A workbook holds at most {most} rows. Write CSV.", most=MOST_ROWS)
                raise InputError([FieldProblem("out", "too_large", text)])
            for column, cell in enumerate(row):
                safe = harmless(cell)
                if isinstance(safe, str):
                    _check_length(safe)
                    sheet.write_string(number, column, safe)
                else:
                    sheet.write_number(number, column, safe)


def _check_length(text: str) -> None:
    if len(text) > MOST_IN_A_CELL:
        told = message(
            "A cell of a workbook holds at most {most} characters. Write CSV.", most=MOST_IN_A_CELL
        )
        raise InputError([FieldProblem("out", "too_large", told)])
