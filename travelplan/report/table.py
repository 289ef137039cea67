"""The list of destinations as a table: chosen, sorted, and written as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from travelplan.destinations import Entry, Visits
from travelplan.language import LANGUAGES, Language
from travelplan.places import Place
from travelplan.places.normalise import normalise
from travelplan.report.harmless import harmless_in_csv

COLUMNS = (
    "id",
    "name",
    "name_nl",
    "name_fr",
    "name_en",
    "country",
    "country_name",
    "lat",
    "lon",
    "mode",
    "level",
    "status",
    "rail_min",
    "rail_basis",
    "rail_checked_on",
    "rail_checked_by",
    "decided_by",
    "decided_on",
    "decided_why",
    "why_listed",
    "visits",
    "visits_from",
    "visits_to",
    "visits_per_year",
    "note",
    "added",
    "last_change",
    "changes",
)
LONGEST_TRAVEL_MIN = 10**9


def called(entries: Iterable[Entry], typed: str, place: Place | None = None) -> list[Entry]:
    """Return the entries with these letters in a name in one of the languages, or of that place."""
    letters = normalise(typed)
    return [
        entry
        for entry in entries
        if (place and place.id == entry.place)
        or (letters and any(letters in normalise(getattr(entry.names, c)) for c in LANGUAGES))
    ]


def chosen(
    entries: Iterable[Entry], *, countries: Sequence[str] = (), levels: Sequence[str] = ()
) -> list[Entry]:
    """Return the entries of some countries and levels (all, if none are named), by travel time.

    Those without a train come last, by name.
    """
    found = [
        entry
        for entry in entries
        if (not countries or entry.country in countries) and (not levels or entry.level in levels)
    ]
    return sorted(
        found,
        key=lambda e: (e.rail.minutes if e.rail else LONGEST_TRAVEL_MIN, e.names.en),
    )


def write_csv(entries: Iterable[Entry], out: TextIO, language: Language) -> None:
    """Write entries with their changes as CSV, in the words of a language.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([harmless_in_csv(cell) for cell in _row(entry, language)])


def _row(entry: Entry, language: Language) -> list[object]:
    rail, decided = entry.rail, entry.decided
    visits = next((e.visits for e in entry.evidence if e.visits is not None), None)
    counted = visits if isinstance(visits, Visits) else None
    return [
        entry.place,
        language.say(entry.names.words),
        entry.names.nl,
        entry.names.fr,
        entry.names.en,
        entry.country,
        language.country(entry.country),
        entry.lat,
        entry.lon,
        entry.mode,
        entry.level,
        entry.status,
        rail.minutes if rail else None,
        rail.basis if rail else None,
        rail.checked_on if rail else None,
        rail.checked_by if rail else None,
        decided.by if decided else None,
        decided.day if decided else None,
        decided.why if decided else None,
        "; ".join(language.say(item.text.words) for item in entry.evidence),
        counted.count if counted else visits,
        counted.first if counted else None,
        counted.last if counted else None,
        round(counted.per_year, 1) if counted else None,
        language.say(entry.note.words) if entry.note else None,
        entry.added,
        max(change.day for change in entry.history),
        " | ".join(change_line(entry)),
    ]


def change_line(entry: Entry) -> list[str]:
    """Return the changes of an entry, one text each: day, what, from, to, why, by whom."""
    lines = []
    for change in entry.history:
        moved = f" {change.was or '–'} → {change.now}" if change.now is not None else ""
        by = f" ({change.by})" if change.by else ""
        lines.append(f"{change.day.isoformat()} {change.what}{moved}: {change.why}{by}")
    return lines
