"""`python -m webapp.hr.access SUBJECT` writes everything that is kept of a person, as JSON.

For who asks for it and cannot sign in. It is written into the log of HR. Others find the same at
/my-data.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from sqlalchemy import select

from travelplan import FieldProblem, InputError
from travelplan.language import message
from travelplan.saving import write_new
from webapp.config import Config
from webapp.hr.about_person import about
from webapp.hr.command import ANSWERED, parser_of, run, tell
from webapp.hr.pseudonyms import pseudonyms_of
from webapp.organisation import load_organisation
from webapp.store import Store
from webapp.store.looked import EXPORTED, note
from webapp.store.tables import Person


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = parser_of("webapp.hr.access", "Everything that is kept of a person, as JSON.")
    parser.add_argument("subject", help="the name with which the person signs in")
    parser.add_argument("--out", type=Path, metavar="FILE", help="in place of standard output")
    options = parser.parse_args(arguments)
    return run(options, lambda store, config: _export(store, config, options))


def _export(store: Store, config: Config, options: argparse.Namespace) -> int:
    organisation = load_organisation(config.organisation)
    pseudonyms = pseudonyms_of(config.pseudonym_key, options.database or config.database)
    with store.write() as session:
        people = session.scalars(select(Person).where(Person.subject == options.subject)).all()
        if not people:
            text = message("Nobody with the sign-in name “{name}” is known.", name=options.subject)
            raise InputError([FieldProblem("subject", "unknown", text)])
        found = [about(session, person, organisation, pseudonyms) for person in people]
        for person in people:
            note(session, None, EXPORTED, person.id, command="access")
    written = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True)
    if options.out:
        write_new(options.out, written + "\n")
    else:
        tell(written)
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main())
