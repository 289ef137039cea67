"""Which cities the train reaches from a place, by class of travel time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from travelplan.geo import great_circle_km
from travelplan.journeys.plan import Transport
from travelplan.journeys.timetable import Station
from travelplan.language import Words
from travelplan.places import Place, Places
from travelplan.scheme.rulebook import Scheme
from travelplan.scheme.written import minutes_of
from travelplan.sourced import Basis, FileModel, Text
from travelplan.strict import Document

SAME_CITY_KM = 15
"""How far a station may lie from the city that it is named after."""


def _duration(written: object) -> int:
    minutes = minutes_of(written)
    if minutes is None:
        raise ValueError(f"{written!r} is not a duration; write 8 h, 7 h 36 or 45 min")
    return minutes


Duration = Annotated[int, BeforeValidator(_duration)]


class TimeClass(FileModel):
    """One class: cities up to and with `at_most` minutes that no earlier class has.

    `parameter` names the parameter of a scheme that takes the place of `at_most`.
    """

    id: str
    at_most: Duration
    text: Text
    colour: str = Field(pattern="^#[0-9a-f]{6}$")
    parameter: str = ""


class Classes(FileModel):
    """The classes, from near to far."""

    classes: list[TimeClass] = Field(min_length=1)
    basis: Basis
    because: str

    def for_scheme(self, scheme: Scheme, day: date) -> list[TimeClass]:
        """Return the classes with the scheme's own limits, by their minutes."""
        known: Mapping[str, Any] = {}
        if scheme.is_in_force(day):
            known = scheme.on(day).parameters
        classes = [
            one.model_copy(update={"at_most": known[one.parameter].value})
            if one.parameter in known and isinstance(known[one.parameter].value, int)
            else one
            for one in self.classes
        ]
        return sorted(classes, key=lambda one: one.at_most)


@dataclass(frozen=True, slots=True)
class City:
    """A city of the network: minutes from the first departure to the last arrival, and changes.

    Position in decimal degrees; `population` 0 if unknown.
    """

    names: Words
    country: str
    lat: float
    lon: float
    population: int
    minutes: int
    changes: int
    time_class: str


def read_classes(document: Document) -> Classes:
    """Return the classes of a file; raises DataError if it has a fault."""
    return document.parse(Classes)


def reached(
    origin: Place, transport: Transport, places: Places, classes: list[TimeClass]
) -> list[City]:
    """Return the cities that the train reaches from a place within the last class, nearest first.

    The minutes are those of the network, the same as in an answer about a trip.
    """
    cities: dict[str, City] = {}
    for place in _cities(transport, places):
        city = _city(origin, place, transport, classes)
        if city and place.id != origin.id:
            cities[place.id] = city
    return sorted(cities.values(), key=lambda city: (city.minutes, city.names.en))


def _cities(transport: Transport, places: Places) -> Iterator[Place]:
    """Yield the cities with a station: as in the gazetteer if it is sure, else as stations."""
    seen: set[tuple[str, str]] = set()
    for station in transport.network.timetable.stations.values():
        if (station.city, station.country) in seen:
            continue
        seen.add((station.city, station.country))
        found = places.named(f"{station.city}, {station.country}")
        if found and great_circle_km(found, station) <= SAME_CITY_KM:
            yield found
        else:
            yield _as_place(station, places)


def _as_place(station: Station, places: Places) -> Place:
    return Place(
        f"station:{station.name}",
        station.city,
        station.names,
        station.country,
        places.continents[station.country],
        "",
        station.lat,
        station.lon,
    )


def _city(
    origin: Place, place: Place, transport: Transport, classes: list[TimeClass]
) -> City | None:
    way = transport.coverage.answer(origin, place).way
    fits = [one.id for one in classes if way and way.minutes <= one.at_most]
    if way is None or not fits or way.minutes == 0:
        return None
    return City(
        names=place.names,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        population=place.population,
        minutes=way.minutes,
        changes=way.changes,
        time_class=fits[0],
    )
