"""Prepare the coastlines and borders of Europe for the map of a route.

Usage: python scripts/build_map.py COUNTRIES-50M.JSON

The argument is countries-50m.json of the npm package world-atlas 2.0.2 (ISC; Natural Earth, public
domain). Keeps what lies in the window, thins it out, and writes travelplan/data/europe.txt: a line
for each coast (a ring of land) and border, as whole hundredths of a degree, longitude and latitude
in turn, each point as the step from the one before.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from build_rail import unfold

WEST, EAST, SOUTH, NORTH = -25.0, 45.0, 33.0, 72.0
COAST_DEGREES, BORDER_DEGREES = 0.035, 0.06
LEAST_AREA = 0.05
OUT = Path(__file__).parents[1] / "travelplan" / "data" / "europe.txt"

Point = tuple[float, float]
Line = list[Point]


def main() -> None:
    """Read the atlas, write europe.txt."""
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [list(unfold(arc, atlas["transform"])) for arc in atlas["arcs"]]
    rings = [
        [number if number >= 0 else ~number for number in ring]
        for shape in atlas["objects"]["countries"]["geometries"]
        for ring in rings_of(shape)
    ]
    uses = Counter(number for ring in rings for number in ring)
    rows = [
        "# Natural Earth 1:50m (public domain), as packaged in world-atlas 2.0.2 (ISC);",
        "# made by scripts/build_map.py. Hundredths of a degree; each point as a step.",
    ]
    for ring in land_rings(atlas, arcs):
        thin = thinned(clipped(ring), COAST_DEGREES)
        if len(thin) > 3 and area(thin) > LEAST_AREA:
            rows.append(row("coast", thin))
    for number, times in sorted(uses.items()):
        if times > 1:
            for part in inside(arcs[number]):
                thin = thinned(part, BORDER_DEGREES)
                if len(thin) > 1:
                    rows.append(row("border", thin))
    OUT.write_text("\n".join(rows) + "\n", encoding="utf-8")


def rings_of(shape: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a shape."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for polygon in polygons:
        yield from polygon


def land_rings(atlas: dict[str, Any], arcs: list[Line]) -> Iterator[Line]:
    """Yield the rings of the land, holes left out."""
    for shape in atlas["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            ring: Line = []
            for number in polygon[0]:
                ring += arcs[number] if number >= 0 else arcs[~number][::-1]
            yield ring


def is_inside(point: Point) -> bool:
    """Return whether a point lies in the window."""
    return WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH


def clipped(ring: Line) -> Line:
    """Return a ring cut to the window, edge by edge."""
    for axis, bound, keep_more in (
        (0, WEST, True),
        (0, EAST, False),
        (1, SOUTH, True),
        (1, NORTH, False),
    ):
        cut: Line = []
        for a, b in pairwise([*ring, ring[0]] if ring else []):
            a_in, b_in = ((p[axis] >= bound) == keep_more or p[axis] == bound for p in (a, b))
            if a_in:
                cut.append(a)
            if a_in != b_in:
                share = (bound - a[axis]) / (b[axis] - a[axis])
                cut.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        ring = cut
    return ring


def inside(line: Line) -> Iterator[Line]:
    """Yield the parts of a line that lie in the window."""
    part: Line = []
    for point in line:
        if is_inside(point):
            part.append(point)
        elif part:
            yield part
            part = []
    if part:
        yield part


def thinned(line: Line, tolerance: float) -> Line:
    """Return a line without the points that lie within the tolerance of it (Douglas-Peucker)."""
    if len(line) < 3:
        return line
    keep = {0, len(line) - 1}
    stack = [(0, len(line) // 2), (len(line) // 2, len(line) - 1)]
    keep.add(len(line) // 2)
    while stack:
        first, last = stack.pop()
        farthest, most = first, tolerance
        for i in range(first + 1, last):
            distance = off_line(line[i], line[first], line[last])
            if distance > most:
                farthest, most = i, distance
        if farthest != first:
            keep.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [line[i] for i in sorted(keep)]


def off_line(point: Point, a: Point, b: Point) -> float:
    """Return the distance of a point from the line between two others, in degrees."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    if not length:
        return hypot(point[0] - a[0], point[1] - a[1])
    return abs((b[0] - a[0]) * (a[1] - point[1]) - (a[0] - point[0]) * (b[1] - a[1])) / length


def area(ring: Line) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def row(kind: str, line: Line) -> str:
    """Return a line as steps in hundredths of a degree."""
    x = y = 0
    numbers: list[int] = []
    for lon, lat in line:
        to_x, to_y = round(lon * 100), round(lat * 100)
        if numbers and (to_x, to_y) == (x, y):
            continue
        numbers += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return f"{kind} " + " ".join(map(str, numbers))


if __name__ == "__main__":
    main()
