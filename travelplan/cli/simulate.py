"""The command simulate: the same trips judged by two schemes."""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import replace
from pathlib import Path

from travelplan.cli.common import Subcommands, add, answer
from travelplan.cli.decide import scheme_named
from travelplan.files import load_reference
from travelplan.language import Language
from travelplan.report import simulated
from travelplan.sheets import load_trip_words, open_trips
from travelplan.simulation import Summary, compare


def register(commands: Subcommands) -> None:
    """Add the command."""
    what_if = add(commands, "simulate", _simulate, "judge the same trips by two schemes")
    what_if.add_argument("trips", metavar="TRIPS.csv")
    what_if.add_argument("--scheme", required=True, metavar="ID|FILE")
    what_if.add_argument("--against", required=True, metavar="ID|FILE")
    what_if.add_argument("--csv", action="store_true", help="a row for each trip")


def _simulate(options: argparse.Namespace, language: Language) -> int:
    first, second = scheme_named(options.scheme), scheme_named(options.against)
    reference = replace(load_reference(), scheme=first)
    summary = Summary()
    rows = []
    words = load_trip_words()
    with open_trips(Path(options.trips), words) as table:
        for row in compare(table.named(), reference, second, words):
            summary.add(row)
            rows.append(row)
    if options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(simulated.HEADERS)
        writer.writerows(simulated.csv_cells(row, language) for row in rows)
        return 0
    found = {
        "a": first.id,
        "b": second.id,
        "summary": simulated.summary_record(summary),
        "trips": [simulated.row_record(row, language) for row in rows],
    }
    names = (language.say(first.body), language.say(second.body))
    if names[0] == names[1]:
        names = (options.scheme, options.against)
    return answer(options, found, lambda: simulated.summary_text(summary, rows, names, language))
