"""Write travelplan/data/airports.csv: airports with scheduled traffic, where they are.

Usage: python scripts/build_airports.py

Which airports and in which tier is in scripts/airports.txt. Positions, names and countries come
from the Python package airportsdata 20250909 (MIT), which must be installed; its releases of 2026
misplace the Belgian airports, and any other release is refused.
"""

from __future__ import annotations

import csv
import sys
from importlib.metadata import version
from pathlib import Path

import airportsdata

RELEASE = "20250909"
LISTED = Path(__file__).with_name("airports.txt")
TARGET = Path(__file__).parents[1] / "travelplan" / "data" / "airports.csv"
COLUMNS = ("iata", "name", "city", "country", "continent", "lat", "lon", "tier")

SOUTH_AMERICA = frozenset(
    ("AR", "BO", "BR", "CL", "CO", "EC", "FK", "GF", "GY", "PE", "PY", "SR", "UY", "VE")
)
BY_COUNTRY = {
    **dict.fromkeys(("CY", "TR", "GE", "AM", "AZ", "MV"), "AS"),
    **dict.fromkeys(("US", "GL", "BM"), "NA"),
    "CV": "AF",
}
BY_TIME_ZONE = {
    "Europe": "EU", "Asia": "AS", "Africa": "AF", "America": "NA", "Atlantic": "EU",
    "Indian": "AF", "Pacific": "OC", "Australia": "OC", "Arctic": "EU",
}  # fmt: skip


def main() -> None:
    """Look every listed airport up and write the table, sorted by code."""
    if version("airportsdata") != RELEASE:
        sys.exit(f"airportsdata {RELEASE} is needed, not {version('airportsdata')}")
    known = airportsdata.load("IATA")
    tiers = read_tiers()
    unknown = sorted(set(tiers) - set(known))
    if unknown:
        sys.exit(f"not in airportsdata: {' '.join(unknown)}")
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code in sorted(tiers):
            airport = known[code]
            position = (f"{airport['lat']:.4f}", f"{airport['lon']:.4f}")
            writer.writerow(
                (
                    code,
                    airport["name"],
                    airport["city"],
                    airport["country"],
                    continent(airport["country"], airport["tz"]),
                    *position,
                    tiers[code],
                )
            )


def read_tiers() -> dict[str, str]:
    """Return the tier of each code; exit if a code stands twice."""
    tiers: dict[str, str] = {}
    for line in LISTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            tier, *codes = line.split()
            if twice := tiers.keys() & codes:
                sys.exit(f"listed twice: {' '.join(sorted(twice))}")
            tiers.update(dict.fromkeys(codes, tier))
    return tiers


def continent(country: str, time_zone: str) -> str:
    """Return the continent of an airport: AF AN AS EU NA OC SA."""
    if country in SOUTH_AMERICA:
        return "SA"
    return BY_COUNTRY.get(country) or BY_TIME_ZONE[time_zone.split("/", maxsplit=1)[0]]


if __name__ == "__main__":
    main()
