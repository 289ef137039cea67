"""`python -m webapp.hr.log check` verifies the log of who looked at whom.

`anchor --to FILE` adds the number and seal of the newest line to a file: run it once a day, and
keep the file on another machine. `check --anchors FILE` compares with it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy import func, select

from travelplan import DataError
from travelplan.errors import Fault
from travelplan.files import read_text
from travelplan.language import message
from webapp.hr.command import ANSWERED, FAULTS, parser_of, run, tell
from webapp.layout import language_of
from webapp.store import Store
from webapp.store.looked import Anchor, anchor, faults
from webapp.store.register import Looked


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 if the log is whole, 1 if it is not."""
    parser = parser_of("webapp.hr.log", "The log of who looked at whom.")
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="find every change, deletion and insertion")
    check.add_argument("--anchors", type=Path, metavar="FILE", help="anchors kept elsewhere")
    keep = actions.add_parser("anchor", help="print the number and the seal of the newest line")
    keep.add_argument("--to", type=Path, metavar="FILE", help="add it to a file")
    options = parser.parse_args(arguments)
    command = _check if options.action == "check" else _anchor
    return run(options, lambda store, _: command(store, options))


def _check(store: Store, options: argparse.Namespace) -> int:
    say = language_of(options.lang).say
    anchors = _anchors(options.anchors) if options.anchors else []
    with store.read() as session:
        lines = session.scalar(select(func.count()).select_from(Looked)) or 0
        found = list(faults(session, anchors))
    for fault in found:
        tell(say(fault))
    if found:
        return FAULTS
    tell(
        say(
            message(
                "The log is whole: {lines} lines, {anchors} anchors.",
                lines=lines,
                anchors=len(anchors),
            )
        )
    )
    return ANSWERED


def _anchor(store: Store, options: argparse.Namespace) -> int:
    with store.read() as session:
        found = anchor(session)
    if found is None:
        tell(language_of(options.lang).say(message("The log has no lines yet.")), wrong=True)
        return ANSWERED
    tell(found.as_line())
    if options.to:
        with options.to.open("a", encoding="utf-8") as file:
            file.write(found.as_line() + "\n")
    return ANSWERED


def _anchors(path: Path) -> list[Anchor]:
    """Read a file of anchors; raises DataError naming each line that is none."""
    lines = [line for line in read_text(path).splitlines() if line.strip()]
    read = [Anchor.of(line) for line in lines]
    wrong = [
        Fault(number, "", "is no anchor.", "Each line is: day number seal.")
        for number, anchor_ in enumerate(read, 1)
        if anchor_ is None
    ]
    if wrong:
        raise DataError(path.name, wrong)
    return [anchor_ for anchor_ in read if anchor_]


if __name__ == "__main__":
    sys.exit(main())
