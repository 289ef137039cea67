"""Schemes, list entries and places as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from travelplan.destinations import OUTCOME_OF_LEVEL, Difference, Entry
from travelplan.language import Language, Message, Minutes, message
from travelplan.places.model import SearchResult
from travelplan.scheme.changes import changes
from travelplan.scheme.outline import version_lines
from travelplan.scheme.rulebook import Scheme, Version
from travelplan.scheme.words import MODES, OUTCOMES

_INDENT = "  "

_STATUS = {"listed": message("listed"), "candidate": message("candidate")}
_DIFFERENT = {
    "rail_min": message("minutes by train"),
    "level": message("level"),
    "country": message("country"),
    "place": message("place"),
    "position": message("position"),
    "reason": message("level decided without a reason"),
}


def search_text(result: SearchResult, language: Language) -> str:
    """Return the answer to a search for a place."""
    if result.place:
        line = f"{language.say(result.place.label)}  [{result.place.id}]"
        return f"{line}\n{_INDENT}{language.say(_of_stop(result))}" if result.stop else line
    if result.status == "ambiguous":
        head = message("There is more than one “{typed}”:", typed=result.query)
    elif result.candidates:
        head = message("We do not know “{typed}”. Near are:", typed=result.query)
    else:
        head = message("We do not know “{typed}”.", typed=result.query)
    lines = [f"{_INDENT}{language.say(place.label)}  [{place.id}]" for place in result.candidates]
    return "\n".join([language.say(head), *lines])


def _of_stop(result: SearchResult) -> Message:
    label = result.stop.label if result.stop else ""
    return message("“{typed}” is {stop}.", typed=result.query, stop=label)


def scheme_line(scheme: Scheme, language: Language) -> str:
    """Return a scheme in one line: id, body, first and last day."""
    days = ", ".join(_days(version, language) for version in scheme.versions)
    return f"{scheme.id:<20} {language.say(scheme.body)}: {days}"


def schemes_text(schemes: Sequence[Scheme], language: Language) -> str:
    """Return all schemes, a line each, grouped by country."""
    by_land: dict[str, list[Scheme]] = {}
    for scheme in schemes:
        by_land.setdefault(scheme.country, []).append(scheme)
    blocks = []
    for land in sorted(by_land, key=language.country):
        lines = [_INDENT + scheme_line(scheme, language) for scheme in by_land[land]]
        blocks.append("\n".join([language.country(land), *lines]))
    return "\n\n".join(blocks)


def scheme_text(scheme: Scheme, language: Language) -> str:
    """Return a scheme in words: each version with its parameters and rules in their order."""
    blocks = [f"{language.say(scheme.body)} ({scheme.id})"]
    for i, version in enumerate(scheme.versions):
        if i:
            told = changes(scheme.versions[i - 1], version, language)
            blocks.append("\n".join(told))
        blocks.append("\n".join(_version_lines(version, language)))
    return "\n\n".join(blocks)


def entry_line(entry: Entry, language: Language) -> str:
    """Return an entry of the list in one line."""
    rail = language.say(Minutes(entry.rail.minutes)) if entry.rail else "–"
    outcome = language.say(OUTCOMES[OUTCOME_OF_LEVEL[entry.level]])
    return (
        f"{language.say(entry.names.words):<22}{language.country(entry.country):<24}"
        f"{language.say(MODES[entry.mode]):<12}{outcome:<20}{rail:<16}"
        f"{language.say(_STATUS[entry.status])}"
    )


def check_text(found: Sequence[Difference], entries: int, language: Language) -> str:
    """Return the differences between stated and computed, or that there are none."""
    if not found:
        return language.say(message("All {count} entries agree with the computed.", count=entries))
    return "\n".join(_difference_line(difference, language) for difference in found)


def _difference_line(difference: Difference, language: Language) -> str:
    text = message(
        "{place}: {what} stated {stated}, computed {computed}.",
        place=difference.entry.names.words,
        what=_DIFFERENT[difference.what],
        stated=_outcome_or_value(difference.stated),
        computed=_outcome_or_value(difference.computed),
    )
    return language.say(text)


def _outcome_or_value(value: str) -> Message | str:
    return OUTCOMES.get(value) or value or "–"


def _days(version: Version, language: Language) -> str:
    first = version.first_day.isoformat()
    if version.last_day is None:
        return language.say(message("from {first}", first=first))
    last = version.last_day.isoformat()
    return language.say(message("from {first} to {last}", first=first, last=last))


def _version_lines(version: Version, language: Language) -> Iterator[str]:
    yield language.say(message("Version {version}", version=version.version.isoformat())) + (
        f", {_days(version, language)}"
    )
    yield from (_INDENT + line for line in version_lines(version, language))
    for source in version.sources:
        yield f"{_INDENT}– {source.title}, {source.publisher}. {source.url}".rstrip()
