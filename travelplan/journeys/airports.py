"""Airports with scheduled traffic, and which flights are taken to exist between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from travelplan.errors import DataError, Fault
from travelplan.geo import Located, unit_vector
from travelplan.journeys.nearby import Nearby, arc_km
from travelplan.journeys.rules import CountryCode, FlightRule
from travelplan.journeys.tables import read_table
from travelplan.language import Words
from travelplan.sourced import Basis, FileModel, SetOf, Source, TupleOf
from travelplan.strict import Document

TIERS = ("hub", "major", "regional", "minor")
_COLUMNS = ("iata", "name", "city", "country", "continent", "lat", "lon", "tier")


class Apart(FileModel):
    """Two groups of countries with no flights between them."""

    countries: SetOf[CountryCode]
    others: SetOf[CountryCode]


class Link(FileModel):
    """A train between an airport and a city far from it, outside the rail network.

    `minutes` and `km` from the airport to the middle of the city, changes counted in; it serves
    places within `within_km`. `kind` is the class of train for the reckoning of emissions.
    """

    airport: str
    city: str
    country: CountryCode
    lat: float
    lon: float
    within_km: float
    operator: str
    minutes: int
    km: float
    kind: str
    note: str


class AirportsHead(FileModel):
    """What stands beside the table of airports.

    `direct` are flights that exist beyond those of the rules, `not_direct` those that the rules
    would suppose and that do not exist.
    """

    edition: str
    as_of: str | int
    basis: Basis
    note: str
    source: Source
    stations: Mapping[str, str]
    direct: Mapping[str, SetOf[str]]
    not_direct: Mapping[str, SetOf[str]]
    links: TupleOf[Link]
    apart: TupleOf[Apart]


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport; position in decimal degrees, `tier` one of TIERS."""

    iata: str
    name: str
    city: str
    country: str
    continent: str
    lat: float
    lon: float
    tier: str
    point: tuple[float, float, float]

    @property
    def words(self) -> Words:
        """What to call it: its code says most."""
        label = f"{self.city} ({self.iata})" if self.city else f"{self.name} ({self.iata})"
        return Words(label, label, label)


class Airports:
    """The airports, and whether there is a direct flight between two of them."""

    def __init__(self, head: AirportsHead, airports: tuple[Airport, ...], rule: FlightRule) -> None:
        self.head = head
        self.by_code = {airport.iata: airport for airport in airports}
        self.hubs = tuple(airport for airport in airports if airport.tier == "hub")
        self._in_use = Nearby(airport for airport in airports if airport.tier != "minor")
        self._countries_with_hub = frozenset(hub.country for hub in self.hubs)
        self._rule = rule
        self._links: dict[str, tuple[Link, ...]] = {}
        for link in head.links:
            self._links[link.airport] = (*self._links.get(link.airport, ()), link)
        self.linked = tuple(self.by_code[link.airport] for link in head.links)

    @classmethod
    def from_texts(cls, head: Document, *, airports: str, rule: FlightRule) -> Airports:
        """Read airports.yaml and airports.csv.

        Raises:
            DataError: a text has faults; each is named with its line.
        """
        parsed = head.parse(AirportsHead)
        known = read_table(airports, "airports.csv", _COLUMNS, _airport)
        codes = {airport.iata for airport in known}
        named = {
            *parsed.stations,
            *parsed.direct,
            *parsed.not_direct,
            *(c for to in parsed.direct.values() for c in to),
            *(c for to in parsed.not_direct.values() for c in to),
            *(link.airport for link in parsed.links),
        }
        if missing := sorted(named - codes):
            fault = Fault(1, "", f"not in airports.csv: {', '.join(missing)}.", "Add or drop them.")
            raise DataError(head.file, [fault])
        return cls(parsed, known, rule)

    def near(self, place: Located) -> list[tuple[float, Airport]]:
        """Return the airports in use within reach of a place, with their distance."""
        return self._in_use.within(place, self._rule.reach_km)

    def is_direct(self, a: Airport, b: Airport) -> bool:
        """Return whether a direct flight is taken to exist; the same in both directions."""
        if _is_listed(self.head.not_direct, a, b):
            return False
        if _is_listed(self.head.direct, a, b):
            return True
        tiers = {a.tier, b.tier}
        if a is b or "minor" in tiers or self._are_apart(a, b):
            return False
        km = arc_km(a.point, b.point)
        if not self._rule.least_flight_km <= km <= self._rule.range_km:
            return False
        if tiers == {"hub"}:
            return True
        if km > self._rule.short_haul_km:
            return False
        if "hub" in tiers:
            return self._feeds(a, b)
        if "regional" in tiers and a.country != b.country:
            return False
        return "major" in tiers and self._is_near(a) and self._is_near(b)

    def _feeds(self, a: Airport, b: Airport) -> bool:
        """Return whether one of the two is a hub that has flights to the other.

        Beyond short haul a regional airport is fed from the hubs of its own country if it has any.
        """
        small = a if b.tier == "hub" else b
        if small.tier != "regional" or self._is_near(small):
            return True
        return a.country == b.country or small.country not in self._countries_with_hub

    def link(self, place: Located, airport: Airport) -> Link | None:
        """Return the train between a place and an airport outside the rail network, if any."""
        for link in self._links.get(airport.iata, ()):
            apart_km = arc_km(unit_vector(place), unit_vector(link))
            if apart_km <= link.within_km:
                return link
        return None

    def _are_apart(self, a: Airport, b: Airport) -> bool:
        return any(
            (a.country in rule.countries and b.country in rule.others)
            or (b.country in rule.countries and a.country in rule.others)
            for rule in self.head.apart
        )

    def _is_near(self, airport: Airport) -> bool:
        rule = self._rule
        return (
            airport.continent in rule.short_haul_continents
            or airport.country in rule.short_haul_countries
        )


def _is_listed(flights: Mapping[str, frozenset[str]], a: Airport, b: Airport) -> bool:
    return b.iata in flights.get(a.iata, ()) or a.iata in flights.get(b.iata, ())


def _airport(row: Mapping[str, str]) -> Airport:
    if row["tier"] not in TIERS:
        raise ValueError(f"{row['tier']} is not a tier")
    position = _Position(float(row["lat"]), float(row["lon"]))
    return Airport(
        iata=row["iata"],
        name=row["name"],
        city=row["city"],
        country=row["country"],
        continent=row["continent"],
        lat=position.lat,
        lon=position.lon,
        tier=row["tier"],
        point=unit_vector(position),
    )


@dataclass(frozen=True, slots=True)
class _Position:
    lat: float
    lon: float
