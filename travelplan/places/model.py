"""A place, and what a search for one can answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from travelplan.language import Country, Message, Words, message
from travelplan.places.stops import Stop


@dataclass(frozen=True, slots=True)
class Place:
    """A town or city of the gazetteer.

    `id` is stable ("gn:2797656", a GeoNames id); `name` is the name of the gazetteer, `names` the
    one to show in each language; `country` is ISO 3166 alpha-2, `continent` one of AF AN AS EU NA
    OC SA, `region` the first-level region in its local form, "" if unknown.
    Position in decimal degrees; `population` 0 if unknown.
    """

    id: str
    name: str
    names: Words
    country: str
    continent: str
    region: str
    lat: float
    lon: float
    population: int = 0

    @property
    def label(self) -> Message:
        """The name with region and country, enough to tell two places of one name apart."""
        if not self.region:
            return message("{place}, {country}", place=self.names, country=Country(self.country))
        return message(
            "{place} ({region}, {country})",
            place=self.names,
            region=self.region,
            country=Country(self.country),
        )


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found.

    found: `place` is certain enough to act on. ambiguous: `candidates` must be shown to the
    person, best first. not_found: `candidates` are the nearest suggestions, possibly none.
    `stop` is the station, airport or code that was typed, if `place` is the town it serves.
    `trouble` says why an online geocoder, if one is in use, could not be asked.
    """

    query: str
    status: Literal["found", "ambiguous", "not_found"]
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    stop: Stop | None = None
    trouble: str = ""


class Online(Protocol):
    """A geocoder, such as `travelplan.places.online.Geocoder`."""

    def search(self, typed: str) -> tuple[Place, ...]:
        """Return places of a name."""

    def get(self, id: str) -> Place | None:  # noqa: A002
        """Return a place that was found before."""
