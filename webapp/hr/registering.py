"""Puts trips into the register: those that a file told of, judged, as rows of its table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Table as SqlTable
from sqlalchemy import delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from travelplan import Audited, Reference
from travelplan.audit.judge import Finding
from travelplan.audit.trips import BookedTrip, Ride
from travelplan.audit.ways import Ways
from travelplan.language import Words
from travelplan.places.normalise import normalise
from travelplan.report.audited import evidence_text, own_cells, shared_record
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering_own import OwnVehicles, carbon_price_cents
from webapp.organisation import Organisation
from webapp.store.columns import new_id
from webapp.store.register import Grounds, MadeTrip
from webapp.store.taken_out import TakenOut

T = TypeVar("T")
Row = dict[str, Any]
_CHUNK = 500
_TEXTS = {
    "trip_id": 80,
    "unit": 120,
    "reason": 40,
    "travel_class": 20,
    "rule": 80,
    "scheme_version": 80,
}
"""How many characters of a text the register holds."""


class Registrar:
    """Turns judged trips into rows of the register; what alike trips share is reckoned once."""

    def __init__(
        self, reference: Reference, organisation: Organisation, pseudonyms: Pseudonyms
    ) -> None:
        self.reference = reference
        self.organisation = organisation
        self.pseudonyms = pseudonyms
        self.grounds: dict[str, Row] = {}
        self._ways = Ways(reference)
        self._shared: dict[Finding, Row] = {}
        self._own = OwnVehicles(reference)
        self._units = {
            normalise(name): unit.id
            for unit in organisation.units
            for name in (unit.id, unit.name.nl, unit.name.fr, unit.name.en)
        }
        self._written: dict[str, str] = {}

    def row(self, result: Audited, *, traveller: str = "", batch_id: str | None = None) -> Row:
        """Return a judged trip as a row; `traveller` is what the file calls who travelled."""
        cells = own_cells(result)
        _, _, trip_id, _, _, travellers, unit, _, *figures = cells
        wtw, low, high, ttw, non_co2, avoidable, hours = figures
        shared = self._shared_row(result.trip, result.finding)
        minutes = shared["minutes"]
        who = self.pseudonyms.of(traveller)
        row = {
            **shared,
            "id": new_id(),
            "batch_id": batch_id,
            "trip_id": str(trip_id),
            "traveller": who,
            "unit": self.unit_id(str(unit)),
            "depart": result.depart,
            "back": result.back,
            "travellers": travellers,
            "cost_cents": result.cost_cents,
            "wtw_kg": wtw,
            "wtw_low_kg": low,
            "wtw_high_kg": high,
            "non_co2_kg": non_co2,
            "avoidable_kg": avoidable,
            "extra_min": None if hours is None else round(float(hours) * 60),
            "ttw_kg": ttw,
            "minutes": None if minutes is None else minutes * result.travellers,
            "record": self._record(result, shared["record"]),
            "row_key": self._key(result, who),
        }
        return {**row, **{name: _held(row[name], most) for name, most in _TEXTS.items()}}

    def unit_id(self, written: str) -> str:
        """Return the id of the unit that is meant; what is written where it is none of ours."""
        known = self._written.get(written)
        if known is None:
            known = self._written[written] = self._units.get(normalise(written), written)
        return known

    def modes(self, trip: BookedTrip) -> list[list[str]]:
        """Return the main modes of each stretch of a trip."""
        return [list(stretch.modes) for stretch in trip.stretches]

    def _record(self, result: Audited, shared: Row) -> Row:
        """Return what else is known of a trip: its rows in the file, its levy, its own vehicles."""
        own, levy_cents = self._own.of(result.finding), carbon_price_cents(result)
        found = {**shared, "rows": list(result.rows)}
        if own:
            found["own"] = own.times(result.travellers)
        if levy_cents is not None:
            found["levy_cents"] = levy_cents
        return found

    def _shared_row(self, trip: BookedTrip, finding: Finding) -> Row:
        known = self._shared.get(finding)
        if known is None:
            known = self._shared[finding] = self._share(trip, finding)
        return known

    def _share(self, trip: BookedTrip, finding: Finding) -> Row:
        record = shared_record(trip, finding)
        del record["reason"]  # what people wrote stays in their file
        first = trip.stretches[0]
        codes = str(record["reason_code"]).split("; ")
        return {
            "role": trip.role,
            "origin_id": first.origin.id,
            "destination_id": trip.destination.id,
            "destination": _names(trip.destination.names),
            "country": trip.destination.country,
            "mode": trip.mode,
            "travel_class": record["class"],
            "digital": "",
            "verdict": finding.verdict,
            "verdict_of_day": finding.verdict,
            "outcome": record["outcome"] or "",
            "rule": record["rule"] or "",
            "scheme_version": record["version"] or "",
            "reason": codes[0],
            "rail_min": record["rail_min"],
            "limit_min": record["limit_min"],
            "minutes": self._minutes(trip),
            "tier": record["tier"],
            "scope": self._own.scope(finding),
            "invented": False,
            "matched": "",
            "request_id": None,
            "record": {"modes": self.modes(trip)},
            "grounds_id": self._ground(
                {
                    **record,
                    "origin_names": _names(first.origin.names),
                    "legs": self._legs(trip),
                    "evidence": json.loads(evidence_text(finding)),
                }
            ),
        }

    def _ground(self, record: Row) -> str:
        text = json.dumps(record, sort_keys=True, ensure_ascii=False)
        found = sha256(text.encode()).hexdigest()
        self.grounds[found] = record
        return found

    def _minutes(self, trip: BookedTrip) -> int | None:
        """Return the minutes from door to door of one traveller, there and back."""
        legs = self._legs(trip)
        if any(leg["min"] is None for leg in legs):
            return None
        return sum(int(leg["min"]) * int(leg["times"]) for leg in legs)

    def _legs(self, trip: BookedTrip) -> list[Row]:
        return [
            self._leg(ride, trip.travellers) for stretch in trip.stretches for ride in stretch.rides
        ]

    def _leg(self, ride: Ride, travellers: int) -> Row:
        """Return one leg: km, minutes from door to door and changes one way, of our way for it."""
        door = self._ways.door(ride, travellers)
        return {
            "origin": ride.origin.id,
            "destination": ride.destination.id,
            "mode": ride.mode,
            "class": ride.cabin,
            "own": ride.own,
            "times": ride.times,
            "km": round(sum(leg.km for leg in door.way.legs), 1) if door else None,
            "min": door.minutes if door else None,
            "changes": door.changes if door else None,
        }

    def _key(self, result: Audited, who: str) -> str:
        """Return the sealed hash of all that a trip says, so that it counts once."""
        rides = [
            (ride.origin.id, ride.destination.id, ride.mode, ride.cabin, ride.times, ride.own)
            for stretch in result.trip.stretches
            for ride in stretch.rides
        ]
        said = (
            result.trip_id,
            who,
            rides,
            result.depart.isoformat(),
            result.back.isoformat() if result.back else "",
            result.travellers,
            result.cost_cents,
            result.unit,
            result.trip.role,
            result.trip.reason,
        )
        return self.pseudonyms.sealed("trip\n" + json.dumps(said, ensure_ascii=False))


def store_rows(session: Session, rows: Iterable[Row], grounds: Mapping[str, Row]) -> list[Row]:
    """Store rows that the register does not hold yet, with their grounds; return those."""
    stored: list[Row] = []
    kept: set[str] = set()
    for chunk in _chunks(rows, _CHUNK):
        known = known_keys(session, [row["row_key"] for row in chunk])
        fresh = {row["row_key"]: row for row in chunk if row["row_key"] not in known}
        needed = {row["grounds_id"] for row in fresh.values()} - kept
        _insert(
            session, Grounds.__table__, [_grounds(name, grounds[name]) for name in sorted(needed)]
        )
        _insert(session, MadeTrip.__table__, list(fresh.values()))
        kept |= needed
        stored += fresh.values()
    return stored


def _grounds(name: str, record: Row) -> Row:
    return {"sha256": name, "record": record, "factors": record["factors"] or ""}


def known_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Return which of some rows the register holds already; those that were taken out too."""
    found: set[str] = set()
    for chunk in _chunks(keys, _CHUNK):
        for key in (MadeTrip.row_key, TakenOut.row_key):
            found |= set(session.scalars(select(key).where(key.in_(chunk))))
    return found


def forget_grounds(session: Session) -> None:
    """Let go of what no trip rests on any more, in the register or taken out of it."""
    used = (exists().where(table.grounds_id == Grounds.sha256) for table in (MadeTrip, TakenOut))
    session.execute(delete(Grounds).where(*(~trips for trips in used)))


def trip_record(trip: MadeTrip) -> Row:
    """Return a trip as `travelplan audit --json` writes it: its figures come out of it again."""
    hours = None if trip.extra_min is None else round(trip.extra_min / 60, 2)
    return {
        "row": 0,
        "trip_id": trip.trip_id,
        "depart": trip.depart.isoformat(),
        "return": trip.back.isoformat() if trip.back else None,
        "travellers": trip.travellers,
        "unit": trip.unit,
        "cost_eur": None if trip.cost_cents is None else trip.cost_cents / 100,
        "co2e_kg": trip.wtw_kg,
        "co2e_low_kg": trip.wtw_low_kg,
        "co2e_high_kg": trip.wtw_high_kg,
        "ttw_kg": trip.ttw_kg,
        "non_co2_kg": trip.non_co2_kg,
        "avoidable_kg": trip.avoidable_kg,
        "avoidable_hours": hours,
        **(trip.grounds.record if trip.grounds else {}),
    }


def _held(text: str, most: int) -> str:
    """Return a text as the register holds it: without signs that nobody sees, and not too long."""
    if text.isprintable():
        return text[:most]
    return "".join(char for char in text if char.isprintable())[:most]


def _names(names: Words) -> dict[str, str]:
    return {"nl": names.nl, "fr": names.fr, "en": names.en}


def _insert(session: Session, table: object, rows: Sequence[Row]) -> None:
    """Insert rows; one that another process stored at the same moment is left as it is."""
    if not rows:
        return
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(cast("SqlTable", table)).on_conflict_do_nothing()
    session.execute(statement, list(rows))


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk
