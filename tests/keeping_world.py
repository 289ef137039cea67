"""A register with a few trips that one can count, and an application with a list of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from filing_site import FilingSite

from travelplan import Reference
from travelplan.files import destinations_path
from webapp import create_app
from webapp.config import Config
from webapp.store import Store
from webapp.store.register import MadeTrip

GHENT, VIENNA, BERLIN = "gn:2797656", "gn:2761369", "gn:2950159"
BELFAST = "gn:2655984"


def made(reference: Reference, place: str, number: int, **more: Any) -> MadeTrip:
    """Return a trip that somebody made, as the register keeps it."""
    found = reference.places.get(place)
    assert found is not None
    depart = more.pop("depart", date.today() - timedelta(days=30 + number))
    return MadeTrip(
        **{
            "row_key": f"{place}-{number}",
            "trip_id": f"T-{found.name}-{number}",
            "unit": "voorbeelddienst",
            "role": "staff",
            "origin_id": GHENT,
            "destination_id": place,
            "destination": asdict(found.names),
            "country": found.country,
            "depart": depart,
            "back": depart + timedelta(days=2),
            "travellers": 1,
            "mode": "plane",
            "verdict": "complied",
            "outcome": "free_choice",
            "record": {},
            **more,
        }
    )


def fill(store: Store, reference: Reference, place: str, trips: int, **more: Any) -> None:
    """Put so many trips to a place into the register."""
    with store.write() as session:
        session.add_all(made(reference, place, n, **more) for n in range(trips))


@pytest.fixture
def hr_site(tmp_path: Path, store_url: str) -> Iterator[FilingSite]:
    """An application of its own with an empty store and a list that may change, on both stores."""
    listed = tmp_path / "destinations.yaml"
    listed.write_text(destinations_path().read_text("utf-8"), encoding="utf-8")
    config = Config(
        sign_in="try-out",
        database=store_url,
        destinations=listed,
        pseudonym_key="a key of the tests, which is no secret",
    )
    site = FilingSite(create_app(config))
    yield site
    site.store.close()
