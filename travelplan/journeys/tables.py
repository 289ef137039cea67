"""CSV tables of our own data, read strictly: every wrong cell is named with its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from travelplan.errors import DataError, Fault

T = TypeVar("T")


@dataclass
class Faults:
    """Collects what is wrong in one file, so that all of it is said at once."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, where: str, problem: str, advice: str = "") -> None:
        """Note one fault."""
        self.found.append(Fault(line, where, problem, advice))

    def raise_any(self) -> None:
        """Raise DataError if anything was noted."""
        if self.found:
            raise DataError(self.file, self.found)


def read_table(
    text: str, file: str, columns: tuple[str, ...], build: Callable[[Mapping[str, str]], T]
) -> tuple[T, ...]:
    """Return what `build` makes of each row of a CSV text.

    Raises:
        DataError: the header is not exactly `columns`, or `build` raised ValueError for a row.
    """
    rows = csv.reader(text.splitlines())
    faults = Faults(file)
    header = tuple(next(rows, ()))
    if header != columns:
        faults.add(1, "", f"the header is {','.join(header)}.", f"Write {','.join(columns)}.")
        faults.raise_any()
    built = []
    for line, cells in enumerate(rows, start=2):
        try:
            built.append(build(dict(zip(columns, cells, strict=True))))
        except ValueError as error:
            faults.add(line, cells[0] if cells else "", f"{error}.", "Correct the row.")
    faults.raise_any()
    return tuple(built)
