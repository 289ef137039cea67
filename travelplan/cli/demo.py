"""Commands for trying things out: demo trips."""

from __future__ import annotations

import argparse
import csv
import sys

from travelplan.audit.words import COLUMNS
from travelplan.cli.common import ANSWERED, Subcommands, add, group
from travelplan.demo import invented_trips
from travelplan.files import DATA, read_document
from travelplan.language import Language
from travelplan.report import record


def register(commands: Subcommands) -> None:
    """Add the commands."""
    demo = group(commands, "demo", "invented data for trying things out")
    trips = add(demo, "trips", _trips, "the trips of an invented city, as CSV")
    trips.add_argument("--seed", type=int, metavar="N", help="other trips with the same shares")


def _trips(options: argparse.Namespace, _: Language) -> int:
    rows = invented_trips(read_document(DATA / "demo.yaml"), options.seed)
    if options.json:
        print(record.as_json(rows))
        return ANSWERED
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return ANSWERED
