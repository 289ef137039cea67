"""Two estimates compared with common draws: in how many cases does one emit less?

What both rest on (the way to the airport, the electricity of a country, the fuel of flights) is
drawn once for both. The draws are stratified and seeded by the name of what is drawn, so the same
question has the same answer on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from operator import eq, lt
from random import Random
from statistics import NormalDist

from travelplan.emissions.figure import Estimate, require_one_boundary
from travelplan.emissions.parts import Driver, Part, driver_of

DRAWS = 500
CLEAR_SHARE = 0.90
_SEED = "travelplan"
_Z_95 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often the first of two estimates is the lower one, as a share of the draws."""

    share_lower: float

    @property
    def lower(self) -> int | None:
        """0 if the first is clearly lower, 1 if the second is, None for no clear difference."""
        if self.share_lower >= CLEAR_SHARE:
            return 0
        return 1 if self.share_lower <= 1 - CLEAR_SHARE else None

    @property
    def share(self) -> float:
        """The share of the draws in which the one that is lower more often is lower."""
        return max(self.share_lower, 1 - self.share_lower)


def compare(first: Estimate, second: Estimate, *, non_co2: bool = False) -> Comparison:
    """Return how often the first estimate is the lower one; equal draws count half.

    Args:
        first: an estimate.
        second: another one, by the same factor set or one that counts the same things.
        non_co2: count the non-CO2 warming of flights in.

    Raises:
        BoundaryMixedError: the two do not count the same things.
    """
    return compare_with(first, [second], non_co2=non_co2)[0]


def compare_with(
    first: Estimate, others: Sequence[Estimate], *, non_co2: bool = False
) -> list[Comparison]:
    """Return the comparison of the first estimate with each of the others; see `compare`."""
    require_one_boundary([first, *others])
    ours = draws_of(first, non_co2=non_co2)
    return [_compared(ours, draws_of(other, non_co2=non_co2)) for other in others]


def _compared(ours: list[float], theirs: list[float]) -> Comparison:
    lower = sum(map(lt, ours, theirs)) + sum(map(eq, ours, theirs)) / 2
    return Comparison(lower / DRAWS)


def draws_of(estimate: Estimate, *, non_co2: bool = False) -> list[float]:
    """Return kg CO2e of an estimate in each draw."""
    total = [0.0] * DRAWS
    for part in (part for leg in estimate.legs for part in leg.parts):
        total = _plus(total, part.kg.central * estimate.times, _shares_of(part))
        if non_co2 and part.non_co2.central:
            shares = _shares(driver_of("non-CO2", part.non_co2))
            total = _plus(total, part.non_co2.central * estimate.times, shares)
    return total


def _shares_of(part: Part) -> Sequence[float]:
    shares: Sequence[float] = _shares(part.drivers[0])
    for driver in part.drivers[1:]:
        shares = [a * b for a, b in zip(shares, _shares(driver), strict=True)]
    return shares


def _plus(total: list[float], kg: float, shares: Sequence[float]) -> list[float]:
    return [sum_ + kg * share for sum_, share in zip(total, shares, strict=True)]


@lru_cache(maxsize=512)
def _shares(driver: Driver) -> tuple[float, ...]:
    """Return the value of a driver in each draw, as a share of its central value.

    Log-normal on either side of the central value, so that 5, 50 and 95 % are low, central, high;
    a straight line below it where low is 0.
    """
    up = log(driver.high) / _Z_95
    down = log(driver.low) / -_Z_95 if driver.low > 0 else 0.0
    slope = (1 - driver.low) / _Z_95
    return tuple(
        exp(up * z) if z > 0 else exp(down * z) if driver.low > 0 else max(0.0, 1 + slope * z)
        for z in _normals(driver.name)
    )


@lru_cache(maxsize=512)
def _normals(name: str) -> tuple[float, ...]:
    """Return a shuffled sample of the normal distribution, one from each of equal strata."""
    strata = [NormalDist().inv_cdf((i + 0.5) / DRAWS) for i in range(DRAWS)]
    Random(f"{_SEED}:{name}").shuffle(strata)  # noqa: S311  (a fixed sample is meant)
    return tuple(strata)
