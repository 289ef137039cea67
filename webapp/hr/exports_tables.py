"""The tables that leave the register: their columns, and their rows one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from travelplan import Reference
from travelplan.language import Language
from webapp.hr.council import Flight, flights_of
from webapp.hr.dashboard_filter import Choice
from webapp.hr.figures_words import reason_name, unit_name, word_of
from webapp.organisation import Organisation
from webapp.store.register import Grounds, MadeTrip

AT_ONCE = 1000
TRIP_COLUMNS = (
    *("trip_id", "depart", "back", "origin_id", "destination_id", "destination", "country"),
    *("unit", "role", "travellers", "mode", "travel_class", "cost_eur", "digital"),
    *("verdict", "verdict_of_day", "outcome", "rule", "scheme_version", "reason"),
    *("rail_min", "limit_min", "minutes", "wtw_kg", "wtw_low_kg", "wtw_high_kg", "ttw_kg"),
    *("non_co2_kg", "avoidable_kg", "extra_min", "tier", "scope", "invented"),
)
COUNCIL_COLUMNS = (
    *("depart", "destination", "unit", "mode", "reason", "cost_eur", "verdict"),
    *("rail_min", "limit_min", "travellers", "decision", "elected_member", "invented"),
)
_OTHER, _CONFIDENTIAL = "other", "confidential"


def trip_records(session: Session, choice: Choice, language: Language) -> Iterator[dict[str, Any]]:
    """Yield the chosen trips by day, without who travelled; a confidential reason is `other`."""
    query = (
        select(MadeTrip)
        .where(*choice.conditions())
        .order_by(MadeTrip.depart, MadeTrip.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for trip in session.scalars(query):
        yield _record(trip, language)
        session.expunge(trip)


def _record(trip: MadeTrip, language: Language) -> dict[str, Any]:
    named = {name: getattr(trip, name) for name in TRIP_COLUMNS if hasattr(trip, name)}
    cents = trip.cost_cents
    return {
        **dict.fromkeys(TRIP_COLUMNS),
        **named,
        "depart": trip.depart.isoformat(),
        "back": trip.back.isoformat() if trip.back else None,
        "destination": str(trip.destination[language.code]),
        "cost_eur": None if cents is None else cents / 100,
        "reason": _OTHER if _CONFIDENTIAL in trip.reason else trip.reason,
    }


def trips_with_grounds(
    session: Session, choice: Choice, language: Language
) -> Iterator[dict[str, Any]]:
    """Yield the chosen trips with the id of what their figures rest on; see `grounds_records`."""
    query = (
        select(MadeTrip)
        .where(*choice.conditions())
        .order_by(MadeTrip.depart, MadeTrip.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for trip in session.scalars(query):
        beside = {"grounds": trip.grounds_id, "record": trip.record}
        yield {**_record(trip, language), **beside}
        session.expunge(trip)


def grounds_records(session: Session, choice: Choice) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the chosen trips rest on, by its id: enough to reckon every figure again."""
    used = select(MadeTrip.grounds_id).where(*choice.conditions())
    query = select(Grounds).where(Grounds.sha256.in_(used)).order_by(Grounds.sha256)
    for grounds in session.scalars(query.execution_options(yield_per=AT_ONCE)):
        yield grounds.sha256, grounds.record
        session.expunge(grounds)


def council_records(
    session: Session,
    choice: Choice,
    organisation: Organisation,
    reference: Reference,
    language: Language,
) -> Iterator[dict[str, Any]]:
    """Yield the answer to the council, in words."""
    for flight in flights_of(session, choice):
        yield dict(
            zip(
                COUNCIL_COLUMNS,
                _council_cells(flight, organisation, reference, language),
                strict=True,
            )
        )


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
        flight.decision,
        flight.who,
        flight.invented,
    )
