"""The command audit: trips that were made, judged row by row."""

from __future__ import annotations

import argparse
import csv
import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from travelplan.audit.results import Audited, Faulty, Result
from travelplan.audit.run import audit_table
from travelplan.audit.summary import AuditSummary
from travelplan.audit.table import Table, repeated_trips
from travelplan.cli.audit_check import check
from travelplan.cli.audit_files import suffix_of, unusable
from travelplan.cli.common import ANSWERED, Subcommands, add, list_path
from travelplan.cli.decide import scheme_named
from travelplan.files import (
    DEFAULT_FACTORS,
    DEFAULT_SCHEME,
    load_language,
    load_reference,
)
from travelplan.language import Language, message
from travelplan.report import audit_summary, audited
from travelplan.report.harmless import harmless_in_csv
from travelplan.report.workbook import write_workbook
from travelplan.sheets import load_trip_words, open_trips

MOST_NAMED = 20
WRITTEN_AT_ONCE = 1 << 20
_WRITTEN_AS = {"out": (".csv", ".xlsx", ".jsonl"), "faults": (".csv", ".xlsx")}


def register(commands: Subcommands) -> None:
    """Add the command."""
    audit = add(commands, "audit", _audit, "judge trips that were made, row by row")
    audit.add_argument("trips", metavar="TRIPS.csv|.xlsx")
    audit.add_argument("--scheme", default=DEFAULT_SCHEME, metavar="ID|FILE")
    audit.add_argument("--factors", default=DEFAULT_FACTORS, metavar="ID")
    audit.add_argument("--list", metavar="FILE", help="the list of destinations")
    audit.add_argument("--columns", metavar="FILE", help="how a supplier names its columns")
    audit.add_argument("--out", metavar="FILE", help="a row a trip, as .csv, .xlsx or .jsonl")
    audit.add_argument("--faults", metavar="FILE", help="the rows not judged, with the reason")
    audit.add_argument("--check", action="store_true", help="recompute a file of --out or of HR")


def _audit(options: argparse.Namespace, language: Language) -> int:
    if options.check:
        return check(options, language)
    for field, known in _WRITTEN_AS.items():
        if getattr(options, field):
            suffix_of(field, Path(getattr(options, field)), known)
    words = load_trip_words(Path(options.columns) if options.columns else None)
    with _without_collector(), open_trips(Path(options.trips), words) as table:
        repeated = repeated_trips(table)  # before the reference is read: it needs the memory
        reference = load_reference(factors=options.factors, destinations=list_path(options))
        reference = replace(reference, scheme=scheme_named(options.scheme))
        seen = _Seen(options, table, language)
        _write(options, seen.passing(audit_table(table, reference, words, repeated=repeated)))
        if options.faults:
            _write_faults(Path(options.faults), table, seen.reasons, language)
        if options.json:
            print(audit_summary.reading_text(seen.summary, table, language), file=sys.stderr)
        else:
            told = audit_summary.summary_text(seen.summary, seen.first, table, reference, language)
            print(told)
    return ANSWERED


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows leave nothing behind that only the collector finds; to look would take a third more."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Seen:
    """What passes on its way to a file: counted, printed as JSON if asked, faults kept."""

    def __init__(self, options: argparse.Namespace, table: Table, language: Language) -> None:
        self.summary = AuditSummary()
        self.first: list[Faulty] = []
        self.reasons: dict[int, str] = {}
        self._keeps_all = bool(options.faults)
        self._prints = _line_of(language) if options.json else None
        self._names = table.names
        self._language = language

    def passing(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield the same results."""
        for result in results:
            self.summary.add(result)
            if isinstance(result, Faulty):
                self._keep(result)
            if self._prints:
                sys.stdout.write(self._prints(result))
            yield result

    def _keep(self, fault: Faulty) -> None:
        if len(self.first) < MOST_NAMED:
            self.first.append(fault)
        if self._keeps_all:
            self.reasons[fault.row] = audited.fault_reason(fault, self._names, self._language)


def _line_of(language: Language) -> Callable[[Result], str]:
    of_trip = audited.JsonLines().line

    def line(result: Result) -> str:
        if isinstance(result, Faulty):
            record = audited.fault_record(result, language)
            return json.dumps(record, ensure_ascii=False) + "\n"
        return of_trip(result)

    return line


def _write(options: argparse.Namespace, results: Iterator[Result]) -> None:
    """Write the results to the file that was named, or only let them pass."""
    if not options.out:
        for _ in results:
            pass
        return
    path = Path(options.out)
    suffix = suffix_of("out", path, _WRITTEN_AS["out"])
    trips = (result for result in results if isinstance(result, Audited))
    if suffix == ".xlsx":
        with _written(path, "wb") as handle:
            write_workbook(handle, audited.COLUMNS, map(audited.trip_cells, trips))
        return
    with _written(path, "w") as handle:
        if suffix == ".csv":
            line = audited.CsvLines().line
            handle.write(",".join(audited.COLUMNS) + "\n")
            handle.writelines(map(line, trips))
        else:
            line_of = _line_of(load_language(options.lang))
            handle.writelines(map(line_of, results))


def _write_faults(path: Path, table: Table, reasons: Mapping[int, str], language: Language) -> None:
    """Write the rows that were not judged as they were, with the reason in the cell beside."""
    header = [*table.header, language.say(message("what is wrong"))]
    width = len(table.header)
    rows = (
        [*(cells or [])[:width], *[""] * (width - len(cells or [])), reasons[number]]
        for number, cells in table.rows()
        if number in reasons
    )
    if suffix_of("faults", path, _WRITTEN_AS["faults"]) == ".xlsx":
        with _written(path, "wb") as handle:
            write_workbook(handle, header, rows)
        return
    with _written(path, "w", encoding="utf-8-sig") as handle:
        writer = csv.writer(handle, delimiter=table.delimiter or ";", lineterminator="\n")
        writer.writerows([harmless_in_csv(cell) for cell in row] for row in (header, *rows))


@contextmanager
def _written(path: Path, mode: str, encoding: str = "utf-8") -> Iterator[Any]:
    try:
        text = {} if "b" in mode else {"encoding": encoding}
        with path.open(mode, WRITTEN_AT_ONCE, **text) as handle:
            yield handle
    except OSError as error:
        raise unusable(path, error) from None
