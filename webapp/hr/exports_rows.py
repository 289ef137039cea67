"""Trips as they leave the register: a row a trip, with all that its figures can be reckoned from.

The columns bear the names of `travelplan audit`, so that one command checks the files of both;
docs/exports.md says what each holds. Who travelled is a key that holds within one file only.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from travelplan.language import Language
from travelplan.scheme.rights import CONFIDENTIAL
from webapp.hr.dashboard_filter import Choice
from webapp.hr.exports_requests import REQUEST_COLUMNS, of_requests
from webapp.hr.figures import NOT_FOLLOWED
from webapp.store.register import Batch, Grounds, MadeTrip
from webapp.store.tables import Booking

Row = dict[str, Any]
TRIP_COLUMNS = (
    *("trip_id", "traveller_key", "travellers", "unit", "role", "depart", "return", "days"),
    *("nights", "nights_on_train", "hotel_nights", "origin", "origin_id", "destination"),
    *("destination_id", "country", "mode", "class", "own_vehicle", "legs", "distance_km"),
    *("distance_source", "minutes", "changes", "cost_eur", "cost_kind", "carbon_price_eur"),
    *("co2e_kg", "co2e_low_kg", "co2e_high_kg", "ttw_kg", "non_co2_kg", "avoidable_kg"),
    *("avoidable_hours", "method", "tier", "factors", "scope", "scheme", "version", "rule"),
    *("outcome", "verdict", "deviates", "reason", "digital", "rail_min", "limit_min"),
    *(
        "scheme_of_day",
        "version_of_day",
        "rule_of_day",
        "outcome_of_day",
        "verdict_of_day",
        "reason_of_day",
    ),
    *("borderline", "request", "matched", *REQUEST_COLUMNS[:-1]),
    *("source_file_hash", "source_row", "invented", "evidence", REQUEST_COLUMNS[-1]),
)
"""The columns of the files of trips."""
AT_ONCE = 500
OTHER, DISTANCE, PLANNED = "other", "distance", "planned"
_OF_THE_DAY = ("scheme", "version", "rule", "outcome")
_KEY_LENGTH = 16


def trip_rows(session: Session, choice: Choice, language: Language) -> Iterator[Row]:
    """Yield the chosen trips by day; a confidential reason is `other` wherever it stands."""
    query = (
        select(MadeTrip)
        .where(*choice.conditions())
        .order_by(MadeTrip.depart, MadeTrip.id)
        .execution_options(yield_per=AT_ONCE)
    )
    keys = _Keys()
    for trips in session.scalars(query).partitions():
        beside = _Beside(session, trips)
        for trip in trips:
            yield {**_row(trip, beside, language), "traveller_key": keys.of(trip.traveller)}
            session.expunge(trip)


class _Keys:
    """Makes keys of pseudonyms: the same person has the same key in one file, another in the next.

    So nobody can lay two files side by side to follow a person.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def of(self, pseudonym: str) -> str:
        """Return the key of a pseudonym; "" where it is not known who travelled."""
        if not pseudonym:
            return ""
        return hmac.new(self._secret, pseudonym.encode(), sha256).hexdigest()[:_KEY_LENGTH]


class _Beside:
    """What stands in other tables about some trips."""

    def __init__(self, session: Session, trips: Sequence[MadeTrip]) -> None:
        grounds = {trip.grounds_id for trip in trips if trip.grounds_id}
        batches = {trip.batch_id for trip in trips if trip.batch_id}
        bookings = {id_ for trip in trips if (id_ := trip.record.get("booking_id"))}
        self.grounds: dict[str, Row] = _pairs(
            session, select(Grounds.sha256, Grounds.record).where(Grounds.sha256.in_(grounds))
        )
        self.files: dict[str, str] = _pairs(
            session, select(Batch.id, Batch.file_sha256).where(Batch.id.in_(batches))
        )
        self.kinds: dict[str, str] = _pairs(
            session, select(Booking.id, Booking.kind).where(Booking.id.in_(bookings))
        )
        self.requests = of_requests(session, {t.request_id for t in trips if t.request_id})


def _pairs(session: Session, query: Any) -> dict[str, Any]:
    return {name: value for name, value in session.execute(query)}  # noqa: C416  (rows, no pairs)


def _row(trip: MadeTrip, beside: _Beside, language: Language) -> Row:
    grounds = beside.grounds.get(trip.grounds_id or "", {})
    legs = grounds.get("legs", [])
    known = trip.wtw_kg is not None
    request = beside.requests.get(trip.request_id or "", {})
    decided = request.get("decision_evidence")
    return {
        **dict.fromkeys(TRIP_COLUMNS),
        **_who_and_when(trip, legs),
        **_way(trip, legs, grounds, language),
        **_figures(trip),
        **{f"{name}_of_day": grounds.get(name) for name in _OF_THE_DAY},
        **{name: grounds.get(name) for name in ("borderline", "request", "factors")},
        **request,
        "cost_kind": _cost_kind(trip, beside),
        "method": DISTANCE if known else "",
        "scheme": decided["parts"][0]["scheme"] if decided else grounds.get("scheme"),
        "version": trip.scheme_version,
        "rule": trip.rule,
        "outcome": trip.outcome,
        "verdict": trip.verdict,
        "deviates": trip.verdict in NOT_FOLLOWED,
        "reason": masked(trip.reason),
        "verdict_of_day": trip.verdict_of_day,
        "reason_of_day": masked(str(grounds.get("reason_code") or "")),
        "matched": trip.matched,
        "source_file_hash": beside.files.get(trip.batch_id or ""),
        "source_row": " ".join(map(str, trip.record.get("rows", ()))) if trip.batch_id else "",
        "invented": trip.invented,
        "evidence": [_without_reason(part) for part in grounds.get("evidence", ())],
    }


def _who_and_when(trip: MadeTrip, legs: Sequence[Row]) -> Row:
    nights = (trip.back - trip.depart).days if trip.back else None
    on_train = sum(leg["times"] for leg in legs if leg["mode"] == "night_train")
    surely_none = nights is not None and bool(legs) and nights <= on_train
    return {
        "trip_id": trip.trip_id,
        "travellers": trip.travellers,
        "unit": trip.unit,
        "role": trip.role,
        "depart": trip.depart.isoformat(),
        "return": trip.back.isoformat() if trip.back else None,
        "days": None if nights is None else nights + 1,
        "nights": nights,
        "nights_on_train": on_train if legs else None,
        "hotel_nights": 0 if surely_none else None,
    }


def _way(trip: MadeTrip, legs: Sequence[Row], grounds: Row, language: Language) -> Row:
    names = grounds.get("origin_names", {})
    distances = [_times(leg, "km") for leg in legs]
    changes = [_times(leg, "changes") for leg in legs]
    return {
        "origin": names.get(language.code),
        "origin_id": trip.origin_id,
        "destination": str(trip.destination[language.code]),
        "destination_id": trip.destination_id,
        "country": trip.country,
        "mode": trip.mode,
        "class": trip.travel_class,
        "own_vehicle": any(leg["own"] for leg in legs) if legs else None,
        "legs": list(legs),
        "distance_km": _sum(distances),
        "distance_source": PLANNED if _sum(distances) is not None else "",
        "minutes": trip.minutes,
        "changes": _sum(changes),
        "rail_min": trip.rail_min,
        "limit_min": trip.limit_min,
        "digital": trip.digital,
    }


def _figures(trip: MadeTrip) -> Row:
    cents, levy_cents = trip.cost_cents, trip.record.get("levy_cents")
    hours = None if trip.extra_min is None else round(trip.extra_min / 60, 2)
    return {
        "cost_eur": None if cents is None else cents / 100,
        "carbon_price_eur": None if levy_cents is None else levy_cents / 100,
        "co2e_kg": trip.wtw_kg,
        "co2e_low_kg": trip.wtw_low_kg,
        "co2e_high_kg": trip.wtw_high_kg,
        "ttw_kg": trip.ttw_kg,
        "non_co2_kg": trip.non_co2_kg,
        "avoidable_kg": trip.avoidable_kg,
        "avoidable_hours": hours,
        "tier": trip.tier,
        "scope": trip.scope,
    }


def _cost_kind(trip: MadeTrip, beside: _Beside) -> str:
    """Return what a cost is: what a file of bookings says, or what the traveller says was paid."""
    if trip.cost_cents is None:
        return ""
    told = beside.kinds.get(str(trip.record.get("booking_id", "")), "")
    return "paid" if told == "made" else "booked"


def masked(reasons: str) -> str:
    """Return reasons, separated by semicolons; with a confidential one among them `other` alone."""
    return OTHER if CONFIDENTIAL in reasons else reasons


def _without_reason(part: Row) -> Row:
    """Return the evidence of a stretch in which no reason is confidential."""
    found = {**part, "reason": masked(str(part["reason"]))} if "reason" in part else dict(part)
    facts = found.get("facts", {})
    if "reason" in facts:
        told = [masked(str(reason)) for reason in facts["reason"]]
        found["facts"] = {**facts, "reason": told}
    return found


def _times(leg: Row, name: str) -> float | None:
    value = leg[name]
    return None if value is None else value * leg["times"]


def _sum(values: Iterable[float | None]) -> float | None:
    """Return the sum; None if there is nothing to add or one of the values is not known."""
    found = list(values)
    if not found or None in found:
        return None
    return round(sum(value or 0 for value in found), 1)
