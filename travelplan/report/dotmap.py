"""Positions as dots on a plain map, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

from travelplan.geo import Located

WIDTH = 900
MARGIN = 24
LINE = 18
FONT = 11
LETTER = 6.2
MOST_STRETCHED = 2.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A position in decimal degrees, what to call it, and the class it belongs to."""

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
        x = MARGIN + (position.lon - self._west) * self._squeeze * self._scale
        return round(x, 1), round(MARGIN + (self._north - position.lat) * self._scale, 1)


def dot_map(title: str, description: str, dots: Sequence[Dot], groups: Sequence[Group]) -> str:
    """Return a map of dots with a legend; the first dot is the origin, the next matter most.

    The colours come with the text of each class in the legend and in the tooltip of each dot, and
    a table of the same belongs beside the map.
    """
    projection = Projection(dots)
    colours = {group.id: group.colour for group in groups}
    height = projection.height + LINE * (len(groups) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="{FONT}">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(description)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for dot in dots[1:]:
        x, y = projection.point(dot)
        hint = f"<title>{escape(f'{dot.label}: {dot.detail}')}</title>"
        colour = colours.get(dot.group, "#666666")
        parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}">{hint}</circle>')
    x, y = projection.point(dots[0])
    here = f"<title>{escape(dots[0].label)}</title>"
    parts.append(f'<path d="M{x} {y - 8}l7 14h-14z" fill="#c00000">{here}</path>')
    parts += _labels(dots, projection)
    parts += _legend(groups, projection.height)
    return "\n".join([*parts, "</svg>", ""])


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
        lines.append(f'<text x="{left:.1f}" y="{y + 4:.1f}">{escape(dot.label)}</text>')
    return lines


def _legend(groups: Sequence[Group], top: int) -> list[str]:
    lines = []
    for number, group in enumerate(groups):
        y = top + LINE * number + LINE / 2
        lines.append(f'<circle cx="{MARGIN}" cy="{y}" r="5" fill="{group.colour}"/>')
        lines.append(f'<text x="{MARGIN + 12}" y="{y + 4}">{escape(group.text)}</text>')
    return lines
