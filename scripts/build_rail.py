"""Work out which part of each hop of the rail network lies in which country.

Usage: python scripts/build_rail.py COUNTRIES-10M.JSON

The argument is countries-10m.json of the npm package world-atlas 2.0.2 (ISC; Natural Earth). Each
pair of neighbouring stops is followed in a straight line, over the way points of waypoints.csv
where the real line bends through another country, and sampled every two kilometres. Points
outside every country of the network (at sea, in a tunnel) go to the nearer end. Writes
travelplan/data/rail/countries.csv.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, hypot, radians
from pathlib import Path
from typing import Any

RAIL = Path(__file__).parents[1] / "travelplan" / "data" / "rail"
STEP_KM = 2.0
KM_PER_DEGREE = 111.2
BAND_DEGREES = 0.05

# ISO 3166 numeric codes, as the atlas has them; Kosovo has none there and goes by its name.
CODES = {
    "008": "AL", "040": "AT", "056": "BE", "070": "BA", "100": "BG", "191": "HR", "203": "CZ",
    "208": "DK", "233": "EE", "246": "FI", "250": "FR", "276": "DE", "300": "GR", "348": "HU",
    "372": "IE", "380": "IT", "428": "LV", "438": "LI", "440": "LT", "442": "LU", "492": "MC",
    "499": "ME", "807": "MK", "528": "NL", "578": "NO", "616": "PL", "620": "PT", "642": "RO",
    "688": "RS", "703": "SK", "705": "SI", "724": "ES", "752": "SE", "756": "CH", "792": "TR",
    "826": "GB", "470": "MT", "498": "MD", "Kosovo": "XK",
}  # fmt: skip

Point = tuple[float, float]


@dataclass(frozen=True)
class Country:
    """The border of a country, its edges sorted into bands of latitude."""

    code: str
    bands: dict[int, list[tuple[Point, Point]]]

    def contains(self, lat: float, lon: float) -> bool:
        """Count the crossings of a ray to the east."""
        inside = False
        for (x1, y1), (x2, y2) in self.bands.get(floor(lat / BAND_DEGREES), ()):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
        return inside


def main() -> None:
    """Read the atlas and the lines, write countries.csv."""
    countries = read_countries(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    positions = {
        row["station"]: (float(row["lat"]), float(row["lon"])) for row in read_rows("stations.csv")
    }
    homes = {row["station"]: row["country"] for row in read_rows("stations.csv")}
    with (RAIL / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("station_a", "station_b", "country", "share"))
        bends = read_bends()
        for a, b in sorted(hops()):
            stops = [(*positions[a], homes[a]), *bends.get((a, b), ()), (*positions[b], homes[b])]
            for code, share in shares(stops, countries):
                writer.writerow((a, b, code, f"{share:.3f}"))


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the rail data."""
    with (RAIL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hops() -> set[tuple[str, str]]:
    """Return every pair of neighbouring stops, in alphabetical order."""
    found: set[tuple[str, str]] = set()
    for file in sorted((RAIL / "lines").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if " | " in line and not line.startswith("#"):
                stops = [stop.split(":")[0] for stop in line.split(" | ")[5].split(" > ")]
                found.update((min(pair), max(pair)) for pair in pairwise(stops))
    return found


def read_bends() -> dict[tuple[str, str], list[tuple[float, float, str]]]:
    """Return the way points of each hop in alphabetical order of its ends."""
    bends: defaultdict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    for row in read_rows("waypoints.csv"):
        pair = (row["station_a"], row["station_b"])
        bends[pair].append((float(row["lat"]), float(row["lon"]), row["country"]))
    return {
        (min(pair), max(pair)): (points if pair == (min(pair), max(pair)) else points[::-1])
        for pair, points in bends.items()
    }


def shares(
    stops: list[tuple[float, float, str]], countries: list[Country]
) -> list[tuple[str, float]]:
    """Return the share of the way in each country, largest first; shares add up to one."""
    km: defaultdict[str, float] = defaultdict(float)
    for a, b in pairwise(stops):
        length = hypot((b[0] - a[0]), (b[1] - a[1]) * cos(radians(a[0]))) * KM_PER_DEGREE
        steps = max(1, ceil(length / STEP_KM))
        for i in range(steps):
            part = (i + 0.5) / steps
            lat, lon = a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
            nearer_end = a[2] if part < 0.5 else b[2]
            code = next((c.code for c in countries if c.contains(lat, lon)), nearer_end)
            km[code] += length / steps
    total = sum(km.values())
    kept = {code: part for code, part in km.items() if part / total >= 0.005}
    whole = sum(kept.values())
    return sorted(
        ((code, part / whole) for code, part in kept.items()), key=lambda item: (-item[1], item[0])
    )


def read_countries(atlas: dict[str, Any]) -> list[Country]:
    """Decode the TopoJSON borders of the countries of the network."""
    arcs = [list(unfold(arc, atlas["transform"])) for arc in atlas["arcs"]]
    countries = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = CODES.get(shape.get("id") or shape["properties"]["name"])
        if code:
            countries.append(Country(code, bands_of(shape, arcs)))
    return countries


def unfold(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """Turn the steps of an arc into positions (longitude, latitude)."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x, y = 0, 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale_x + left, y * scale_y + bottom


def bands_of(
    shape: dict[str, Any], arcs: list[list[Point]]
) -> dict[int, list[tuple[Point, Point]]]:
    """Return the edges of a shape by band of latitude, so that a test looks at a few only."""
    bands: defaultdict[int, list[tuple[Point, Point]]] = defaultdict(list)
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for ring in (ring for polygon in polygons for ring in polygon):
        for number in ring:
            for a, b in pairwise(arcs[number] if number >= 0 else arcs[~number]):
                low, high = sorted((a[1], b[1]))
                for band in range(floor(low / BAND_DEGREES), floor(high / BAND_DEGREES) + 1):
                    bands[band].append((a, b))
    return dict(bands)


if __name__ == "__main__":
    main()
