"""Which stations a place is joined to, and whether it can be reached by rail at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from travelplan.geo import Located, great_circle_km
from travelplan.journeys.model import Leg, Path
from travelplan.journeys.nearby import Nearby
from travelplan.journeys.rail import Network
from travelplan.journeys.rides import Access
from travelplan.journeys.rules import AccessRule, CoverageRule
from travelplan.journeys.timetable import Station
from travelplan.journeys.ways import RailWay
from travelplan.language import Words
from travelplan.places.model import Place


@dataclass(frozen=True, slots=True)
class RailAnswer:
    """Whether a trip is served by rail, and the way if it is.

    `served` is None where the network cannot tell: a country that it does not cover, or a place
    too far from its stations.
    """

    served: bool | None
    way: RailWay | None = None


class Coverage:
    """Joins places to the rail network."""

    def __init__(self, network: Network, access: AccessRule, rule: CoverageRule) -> None:
        self._network = network
        self._access = access
        self._rule = rule
        stations = network.timetable.stations.values()
        self._stations = Nearby(stations)
        self._countries = frozenset(station.country for station in stations)
        self._of_city: dict[str, tuple[Access, ...]] = {}
        for station in stations:
            others = self._of_city.get(station.city, ())
            self._of_city[station.city] = (*others, Access(station.name))
        self._on_main_lines = frozenset(
            stop.station
            for line in network.timetable.lines
            if line.kind not in {"regional", "ferry"}
            for stop in line.stops
        )
        self.joined = lru_cache(maxsize=4096)(self._join)

    def answer(self, origin: Place, destination: Place) -> RailAnswer:
        """Return whether there is a way by rail between two places, and which."""
        ends = [self._known(place) for place in (origin, destination)]
        if False in ends:
            return RailAnswer(served=False)
        if None in ends:
            return RailAnswer(served=None)
        way = self._network.way(self.joined(origin), self.joined(destination))
        if way is None or not way.has_train or self._is_quicker_by_road(way, origin, destination):
            return RailAnswer(served=False)
        return RailAnswer(served=True, way=way)

    def _is_quicker_by_road(self, way: RailWay, origin: Place, destination: Place) -> bool:
        """Return whether a bus all the way beats a train that needs a bus to get to or from."""
        apart_km = great_circle_km(origin, destination)
        if apart_km > self._access.limit_km or not (way.start.minutes or way.end.minutes):
            return False
        return self._road(apart_km)[0] <= way.minutes

    def _known(self, place: Place) -> bool | None:
        """Return whether a place can have trains: yes, no, or not known here."""
        rule = self._rule
        if place.country in rule.without_railway:
            return False
        if self.on_island(place) and not self.joined(place):
            return False
        if place.country in self._countries or place.country in rule.enclaves:
            return True if self.joined(place) else None
        return None if place.continent in rule.network_continents else False

    def with_access(
        self, way: RailWay, origin: Place | None, destination: Place | None
    ) -> tuple[Leg, ...]:
        """Return the legs of a way with the roads to its first and from its last station.

        An end that is None is the station itself.
        """
        legs = list(way.legs)
        stations = self._network.timetable.stations
        if origin and way.start.minutes:
            station = stations[way.start.station]
            path = ((origin.lat, origin.lon), (station.lat, station.lon))
            legs.insert(0, _road_leg(origin.names, station.names, way.start, path))
        if destination and way.end.minutes:
            station = stations[way.end.station]
            path = ((station.lat, station.lon), (destination.lat, destination.lon))
            legs.append(_road_leg(station.names, destination.names, way.end, path))
        return tuple(legs)

    def on_island(self, place: Place) -> bool:
        """Return whether a place lies on an island that no road and no line on land reaches."""
        return self._island(place, place.country) is not None

    def near_main_line(self, place: Place, km: float) -> bool:
        """Return whether a station with fast trains, or a coach, lies within `km` of a place."""
        return any(
            station.name in self._on_main_lines for _, station in self._stations.within(place, km)
        )

    def _island(self, position: Located, country: str) -> str | None:
        boxes = (box.name for box in self._rule.islands if box.holds(position, country))
        return next(boxes, None)

    def _join(self, place: Place) -> tuple[Access, ...]:
        """Return the stations of the town, else the nearest ones by bus; none across the sea."""
        island = self._island(place, place.country)
        near = [
            (km, station)
            for km, station in self._stations.within(place, self._access.limit_km)
            if self._island(station, station.country) == island
        ]
        if near and near[0][0] <= self._access.in_town_km:
            return self._of_city[near[0][1].city]
        return tuple(self._by_road(km, station) for km, station in near[: self._access.stations])

    def _by_road(self, great_circle: float, station: Station) -> Access:
        return Access(station.name, *self._road(great_circle))

    def _road(self, great_circle: float) -> tuple[int, int]:
        """Return the minutes and the kilometres of a bus over a great-circle distance."""
        rule = self._access
        road_km = great_circle * rule.road_factor
        return round(rule.fixed_min + road_km / rule.speed_km_h * 60), round(road_km)


def _road_leg(origin: Words, destination: Words, access: Access, path: Path) -> Leg:
    return Leg("bus", origin, destination, access.minutes, access.km, path=path)
