"""What may be known of one flight beyond its distance: its aircraft, its seats, its EU label."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf, isfinite

from travelplan.emissions.flight_factors import CABINS, Body, Cabin
from travelplan.errors import FieldProblem, InputError
from travelplan.language import message

NAUTICAL_MILE_KM = 1.852  # by definition
MOST_LABEL_KG = 50_000


@dataclass(frozen=True, slots=True)
class FuelCurve:
    """Fuel of one flight as the caller's table gives it.

    `landing_take_off_kg` is the fuel of landing and take-off, `cruise_kg` the fuel of climb,
    cruise and descent by nautical miles flown. Between two lines of the table, and beyond its
    ends, a straight line is taken.
    """

    landing_take_off_kg: float
    cruise_kg: Mapping[float, float]

    def fuel_kg(self, nautical_miles: float) -> float:
        """Return kg of fuel of a flight with so many nautical miles of climb, cruise, descent."""
        miles = sorted(self.cruise_kg)
        at = min(max(bisect_left(miles, nautical_miles), 1), len(miles) - 1)
        a, b = miles[at - 1], miles[at]
        share = (nautical_miles - a) / (b - a)
        cruise_kg = self.cruise_kg[a] + share * (self.cruise_kg[b] - self.cruise_kg[a])
        return self.landing_take_off_kg + max(0.0, cruise_kg)


@dataclass(frozen=True, slots=True)
class FlightDetails:
    """What is known of a flight; what is not given comes from the factor set.

    Attributes:
        aircraft: the ICAO type designator, such as A320 or B789.
        fuel_curve: the fuel of the aircraft, for a set that leaves it to the caller (tim-2).
        body: narrow or wide, with `fuel_curve`.
        seats: seats by cabin.
        load_factor: share of the seats that is taken, above 0 and up to 1.
        cargo_share: share of the mass carried that is cargo, from 0 to below 1.
        distance_factor: distance flown over great circle, with `fuel_curve`.
        label_kg: kg CO2e of one passenger that the airline's EU flight emissions label states for
            this flight and cabin; it goes before every model.
    """

    aircraft: str = ""
    fuel_curve: FuelCurve | None = None
    body: Body | None = None
    seats: Mapping[Cabin, float] = field(default_factory=dict)
    load_factor: float | None = None
    cargo_share: float | None = None
    distance_factor: float | None = None
    label_kg: float | None = None

    def check(self) -> None:
        """Raise InputError naming every value that cannot be."""
        problems = list(self._problems())
        if problems:
            raise InputError(problems)

    def _problems(self) -> Iterator[FieldProblem]:
        if self.load_factor is not None and not 0 < self.load_factor <= 1:
            text = message("Give a load factor above 0 and up to 1.")
            yield FieldProblem("load_factor", "out_of_range", text)
        if self.cargo_share is not None and not 0 <= self.cargo_share < 1:
            text = message("Give a share of cargo from 0 to below 1.")
            yield FieldProblem("cargo_share", "out_of_range", text)
        if self.distance_factor is not None and not 1 <= self.distance_factor < inf:
            text = message("Give a distance factor of 1 or more.")
            yield FieldProblem("distance_factor", "out_of_range", text)
        if self.label_kg is not None and not 0 < self.label_kg <= MOST_LABEL_KG:
            text = message("Give the label's kg above 0 and up to {most}.", most=MOST_LABEL_KG)
            yield FieldProblem("label_kg", "out_of_range", text)
        if not set(self.seats) <= set(CABINS):
            text = message("Give seats for these cabins only: {known}.", known=", ".join(CABINS))
            yield FieldProblem("seats", "unknown", text)
        elif self.seats and not _are_seats(list(self.seats.values())):
            text = message("Give numbers of seats of 0 or more, and at least one seat.")
            yield FieldProblem("seats", "out_of_range", text)
        if self.fuel_curve is not None and not _is_curve(self.fuel_curve):
            text = message("Give a fuel curve of two lines or more, each above the one before.")
            yield FieldProblem("fuel_curve", "out_of_range", text)


def _are_seats(numbers: list[float]) -> bool:
    return all(isfinite(n) and n >= 0 for n in numbers) and sum(numbers) > 0


def _is_curve(curve: FuelCurve) -> bool:
    miles = sorted(curve.cruise_kg)
    fuel = [curve.landing_take_off_kg, *(curve.cruise_kg[mile] for mile in miles)]
    return (
        len(miles) > 1
        and all(isfinite(value) and value > 0 for value in (*miles, *fuel))
        and fuel[1:] == sorted(set(fuel[1:]))
    )
