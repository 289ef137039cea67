"""What the commands share: how an answer is printed and how a command is added."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from travelplan.errors import FieldProblem, InputError
from travelplan.files import destinations_path
from travelplan.language import LANGUAGES, Language, message
from travelplan.report import record

ANSWERED, FAULTS, WRONG_INPUT = 0, 1, 2

Command = Callable[[argparse.Namespace, Language], int]
Subcommands = Any
"""What argparse returns for a group of commands; it has no public name."""


def answer(options: argparse.Namespace, found: Any, words: Callable[[], str]) -> int:
    """Print the record as JSON, or the words for a person."""
    print(record.as_json(found) if options.json else words())
    return ANSWERED


def add(within: Subcommands, name: str, command: Command, summary: str) -> argparse.ArgumentParser:
    """Add a command to a group, with the options that every command has."""
    added: argparse.ArgumentParser = within.add_parser(name, help=summary, description=summary)
    added.add_argument("--lang", choices=LANGUAGES, default="nl", help="language of the answer")
    added.add_argument("--json", action="store_true", help="answer as JSON")
    added.set_defaults(command=command)
    return added


def list_path(options: argparse.Namespace) -> Path:
    """Return the list to use: --list, else TRAVELPLAN_DESTINATIONS, else the shipped one."""
    named = options.list or os.environ.get("TRAVELPLAN_DESTINATIONS")
    return Path(named) if named else destinations_path()


def group(within: Subcommands, name: str, summary: str) -> Subcommands:
    """Add a group of commands, such as `schemes`."""
    return within.add_parser(name, help=summary).add_subparsers(required=True, metavar="ACTION")


def number(field: str, typed: str) -> float:
    """Return a typed number; raises InputError if it is none."""
    try:
        return float(typed)
    except ValueError:
        wrong = message("“{typed}” is not a number.", typed=typed[:60])
        raise InputError([FieldProblem(field, "not_a_number", wrong)]) from None
