"""`python -m webapp.hr.retention --dry-run` says what is due to go; without it, it goes.

Names and free texts go first (TRAVELPLAN_PSEUDONYM_YEARS). Trips are destroyed only after
TRAVELPLAN_RETENTION_YEARS and only under TRAVELPLAN_RETENTION_SERIES, a series of the archive.
What was done stands in the log of HR.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from travelplan.language import message
from webapp.config import Config
from webapp.hr.command import ANSWERED, parser_of, run, tell
from webapp.hr.destroying import destroy
from webapp.hr.forgetting import Forgetting
from webapp.hr.pseudonyms import Pseudonyms, pseudonyms_of
from webapp.hr.retention_plan import Forgotten, Plan
from webapp.layout import language_of
from webapp.organisation import load_organisation
from webapp.store import Store
from webapp.store.looked import FORGOT, note

COUNTED = {
    "requests": message("requests: names made pseudonyms, free texts blanked"),
    "drafts": message("drafts blanked"),
    "mails": message("mails blanked"),
    "visits": message("visits blanked"),
    "reasons": message("reasons for taking a trip out blanked"),
    "people": message("people of whom no name is kept any more"),
    "requests destroyed": message("requests destroyed"),
    "trips destroyed": message("trips of the register destroyed"),
    "visits destroyed": message("visits destroyed"),
    "mails destroyed": message("mails destroyed"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = parser_of("webapp.hr.retention", "Let go of what is past its date.")
    parser.add_argument("--dry-run", action="store_true", help="only say what is due")
    options = parser.parse_args(arguments)
    return run(options, lambda store, config: _keep_to(store, config, options))


def carry_out(
    session: Session, plan: Plan, pseudonyms: Pseudonyms, known: Collection[str]
) -> Forgotten:
    """Do what a plan asks for, and write it into the log.

    Args:
        session: one that writes: all of it is kept together, or nothing.
        plan: from which day on what goes.
        pseudonyms: what makes pseudonyms.
        known: the sign-in names that the organisation knows today; their accounts stay.
    """
    forgetting = Forgetting(session, pseudonyms, known)
    if plan.all_before:
        destroy(session, plan.all_before, plan.series, forgetting.done)
    if plan.names_before:
        forgetting.before(plan.names_before)
    done = forgetting.done
    if any(done.counts.values()):
        note(session, None, FORGOT, "retention", **done.record(plan))
    return done


def _keep_to(store: Store, config: Config, options: argparse.Namespace) -> int:
    say = language_of(options.lang).say
    plan = Plan.of(config, datetime.now(UTC).date())
    database = options.database or config.database
    pseudonyms = pseudonyms_of(config.pseudonym_key, database)
    known = {person.subject for person in load_organisation(config.organisation).people}
    with store.write() as session:
        done = carry_out(session, plan, pseudonyms, known)
        if options.dry_run:
            session.rollback()
    for line in _told(plan, done, dry=options.dry_run):
        tell(say(line))
    return ANSWERED


def _told(plan: Plan, done: Forgotten, *, dry: bool) -> list[object]:
    lines: list[object] = []
    if dry:
        lines.append(message("Dry run: nothing is changed. This is due:"))
    if plan.names_before is None:
        lines.append(message("The organisation has not set how long names are kept: they stay."))
    else:
        lines.append(
            message("Names and texts of trips that ended before {day}", day=plan.names_before)
        )
    if plan.all_before is None:
        lines.append(
            message("No series of the archive and number of years are set: nothing is destroyed.")
        )
    else:
        lines.append(
            message(
                "Series {series}: trips that ended before {day}",
                series=plan.series,
                day=plan.all_before,
            )
        )
    counts = {name: number for name, number in done.counts.items() if number}
    lines += [
        message("{number} {what}", number=counts[name], what=text)
        for name, text in COUNTED.items()
        if name in counts
    ]
    lines += [message("destroyed: {reference}", reference=one) for one in done.destroyed]
    return lines or [message("Nothing is due.")]


if __name__ == "__main__":
    sys.exit(main())
