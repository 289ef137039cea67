"""Time one recommendation, one decision, and the import; prints medians and ratios.

    python bench/recommendation.py

Times depend on the machine: compare runs side by side on one machine only.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from time import perf_counter

from travelplan import load_reference, parse_trip, recommend
from travelplan.report.record import recommendation_record
from travelplan.scheme.decide import decide, outcome_of

CITIES = ("Parijs", "Londen", "Barcelona", "Wenen", "Berlijn", "Praag", "Kanazawa", "Nantes")
ROUNDS = 200
DECISIONS = 20_000
IMPORTS = 9


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of a call, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return statistics.median(times)


def per_second(work: Callable[[], object], rounds: int) -> float:
    """Return how often a call runs in a second."""
    start = perf_counter()
    for _ in range(rounds):
        work()
    return rounds / (perf_counter() - start)


def import_ms(statement: str) -> float:
    """Return the median time of a fresh interpreter that runs a statement, in milliseconds."""
    command = [sys.executable, "-c", statement]
    return median_ms(lambda: subprocess.run(command, check=True), IMPORTS)


def main() -> None:
    """Print the figures."""
    reference = load_reference()
    trips = [
        parse_trip({"destination": city, "depart": "2027-03-01", "nights": "2"}, reference.places)
        for city in CITIES
    ]
    answers = [recommend(trip, reference) for trip in trips]
    for trip in trips:
        once_ms = median_ms(partial(recommend, trip, reference), ROUNDS)
        print(f"recommend {trip.destination.name:<12} {once_ms:6.2f} ms warm")
    all_ms = median_ms(lambda: [recommend(trip, reference) for trip in trips], ROUNDS // 4)
    print(f"recommend, mean of {len(trips)}   {all_ms / len(trips):6.2f} ms warm")
    record_ms = median_ms(partial(recommendation_record, answers[0]), ROUNDS)
    print(f"as JSON record         {record_ms:6.2f} ms")
    version, facts = answers[0].decision.version, answers[0].facts
    bare = per_second(lambda: outcome_of(version.rules, facts.values), DECISIONS)
    full = per_second(lambda: decide(version, facts), DECISIONS)
    print(f"decisions without grounds {bare:10,.0f} a second")
    print(f"decisions with grounds    {full:10,.0f} a second (ratio {bare / full:.0f})")
    empty, ours = import_ms("pass"), import_ms("import travelplan")
    print(f"import travelplan         {ours - empty:6.1f} ms above bare Python ({empty:.0f} ms)")


if __name__ == "__main__":
    main()
