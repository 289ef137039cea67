"""What the commands of HR share: the settings, the database, and how faults are told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from travelplan import FieldProblem, InputError, TravelplanError
from travelplan.language import LANGUAGES, message
from webapp.config import Config
from webapp.layout import DEFAULT_LANGUAGE
from webapp.store import Store, open_store

ANSWERED, FAULTS, WRONG_INPUT = 0, 1, 2


def parser_of(name: str, description: str) -> argparse.ArgumentParser:
    """Return a parser with what every command takes."""
    parser = argparse.ArgumentParser(prog=f"python -m {name}", description=description)
    parser.add_argument(
        "--database", metavar="ADDRESS", help="of the store; TRAVELPLAN_DATABASE sets it"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE)
    return parser


def run(options: argparse.Namespace, command: Callable[[Store, Config], int]) -> int:
    """Run a command on the store, and return its exit status.

    0: answered; 1: it found faults; 2: the input or the settings are wrong, as standard error says.
    """
    try:
        config = Config.from_environment()
        address = options.database or config.database
        if not address:
            text = message("Say where requests are stored, for example sqlite:///travelplan.db.")
            raise InputError([FieldProblem("TRAVELPLAN_DATABASE", "setting", text)])
        store = open_store(address)
    except TravelplanError as error:
        tell(error, wrong=True)
        return WRONG_INPUT
    try:
        return command(store, config)
    except TravelplanError as error:
        tell(error, wrong=True)
        return WRONG_INPUT
    finally:
        store.close()


def tell(text: object, *, wrong: bool = False) -> None:
    """Print a line; what is wrong goes to standard error."""
    print(text, file=sys.stderr if wrong else sys.stdout)
