"""Time flights in bulk, trains by country, comparisons; print figures a second and ratios.

    python bench/emissions.py

Wanted: 100,000 flight estimates and 10,000 rail estimates by country a second. Times depend on
the machine: compare runs side by side on one machine only.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from travelplan import compare, load_factors
from travelplan.emissions.estimate import estimate_legs
from travelplan.emissions.flight import flights_wtw_kg
from travelplan.journeys.model import Leg
from travelplan.language import Words

FLIGHTS, TRAINS, COMPARISONS = 200_000, 20_000, 200
WANTED_FLIGHTS, WANTED_TRAINS = 100_000, 10_000
ROUNDS = 5


def per_second(work: Callable[[], object], count: int) -> float:
    """Return how many are done in a second, of the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return count / best


def main() -> None:
    """Print the figures."""
    factors = load_factors()
    nowhere = Words("", "", "")
    km = [20 + i % 15_980 for i in range(FLIGHTS)]
    split = {"BE": 147.0, "DE": 350.0, "FR": 90.0}
    train = Leg("train", nowhere, nowhere, 0, 587.0, kind="ice", km_by_country=split)
    plane = Leg("plane", nowhere, nowhere, 0, 640.0)

    def fly() -> None:
        for _ in flights_wtw_kg(km, "economy", factors.flight):
            pass

    def ride() -> None:
        for _ in range(TRAINS):
            estimate_legs([train], factors, cabin="economy", occupants=1)

    one, other = (
        estimate_legs([leg], factors, cabin="economy", occupants=1) for leg in (train, plane)
    )

    def weigh() -> None:
        for _ in range(COMPARISONS):
            compare(one, other)

    flights, trains = per_second(fly, FLIGHTS), per_second(ride, TRAINS)
    print(f"flights in bulk          {flights:12,.0f} a second ({flights / WANTED_FLIGHTS:.1f} x)")
    print(f"trains over 3 countries  {trains:12,.0f} a second ({trains / WANTED_TRAINS:.1f} x)")
    print(f"comparisons              {per_second(weigh, COMPARISONS):12,.0f} a second")


if __name__ == "__main__":
    main()
