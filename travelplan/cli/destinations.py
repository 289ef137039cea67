"""Commands about the list of destinations: list, check."""

from __future__ import annotations

import argparse
from datetime import date

from travelplan.cli.common import ANSWERED, FAULTS, Subcommands, add, answer, group
from travelplan.files import destinations_path, load_destinations, load_reference
from travelplan.language import Language
from travelplan.recommendation import check_destinations
from travelplan.report import listings, record


def register(commands: Subcommands) -> None:
    """Add the commands."""
    listed = group(commands, "destinations", "the list of destinations")
    add(listed, "list", _destinations_list, "every entry of the list")
    add(listed, "check", _destinations_check, "compare what the list states with the computed")


def _destinations_list(options: argparse.Namespace, language: Language) -> int:
    entries = load_destinations(destinations_path()).entries
    return answer(
        options,
        [record.entry_record(entry) for entry in entries],
        lambda: "\n".join(listings.entry_line(entry, language) for entry in entries),
    )


def _destinations_check(options: argparse.Namespace, language: Language) -> int:
    reference = load_reference()
    found = list(check_destinations(reference, date.today()))
    count = len(reference.destinations.entries)
    records = [record.difference_record(difference) for difference in found]
    answer(options, records, lambda: listings.check_text(found, count, language))
    return FAULTS if found else ANSWERED
