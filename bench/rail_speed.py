"""Measure the rail search: all stations from one origin, and one planned trip.

Usage: python bench/rail_speed.py [--json]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from travelplan.files import DATA, read_document, read_rail
from travelplan.journeys.rail import Network
from travelplan.journeys.rides import Access

ROUNDS = 5
HEAD = DATA / "rail" / "head.yaml"


def main() -> None:
    """Print the times in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure()
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:40} {value}")


def measure() -> dict[str, float | int]:
    """Search from every station afresh, then ask for the ways from Ghent to all of them."""
    started = perf_counter()
    network = Network.from_texts(read_document(HEAD), read_rail(HEAD.parent))
    build_ms = 1000 * (perf_counter() - started)
    names = list(network.timetable.stations)
    ghent = (Access("Ghent"),)
    network.way(ghent, (Access("Vienna"),))
    return {
        "stations": len(names),
        "lines": len(network.timetable.lines),
        "build_ms": round(build_ms, 1),
        "search_from_ghent_ms": timed(lambda: network.search(ghent), ROUNDS * 10),
        "search_from_any_ms": median(
            timed(partial(network.search, (Access(name),)), 1) for name in names
        ),
        "one_pair_afresh_ms": timed(lambda: _afresh(network, ["Vienna"]), ROUNDS * 10),
        "one_pair_remembered_ms": timed(
            lambda: network.way(ghent, (Access("Vienna"),)), ROUNDS * 10
        ),
        "all_ways_from_ghent_afresh_ms": timed(lambda: _afresh(network, names), ROUNDS),
    }


def _afresh(network: Network, names: list[str]) -> None:
    """Ask for the ways from Ghent with nothing remembered."""
    network.forget()
    for name in names:
        network.way((Access("Ghent"),), (Access(name),))


def timed(call: Callable[[], object], rounds: int) -> float:
    """Return the median time of a call in milliseconds."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        call()
        times.append(1000 * (perf_counter() - started))
    return round(median(times), 2)


if __name__ == "__main__":
    main()
