"""Quantities with a range: low, central and high as 5, 50 and 95 %."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity with its 90 % range, in the unit that the name beside it gives."""

    low: float
    central: float
    high: float

    def scaled(self, by: float) -> Range:
        """Return the range multiplied by an exact number."""
        return Range(self.low * by, self.central * by, self.high * by)

    def times(self, other: Range) -> Range:
        """Return the product with an independent range: relative deviations add in quadrature."""
        central = self.central * other.central
        down = hypot(1 - self.low / self.central, 1 - other.low / other.central)
        up = hypot(self.high / self.central - 1, other.high / other.central - 1)
        return Range(central * max(0.0, 1 - down), central, central * (1 + up))


NOTHING = Range(0.0, 0.0, 0.0)


def moving_together(ranges: Iterable[Range]) -> Range:
    """Return the sum of quantities that rest on the same factor: their ranges add up."""
    total = list(ranges)
    return Range(
        sum(r.low for r in total), sum(r.central for r in total), sum(r.high for r in total)
    )


def independent(ranges: Iterable[Range]) -> Range:
    """Return the sum of quantities that rest on different factors: deviations add in quadrature."""
    total = list(ranges)
    central = sum(r.central for r in total)
    down = hypot(*(r.central - r.low for r in total))
    up = hypot(*(r.high - r.central for r in total))
    return Range(central - down, central, central + up)
