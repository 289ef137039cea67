"""`python -m webapp.hr.demo` fills the register with invented trips; `travelplan demo` runs it.

`--remove` takes them out again. `--first` does nothing where trips stand or were ever filled in.
"""

from __future__ import annotations

import argparse
import json
import sys

from travelplan import load_reference
from travelplan.language import Message, message
from webapp.config import Config
from webapp.hr.command import ANSWERED, parser_of, run, tell
from webapp.hr.invented import fill, remove, was_filled
from webapp.hr.pseudonyms import pseudonyms_of
from webapp.hr.registering import Registrar
from webapp.layout import language_of
from webapp.organisation import load_organisation
from webapp.store import Store

TRY_OUT = "sqlite:///var/travelplan.db"
"""The store of `make serve`."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = parser_of("webapp.hr.demo", "Invented trips for trying things out.")
    parser.add_argument("--remove", action="store_true", help="take them out again")
    parser.add_argument("--first", action="store_true", help="only where nothing stands yet")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    options = parser.parse_args(arguments)
    options.database = options.database or Config.from_environment().database or TRY_OUT
    return run(options, lambda store, config: _demo(store, config, options))


def _demo(store: Store, config: Config, options: argparse.Namespace) -> int:
    if options.first:
        with store.read() as session:
            if was_filled(session):
                return ANSWERED
    if options.remove:
        with store.write() as session:
            count = remove(session, None)
        gone = message("Invented trips removed: {count}.", count=count)
        return _told(options, {"removed": count}, gone)
    reference = load_reference(
        scheme=config.scheme, factors=config.factors, destinations=config.destinations
    )
    pseudonyms = pseudonyms_of(config.pseudonym_key, options.database)
    registrar = Registrar(reference, load_organisation(config.organisation), pseudonyms)
    with store.write() as session:
        count = fill(session, registrar, None)
    filled = message(
        "Invented trips of Voorbeeldstad filled in: {count}. Take them out again with: "
        "travelplan demo --remove",
        count=count,
    )
    return _told(options, {"filled": count}, filled)


def _told(options: argparse.Namespace, found: dict[str, int], text: Message) -> int:
    tell(json.dumps(found) if options.json else language_of(options.lang).say(text))
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main())
