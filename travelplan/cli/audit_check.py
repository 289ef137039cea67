"""`travelplan audit FILE --check`: a file that was given out, recomputed from itself alone."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from travelplan.audit.given_out import given_differences, is_given_out
from travelplan.audit.recompute import Difference, differences
from travelplan.cli.audit_files import suffix_of, unusable
from travelplan.cli.common import ANSWERED, FAULTS
from travelplan.cli.decide import scheme_named
from travelplan.errors import FieldProblem, InputError
from travelplan.files import load_factors, load_scheme
from travelplan.language import Language, message
from travelplan.report.given import record_of_given
from travelplan.sheets import load_trip_words, workbook_rows

MOST_NAMED = 20
_KNOWN = (".csv", ".xlsx", ".jsonl", ".json")
Row = dict[str, Any]


@dataclass
class _Read:
    """The rows of a file, counted as they pass, and the totals that it states."""

    path: Path
    totals: dict[str, Any] = field(default_factory=dict)
    rows: int = 0

    def records(self) -> Iterator[Row]:
        for record in self._all():
            self.rows += "verdict" in record
            yield record

    def _all(self) -> Iterator[Row]:
        """Yield every row; raises InputError (field `file`) if one is none of ours."""
        suffix = suffix_of("file", self.path, _KNOWN)
        try:
            if suffix == ".xlsx":
                yield from self._sheet()
            elif suffix == ".json":
                yield from self._object()
            else:
                yield from self._lines(suffix)
        except (ValueError, TypeError, KeyError, csv.Error):
            text = message("This is not a file that “audit --out” or HR gave out.")
            raise InputError([FieldProblem("file", "not_an_audit", text)]) from None
        except OSError as error:
            raise unusable(self.path, error) from None

    def _sheet(self) -> Iterator[Row]:
        with self.path.open("rb") as handle:
            header, *rows = workbook_rows(handle, load_trip_words().workbook)
        for cells in rows:
            yield record_of_given(dict(zip(header, cells, strict=False)))

    def _object(self) -> Iterator[Row]:
        whole = json.loads(self.path.read_text("utf-8"))
        self.totals = dict(whole["totals"])
        yield from map(dict, whole["trips"])

    def _lines(self, suffix: str) -> Iterator[Row]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            if suffix == ".csv":
                csv.field_size_limit(1 << 20)
                yield from map(record_of_given, csv.DictReader(file))
            else:
                yield from (dict(json.loads(line)) for line in file)


def check(options: argparse.Namespace, language: Language) -> int:
    """Recompute a file; exit status 1 if something does not come out again."""
    chosen = scheme_named(options.scheme)
    read, found = _Read(Path(options.trips)), 0
    for item in _differences(read, {chosen.id: chosen}):
        found += 1
        if options.json:
            print(json.dumps(asdict(item), ensure_ascii=False))
        elif found <= MOST_NAMED:
            print(language.say(_said(item)))
    if not options.json:
        text = message("{rows} trips recomputed, {found} differences.", rows=read.rows, found=found)
        print(language.say(text))
    return FAULTS if found else ANSWERED


def _differences(read: _Read, named: Mapping[str, Any]) -> Iterable[Difference]:
    def scheme(id_: str) -> Any:
        return named.get(id_) or load_scheme(id_)

    records = read.records()
    first = next(records, None)
    if first is None:
        return ()
    rest = chain([first], records)
    if not is_given_out(first):
        return differences(rest, scheme, load_factors)
    return given_differences(rest, scheme, load_factors, read.totals)


def _said(item: Difference) -> Any:
    return message(
        "Row {row}: {what} is {stated}, recomputed {computed}.",
        row=str(item.row),
        what=item.what,
        stated=str(item.stated),
        computed=str(item.computed),
    )
