"""A file of bookings gone through without storing a trip: what is right, doubtful and wrong."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from travelplan import AuditSummary, Faulty, FieldProblem, InputError, audit_table
from travelplan.audit.table import Table
from travelplan.language import LANGUAGES, Language, message
from travelplan.report.audited import waits_for
from webapp.hr.bring_in_columns import Chosen, words_with
from webapp.hr.registering import Registrar, Row
from webapp.layout import language_of

MOST_ROWS = 50_000
MOST_SHOWN = 100
_LONGEST_CELL = 60


def check_length(table: Table) -> None:
    """Refuse a file that is too long for a page.

    Raises:
        InputError: (field `file`) it has more rows than a page takes, or none at all.
    """
    rows = sum(1 for _ in table.rows())
    if not rows:
        text = message("The file has a header and no rows. Check that it is the right file.")
        raise InputError([FieldProblem("file", "empty", text)])
    if rows > MOST_ROWS:
        text = message(
            "The file has {rows} rows; a page takes {most}. Bring it in on the server: "
            "“python -m webapp.hr.bring_in FILE --supplier NAME”.",
            rows=rows,
            most=MOST_ROWS,
        )
        raise InputError([FieldProblem("file", "too_long", text)])


class Reading:
    """Goes through a table once: rows for the register come out, faults and counts stay."""

    def __init__(self, table: Table, chosen: Chosen, registrar: Registrar, today: date) -> None:
        self.table = table
        self.faults: list[Faulty] = []
        self._chosen = chosen
        self._registrar = registrar
        self._today = today
        self._summary = AuditSummary()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are right, doubtful and wrong, and how many trips they are."""
        found = self._summary
        return {
            "rows": found.rows,
            "right": found.matched,
            "doubtful": found.doubtful,
            "wrong": found.wrong,
            "waiting": found.waiting,
            "trips": found.trips,
        }

    def rows(self, batch_id: str) -> Iterator[Row]:
        """Yield the trips as rows of the register, lazily."""
        people = self._people()
        results = audit_table(
            self.table, self._registrar.reference, words_with(self._chosen), today=self._today
        )
        for result in self._summary.counted(results):
            if isinstance(result, Faulty):
                self.faults.append(result)
            else:
                who = people(result.rows[0])
                yield self._registrar.row(result, traveller=who, batch_id=batch_id)

    def _people(self) -> Callable[[int], str]:
        """Return what tells who travels in a row; a million rows need four megabytes."""
        position = self.table.columns.get("traveller")
        numbers, names = array("L"), {"": 0}
        for number, cells in self.table.rows() if position is not None else ():
            numbers.extend([0] * (number + 1 - len(numbers)))
            if cells is not None and position is not None:
                numbers[number] = names.setdefault(cells[position], len(names))
        written = list(names)
        return lambda number: written[numbers[number]] if number < len(numbers) else ""


def shown_faults(table: Table, faults: list[Faulty]) -> list[dict[str, Any]]:
    """Return the first faults as a page shows them: row, column, cell, and what to do."""
    wanted = sorted(faults, key=lambda fault: fault.row)[:MOST_SHOWN]
    needed = {fault.row for fault in wanted}
    cells = {number: found for number, found in table.rows() if number in needed}
    return [line for fault in wanted for line in _lines(fault, table, cells.get(fault.row) or [])]


def reason_of(fault: Faulty, table: Table, language: Language) -> str:
    """Return what is wrong in a row, column by column, as it stands in the cell beside it."""
    said = [_said(problem, table, language) for problem in fault.problems]
    return " | ".join(said) or waits_for(fault, language)


def _lines(fault: Faulty, table: Table, cells: list[str]) -> Iterator[dict[str, Any]]:
    languages = {code: language_of(code) for code in LANGUAGES}
    if not fault.problems:
        told = {code: waits_for(fault, language) for code, language in languages.items()}
        yield {"row": fault.row, "kind": "waiting", "column": "", "cell": "", "told": told}
    for problem in fault.problems:
        position = table.columns.get(problem.field)
        cell = cells[position] if position is not None and position < len(cells) else ""
        yield {
            "row": fault.row,
            "kind": "doubtful" if fault.doubtful else "wrong",
            "column": header_of(problem.field, table),
            "cell": cell.strip()[:_LONGEST_CELL],
            "told": {code: _told(problem, language) for code, language in languages.items()},
        }


def header_of(field: str, table: Table) -> str:
    """Return how the file calls a column; "" where the whole row is meant or it has none."""
    position = table.columns.get(field)
    return "" if position is None else table.header[position].strip()


def _said(problem: FieldProblem, table: Table, language: Language) -> str:
    header = header_of(problem.field, table)
    told = _told(problem, language)
    return f"{header}: {told}" if header else told


def _told(problem: FieldProblem, language: Language) -> str:
    told = language.say(problem.message)
    if not problem.candidates:
        return told
    labels = "; ".join(dict.fromkeys(language.say(found.label) for found in problem.candidates))
    return language.say(message("{told} Write one of these: {labels}.", told=told, labels=labels))


def by_row(faults: list[Faulty]) -> Mapping[int, Faulty]:
    """Return the faults by the number of their row."""
    return {fault.row: fault for fault in faults}
