"""Positions as marks on a plain map with the coasts of Europe, as SVG.

Readable without colour: each class has a mark of its own shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import cos, hypot, radians

from travelplan.geo import Located
from travelplan.journeys.model import Position
from travelplan.report.map import Background

WIDTH = 900
MARGIN = 24
LINE = 18
FONT = 11
LETTER = 6.2
MOST_STRETCHED = 2.0
LEAST_STEP = 2.5
"""Points of a coast nearer than so many pixels to the one before are left out."""
LAND, COAST, BORDER, SEA = "#ececec", "#8c8c8c", "#c4c4c4", "#ffffff"
MARKS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-3.5-3.5h7v7h-7z",
    "M0-4.6l4.6 8.2h-9.2z",
    "M0-4.8l4.8 4.8-4.8 4.8-4.8-4.8z",
    "M-1.2-4.2h2.4v3h3v2.4h-3v3h-2.4v-3h-3v-2.4h3z",
)
"""A disc, a square, a triangle, a lozenge, a cross: a class further on begins again."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A position in decimal degrees, what to call it, and the id of the class it belongs to."""

    lat: float
    lon: float
    label: str
    group: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A class of dots: its id, its text and its colour."""

    id: str
    text: str
    colour: str


class Projection:
    """Equirectangular, true to scale at the middle latitude of what it shows."""

    def __init__(self, positions: Sequence[Located]) -> None:
        """Fit some positions into the width of the map."""
        self._south = min(p.lat for p in positions)
        self._north = max(p.lat for p in positions)
        self._west = min(p.lon for p in positions)
        east = max(p.lon for p in positions)
        self._squeeze = cos(radians((self._south + self._north) / 2))
        across = max((east - self._west) * self._squeeze, 0.1)
        upright = max(self._north - self._south, 0.1)
        room = WIDTH - 2 * MARGIN
        self._scale = min(room / across, room * MOST_STRETCHED / upright)
        self.height = round(upright * self._scale) + 2 * MARGIN

    def point(self, position: Located) -> tuple[float, float]:
        """Return where a position lies on the map, in pixels from the left and the top."""
        return self.xy((position.lat, position.lon))

    def xy(self, position: Position) -> tuple[float, float]:
        """Return the same for a latitude and a longitude."""
        x = MARGIN + (position[1] - self._west) * self._squeeze * self._scale
        return round(x, 1), round(MARGIN + (self._north - position[0]) * self._scale, 1)


def dot_map(
    title: str,
    description: str,
    dots: Sequence[Dot],
    groups: Sequence[Group],
    background: Background,
) -> str:
    """Return a map of marks with a legend; the first dot is the origin, the next matter most.

    Each class has its shape beside its colour; the tooltip of each mark says what it is, and a
    table of the same belongs beside the map.
    """
    projection = Projection(dots)
    ids = {group.id: _id(number) for number, group in enumerate(groups)}
    height = projection.height + LINE * (len(groups) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="{FONT}">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(description)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{SEA}"/>',
        *_land(background, projection),
        *_marks(groups),
    ]
    for dot in dots[1:]:
        x, y = projection.point(dot)
        hint = f"<title>{escape(f'{dot.label}: {dot.detail}')}</title>"
        parts.append(f'<use href="#{ids[dot.group]}" x="{x:.0f}" y="{y:.0f}">{hint}</use>')
    x, y = projection.point(dots[0])
    here = f"<title>{escape(dots[0].label)}</title>"
    star = "l2.6 5.6 6.1.7-4.5 4.2 1.2 6-5.4-3-5.4 3 1.2-6-4.5-4.2 6.1-.7z"
    parts.append(
        f'<path d="M{x} {y - 9}{star}" fill="#fff" stroke="#000" stroke-width="1.6">{here}</path>'
    )
    parts += _labels(dots, projection)
    parts += _legend(groups, projection.height)
    return "\n".join([*parts, "</svg>", ""])


def _land(background: Background, projection: Projection) -> Iterator[str]:
    """Yield the land and the borders, cut off where the map ends and the legend begins."""
    yield f'<svg width="{WIDTH}" height="{projection.height}" aria-hidden="true">'
    for lines, paint, end in (
        (background.coasts, f'fill="{LAND}" stroke="{COAST}"', "z"),
        (background.borders, f'fill="none" stroke="{BORDER}"', ""),
    ):
        drawn = (_line([projection.xy(point) for point in line], projection) for line in lines)
        shapes = "".join(f"M{points}{end}" for points in drawn if points)
        yield f'<path {paint} stroke-width=".7" d="{shapes}"/>'
    yield "</svg>"


def _line(points: Sequence[tuple[float, float]], projection: Projection) -> str:
    """Return a line as numbers of a path, thinned out; "" if it is not to be seen."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > projection.height:
        return ""
    kept = [(round(xs[0]), round(ys[0]))]
    for x, y in zip(xs, ys, strict=True):
        if hypot(x - kept[-1][0], y - kept[-1][1]) >= LEAST_STEP:
            kept.append((round(x), round(y)))
    steps = (f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(kept))
    return f"{kept[0][0]} {kept[0][1]}l{' '.join(steps)}" if len(kept) > 1 else ""


def _marks(groups: Sequence[Group]) -> Iterator[str]:
    yield "<defs>"
    for number, group in enumerate(groups):
        shape = MARKS[number % len(MARKS)]
        yield (
            f'<path id="{_id(number)}" d="{shape}" fill="{group.colour}" '
            f'stroke="#fff" stroke-width=".8"/>'
        )
    yield "</defs>"


def _id(number: int) -> str:
    return f"m{number}"


def _labels(dots: Sequence[Dot], projection: Projection) -> list[str]:
    """Write the names that find room, in the order of the dots."""
    written: list[tuple[float, float, float]] = []
    lines = []
    for dot in dots:
        x, y = projection.point(dot)
        wide = len(dot.label) * LETTER
        left = x + 6 if x + 6 + wide < WIDTH else x - 6 - wide
        if any(
            abs(y - other_y) < FONT + 1 and left < other_x + other_wide and other_x < left + wide
            for other_x, other_y, other_wide in written
        ):
            continue
        written.append((left, y, wide))
        lines.append(f'<text x="{left:.0f}" y="{y + 4:.0f}">{escape(dot.label)}</text>')
    return [f'<g paint-order="stroke" stroke="{SEA}" stroke-width="2.5">', *lines, "</g>"]


def _legend(groups: Sequence[Group], top: int) -> list[str]:
    lines = []
    for number, group in enumerate(groups):
        y = top + LINE * number + LINE / 2
        lines.append(f'<use href="#{_id(number)}" x="{MARGIN}" y="{y}"/>')
        lines.append(f'<text x="{MARGIN + 12}" y="{y + 4}">{escape(group.text)}</text>')
    return lines
