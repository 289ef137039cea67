"""Ferries and shuttles that carry cars: which lands they join, and the way over them by road."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from travelplan.geo import Located, unit_vector
from travelplan.journeys.nearby import arc_km
from travelplan.journeys.rules import Box, CountryCode, Whole
from travelplan.sourced import Basis, FileModel, Source, TupleOf
from travelplan.strict import Document

MAINLAND = "mainland"
Positive = Annotated[int, Field(gt=0)]


class Port(FileModel):
    """Where a crossing begins or ends, in decimal degrees, and the land on which it lies."""

    name: str
    lat: float
    lon: float
    land: str


class SeaCrossing(FileModel):
    """A ferry or shuttle, in both directions. Minutes and kilometres are those of the crossing."""

    id: str
    operator: str
    mode: Literal["ferry", "train"]
    start: Port = Field(alias="from")
    end: Port = Field(alias="to")
    minutes: Positive
    check_in_min: Whole
    km: Positive
    coach: bool


class CrossingsHead(FileModel):
    """All of crossings.yaml."""

    edition: str
    as_of: str
    basis: Basis
    source: Source
    lands: Mapping[CountryCode, str]
    crossings: TupleOf[SeaCrossing]


class Sailing(NamedTuple):
    """A crossing in one direction."""

    crossing: SeaCrossing
    start: Port
    end: Port


@dataclass(frozen=True, slots=True)
class Overland:
    """A way by road: the crossings in their order, and the road before, between and after them."""

    road_km: tuple[float, ...]
    sailings: tuple[Sailing, ...]


class Lands:
    """Tells on which land a place lies, and finds the crossings between lands."""

    def __init__(
        self,
        head: CrossingsHead,
        *,
        islands: tuple[Box, ...],
        joined: tuple[Box, ...],
        countries: frozenset[str],
    ) -> None:
        self.head = head
        self._islands = islands
        self._joined = joined
        self._countries = countries
        self._from: dict[str, list[Sailing]] = {}
        for crossing in head.crossings:
            for start, end in ((crossing.start, crossing.end), (crossing.end, crossing.start)):
                self._from.setdefault(start.land, []).append(Sailing(crossing, start, end))

    @classmethod
    def from_document(
        cls,
        document: Document,
        *,
        islands: tuple[Box, ...],
        joined: tuple[Box, ...],
        countries: frozenset[str],
    ) -> Lands:
        """Read crossings.yaml.

        Args:
            document: the file.
            islands: islands that no road reaches; each is a land of its own.
            joined: parts of a country that belong to the land that `name` says.
            countries: the countries with roads to each other.

        Raises:
            DataError: the file has faults; each is named with its line.
        """
        head = document.parse(CrossingsHead)
        return cls(head, islands=islands, joined=joined, countries=countries)

    def land_of(self, place: Located, country: str) -> str | None:
        """Return the land on which a place lies; None if no road of ours begins there."""
        for box in (*self._islands, *self._joined):
            if box.holds(place, country):
                return box.name
        if country in self.head.lands:
            return self.head.lands[country]
        return MAINLAND if country in self._countries else None

    def way(
        self,
        origin: Located,
        destination: Located,
        ends: tuple[str, str],
        *,
        speed_km_h: float,
        road_factor: float,
        by_coach: bool,
    ) -> Overland | None:
        """Return the quickest way by road and crossings; None where no crossing leads there.

        Args:
            origin: where it begins.
            destination: where it ends.
            ends: the lands of the two.
            speed_km_h: the speed on the road.
            road_factor: road kilometres for each kilometre as the crow flies.
            by_coach: whether only crossings that take coaches count.
        """
        if ends[0] == ends[1]:
            return Overland((_km(origin, destination) * road_factor,), ())
        order = count()
        start = Overland((), ())
        queue: list[tuple[float, int, str, Located, Overland]] = [
            (0.0, next(order), ends[0], origin, start)
        ]
        reached: set[tuple[str, float, float]] = set()
        while queue:
            minutes, _, land, here, way = heappop(queue)
            if here is destination:
                return way
            if (land, here.lat, here.lon) in reached:
                continue
            reached.add((land, here.lat, here.lon))
            if land == ends[1]:
                km = _km(here, destination) * road_factor
                done = Overland((*way.road_km, km), way.sailings)
                arrived = minutes + km / speed_km_h * 60
                heappush(queue, (arrived, next(order), land, destination, done))
                continue
            for sailing in self._from.get(land, ()):
                if by_coach and not sailing.crossing.coach:
                    continue
                km = _km(here, sailing.start) * road_factor
                over = sailing.crossing.minutes + sailing.crossing.check_in_min
                onward = Overland((*way.road_km, km), (*way.sailings, sailing))
                later = minutes + km / speed_km_h * 60 + over
                heappush(queue, (later, next(order), sailing.end.land, sailing.end, onward))
        return None


def _km(a: Located, b: Located) -> float:
    return arc_km(unit_vector(a), unit_vector(b))
