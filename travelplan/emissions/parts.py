"""The parts that an estimate is made of, and what it means that a factor is missing."""

from __future__ import annotations

from typing import NamedTuple

from travelplan.emissions.ranges import NOTHING, Range
from travelplan.errors import TravelplanError
from travelplan.language import Message


class FactorMissingError(TravelplanError):
    """The set has no factor for this. `what` names it; nothing is put in its place.

    `field` is what a person could give or change: mode, kind, country, aircraft.
    """

    def __init__(self, what: Message, factor_set: str, field: str = "mode") -> None:
        self.what = what
        self.factor_set = factor_set
        self.field = field
        super().__init__(f"the factor set {factor_set} has no factor for {what}")


class Driver(NamedTuple):
    """A cause of doubt: its name, and its 5 and 95 % bounds as shares of the central value.

    Parts that have a driver of the same name rise and fall with it together.
    """

    name: str
    low: float
    high: float


class Part(NamedTuple):
    """A share of a leg's emissions, kg CO2e WTW of one passenger, and what it rests on.

    `factor` names the factor: parts on the same one move together. `ttw_kg` is what the vehicle
    itself emits of the central value, None where the source does not split it. `non_co2` is
    beside `kg` and never in it.
    """

    factor: str
    kg: Range
    tier: int
    ttw_kg: float | None
    drivers: tuple[Driver, ...]
    non_co2: Range = NOTHING


def driver_of(name: str, kg: Range) -> Driver:
    """Return the driver that has the relative range of a quantity; none at all where it is 0."""
    if not kg.central:
        return Driver(name, 1.0, 1.0)
    return Driver(name, kg.low / kg.central, kg.high / kg.central)
