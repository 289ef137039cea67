"""The emissions of a journey: each leg by its own factor, summed with their ranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from travelplan.emissions.factors import CABINS, Cabin, FactorSet
from travelplan.emissions.flight import flight_non_co2_kg, flight_wtw_kg
from travelplan.emissions.ground import Part, passenger_part, rail_parts
from travelplan.emissions.ranges import NOTHING, Range, independent, moving_together
from travelplan.errors import FieldProblem, InputError
from travelplan.journeys.model import Journey, Leg
from travelplan.language import Words, message

ON_RAIL = ("train", "night_train")
LONGEST_KM = 50_000
MOST_OCCUPANTS = 9


@dataclass(frozen=True, slots=True)
class Estimate:
    """kg CO2e of one passenger.

    `wtw` from well to wheel; `non_co2` apart and never summed into it, zero for all but flights;
    `tier` is the weakest quality among the legs (1 measured to 4 average per kilometre).
    """

    wtw: Range
    non_co2: Range
    tier: int
    factor_set: str

    def scaled(self, by: float) -> Estimate:
        """Return the estimate for `by` such journeys, or for there and back with 2."""
        return Estimate(self.wtw.scaled(by), self.non_co2.scaled(by), self.tier, self.factor_set)


def estimate(journey: Journey, factors: FactorSet, cabin: Cabin = "economy") -> Estimate:
    """Return the emissions of one passenger on a journey one way.

    Legs that rest on the same factor move together; different factors are independent.

    Raises:
        FactorMissingError: the set has no factor for a leg.
    """
    return estimate_legs(journey.legs, factors, cabin=cabin, occupants=journey.occupants)


def estimate_legs(
    legs: Iterable[Leg], factors: FactorSet, *, cabin: Cabin, occupants: float
) -> Estimate:
    """Return the emissions of one passenger on a chain of legs; see `estimate`."""
    by_factor: dict[str, list[Range]] = defaultdict(list)
    non_co2: list[Range] = []
    worst_tier = 1
    for leg in legs:
        for factor, kg, tier in _parts(leg, factors, cabin, occupants):
            by_factor[factor].append(kg)
            worst_tier = max(worst_tier, tier)
            if leg.mode == "plane":
                non_co2.append(flight_non_co2_kg(kg, factors.flight))
    wtw = independent(moving_together(group) for group in by_factor.values())
    extra = moving_together(non_co2) if non_co2 else NOTHING
    return Estimate(wtw, extra, worst_tier, factors.id)


def estimate_distance(
    mode: str,
    km: float,
    factors: FactorSet,
    *,
    cabin: Cabin = "economy",
    country: str = "",
    occupants: float = 1,
) -> Estimate:
    """Return the emissions of one passenger over a distance one way, without a journey.

    Args:
        mode: a mode of transport: plane, train, coach, bus, car, ...
        km: great-circle km for a plane, km travelled for the rest.
        factors: the factor set.
        cabin: for a plane.
        country: ISO alpha-2, needed for a train: whose electricity.
        occupants: who share a car or taxi, the traveller included.

    Raises:
        InputError: naming every value that cannot be: distance, mode, country, occupants.
    """
    problems = list(_distance_problems(mode, km, factors, country=country, occupants=occupants))
    if cabin not in CABINS:
        problems.append(_not_one_of("class", cabin, CABINS))
    if problems:
        raise InputError(problems)
    nowhere = Words("", "", "")
    rail = factors.rail
    leg = Leg(
        mode,
        nowhere,
        nowhere,
        minutes=0,
        km=km,
        kind="night" if mode == "night_train" else rail.typical_kind.get(country, rail.other_kind),
        km_by_country={country: km},
    )
    return estimate_legs([leg], factors, cabin=cabin, occupants=occupants)


def _distance_problems(
    mode: str, km: float, factors: FactorSet, *, country: str, occupants: float
) -> Iterator[FieldProblem]:
    known = {*ON_RAIL, "plane", "carpool", *factors.per_passenger_g_km, *factors.per_vehicle_g_km}
    if mode not in known:
        yield _not_one_of("mode", mode, sorted(known))
    if not 0 < km <= LONGEST_KM:
        text = message("Give a distance above 0 and up to {most} km.", most=LONGEST_KM)
        yield FieldProblem("km", "out_of_range", text)
    if not 1 <= occupants <= MOST_OCCUPANTS:
        text = message("Give a number of occupants from 1 to {most}.", most=MOST_OCCUPANTS)
        yield FieldProblem("occupants", "out_of_range", text)
    grid = factors.grid
    if mode in ON_RAIL and not country:
        text = message("Give the country: a train is as clean as the electricity that moves it.")
        yield FieldProblem("country", "missing", text)
    elif mode in ON_RAIL and grid.supplied_by.get(country, country) not in grid.g_kwh:
        text = message("The set has no electricity for “{country}”.", country=country[:60])
        yield FieldProblem("country", "unknown", text)


def _not_one_of(field: str, given: str, known: Iterable[str]) -> FieldProblem:
    text = message(
        "There is no “{given}”. Choose one of {known}.", given=given[:60], known=", ".join(known)
    )
    return FieldProblem(field, "unknown", text)


def hotel_kg(country: str, nights: int, factors: FactorSet) -> Range | None:
    """Return kg CO2e of a room for some nights; None where the set has no value for the country."""
    per_night = factors.hotel.kg_room_night.get(country)
    if per_night is None:
        return None
    shares = Range(factors.hotel.low_share, 1.0, factors.hotel.high_share)
    return shares.scaled(per_night * nights)


def _parts(leg: Leg, factors: FactorSet, cabin: Cabin, occupants: float) -> Iterator[Part]:
    if leg.mode == "plane":
        yield "flight", flight_wtw_kg(leg.km, cabin, factors.flight), 3
    elif leg.mode in ON_RAIL:
        yield from rail_parts(leg.kind, leg.km_by_country, factors)
    else:
        yield passenger_part(leg.mode, leg.km, occupants, factors)
