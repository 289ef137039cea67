"""The route of a journey on a simple map of Europe, as SVG that stands alone.

Readable without colour: each means of transport has a line of its own. The map carries its title
and the whole way in words for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import atan2, degrees, hypot, log, pi, radians, sin, sqrt, tan

from travelplan.geo import unit_vector
from travelplan.journeys.model import Journey, Leg, Position
from travelplan.language import Language, Minutes, Words, message
from travelplan.scheme.words import MODES

WIDTH, HEIGHT = 720, 560
EDGE = 40
LEAST_SPAN = 0.09
"""The least part of the world to show, in map units (radians of longitude), about 5 degrees."""

_WEST, _EAST, _SOUTH, _NORTH = -25.0, 45.0, 33.0, 72.0
_DASHES = {
    "train": "",
    "night_train": "14 4",
    "plane": "1 7",
    "ferry": "3 5",
    "walk": "1 3",
}
_ROAD_DASH = "9 3 2 3"
_STYLE = (
    "text{font:14px sans-serif;fill:#000;paint-order:stroke;stroke:#fff;stroke-width:4px}"
    ".sea{fill:#fff}.land{fill:#e8e8e8;stroke:#8c8c8c;stroke-width:.8}"
    ".border{fill:none;stroke:#bdbdbd;stroke-width:.8}"
    ".leg{fill:none;stroke:#111;stroke-width:3;stroke-linejoin:round;stroke-linecap:round}"
    ".stop{fill:#fff;stroke:#111;stroke-width:2.5}"
)

XY = tuple[float, float]


@dataclass(frozen=True)
class Background:
    """The coasts and borders of Europe, as lines of positions."""

    coasts: tuple[tuple[Position, ...], ...]
    borders: tuple[tuple[Position, ...], ...]

    @classmethod
    def from_text(cls, text: str) -> Background:
        """Read europe.txt."""
        lines: dict[str, list[tuple[Position, ...]]] = {"coast": [], "border": []}
        for row in text.splitlines():
            if not row.startswith("#"):
                kind, _, numbers = row.partition(" ")
                lines[kind].append(tuple(_positions(numbers)))
        return cls(tuple(lines["coast"]), tuple(lines["border"]))


def _positions(numbers: str) -> Iterator[Position]:
    steps = iter(numbers.split())
    lon = lat = 0
    for step in steps:
        lon, lat = lon + int(step), lat + int(next(steps))
        yield lat / 100, lon / 100


def route_svg(journey: Journey, background: Background, language: Language) -> str:
    """Return the route of a journey on the map, as an SVG document.

    Legs that leave Europe end at the edge of the map; the words tell where they go.
    """
    legs = [leg for leg in journey.legs if leg.path]
    view = _View.around([point for leg in legs for point in leg.path])
    title = route_title(journey, language)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-labelledby="route-title route-desc" lang="{language.code}">',
        f'<title id="route-title">{escape(title)}</title>',
        f'<desc id="route-desc">{escape(" ".join(route_words(journey, language)))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>',
        *(_shape(view, line, "land", closed=True) for line in background.coasts),
        *(_shape(view, line, "border", closed=False) for line in background.borders),
        *(_route(view, leg, language) for leg in legs),
        *_stops(view, legs, language),
        *_key(legs, language),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def route_title(journey: Journey, language: Language) -> str:
    """Return the title of a route: by what, from where to where."""
    first, last = journey.legs[0], journey.legs[-1]
    return language.say(
        message(
            "{mode} from {origin} to {destination}",
            mode=MODES[journey.vehicle],
            origin=first.origin,
            destination=last.destination,
        )
    )


def route_words(journey: Journey, language: Language) -> list[str]:
    """Return the route in words, a sentence for each leg."""
    return [
        language.say(
            message(
                "{number}. {mode} from {origin} to {destination}, {time}.",
                number=str(number),
                mode=MODES.get(leg.mode, leg.mode),
                origin=leg.origin,
                destination=leg.destination,
                time=Minutes(leg.minutes),
            )
        )
        for number, leg in enumerate(journey.legs, start=1)
    ]


@dataclass(frozen=True, slots=True)
class _View:
    """The part of the world shown: map units of the upper left corner, and pixels per unit."""

    left: float
    top: float
    scale: float

    @classmethod
    def around(cls, points: Iterable[Position]) -> _View:
        """Return a view that shows all points that lie in Europe, with some room around them."""
        shown = [_project(point) for point in points if _in_europe(point)]
        west, east = min(x for x, _ in shown), max(x for x, _ in shown)
        north, south = min(y for _, y in shown), max(y for _, y in shown)
        scale = min(
            (WIDTH - 4 * EDGE) / max(east - west, LEAST_SPAN),
            (HEIGHT - 4 * EDGE) / max(south - north, LEAST_SPAN),
        )
        left = (west + east) / 2 - WIDTH / 2 / scale
        top = (north + south) / 2 - HEIGHT / 2 / scale
        return cls(left, top, scale)

    def xy(self, point: Position) -> XY:
        """Return where a position lies, in pixels."""
        x, y = _project(point)
        return (x - self.left) * self.scale, (y - self.top) * self.scale


def _project(point: Position) -> XY:
    """Return a position on Mercator's map, y growing southwards."""
    lat, lon = point
    return radians(lon), -log(tan(pi / 4 + radians(lat) / 2))


def _in_europe(point: Position) -> bool:
    return _SOUTH <= point[0] <= _NORTH and _WEST <= point[1] <= _EAST


def _shape(view: _View, line: tuple[Position, ...], kind: str, *, closed: bool) -> str:
    points = [view.xy(point) for point in line]
    if not any(_near(point) for point in points) and not closed:
        return ""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
        return ""
    return f'<path class="{kind}" d="{_data(points)}{"Z" if closed else ""}"/>'


def _near(point: XY) -> bool:
    return -WIDTH < point[0] < 2 * WIDTH and -HEIGHT < point[1] < 2 * HEIGHT


def _data(points: Iterable[XY]) -> str:
    written = [f"{x:.0f},{y:.0f}" for x, y in points]
    kept = [here for before, here in pairwise(["", *written]) if here != before]
    return "M" + " ".join(kept)


def _route(view: _View, leg: Leg, language: Language) -> str:
    path = leg.path
    if leg.mode == "plane":
        path = tuple(_great_circle(path[0], path[-1]))
    points = [view.xy(point) for point in path if _in_europe(point)]
    if len(points) < 2:
        return ""
    dash = _DASHES.get(leg.mode, _ROAD_DASH)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    said = f"{language.say(MODES.get(leg.mode, leg.mode))}: {_way(leg, language)}"
    return (
        f'<path class="leg" data-mode="{escape(leg.mode)}"{dashes} d="{_data(points)}">'
        f"<title>{escape(said)}</title></path>"
    )


def _way(leg: Leg, language: Language) -> str:
    return f"{language.say(leg.origin)} → {language.say(leg.destination)}"


def _great_circle(a: Position, b: Position, steps: int = 60) -> Iterator[Position]:
    """Yield positions along the great circle between two."""
    start, end = unit_vector(_At(*a)), unit_vector(_At(*b))
    angle = atan2(
        sqrt(max(0.0, 1 - sum(x * y for x, y in zip(start, end, strict=True)) ** 2)),
        sum(x * y for x, y in zip(start, end, strict=True)),
    )
    for step in range(steps + 1):
        share = step / steps
        before, after = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
        x, y, z = (before * p + after * q for p, q in zip(start, end, strict=True))
        yield degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


@dataclass(frozen=True, slots=True)
class _At:
    lat: float
    lon: float


def _stops(view: _View, legs: list[Leg], language: Language) -> Iterator[str]:
    """Yield a ring and a name for each place where one boards or gets off."""
    named: dict[Position, Words] = {}
    for leg in legs:
        named.setdefault(leg.path[0], leg.origin)
        named.setdefault(leg.path[-1], leg.destination)
    taken: list[tuple[float, float, float]] = []
    for point, words in named.items():
        if not _in_europe(point):
            continue
        x, y = view.xy(point)
        yield f'<circle class="stop" cx="{x:.0f}" cy="{y:.0f}" r="5"/>'
        name = language.say(words)
        width = 8 * len(name)
        right = x + 12 + width < WIDTH
        for lift in (5, -12, 22, -28, 38):
            start = x + 12 if right else x - 12 - width
            if all(
                abs(y + lift - other) > 14 or start > end or start + width < begin
                for other, begin, end in taken
            ):
                break
        else:
            continue
        taken.append((y + lift, start, start + width))
        anchor = "start" if right else "end"
        at = x + 12 if right else x - 12
        yield (
            f'<text x="{at:.0f}" y="{y + lift:.0f}" text-anchor="{anchor}">{escape(name)}</text>'
        )


def _key(legs: list[Leg], language: Language) -> Iterator[str]:
    """Yield the key: a piece of line and a name for each means of transport."""
    modes = list(dict.fromkeys(leg.mode for leg in legs))
    top = HEIGHT - 14 - 20 * (len(modes) - 1)
    for number, mode in enumerate(modes):
        y = top + 20 * number
        dash = _DASHES.get(mode, _ROAD_DASH)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        name = language.say(MODES.get(mode, mode))
        yield f'<path class="leg"{dashes} d="M14,{y - 5} 54,{y - 5}"/>'
        yield f'<text x="62" y="{y}">{escape(name)}</text>'
