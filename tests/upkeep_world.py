"""What the tests of the list share: the invented trips, and a review of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

from travelplan import Reference
from travelplan.audit.table import csv_table
from travelplan.audit.words import COLUMNS
from travelplan.demo import invented_trips
from travelplan.destinations import DestinationList
from travelplan.files import (
    DATA,
    destinations_path,
    load_parameters,
    read_document,
    read_text,
)
from travelplan.sheets import load_trip_words
from travelplan.strict import read_yaml
from travelplan.upkeep.editing import Ruling
from travelplan.upkeep.review import Review, Suggestion, review
from travelplan.upkeep.visits import Visits, read_visits

DAY = date(2026, 11, 22)
FIRST = date(2024, 11, 23)
SHIPPED = read_text(destinations_path())
AN = Ruling("An Peeters, HR", DAY, "veel bezocht")
BARCELONA, VIENNA, BERLIN, AMSTERDAM = "gn:3128760", "gn:2761369", "gn:2950159", "gn:2759794"


def rows(seed: int | None = None) -> list[dict[str, str]]:
    return invented_trips(read_document(DATA / "demo.yaml"), seed)


def as_csv(trips: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(trips)
    return out.getvalue()


def counted(reference: Reference, text: str) -> Visits:
    listed = reference.destinations
    table = csv_table(io.BytesIO(text.encode()), load_trip_words())
    return read_visits(table.named(), reference.places, listed.origin, listed.listed_ids)


def with_list(reference: Reference, text: str) -> Reference:
    listed = read_yaml(text, "destinations.yaml").parse(DestinationList)
    return replace(reference, destinations=listed)


def reviewed(reference: Reference, text: str | None = None, day: date = DAY) -> Review:
    visits = counted(reference, text).visits if text is not None else None
    return review(reference, visits, load_parameters(reference.destinations.review), day)


def named(found: Review, id_: str) -> Suggestion:
    return next(item for item in found.suggestions if item.id == id_)


def stated_minutes(place: str) -> int:
    """The minutes by train that the shipped list states for a place."""
    entries = read_yaml(SHIPPED, "x").parse(DestinationList).entries
    rail = next(entry.rail for entry in entries if entry.place == place)
    assert rail is not None
    return rail.minutes
