"""The emissions of a journey: each leg by its own factor, summed with their ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from travelplan.emissions.aircraft import FlightDetails
from travelplan.emissions.factors import BERTHS, CABINS, Berth, Cabin, FactorSet
from travelplan.emissions.figure import Estimate, LegEstimate, of_legs
from travelplan.emissions.flight import UNKNOWN, flight_part
from travelplan.emissions.ground import (
    contract_kg,
    hired_manufacture_kg,
    hired_parts,
    manufacture_kg,
    passenger_parts,
    rail_parts,
    vehicle_key,
)
from travelplan.emissions.parts import FactorMissingError
from travelplan.emissions.ranges import moving_together
from travelplan.errors import FieldProblem, InputError
from travelplan.journeys.model import Journey, Leg
from travelplan.language import Words, message

ON_RAIL = ("train", "night_train", "tram", "metro")
LONGEST_KM = 50_000
MOST_OCCUPANTS = 9
_URBAN_RAIL, _URBAN_KIND, _NIGHT_KIND = ("tram", "metro"), "tram_metro", "night"
_NOWHERE = Words("", "", "")


def estimate(
    journey: Journey,
    factors: FactorSet,
    cabin: Cabin = "economy",
    *,
    berth: Berth = "couchette",
    flights: FlightDetails = UNKNOWN,
    fill: FactorSet | None = None,
) -> Estimate:
    """Return the emissions of one passenger on a journey one way.

    Legs that rest on the same factor move together; different factors are independent.

    Args:
        journey: the journey; a flight leg may name its aircraft in `kind`, a car its fuel.
        factors: the factor set.
        cabin: of every flight.
        berth: in night trains.
        flights: what is known of every flight.
        fill: a set that stands in for legs of which `factors` has no factor, if it counts the
            same things; `factor_sets` of the estimate then names both.

    Raises:
        FactorMissingError: the set has no factor for a leg.
    """
    return estimate_legs(
        journey.legs,
        factors,
        cabin=cabin,
        occupants=journey.occupants,
        berth=berth,
        flights=flights,
        fill=fill,
    )


def estimate_legs(
    legs: Iterable[Leg],
    factors: FactorSet,
    *,
    cabin: Cabin,
    occupants: float,
    berth: Berth = "couchette",
    flights: FlightDetails = UNKNOWN,
    fill: FactorSet | None = None,
) -> Estimate:
    """Return the emissions of one passenger on a chain of legs; see `estimate`."""
    sets = [factors]
    if fill is not None and fill.id != factors.id and fill.scope == factors.scope:
        sets.append(fill)
    by_leg = [
        _first_known(leg, sets, cabin, occupants=occupants, berth=berth, flights=flights)
        for leg in legs
    ]
    used = {name for _, name in by_leg}
    names = tuple(s.id for s in sets if s is factors or s.id in used)
    return of_legs(tuple(leg for leg, _ in by_leg), names, factors.scope)


def _first_known(
    leg: Leg,
    sets: Sequence[FactorSet],
    cabin: Cabin,
    *,
    occupants: float,
    berth: Berth,
    flights: FlightDetails,
) -> tuple[LegEstimate, str]:
    """Return the leg by the first set that has its factors, and the id of that set."""
    for factors in sets[:-1]:
        try:
            found = _leg(leg, factors, cabin, occupants=occupants, berth=berth, flights=flights)
        except FactorMissingError:
            continue
        return found, factors.id
    last = sets[-1]
    return _leg(leg, last, cabin, occupants=occupants, berth=berth, flights=flights), last.id


def _leg(
    leg: Leg,
    factors: FactorSet,
    cabin: Cabin,
    *,
    occupants: float,
    berth: Berth,
    flights: FlightDetails,
) -> LegEstimate:
    if leg.mode == "plane":
        details = replace(flights, aircraft=leg.kind) if leg.kind else flights
        flight = flight_part(leg.km, cabin, factors, details)
        made_kg = manufacture_kg(leg.mode, leg.km, 1.0, factors)
        return LegEstimate(leg.mode, leg.kind, leg.km, (flight,), made_kg, None)
    if leg.mode in ON_RAIL:
        return _rail_leg(leg, factors, berth)
    if leg.hired:
        hired = tuple(hired_parts(leg, leg.hired, factors))
        made_kg = hired_manufacture_kg(leg, leg.hired, factors)
        return LegEstimate(leg.mode, leg.kind, leg.km, hired, made_kg, None)
    key = vehicle_key(leg.mode, leg.kind)
    parts = tuple(passenger_parts(key, leg.km, occupants, leg.km_by_country, factors))
    made_kg = manufacture_kg(key, leg.km, occupants, factors)
    return LegEstimate(leg.mode, leg.kind, leg.km, parts, made_kg, None)


def _rail_leg(leg: Leg, factors: FactorSet, berth: Berth) -> LegEstimate:
    kind = leg.kind or _rail_kind(leg.mode)
    parts = tuple(rail_parts(kind, leg.km_by_country, factors, berth=berth))
    made_kg = manufacture_kg(kind, leg.km, 1.0, factors)
    located = moving_together(part.kg for part in parts)
    contract = contract_kg(leg.operator, kind, leg.km, located, factors)
    return LegEstimate(leg.mode, kind, leg.km, parts, made_kg, contract)


def _rail_kind(mode: str) -> str:
    if mode in _URBAN_RAIL:
        return _URBAN_KIND
    return _NIGHT_KIND if mode == "night_train" else ""


def typical_rail_kind(mode: str, country: str, factors: FactorSet) -> str:
    """Return the class of train where only the mode and the country are known."""
    rail = factors.rail
    return _rail_kind(mode) or (rail.typical_kind.get(country, rail.other_kind) if rail else "")


def estimate_flight(
    great_circle_km: float,
    factors: FactorSet,
    cabin: Cabin = "economy",
    details: FlightDetails = UNKNOWN,
) -> Estimate:
    """Return the emissions of one passenger on one flight, with what is known of it.

    Raises:
        InputError: the distance or a detail cannot be, or one that the set needs is missing.
        FactorMissingError: the set has no flights, or not this aircraft.
    """
    problems = [*_number_problems(great_circle_km, 1), *_choice_problems(cabin, BERTHS[0])]
    if problems:
        raise InputError(problems)
    leg = Leg("plane", _NOWHERE, _NOWHERE, minutes=0, km=great_circle_km)
    return estimate_legs([leg], factors, cabin=cabin, occupants=1, flights=details)


def estimate_distance(
    mode: str,
    km: float,
    factors: FactorSet,
    *,
    cabin: Cabin = "economy",
    country: str = "",
    occupants: float = 1,
    kind: str = "",
    berth: Berth = "couchette",
    flights: FlightDetails = UNKNOWN,
) -> Estimate:
    """Return the emissions of one passenger over a distance one way, without a journey.

    Args:
        mode: a mode of transport: plane, train, coach, bus, car, ...
        km: great-circle km for a plane, km travelled for the rest.
        factors: the factor set.
        cabin: for a plane.
        country: ISO alpha-2, needed for what runs on electricity: whose.
        occupants: who share a car or taxi, the traveller included.
        kind: which vehicle: a class of train (ice, tgv), a fuel (petrol, electric), an aircraft
            (A320), car or cabin on a ferry.
        berth: in a night train.
        flights: what is known of a flight.

    Raises:
        InputError: naming every value that cannot be: distance, mode, kind, country, occupants.
    """
    problems = list(_mode_problems(mode, country, factors))
    mode_is_known = not problems
    problems += _number_problems(km, occupants)
    problems += _choice_problems(cabin, berth)
    kind = kind or (typical_rail_kind(mode, country, factors) if mode in ON_RAIL else "")
    leg = Leg(mode, _NOWHERE, _NOWHERE, minutes=0, km=km, kind=kind)
    leg = replace(leg, km_by_country={country: km} if country else {})
    try:
        if not problems:
            return estimate_legs(
                [leg], factors, cabin=cabin, occupants=occupants, berth=berth, flights=flights
            )
        if mode_is_known:
            one = replace(leg, km=1.0, km_by_country={country: 1.0} if country else {})
            estimate_legs([one], factors, cabin=CABINS[0], occupants=1, berth=BERTHS[0])
    except FactorMissingError as error:
        problems.append(_missing(error, kind))
    raise InputError(problems)


def _missing(error: FactorMissingError, kind: str) -> FieldProblem:
    field = "kind" if error.field in {"mode", "aircraft"} and kind else error.field
    if field == "fuel_curve":
        field = "mode"
    text = message("The set {set} has no factor for {what}.", set=error.factor_set, what=error.what)
    return FieldProblem(field, "unknown", text)


def _mode_problems(mode: str, country: str, factors: FactorSet) -> Iterator[FieldProblem]:
    known = modes_of(factors)
    if mode not in known:
        yield _not_one_of("mode", mode, known)
    elif mode in ON_RAIL and not country:
        text = message("Give the country: a train is as clean as the electricity that moves it.")
        yield FieldProblem("country", "missing", text)


def _choice_problems(cabin: str, berth: str) -> Iterator[FieldProblem]:
    if cabin not in CABINS:
        yield _not_one_of("class", cabin, CABINS)
    if berth not in BERTHS:
        yield _not_one_of("berth", berth, BERTHS)


def _not_one_of(field: str, given: str, known: Iterable[str]) -> FieldProblem:
    text = message(
        "There is no “{given}”. Choose one of {known}.", given=given[:60], known=", ".join(known)
    )
    return FieldProblem(field, "unknown", text)


def modes_of(factors: FactorSet) -> list[str]:
    """Return the modes of which the set may have a factor, in the order of the alphabet."""
    rail = ON_RAIL if factors.rail else ()
    tables = (factors.per_passenger_g_km, factors.per_vehicle_g_km, factors.electric)
    known = {*rail, *(key for table in tables for key in table)}
    if factors.flight:
        known.add("plane")
    if "car" in known:
        known.add("carpool")
    return sorted(known)


def _number_problems(km: float, occupants: float) -> Iterator[FieldProblem]:
    if not 0 < km <= LONGEST_KM:
        text = message("Give a distance above 0 and up to {most} km.", most=LONGEST_KM)
        yield FieldProblem("km", "out_of_range", text)
    if not 1 <= occupants <= MOST_OCCUPANTS:
        text = message("Give a number of occupants from 1 to {most}.", most=MOST_OCCUPANTS)
        yield FieldProblem("occupants", "out_of_range", text)
