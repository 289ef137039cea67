"""A review of the list as text and as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travelplan.destinations import OUTCOME_OF_LEVEL
from travelplan.language import Country, Language, Message, Minutes, message
from travelplan.scheme.words import OUTCOMES
from travelplan.upkeep.review import LEVEL_OF_OUTCOME, Kind, Review, Suggestion
from travelplan.upkeep.visits import Visits

MOST_SHOWN = 10
_INDENT = "  "

HEADS: dict[Kind, Message] = {
    "join": message("Visited often enough to join the list:"),
    "leave": message("On the list, and nobody goes there:"),
    "minutes": message("The minutes by train are no longer those of the network:"),
    "level": message("The scheme no longer computes this level:"),
    "near-limit": message("Near a limit, so one slower train changes the level:"),
    "recheck": message("Nobody has checked the minutes for long:"),
}


def review_record(found: Review, visits: Visits | None) -> dict[str, Any]:
    """Return a review: window, thresholds, suggestions with evidence, and what was not counted."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "parameters": {
            name: getattr(found.parameters, name) for name in found.parameters.__slots__
        },
        "visits": found.visits if visits is not None else None,
        "suggestions": [suggestion_record(item) for item in found.suggestions],
        "refused": [
            {
                **suggestion_record(item),
                "refused": refusal.model_dump(mode="json", exclude={"suggestion", "evidence"}),
            }
            for item, refusal in found.refused
        ],
        "not_suggested": [
            {"place": place.id, "name": place.name, "visits": count, "outcome": outcome}
            for place, count, outcome in found.out_of_scope
        ],
        "not_counted": [
            {"line": row.line, "destination": row.typed, "why": str(row.why)}
            for row in (visits.uncounted if visits else ())
        ],
    }


def suggestion_record(item: Suggestion) -> dict[str, Any]:
    """Return one suggestion with its evidence."""
    record: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind,
        "place": item.place.id,
        "name": item.place.name,
        "country": item.place.country,
        "stated": item.stated or None,
        "computed": item.computed or None,
        "evidence": {key.replace(" ", "_"): value for key, value in item.evidence.items()},
        "trips": list(item.trips),
    }
    if item.new:
        new = item.new
        record["new"] = {"level": new.level, "mode": new.mode, "rail_min": new.minutes}
    return record


def review_text(found: Review, visits: Visits | None, language: Language) -> str:
    """Return a review for a person."""
    return "\n".join(_lines(found, visits, language))


def _lines(found: Review, visits: Visits | None, language: Language) -> Iterator[str]:
    say = language.say
    if visits is None:
        yield say(message("Without trips: nobody joins or leaves."))
    else:
        text = message(
            "{count} trips with a night away, from {first} to {last}.",
            count=found.visits,
            first=found.first.isoformat(),
            last=found.last.isoformat(),
        )
        yield say(text)
        yield from _uncounted_lines(visits, language)
    if not found.suggestions:
        yield say(message("Nothing has to change."))
    kind = ""
    for item in found.suggestions:
        if item.kind != kind:
            kind = item.kind
            yield "\n" + say(HEADS[item.kind])
        yield _INDENT + say(sentence(item)) + f"  [{item.id}]"
    for item, refusal in found.refused:
        text = message(
            "Refused until {until} by {by}: {suggestion} ({why})",
            until=refusal.until.isoformat(),
            by=refusal.by,
            suggestion=item.id,
            why=refusal.why,
        )
        yield _INDENT + say(text)
    for place, count, outcome in found.out_of_scope:
        text = message(
            "{place}: {count} visits, not suggested: {outcome}.",
            place=place.label,
            count=count,
            outcome=OUTCOMES.get(outcome, outcome),
        )
        yield _INDENT + say(text)


def _uncounted_lines(visits: Visits, language: Language) -> Iterator[str]:
    if visits.uncounted:
        count = len(visits.uncounted)
        yield language.counted(
            count, "{number} row was not counted:", "{number} rows were not counted:"
        )
    for row in visits.uncounted[:MOST_SHOWN]:
        text = message(
            "line {line}, {typed}: {why}", line=str(row.line), typed=row.typed[:60], why=row.why
        )
        yield _INDENT + language.say(text)
    if len(visits.uncounted) > MOST_SHOWN:
        yield _INDENT + "…"


def sentence(item: Suggestion) -> Message:
    """Return a suggestion in one sentence, with the numbers behind it."""
    evidence = item.evidence
    place = item.place.names
    if item.kind in ("join", "leave"):
        return _visits_sentence(item)
    if item.kind == "minutes":
        return message(
            "{place}: stated {stated}, computed {computed}.",
            place=place,
            stated=_duration(item.stated),
            computed=_duration(item.computed),
        )
    if item.kind == "level":
        return message(
            "{place}: stated {stated}, computed {computed}.",
            place=place,
            stated=_level(item.stated),
            computed=_level(item.computed),
        )
    if item.kind == "near-limit":
        return message(
            "{place}: {minutes}, limit {limit}, {apart} apart (at most {most}).",
            place=place,
            minutes=Minutes(int(evidence["minutes"])),
            limit=Minutes(int(evidence["limit"])),
            apart=Minutes(int(evidence["apart"])),
            most=Minutes(int(evidence["at most"])),
        )
    return message(
        "{place}: {minutes}, last checked or added {days} days ago (at most {most}).",
        place=place,
        minutes=_duration(item.stated),
        days=evidence["days since"],
        most=evidence["at most"],
    )


def _visits_sentence(item: Suggestion) -> Message:
    count = item.evidence["visits"]
    if item.new is None:
        most = item.evidence["at most"]
        return message(
            "{place} ({country}): {count} visits (at most {most}).",
            place=item.place.names,
            country=Country(item.place.country),
            count=count,
            most=most,
        )
    return message(
        "{place} ({country}): {count} visits (at least {least}); {level}, {minutes}.",
        place=item.place.names,
        country=Country(item.place.country),
        count=count,
        least=item.evidence["at least"],
        level=_level(item.new.level),
        minutes=_duration(str(item.new.minutes or "")),
    )


def _level(level: str) -> Message | str:
    outcome = next((o for o, name in LEVEL_OF_OUTCOME.items() if name == level), None)
    return OUTCOMES[OUTCOME_OF_LEVEL[LEVEL_OF_OUTCOME[outcome]]] if outcome else level


def _duration(minutes: str) -> Minutes | Message:
    return Minutes(int(minutes)) if minutes else message("no train")
