"""Commands about the list of destinations: list, check, review, propose, accept, refuse."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from travelplan.cli.common import ANSWERED, FAULTS, Subcommands, add, answer, group, list_path
from travelplan.errors import FieldProblem, InputError
from travelplan.files import (
    DEFAULT_SCHEME,
    load_destinations,
    load_parameters,
    load_reference,
    read_text,
)
from travelplan.language import Language, message
from travelplan.reference import Reference
from travelplan.report import listings, record, table
from travelplan.report import upkeep as words
from travelplan.saving import change_text
from travelplan.sheets import load_trip_words, open_trips
from travelplan.trip import read_day
from travelplan.upkeep.check import check_destinations
from travelplan.upkeep.review import Review, Suggestion, review
from travelplan.upkeep.visits import Visits, read_visits

PARAMETERS = ("window-months", "join-visits", "leave-visits", "recheck-days", "near-limit-min")
LEVELS = ("mandatory", "recommended", "free")


def register(commands: Subcommands) -> None:
    """Add the commands."""
    listed = group(commands, "destinations", "the list of destinations")
    shown = add(listed, "list", _list, "every entry of the list, by travel time")
    shown.add_argument("--country", action="append", default=[], metavar="XX")
    shown.add_argument("--level", action="append", default=[], choices=LEVELS)
    shown.add_argument("--csv", action="store_true", help="write CSV, with every change")
    shown.add_argument("--changes", action="store_true", help="show the changes of each entry")
    check = add(listed, "check", _check, "compare what the list states with the computed")
    for parser in (shown, check):
        _add_list(parser)
    for name, command, summary in (
        ("review", _review, "what should change in the list, and why"),
        ("propose", _propose, "the changes that need no answer, as a patch"),
        ("accept", _accept, "carry out a suggestion and write it down"),
        ("refuse", _refuse, "keep a suggestion away for a while and write down why"),
    ):
        _add_review(add(listed, name, command, summary), name)


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", metavar="FILE", help="the list; TRAVELPLAN_DESTINATIONS sets it")
    parser.add_argument("--scheme", default=DEFAULT_SCHEME, metavar="ID")


def _add_review(parser: argparse.ArgumentParser, name: str) -> None:
    if name in ("accept", "refuse"):
        parser.add_argument("suggestion", help="its name in the review, such as join:gn:2761369")
        parser.add_argument("--why", required=True, help="the reason")
    if name == "accept":
        parser.add_argument("--minutes", type=int, metavar="N", help="minutes that you looked up")
    if name != "review":
        parser.add_argument("--by", required=True, metavar="NAME", help="who decides")
    parser.add_argument("trips", nargs="?", metavar="TRIPS.csv", help="the trips that were made")
    parser.add_argument("--on", metavar="YYYY-MM-DD", help="day of the review; today if not given")
    for parameter in PARAMETERS:
        parser.add_argument(f"--{parameter}", type=int, metavar="N")
    _add_list(parser)


def _list(options: argparse.Namespace, language: Language) -> int:
    countries = [code.upper() for code in options.country]
    everything = load_destinations(list_path(options)).entries
    entries = table.chosen(everything, countries=countries, levels=options.level)
    if options.csv and not options.json:
        table.write_csv(entries, sys.stdout, language)
        return ANSWERED

    def lines() -> str:
        shown = []
        for entry in entries:
            shown.append(listings.entry_line(entry, language))
            shown += [f"    {line}" for line in table.change_line(entry) if options.changes]
        return "\n".join(shown) or language.say(message("No entry of the list fits."))

    return answer(options, [record.entry_record(entry) for entry in entries], lines)


def _check(options: argparse.Namespace, language: Language) -> int:
    reference = _reference(options)
    found = list(check_destinations(reference, date.today()))
    count = len(reference.destinations.entries)
    records = [record.difference_record(difference) for difference in found]
    answer(options, records, lambda: listings.check_text(found, count, language))
    return FAULTS if found else ANSWERED


def _review(options: argparse.Namespace, language: Language) -> int:
    found, visits = _reviewed(options, _reference(options))
    return answer(
        options,
        words.review_record(found, visits),
        lambda: words.review_text(found, visits, language),
    )


def _propose(options: argparse.Namespace, language: Language) -> int:
    from travelplan.upkeep.editing import Ruling  # noqa: PLC0415  (ruamel, only to write)
    from travelplan.upkeep.propose import patch, proposed  # noqa: PLC0415

    path = list_path(options)
    found, _ = _reviewed(options, _reference(options))
    why = language.say(message("proposed by the review of {day}", day=found.last.isoformat()))
    old = read_text(path)
    new = proposed(old, found.suggestions, Ruling(options.by, date.today(), why))
    difference = patch(old, new, path.name)
    if options.json:
        print(record.as_json({"patch": difference}))
    else:
        print(difference or language.say(message("Nothing has to change.")), end="")
        if not difference:
            print()
    return ANSWERED


def _accept(options: argparse.Namespace, language: Language) -> int:
    from travelplan.upkeep.editing import Ruling, accepted  # noqa: PLC0415

    suggestion = _suggestion(options)
    ruling = Ruling(options.by, date.today(), options.why, options.minutes)
    change_text(list_path(options), lambda text: accepted(text, suggestion, ruling))
    return _told(options, language, suggestion)


def _refuse(options: argparse.Namespace, language: Language) -> int:
    from travelplan.upkeep.editing import Ruling, refused  # noqa: PLC0415

    suggestion = _suggestion(options)
    ruling = Ruling(options.by, date.today(), options.why)
    days = load_parameters(load_destinations(list_path(options)).review).refusal_days
    change_text(list_path(options), lambda text: refused(text, suggestion, ruling, days=days))
    return _told(options, language, suggestion)


def _told(options: argparse.Namespace, language: Language, suggestion: Suggestion) -> int:
    return answer(
        options,
        words.suggestion_record(suggestion),
        lambda: language.say(message("Written down: {suggestion}.", suggestion=suggestion.id)),
    )


def _suggestion(options: argparse.Namespace) -> Suggestion:
    """Return the named suggestion of a fresh review; raises InputError if it does not make it."""
    found, _ = _reviewed(options, _reference(options))
    for item in found.suggestions:
        if item.id == options.suggestion:
            return item
    text = message(
        "The review does not suggest “{suggestion}”. It suggests: {known}.",
        suggestion=options.suggestion[:60],
        known=", ".join(item.id for item in found.suggestions) or "–",
    )
    raise InputError([FieldProblem("suggestion", "unknown", text)])


def _reviewed(options: argparse.Namespace, reference: Reference) -> tuple[Review, Visits | None]:
    given = {
        name.replace("-", "_"): getattr(options, name.replace("-", "_")) for name in PARAMETERS
    }
    for name, value in given.items():
        if value is not None and value < 0:
            text = message("“{name}” is too low.", name=name)
            raise InputError([FieldProblem(name, "out_of_range", text)])
    listed = reference.destinations
    parameters = load_parameters(
        listed.review, {name: value for name, value in given.items() if value is not None}
    )
    on = read_day("on", options.on) if options.on else date.today()
    visits = _visits(Path(options.trips), reference) if options.trips else None
    found = review(reference, visits.visits if visits else None, parameters, on)
    return found, visits


def _visits(path: Path, reference: Reference) -> Visits:
    listed = reference.destinations
    with open_trips(path, load_trip_words()) as table:
        return read_visits(table.named(), reference.places, listed.origin, listed.listed_ids)


def _reference(options: argparse.Namespace) -> Reference:
    return load_reference(scheme=options.scheme, destinations=list_path(options))
