"""Measure the rail network against timetables.

Usage: python bench/rail_accuracy.py PAIRS.CSV [--json]

The file has the columns origin, destination, minutes and perhaps year. A name is in English: a
station or city of the network, an airport by its code or name, or any place of the gazetteer. A
pair counts if its timetable says 16 hours or less; one without an answer is a miss, outside every
share, and beyond all others in the median; the bias is the mean signed error of those answered.
A pair counts for the countries of both its ends. The naive model is 1.25 x great circle at
120 km/h.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple, TypeVar

from travelplan.files import load_places, load_transport
from travelplan.geo import great_circle_km
from travelplan.journeys.airports import TIERS, Airport
from travelplan.journeys.plan import Transport
from travelplan.journeys.rail import Network
from travelplan.journeys.rides import Access
from travelplan.journeys.timetable import Station
from travelplan.language import Words
from travelplan.places.model import Place
from travelplan.places.normalise import normalise

LIMIT_MIN = 960
T = TypeVar("T")
LENGTHS = ((0, 120), (120, 240), (240, 360), (360, 480), (480, 720), (720, 960))


class Pair(NamedTuple):
    """A trip with its minutes by timetable and by model; None where the model has no answer."""

    origin: str
    destination: str
    countries: frozenset[str]
    true_min: int
    model_min: float | None
    naive_min: float | None

    @property
    def error(self) -> float:
        """Signed relative error; a miss has an infinite one."""
        if self.model_min is None:
            return float("inf")
        return self.model_min / self.true_min - 1


@dataclass(frozen=True)
class End:
    """What a name means: where it lies, and the stations by which it is joined to the network."""

    country: str
    lat: float
    lon: float
    joined: tuple[Access, ...]


class Resolver:
    """Finds what a name means: a station or city, an airport, or a place of the gazetteer."""

    def __init__(self, transport: Transport) -> None:
        self._coverage = transport.coverage
        self._stations = transport.network.timetable.stations
        self._airports = transport.airports.by_code
        self._airport_stations = transport.airports.head.stations
        self._ends: dict[str, End | None] = {}

    def end(self, name: str) -> End | None:
        """Return what a name means, None if nothing is called so."""
        if name not in self._ends:
            self._ends[name] = self._of_network(name) or self._airport(name) or self._place(name)
        return self._ends[name]

    def _of_network(self, name: str) -> End | None:
        called = normalise(name)
        for names_of in (_station_name, _other_names, _without_airport):
            found = [s for s in self._stations.values() if called in map(normalise, names_of(s))]
            if found:
                first = found[0]
                joined = tuple(Access(station.name) for station in found)
                return End(first.country, first.lat, first.lon, joined)
        return None

    def _airport(self, name: str) -> End | None:
        by_code = self._airports.get(name)
        found = [by_code] if by_code else self._airports_called(frozenset(normalise(name).split()))
        if not found:
            return None
        airport = min(found, key=lambda airport: TIERS.index(airport.tier))
        station = self._stations.get(self._airport_stations.get(airport.iata, ""))
        if station:
            return End(station.country, station.lat, station.lon, (Access(station.name),))
        words = Words(name, name, name)
        ends = (airport.country, airport.continent, "", airport.lat, airport.lon)
        return self._joined(Place(airport.iata, name, words, *ends))

    def _airports_called(self, wanted: frozenset[str]) -> list[Airport]:
        """Return the airports that a name means: "airport" is said in it, or all of their own."""
        said = "airport" in wanted
        return [
            airport
            for airport in self._airports.values()
            if wanted <= _words(airport) and (said or _own_words(airport) <= wanted)
        ]

    def _place(self, name: str) -> End | None:
        result = load_places().find(name)
        places = [result.place] if result.place else list(result.candidates)
        return self._joined(places[0]) if places and places[0] else None

    def _joined(self, place: Place) -> End:
        return End(place.country, place.lat, place.lon, self._coverage.joined(place))


def _station_name(station: Station) -> tuple[str, ...]:
    return (station.name,)


def _other_names(station: Station) -> tuple[str, ...]:
    return (station.city, station.names.en)


def _without_airport(station: Station) -> tuple[str, ...]:
    short = station.name.removesuffix(" Airport")
    return (short, f"{short} Airport")


def _words(airport: Airport) -> frozenset[str]:
    return frozenset(normalise(f"{airport.name} {airport.city} Airport").split())


def _own_words(airport: Airport) -> frozenset[str]:
    """Return the words of its name beside those of its city; all words if there are none."""
    shared = {*normalise(airport.city).split(), "airport", "international"}
    return frozenset(normalise(airport.name).split()) - shared or _words(airport)


def main() -> None:
    """Print the figures of one file of pairs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = csv.DictReader(options.pairs.read_text(encoding="utf-8").splitlines())
    pairs = list(measure(rows, load_transport()))
    if options.json:
        print(json.dumps(report(pairs), indent=1))
    else:
        show(pairs)


def measure(rows: Iterable[dict[str, str]], transport: Transport) -> Iterator[Pair]:
    """Set each row beside what the network says; rows above 16 hours are left out."""
    resolver = Resolver(transport)
    for row in rows:
        true_min = int(row["minutes"])
        if true_min > LIMIT_MIN:
            continue
        start, end = resolver.end(row["origin"]), resolver.end(row["destination"])
        yield Pair(
            row["origin"],
            row["destination"],
            frozenset(end.country for end in (start, end) if end),
            true_min,
            model_min(transport.network, start, end),
            naive_min(start, end),
        )


def model_min(network: Network, start: End | None, end: End | None) -> float | None:
    """Return the minutes of the network."""
    way = network.way(start.joined, end.joined) if start and end else None
    return way.minutes if way else None


def naive_min(start: End | None, end: End | None) -> float | None:
    """Return 1.25 x great circle at 120 km/h."""
    return 1.25 * great_circle_km(start, end) / 120 * 60 if start and end else None


def figures(pairs: list[Pair]) -> dict[str, float | int]:
    """Return the figures of some pairs; shares in per cent."""
    errors = [pair.error for pair in pairs]
    answered = [error for error in errors if error != float("inf")]
    return {
        "pairs": len(pairs),
        "answered": len(answered),
        "median_abs_%": percent(median(map(abs, errors))),
        "within_10_%": share(errors, lambda error: abs(error) <= 0.10),
        "within_15_%": share(errors, lambda error: abs(error) <= 0.15),
        "within_25_%": share(errors, lambda error: abs(error) <= 0.25),
        "bias_%": percent(mean(answered)) if answered else 0.0,
    }


def agreement(pairs: list[Pair], limit_min: int, margin_min: int = 0) -> float:
    """Return the share on the right side of a limit, pairs nearer than the margin left out."""
    clear = [
        pair for pair in pairs if abs(pair.true_min - limit_min) > margin_min or not margin_min
    ]
    return share(
        clear,
        lambda pair: (
            pair.model_min is not None
            and (pair.model_min <= limit_min) == (pair.true_min <= limit_min)
        ),
    )


def share(values: list[T], test: Callable[[T], bool]) -> float:
    """Return how many pass a test, in per cent."""
    return percent(mean(map(test, values))) if values else 0.0


def percent(value: float) -> float:
    """Return a fraction in per cent, to one decimal; a miss among few is no more than a million."""
    return round(100 * min(value, 1e4), 1)


def report(pairs: list[Pair]) -> dict[str, object]:
    """Return everything that is measured."""
    countries = sorted({country for pair in pairs for country in pair.countries})
    worst = sorted(pairs, key=lambda pair: -abs(pair.error))[:20]
    return {
        "all": figures(pairs),
        "agreement": {
            f"{hours} h": {
                "all_%": agreement(pairs, 60 * hours),
                "outside_30_min_%": agreement(pairs, 60 * hours, 30),
            }
            for hours in (6, 8)
        },
        "naive": figures([pair._replace(model_min=pair.naive_min) for pair in pairs]),
        "by_length": {
            f"{low}-{high} min": figures(some)
            for low, high in LENGTHS
            if (some := [pair for pair in pairs if low < pair.true_min <= high])
        },
        "by_country": {
            country: figures([pair for pair in pairs if country in pair.countries])
            for country in countries
        },
        "worst": [
            f"{p.origin} - {p.destination}: {p.true_min} min, network {p.model_min}" for p in worst
        ],
    }


def show(pairs: list[Pair]) -> None:
    """Print the report for people."""
    for heading, content in report(pairs).items():
        print(f"== {heading}")
        if isinstance(content, list):
            print("\n".join(content))
        elif isinstance(content, dict):
            for name, value in content.items():
                inner = value if isinstance(value, dict) else {"": value}
                print(f"{name:18}", "  ".join(f"{key} {item}" for key, item in inner.items()))


if __name__ == "__main__":
    main()
