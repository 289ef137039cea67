"""Write travelplan/data/places/stops.csv: stations, airports and their codes, with their towns.

Usage: python scripts/build_stops.py

Codes and names of airports come from travelplan/data/airports.csv, whose town is looked up in the
gazetteer; everything else, and every correction, is in scripts/stops.txt. An airport whose town
is not found is named and the table is not written.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from travelplan.files import load_places
from travelplan.geo import great_circle_km
from travelplan.places import Place, Places, normalise
from travelplan.places.stops import COLUMNS

ROOT = Path(__file__).parents[1]
LISTED = Path(__file__).with_name("stops.txt")
AIRPORTS = ROOT / "travelplan" / "data" / "airports.csv"
TARGET = ROOT / "travelplan" / "data" / "places" / "stops.csv"
FARTHEST_KM = 110
UNSERVED = frozenset({"LUA", "LYR", "NOS", "PXO", "SFJ"})
"""Airports of places too small for the gazetteer; their code stays unknown."""


class Row(NamedTuple):
    """One name of one stop."""

    name: str
    kind: str
    place: str
    label: str


class Somewhere(NamedTuple):
    """A position in decimal degrees."""

    lat: float
    lon: float


def main() -> None:
    """Build the table and say what is in it."""
    places = load_places()
    listed = list(listed_rows(places))
    towns = {row.name: row.place for row in listed if row.kind == "code"}
    rows = [row for row in listed if row.kind != "code"]
    with AIRPORTS.open(encoding="utf-8", newline="") as file:
        rows += airport_rows(csv.DictReader(file), places, towns)
    distinct = {(normalise(row.name), row.place): row for row in reversed(rows)}
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(distinct.values()))
    print(f"{len(distinct)} names, {len({row.place for row in distinct.values()})} towns")


def listed_rows(places: Places) -> Iterator[Row]:
    """Yield the lines of stops.txt."""
    for line in LISTED.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, town, names = (part.strip() for part in line.split(" | "))
        place = town_of(town, places)
        shown = names.split() if kind == "code" else [n.strip() for n in names.split(" ; ")]
        for name in shown:
            yield Row(name, kind, place.id, shown[0])


def town_of(town: str, places: Places) -> Place:
    """Return a town written as "Brussels, BE"; exit if it is not clear."""
    found = places.find(town)
    place = found.place or next(iter(found.candidates), None)
    if place is None or (found.status == "not_found"):
        sys.exit(f"no town {town}")
    return place


def airport_rows(
    airports: Iterable[dict[str, str]], places: Places, towns: dict[str, str]
) -> list[Row]:
    """Return code and name of every airport; exit with the airports whose town is not found."""
    rows: list[Row] = []
    lost: list[str] = []
    for airport in airports:
        code, name = airport["iata"], airport["name"]
        town = towns.get(code) or served(airport, places)
        if town is None:
            lost.append(f"{code} {airport['city']}, {airport['country']} ({name})")
            continue
        rows.append(Row(code, "airport", town, name))
        if "airport" in name.lower():
            rows.append(Row(name, "airport", town, name))
    lost = [line for line in lost if line[:3] not in UNSERVED]
    if lost:
        sys.exit("no town for:\n" + "\n".join(lost))
    return rows


def served(airport: dict[str, str], places: Places) -> str | None:
    """Return the id of the town that an airport names, if it lies near."""
    here = Somewhere(float(airport["lat"]), float(airport["lon"]))
    town = airport["city"].split("/")[0].split("(")[0].removesuffix(" Island").strip()
    found = places.find(f"{town}, {airport['country']}", near=here)
    near = [
        place
        for place in (found.place, *found.candidates)
        if place and great_circle_km(place, here) <= FARTHEST_KM
    ]
    if found.status == "not_found" or not near:
        return None
    return near[0].id


if __name__ == "__main__":
    main()
