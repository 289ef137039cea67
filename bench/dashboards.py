"""Time the pages of HR's figures on a register of 50,000 trips, on SQLite and on PostgreSQL.

    python bench/dashboards.py [postgresql+psycopg://...]

Without an address only SQLite is timed, in a folder that goes away. Trips, what they rest on, and
requests are invented here and are nobody's. PostgreSQL gets the VACUUM that it gives itself within
a minute. The pages are asked for in turn, so that none follows itself. Prints of each page how long
the server takes: the first time, and p50 and p95 of the others; the target is 300 ms at p95.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import insert, text

from webapp import create_app
from webapp.config import Config
from webapp.store import Store
from webapp.store.columns import new_id
from webapp.store.register import Grounds, MadeTrip
from webapp.store.tables import Person, Request, Version

TRIPS, REQUESTS, GROUNDS = 50_000, 5_000, 2_000
EVIDENCE = "." * 1_000
ROUNDS = 40
UNITS, PLACES, PEOPLE, DAYS = 25, 300, 6_000, 2_100
FIRST_DAY = date(2021, 1, 1)
MODES = {"train": 35, "plane": 40, "car": 10, "carpool": 10, "night_train": 5}
OUTCOMES = ("train_mandatory", "train_mandatory", "train_recommended", "free_choice")
REASONS = ("", "strike", "other", "confidential", "no-connection", "safety")
PAGES = {
    "dashboard, all": "/hr/dashboard",
    "dashboard, a year": "/hr/dashboard?year=2024",
    "dashboard, a unit": "/hr/dashboard?unit=dienst-3",
    "dashboard, flights": "/hr/dashboard?mode=plane",
    "dashboard, a place": "/hr/dashboard?destination=Plaats+7",
    "dashboard, deviations": "/hr/dashboard?verdict=deviated",
    "dashboard, a level": "/hr/dashboard?outcome=train_mandatory",
    "dashboard, two years": "/hr/dashboard?from=1/7/2022&to=30/6/2024&role=staff",
    "council, all": "/hr/council",
    "council, a year": "/hr/council?year=2024",
    "export": "/hr/export",
    "report": "/hr/report/2024",
}


def trips(number: int) -> Iterator[dict[str, Any]]:
    """Yield invented trips: levels by place, verdicts by level and mode."""
    chance = Random(1)
    places = [(chance.choice(OUTCOMES), chance.randrange(60, 1_200)) for _ in range(PLACES)]
    for row in range(number):
        place = min(chance.randrange(PLACES), chance.randrange(PLACES))
        outcome, rail_min = places[place]
        (mode,) = chance.choices(list(MODES), list(MODES.values()))
        flew = mode == "plane"
        deviates = flew and outcome != "free_choice"
        reason = chance.choice(REASONS) if deviates else ""
        verdict = ("exception" if reason else "deviated") if deviates else "complied"
        name = f"Plaats {place}"
        yield {
            "id": new_id(),
            "row_key": f"{row:064}",
            "trip_id": f"B{row}",
            "traveller": f"{chance.randrange(PEOPLE):064}",
            "unit": f"dienst-{chance.randrange(UNITS)}",
            "role": "elected" if chance.random() < 0.1 else "staff",
            "origin_id": "gent",
            "destination_id": str(place),
            "destination": {"nl": name, "fr": name, "en": name},
            "country": "DE",
            "depart": FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            "travellers": chance.randrange(1, 4),
            "mode": mode,
            "cost_cents": chance.randrange(90_000),
            "verdict": verdict,
            "outcome": outcome,
            "scheme_version": "2020-11-23",
            "reason": reason,
            "rail_min": rail_min,
            "limit_min": 480,
            "minutes": chance.randrange(900),
            "wtw_kg": 300 * chance.random(),
            "ttw_kg": 200 * chance.random(),
            "non_co2_kg": 100 * chance.random() if flew else 0.0,
            "avoidable_kg": 100 * chance.random() if deviates else None,
            "extra_min": 90 if deviates else None,
            "tier": 2 if flew else 3,
            "scope": "3.6",
            "grounds_id": f"{chance.randrange(GROUNDS):064}",
        }


def requests(number: int, person: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield invented requests, each with its only version."""
    chance = Random(2)
    for row in range(number):
        depart = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        request = {
            "id": new_id(),
            "reference": f"R{row}",
            "filer_id": person,
            "traveller_id": person,
            "unit": f"dienst-{chance.randrange(UNITS)}",
            "status": "approved",
        }
        mode = chance.choice(list(MODES))
        yield (
            request,
            {
                **dict.fromkeys(("purpose", "interest", "payer", "evidence_sha256"), ""),
                "request_id": request["id"],
                "number": 1,
                "made_by": person,
                "question": {},
                "depart": depart,
                "back": depart,
                "destination_id": str(chance.randrange(PLACES)),
                "destination": {},
                "travellers": 1,
                "role": "staff",
                "outcome": chance.choice(OUTCOMES),
                "mode": mode,
                "mode_back": mode,
                "modes": [mode, mode],
                "deviates": False,
                "participants": [],
                "travel_cents": chance.randrange(90_000),
                "evidence": {"invented": 20 * EVIDENCE},
                "shown": {},
            },
        )


def main() -> None:
    """Fill each register and print one line a page."""
    with TemporaryDirectory() as room:
        for url in (f"sqlite:///{Path(room) / 'bench.db'}", *sys.argv[1:]):
            app = create_app(Config(sign_in="try-out", database=url, pseudonym_key="-" * 32))
            store: Store = app.extensions["store"]
            _fill(store)
            print(f"{store.engine.dialect.name}, {TRIPS} trips, {REQUESTS} requests")
            _time(_as_hr(app.test_client()))
            store.close()


def _fill(store: Store) -> None:
    with store.write() as session:
        person = Person(issuer="bench", subject="bench", name="Bench")
        session.add(person)
        session.flush()
        asked, versions = zip(*requests(REQUESTS, person.id), strict=True)
        session.execute(insert(Request), asked)
        session.execute(insert(Version), versions)
        record = {"evidence": EVIDENCE}
        known = (
            {"sha256": f"{i:064}", "record": record, "factors": "bench"} for i in range(GROUNDS)
        )
        session.execute(insert(Grounds), list(known))
        session.execute(insert(MadeTrip), list(trips(TRIPS)))
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _as_hr(client: FlaskClient) -> FlaskClient:
    page = client.get("/sign-in").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    client.post("/sign-in", data={"subject": "hr", "csrf_token": found[1] if found else ""})
    return client


def _time(client: FlaskClient) -> None:
    first = {name: _once_ms(client, path) for name, path in PAGES.items()}
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            times[name].append(_once_ms(client, path))
    for name, found in times.items():
        print(f"  {name:24} first {first[name]:4.0f} ms, {_said(found)}")
    print(f"  {'all pages':36} {_said([ms for found in times.values() for ms in found])}")


def _said(times: list[float]) -> str:
    return f"p50 {median(times):4.0f} ms, p95 {quantiles(times, n=20)[-1]:4.0f} ms"


def _once_ms(client: FlaskClient, path: str) -> float:
    start = perf_counter()
    client.get(path)
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
