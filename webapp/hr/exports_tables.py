"""The answer to the council as a table: its columns, and its rows one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from travelplan import Reference
from travelplan.language import Language
from webapp.advice.question import DIGITAL
from webapp.hr.council import Flight, flights_of
from webapp.hr.dashboard_filter import Choice
from webapp.hr.figures_words import reason_name, unit_name, word_of
from webapp.organisation import Organisation

COUNCIL_COLUMNS = (
    *("depart", "destination", "unit", "mode", "reason", "cost_eur", "verdict"),
    *("rail_min", "limit_min", "travellers", "digital", "decision", "elected_member"),
    "invented",
)


def council_records(
    session: Session,
    choice: Choice,
    organisation: Organisation,
    reference: Reference,
    language: Language,
) -> Iterator[dict[str, Any]]:
    """Yield the answer to the council, in words."""
    for flight in flights_of(session, choice):
        cells = _council_cells(flight, organisation, reference, language)
        yield dict(zip(COUNCIL_COLUMNS, cells, strict=True))


def _council_cells(
    flight: Flight, organisation: Organisation, reference: Reference, language: Language
) -> tuple[object, ...]:
    say, cents = language.say, flight.cost_cents
    return (
        flight.depart.isoformat(),
        say(flight.destination),
        unit_name(flight.unit, organisation, language),
        say(word_of("mode", flight.mode)),
        reason_name(flight.reason, reference, language),
        None if cents is None else cents / 100,
        say(word_of("verdict", flight.verdict)),
        flight.rail_min,
        flight.limit_min,
        flight.travellers,
        say(DIGITAL[flight.digital]) if flight.digital in DIGITAL else "",
        flight.decision,
        flight.who,
        flight.invented,
    )
