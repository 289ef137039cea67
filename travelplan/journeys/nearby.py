"""What lies near a position, found without measuring everything."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from math import acos, cos, pi
from typing import Generic, TypeVar

from travelplan.geo import Located, unit_vector

EARTH_RADIUS_KM = 6371.009
"""Mean radius of the Earth, as geopy has it."""

_KM_PER_DEGREE = 111.19
_SLACK = 1e-9

T = TypeVar("T", bound=Located)


def arc_km(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """Return the great-circle distance between two points of the unit sphere, in kilometres."""
    return EARTH_RADIUS_KM * acos(max(-1.0, min(1.0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])))


class Nearby(Generic[T]):
    """Positions sorted by latitude."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = sorted(items, key=lambda item: (item.lat, item.lon))
        self._lats = [item.lat for item in self._items]
        self._points = [unit_vector(item) for item in self._items]

    def within(self, position: Located, km: float) -> list[tuple[float, T]]:
        """Return what lies within `km` of a position, with its distance, nearest first."""
        reach = km / _KM_PER_DEGREE
        first = bisect_left(self._lats, position.lat - reach)
        last = bisect_right(self._lats, position.lat + reach)
        x, y, z = here = unit_vector(position)
        least = cos(min(km / EARTH_RADIUS_KM, pi)) - _SLACK
        found = [
            (arc_km(here, point), i)
            for i, point in enumerate(self._points[first:last], start=first)
            if x * point[0] + y * point[1] + z * point[2] >= least
        ]
        return [(distance, self._items[i]) for distance, i in sorted(found) if distance <= km]
