"""The published cases: what a publisher says, and what the estimate says of the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from travelplan import FlightDetails, FuelCurve, Leg, estimate_flight, load_factors
from travelplan.emissions.beside import hotel_kg, virtual_kg
from travelplan.emissions.estimate import estimate_legs
from travelplan.emissions.factors import FactorSet
from travelplan.emissions.figure import Estimate
from travelplan.emissions.ranges import Range
from travelplan.language import Words

DEFAULT = "travelplan-2026.1"
NOWHERE = Words("", "", "")

# EMEP/EEA Master Emissions Calculator 1.5, Boeing 787-9: kg of fuel by nautical miles. It stands
# only here: the licence of the table is not cleared for the package.
B789 = FuelCurve(
    landing_take_off_kg=1638.46,
    cruise_kg={
        **{125: 1883, 200: 2806, 250: 3383, 500: 5852, 750: 8347, 1000: 10874, 1500: 15989},
        **{2000: 21166, 2500: 26217, 3000: 31453, 3500: 36505, 4000: 42173, 4500: 47283},
        **{5000: 52962, 5500: 58072, 6000: 63822, 6500: 69626, 7000: 74678, 7500: 79729},
        8000: 84779,
    },
)
DETAILS = {
    "b789": FlightDetails(
        aircraft="B789",
        fuel_curve=B789,
        body="wide",
        seats={"economy": 188, "premium_economy": 21, "business": 48},
        load_factor=0.845,
        cargo_share=0.08,
        distance_factor=1.0273,
    )
}


@dataclass(frozen=True)
class Compared:
    """One case worked out: the published kilograms, ours, and whether they agree."""

    case: Mapping[str, Any]
    ours: Range

    @property
    def published(self) -> float:
        return float(self.case["published"])

    @property
    def ratio(self) -> float:
        return self.ours.central / self.published

    def agrees(self, tolerances: Mapping[str, Any]) -> bool:
        within = self.case["within"]
        if within == "range":
            return self.ours.low <= self.published <= self.ours.high
        return abs(self.ratio - 1) <= float(tolerances[within])


def compared(case: Mapping[str, Any]) -> Compared:
    """Work out what the estimate says of a case, in kg."""
    factors = load_factors(case.get("set", DEFAULT))
    persons = case.get("persons", 1)
    return Compared(case, _number(case, factors).scaled(persons))


def _number(case: Mapping[str, Any], factors: FactorSet) -> Range:
    if case["mode"] == "hotel":
        found = hotel_kg(case["country"], 1, factors)
        if found is None:
            raise LookupError(case["sentence"])
        return found
    if case["mode"] == "virtual":
        return virtual_kg(1, factors)
    return _of(case["of"], _estimate(case, factors), factors)


def _estimate(case: Mapping[str, Any], factors: FactorSet) -> Estimate:
    cabin = case.get("cabin", "economy")
    if "details" in case:
        return estimate_flight(case["km"], factors, cabin, DETAILS[case["details"]])
    split = case.get("split", {})
    leg = Leg(
        case["mode"],
        NOWHERE,
        NOWHERE,
        minutes=0,
        km=case.get("km", sum(split.values())),
        kind=case.get("vehicle", ""),
        km_by_country=split,
    )
    return estimate_legs([leg], factors, cabin=cabin, occupants=case.get("occupants", 1))


def _of(what: str, found: Estimate, factors: FactorSet) -> Range:
    shares = found.wtw.scaled(1 / found.wtw.central)
    match what:
        case "ttw":
            return shares.scaled(found.ttw_kg or 0.0)
        case "wtt":
            return shares.scaled(found.wtt_kg or 0.0)
        case "co2":
            flight = factors.flight
            if flight is None or flight.method != "fleet":
                raise LookupError(what)
            return found.wtw.scaled(flight.co2_kg_per_kg_fuel / flight.wtw_kg_per_kg_fuel)
        case "with_making":
            made = found.manufacture_kg or 0.0
            return Range(*(kg + made for kg in (found.wtw.low, found.wtw.central, found.wtw.high)))
    number = getattr(found, what)
    if not isinstance(number, Range):
        raise TypeError(what)
    return number
