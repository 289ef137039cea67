"""Measure the gazetteer: opening, exact, codes, far places, first letters, typing errors.

python bench/places.py
"""

from __future__ import annotations

import gzip
import resource
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from travelplan.places import Places, Tables
from travelplan.places.head import Head
from travelplan.strict import read_yaml

FOLDER = Path(__file__).parents[1] / "travelplan" / "data" / "places"
OPENINGS = 5
ROUNDS = 20
EXACT = ("Parijs", "Londen", "Rijsel", "Melle", "Valencia", "San Antonio", "Kanazawa", "Ispra")
QUALIFIED = ("Melle, Duitsland", "London UK", "Halle, Saksen-Anhalt", "Boston (US)")
BEGINNINGS = ("bar", "par", "lon", "san", "ken", "vil", "sai", "xyl")
STOPS = ("BRU", "Brussel-Zuid", "Schiphol", "Nantes Airport", "9000 Gent")
FAR = ("Kanazawa", "Weihai", "Mohammedia", "San")
COUNTRIES = ("Duitsland", "Toscane", "Malta")
TYPOS = ("Barcelonna", "Kanasawa", "Gotenborg", "Casablanka", "Roterdamm", "Xyzzy", "Lubjlana")


def opened() -> Places:
    """Read and unpack the files, and build the gazetteer."""
    return Places.from_texts(
        read_yaml((FOLDER / "head.yaml").read_text("utf-8"), "head.yaml"),
        gzip.decompress((FOLDER / "places.tsv.gz").read_bytes()).decode("utf-8"),
        Tables(*((FOLDER / f"{name}.csv").read_text("utf-8") for name in Tables._fields)),
    )


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000


def report(what: str, action: Callable[[str], object], words: Sequence[str]) -> None:
    """Print the median and the slowest over all words and rounds."""
    times = [milliseconds(lambda w=word: action(w)) for _ in range(ROUNDS) for word in words]  # type: ignore[misc]
    print(f"{what:26} {median(times):9.3f} ms median {max(times):9.3f} ms slowest")


def resident_mb() -> float:
    """Return the most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print one line a measurement."""
    print(f"{'memory before':24} {resident_mb():9.1f} MB (model {Head.__name__} loaded)")
    opening = [milliseconds(opened) for _ in range(OPENINGS)]
    print(f"{'opening':24} {median(opening):9.1f} ms median, first {opening[0]:.1f} ms")
    places = opened()
    print(f"{'memory, opened':24} {resident_mb():9.1f} MB at most")
    print(f"{'first exact':24} {milliseconds(lambda: places.find('Parijs')):9.3f} ms")
    print(
        f"{'first with a country':24} {milliseconds(lambda: places.find('Melle, Italië')):9.3f} ms"
    )
    print(f"{'first typing error':24} {milliseconds(lambda: places.find('Brusssel')):9.3f} ms")
    print(f"{'memory, all in use':24} {resident_mb():9.1f} MB at most")
    report("exact", places.find, EXACT)
    report("with country or region", places.find, QUALIFIED)
    report("code, station, airport", places.find, STOPS)
    report("on another continent", places.find, FAR)
    report("a country or region alone", places.find, COUNTRIES)
    report("first three letters", places.starting_with, BEGINNINGS)
    report("typing error", places.find, TYPOS)


if __name__ == "__main__":
    main()
