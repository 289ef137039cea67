"""The command line. Each command reads its arguments, asks the library, and prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from travelplan.cli import (
    audit,
    decide,
    demo,
    destinations,
    emissions,
    factors,
    schemes,
    serve,
    simulate,
    trains,
    trips,
)
from travelplan.cli.common import FAULTS, WRONG_INPUT
from travelplan.errors import DataError, InputError
from travelplan.files import load_language
from travelplan.language import Language
from travelplan.report import record, text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 answered, 2 the input is wrong, 1 the rest."""
    options = _parser().parse_args(arguments)
    language = load_language(options.lang)
    try:
        status: int = options.command(options, language)
    except InputError as error:
        _print_errors(error, language, as_json=options.json)
        return WRONG_INPUT
    except DataError as error:
        print(error, file=sys.stderr)
        return FAULTS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULTS
    return status


def _print_errors(error: InputError, language: Language, *, as_json: bool) -> None:
    if as_json:
        print(record.as_json(record.error_record(error, language)))
    else:
        print(text.error_text(error, language), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="travelplan", description="Sustainable business travel.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    rooms = (
        *(trips, trains, emissions, decide, schemes, simulate, audit),
        *(factors, destinations, demo, serve),
    )
    for room in rooms:
        room.register(commands)
    return parser
