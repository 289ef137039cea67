"""What a simulation found, as text, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from travelplan.language import Language, message
from travelplan.report.harmless import harmless_in_csv
from travelplan.scheme.vocabulary import MODES, OUTCOMES
from travelplan.simulation import Compared, Summary, Way

HEADERS = (
    *("line", "trip_id", "destination", "travellers", "outcome_a", "outcome_b", "changed"),
    *("mode_a", "mode_b", "flights", "kg_a", "kg_b", "hours_a", "hours_b"),
    *("version_a", "version_b", "problem"),
)


def row_record(row: Compared, language: Language) -> dict[str, Any]:
    """Return one row as JSON."""
    return {
        "line": row.line,
        "trip_id": row.trip_id,
        "destination": row.destination,
        "travellers": row.travellers,
        "a": _way_record(row.before),
        "b": _way_record(row.after),
        "changed": row.changed,
        "flights": row.flights,
        "assumed_flight": row.assumed_flight,
        "problems": [
            {"field": field, "message": language.say(text)} for field, text in row.problems
        ],
    }


def summary_record(summary: Summary) -> dict[str, Any]:
    """Return the sums as JSON: tonnes of CO2e and hours are those of the second less the first."""
    return {
        "rows": summary.rows,
        "judged": summary.judged,
        "bad": summary.bad,
        "changed": summary.changed,
        "changes": [
            {"from": old, "to": new, "trips": count}
            for (old, new), count in summary.changes.most_common()
        ],
        "flights_avoided": summary.flights_avoided,
        "flights_added": summary.flights_added,
        "tonnes": round(summary.kg / 1000, 3),
        "hours": round(summary.hours, 1),
        "without_kg": summary.unknown_kg,
        "assumed_flights": summary.assumed_flights,
        "version_not_in_force": summary.early,
    }


def csv_cells(row: Compared, language: Language) -> list[str]:
    """Return one row as cells; text that a spreadsheet would run as a formula is disarmed."""
    problem = "; ".join(f"{field}: {language.say(text)}" for field, text in row.problems)
    before, after = row.before, row.after
    cells = [
        row.line,
        row.trip_id,
        row.destination,
        row.travellers,
        before.outcome if before else "",
        after.outcome if after else "",
        str(row.changed).lower(),
        before.mode if before else "",
        after.mode if after else "",
        row.flights,
        *(_rounded(way.kg if way else None) for way in (before, after)),
        *(_rounded(way.hours if way else None) for way in (before, after)),
        before.version if before else "",
        after.version if after else "",
        problem,
    ]
    return [str(harmless_in_csv(cell)) for cell in cells]


def summary_text(
    summary: Summary, rows: Iterable[Compared], names: tuple[str, str], language: Language
) -> str:
    """Return what changes, in words: the sums, then each trip that changes or is not judged."""
    return "\n".join(_lines(summary, rows, names, language))


def _lines(
    summary: Summary, rows: Iterable[Compared], names: tuple[str, str], language: Language
) -> Iterator[str]:
    say = language.say
    yield say(message("{a} against {b}", a=names[0], b=names[1]))
    yield say(
        message(
            "{judged} of {rows} trips judged, {changed} with another outcome.",
            judged=summary.judged,
            rows=summary.rows,
            changed=summary.changed,
        )
    )
    for (old, new), count in summary.changes.most_common():
        yield f"  {_outcome(old, language)} → {_outcome(new, language)}: {count}"
    yield say(
        message(
            "Flights avoided: {avoided}. Flights added: {added}.",
            avoided=summary.flights_avoided,
            added=summary.flights_added,
        )
    )
    yield say(
        message(
            "CO2e: {tonnes} tonnes. Hours of travel: {hours}.",
            tonnes=signed(summary.kg / 1000, 2, language),
            hours=signed(summary.hours, 0, language),
        )
    )
    yield from remarks(summary, language)
    for row in rows:
        if row.problems:
            told = "; ".join(f"{field}: {say(text)}" for field, text in row.problems)
            yield say(message("Line {line} is not judged. {why}", line=str(row.line), why=told))
        elif row.changed and row.before and row.after:
            yield f"  {row.trip_id}  {row.destination}: {_told(row.before, row.after, language)}"


def remarks(summary: Summary, language: Language) -> Iterator[str]:
    """Yield what one must know to read the sums."""
    if summary.assumed_flights:
        yield language.counted(
            summary.assumed_flights,
            "{number} trip does not say how it was made: it counts as a flight where that is "
            "allowed.",
            "{number} trips do not say how they were made: they count as flights where that is "
            "allowed.",
        )
    if summary.early:
        yield language.counted(
            summary.early,
            "{number} trip lies outside the days of a scheme: its newest version judged it.",
            "{number} trips lie outside the days of a scheme: its newest version judged them.",
        )
    if summary.unknown_kg:
        yield language.counted(
            summary.unknown_kg,
            "For {number} trip the CO2e is not known.",
            "For {number} trips the CO2e is not known.",
        )


def _told(before: Way, after: Way, language: Language) -> str:
    text = f"{_outcome(before.outcome, language)} → {_outcome(after.outcome, language)}"
    if before.mode != after.mode:
        modes = [language.say(MODES[m]) if m else "–" for m in (before.mode, after.mode)]
        text += f" ({modes[0]} → {modes[1]})"
    return text


def _outcome(outcome: str, language: Language) -> str:
    return language.say(OUTCOMES[outcome])


def signed(value: float, digits: int, language: Language) -> str:
    """Return a difference with its sign."""
    rounded = round(value, digits) or 0.0
    number = int(rounded) if digits == 0 else rounded
    return ("+" if number > 0 else "") + language.number(number)


def _way_record(way: Way | None) -> dict[str, Any] | None:
    if way is None:
        return None
    return {
        "outcome": way.outcome,
        "mode": way.mode or None,
        "kg": None if way.kg is None else round(way.kg, 1),
        "hours": None if way.hours is None else round(way.hours, 1),
        "version": way.version,
        "in_force": not way.early,
    }


def _rounded(value: float | None) -> str:
    return "" if value is None else str(round(value, 1))
