"""Measure the rail network against timetables.

Usage: python bench/rail_accuracy.py PAIRS.CSV [--json]

The file has the columns origin, destination, minutes and perhaps year, with names in English of
stations or cities. A pair counts if its timetable says 16 hours or less; one that the network
cannot answer counts as a miss. The naive model is 1.25 x great circle at 120 km/h.
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

from travelplan.files import DATA, read_document, read_rail
from travelplan.geo import great_circle_km
from travelplan.journeys.rail import Network
from travelplan.journeys.rides import Access
from travelplan.journeys.timetable import Station

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
class Resolver:
    """Finds the stations that an English name means: a station by its name, else a city."""

    network: Network

    def stations(self, name: str) -> list[Station]:
        """Return the stations of a name, none if it is unknown."""
        known = self.network.timetable.stations
        if name in known:
            return [known[name]]
        return [s for s in known.values() if name in (s.city, s.names.en)]


def main() -> None:
    """Print the figures of one file of pairs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = csv.DictReader(options.pairs.read_text(encoding="utf-8").splitlines())
    pairs = list(measure(rows, shipped_network()))
    if options.json:
        print(json.dumps(report(pairs), indent=1))
    else:
        show(pairs)


def shipped_network() -> Network:
    """Return the network of the package."""
    return Network.from_texts(read_document(DATA / "rail" / "head.yaml"), read_rail(DATA / "rail"))


def measure(rows: Iterable[dict[str, str]], network: Network) -> Iterator[Pair]:
    """Set each row beside what the network says; rows above 16 hours are left out."""
    resolver = Resolver(network)
    for row in rows:
        true_min = int(row["minutes"])
        if true_min > LIMIT_MIN:
            continue
        ends = resolver.stations(row["origin"]), resolver.stations(row["destination"])
        yield Pair(
            row["origin"],
            row["destination"],
            frozenset(s.country for end in ends for s in end[:1]),
            true_min,
            model_min(network, *ends),
            naive_min(*ends),
        )


def model_min(
    network: Network, origins: list[Station], destinations: list[Station]
) -> float | None:
    """Return the minutes of the network from station to station."""
    way = network.way(
        tuple(Access(s.name) for s in origins), tuple(Access(s.name) for s in destinations)
    )
    return way.minutes if way else None


def naive_min(origins: list[Station], destinations: list[Station]) -> float | None:
    """Return 1.25 x great circle at 120 km/h."""
    if not origins or not destinations:
        return None
    return 1.25 * great_circle_km(origins[0], destinations[0]) / 120 * 60


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
    """Return a fraction in per cent, to one decimal."""
    return round(100 * value, 1)


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
