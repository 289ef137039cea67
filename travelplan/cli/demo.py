"""Commands for trying things out: demo fills the register, demo trips writes the trips as CSV."""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import sys

from travelplan.audit.words import COLUMNS
from travelplan.cli.common import ANSWERED, FAULTS, Subcommands, add
from travelplan.demo import invented_trips
from travelplan.files import DATA, read_document
from travelplan.language import Language
from travelplan.report import record


def register(commands: Subcommands) -> None:
    """Add the commands."""
    demo = add(commands, "demo", _fill, "fill the register with invented trips, or take them out")
    demo.add_argument("--database", metavar="ADDRESS", help="of the store; if not that of serve")
    demo.add_argument("--remove", action="store_true", help="take the invented trips out again")
    actions = demo.add_subparsers(metavar="ACTION")
    trips = add(actions, "trips", _trips, "the trips of an invented city, as CSV")
    trips.add_argument("--seed", type=int, metavar="N", help="other trips with the same shares")


def _fill(options: argparse.Namespace, _: Language) -> int:
    if not (importlib.util.find_spec("sqlalchemy") and importlib.util.find_spec("webapp")):
        print("The register needs the web packages: pip install 'travelplan[web]'", file=sys.stderr)
        return FAULTS
    arguments = [sys.executable, "-m", "webapp.hr.demo", "--lang", options.lang]
    arguments += ["--database", options.database] if options.database else []
    arguments += ["--remove"] if options.remove else []
    arguments += ["--json"] if options.json else []
    sys.stdout.flush()
    return os.execv(sys.executable, arguments)  # noqa: S606  (our own interpreter, no shell)


def _trips(options: argparse.Namespace, _: Language) -> int:
    rows = invented_trips(read_document(DATA / "demo.yaml"), options.seed)
    if options.json:
        print(record.as_json(rows))
        return ANSWERED
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return ANSWERED
