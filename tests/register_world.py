"""Trips in a register, a few by hand or all of the invented city, for the tests of HR's figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from itertools import count
from typing import Any

from audit_world import WORDS, demo_rows
from sqlalchemy import insert

from travelplan import Audited, Reference
from travelplan.audit.run import audit_rows
from travelplan.report.audited import JsonLines
from webapp.store import Store
from webapp.store.columns import new_id
from webapp.store.register import Grounds, MadeTrip

_numbers = count(1)
CITIES = ("Berlijn", "Parijs", "Wenen")


def made(**own: Any) -> dict[str, Any]:
    """A row of the register: a flight to Berlin that the train would have made, unless told."""
    number = next(_numbers)
    name = own.pop("place", "Berlijn")
    return {
        "id": new_id(),
        "matched": "",
        "row_key": f"{number:064}",
        "trip_id": f"T-{number}",
        "traveller": f"p{number}",
        "unit": "voorbeelddienst",
        "role": "staff",
        "origin_id": "gent",
        "destination_id": name.lower(),
        "destination": {"nl": name, "fr": f"{name} (fr)", "en": f"{name} (en)"},
        "country": "DE",
        "depart": date(2024, 3, 4),
        "back": date(2024, 3, 6),
        "travellers": 1,
        "mode": "plane",
        "travel_class": "economy",
        "cost_cents": 30000,
        "digital": "",
        "verdict": "deviated",
        "verdict_of_day": "deviated",
        "outcome": "train_mandatory",
        "rule": "within-working-day",
        "scheme_version": "2020-11-23",
        "reason": "",
        "rail_min": 400,
        "limit_min": 480,
        "minutes": 600,
        "wtw_kg": 200.0,
        "wtw_low_kg": 150.0,
        "wtw_high_kg": 250.0,
        "ttw_kg": 160.0,
        "non_co2_kg": 100.0,
        "avoidable_kg": 190.0,
        "extra_min": 120,
        "tier": 2,
        "scope": "3.6",
        "invented": False,
        "record": {},
        "grounds_id": None,
        **own,
    }


def by_train(**own: Any) -> dict[str, Any]:
    """A trip by train that complied."""
    train = {"mode": "train", "verdict": "complied", "wtw_kg": 10.0, "ttw_kg": None}
    beside = {"non_co2_kg": 0.0, "avoidable_kg": None, "extra_min": None, "cost_cents": 12050}
    return made(**{**train, **beside, **own})


def store_trips(store: Store, trips: Iterable[Mapping[str, Any]]) -> None:
    with store.write() as session:
        session.execute(insert(MadeTrip), list(trips))


def store_demo(store: Store, reference: Reference, total: int = 740) -> list[dict[str, Any]]:
    """Store the invented trips as judged, and return what the audit writes of each."""
    results = audit_rows(demo_rows(total), reference, WORDS)
    lines = JsonLines()
    records = [json.loads(lines.line(r)) for r in results if isinstance(r, Audited)]
    grounds: dict[str, dict[str, Any]] = {}
    trips = [_trip_of(record, grounds) for record in records]
    with store.write() as session:
        rows = [{"sha256": key, "record": record} for key, record in grounds.items()]
        session.execute(insert(Grounds), rows)
        session.execute(insert(MadeTrip), trips)
    return records


def _trip_of(record: Mapping[str, Any], grounds: dict[str, dict[str, Any]]) -> dict[str, Any]:
    shared = {name: record[name] for name in ("factors", "evidence", "scheme", "version")}
    key = sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()
    grounds[key] = shared
    cost, hours = record["cost_eur"], record["avoidable_hours"]
    name = record["destination"]
    return made(
        trip_id=record["trip_id"],
        unit=record["unit"],
        role=record["role"],
        destination_id=record["destination_id"],
        destination={"nl": name, "fr": name, "en": name},
        country=record["country"],
        depart=date.fromisoformat(record["depart"]),
        back=date.fromisoformat(record["return"]),
        travellers=record["travellers"],
        mode=record["mode"],
        cost_cents=None if cost is None else round(cost * 100),
        verdict=record["verdict"],
        outcome=record["outcome"] or "",
        scheme_version=record["version"] or "",
        reason=str(record["reason_code"]),
        rail_min=record["rail_min"],
        limit_min=record["limit_min"],
        minutes=None,
        wtw_kg=record["co2e_kg"],
        ttw_kg=None,
        non_co2_kg=record["non_co2_kg"],
        avoidable_kg=record["avoidable_kg"],
        extra_min=None if hours is None else round(hours * 60),
        tier=record["tier"],
        invented=True,
        grounds_id=key,
    )
