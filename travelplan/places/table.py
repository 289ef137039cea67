"""Small tables as CSV text, with their columns checked."""

from __future__ import annotations

import csv

from travelplan.errors import DataError, Fault


def read_table(text: str, file: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a CSV text.

    Raises:
        DataError: the header is another one, or a row has an empty or missing cell, or too many.
    """
    header, *rows = list(csv.reader(text.splitlines())) or [[]]
    expected = ",".join(columns)
    if tuple(header) != columns:
        fault = Fault(1, "", f"the header is not {expected}.", f"Write {expected}.")
        raise DataError(file, [fault])
    faults = [
        Fault(line, "", f"the row does not have {len(columns)} filled cells.", "Fill every column.")
        for line, row in enumerate(rows, start=2)
        if len(row) != len(columns) or not all(row)
    ]
    if faults:
        raise DataError(file, faults)
    return [dict(zip(columns, row, strict=True)) for row in rows]
