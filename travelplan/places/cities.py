"""Which places are a part of a great city: a district called Salamanca is not the town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import floor

from travelplan.geo import Vector, arc_km, unit_vector
from travelplan.places.index import Entry

TIMES_AS_LARGE = 3


class GreatCities:
    """Great cities by the degree of latitude and longitude in which they lie."""

    def __init__(self, most_populous_first: Iterable[Entry], least: float, reach_km: float) -> None:
        """Read the cities of at least so many inhabitants; their parts lie within `reach_km`."""
        self._reach_km = reach_km
        self._cells: dict[tuple[int, int], list[tuple[Entry, Vector]]] = defaultdict(list)
        for city in most_populous_first:
            if city.population < least:
                break
            self._cells[floor(city.lat), floor(city.lon)].append((city, unit_vector(city)))

    def hold(self, entry: Entry) -> bool:
        """Return whether a place is a part of a great city at least three times as large."""
        here = unit_vector(entry)
        lat, lon = floor(entry.lat), floor(entry.lon)
        return any(
            city.country == entry.country
            and city.population >= TIMES_AS_LARGE * entry.population
            and arc_km(here, there) <= self._reach_km
            for cell in ((lat + i, lon + j) for i in (-1, 0, 1) for j in (-1, 0, 1))
            for city, there in self._cells.get(cell, ())
        )
