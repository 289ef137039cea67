"""Emissions of one flight, per passenger, from its great-circle distance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from travelplan.emissions.aircraft import NAUTICAL_MILE_KM, FlightDetails
from travelplan.emissions.factors import Cabin, FactorSet
from travelplan.emissions.flight_factors import (
    BandFlight,
    BandRow,
    Body,
    Curve,
    FleetFlight,
    Flight,
    FormulaFlight,
)
from travelplan.emissions.parts import Driver, FactorMissingError, Part, driver_of
from travelplan.emissions.ranges import NOTHING, Range
from travelplan.errors import FieldProblem, InputError
from travelplan.language import message

UNKNOWN = FlightDetails()
_EXACT = Range(1.0, 1.0, 1.0)
LABEL_TIER, OWN_DATA_TIER, MODEL_TIER, AVERAGE_TIER = 1, 3, 3, 4


def flight_part(
    great_circle_km: float, cabin: Cabin, factors: FactorSet, details: FlightDetails = UNKNOWN
) -> Part:
    """Return the emissions of one seat on one flight.

    A value of the airline's EU flight emissions label goes first, then a known aircraft, then
    what the set says of an unknown one.

    Raises:
        FactorMissingError: the set has no flights, does not know the aircraft, or needs a fuel
            curve that is not given.
        InputError: a detail cannot be, or the set needs one that is not given.
    """
    flight = factors.flight
    if flight is None:
        raise FactorMissingError(message("flights"), factors.id)
    if details is not UNKNOWN:
        details.check()
    if details.label_kg is not None:
        return _labelled(details.label_kg, great_circle_km, cabin, flight)
    match flight:
        case BandFlight():
            return _banded(great_circle_km, cabin, flight, factors.id, details)
        case FormulaFlight():
            return _by_formula(great_circle_km, cabin, flight, factors.id, details)
    if details.aircraft:
        return _of_type(great_circle_km, cabin, flight, factors.id, details)
    if details is not UNKNOWN and details != UNKNOWN:
        raise FactorMissingError(
            message("seats, load or cargo of an unknown aircraft"), factors.id, "aircraft"
        )
    wtw = _of_fleet(great_circle_km, cabin, flight)
    return _modelled("flight", wtw, flight)


def flight_wtw_kg(great_circle_km: float, cabin: Cabin, flight: Flight | None) -> Range:
    """Return kg CO2e WTW of one seat on one flight of an unknown aircraft.

    Landing and take-off are in the constant, the detour is inside the curve: add nothing to the
    distance. Narrow-body below `blend.from_km`, wide-body above `blend.to_km`, a linear blend
    between them, so the result is continuous and rises with distance in every cabin.

    Raises:
        FactorMissingError: the set has no flights, or needs the fuel of the aircraft.
    """
    match flight:
        case FleetFlight():
            return _of_fleet(great_circle_km, cabin, flight)
        case BandFlight():
            wtw_kg, _ = _band_kg(_row(great_circle_km, cabin, flight), flight)
            return Range(wtw_kg, wtw_kg, wtw_kg).scaled(great_circle_km)
    raise FactorMissingError(message("the fuel of this aircraft"), "", "aircraft")


def flights_wtw_kg(
    great_circle_km: Iterable[float], cabin: Cabin, flight: Flight | None
) -> Iterator[Range]:
    """Yield kg CO2e WTW of one seat on each of many flights of unknown aircraft."""
    return (flight_wtw_kg(km, cabin, flight) for km in great_circle_km)


def flight_non_co2_kg(wtw: Range, flight: Flight | None) -> Range:
    """Return the non-CO2 warming of a flight, kg CO2e, from its central WTW figure.

    A share of the CO2 burned in flight. Its range is that of the share alone: how strongly
    contrails warm outweighs every other doubt. Nothing where the set does not count it so.
    """
    if not isinstance(flight, FleetFlight) or flight.non_co2 is None:
        return NOTHING
    burned_co2_kg = wtw.central / flight.wtw_kg_per_kg_fuel * flight.co2_kg_per_kg_fuel
    return flight.non_co2.range.scaled(burned_co2_kg)


def fleet_wtw_kg(great_circle_km: float, body: Body, flight: FleetFlight) -> float:
    """Return kg CO2e WTW of an economy seat as the sum over the aircraft of the fleet mix.

    The closed form of the set is this sum worked out; it serves to check it.
    """
    mix = flight.fleet_mix.narrow if body == "narrow" else flight.fleet_mix.wide
    return sum(
        share * _economy_kg(great_circle_km, aircraft, flight, UNKNOWN)
        for aircraft, share in mix.items()
    )


def _of_fleet(km: float, cabin: Cabin, flight: FleetFlight) -> Range:
    begin, end = flight.blend.from_km, flight.blend.to_km
    if km <= begin:
        return _seat(flight.narrow_body, km, cabin)
    if km >= end:
        return _seat(flight.wide_body, km, cabin)
    wide_share = (km - begin) / (end - begin)
    narrow = _seat(flight.narrow_body, km, cabin)
    wide = _seat(flight.wide_body, km, cabin)
    return Range(
        narrow.low + (wide.low - narrow.low) * wide_share,
        narrow.central + (wide.central - narrow.central) * wide_share,
        narrow.high + (wide.high - narrow.high) * wide_share,
    )


def _seat(curve: Curve, km: float, cabin: Cabin) -> Range:
    economy_kg = curve.constant + curve.per_km * km + curve.per_km2 * km * km
    central = economy_kg * curve.class_weight[cabin]
    return Range(central * curve.low, central, central * curve.high)


def _modelled(name: str, wtw: Range, flight: FleetFlight) -> Part:
    return Part(
        factor=name,
        kg=wtw,
        tier=MODEL_TIER,
        ttw_kg=wtw.central * flight.fuel.ttw_share,
        drivers=(driver_of(name, wtw),),
        non_co2=flight_non_co2_kg(wtw, flight),
    )


def _of_type(
    km: float, cabin: Cabin, flight: FleetFlight, factor_set: str, details: FlightDetails
) -> Part:
    """Return the emissions of a seat on an aircraft of a known type."""
    if details.aircraft not in flight.aircraft.by_type:
        aircraft = details.aircraft[:60]
        raise FactorMissingError(
            message("the aircraft “{aircraft}”", aircraft=aircraft), factor_set, "aircraft"
        )
    economy_kg = _economy_kg(km, details.aircraft, flight, details)
    central = economy_kg * _weights(details.aircraft, flight)[cabin]
    spread = flight.known_aircraft
    wtw = Range(central * spread.low, central, central * spread.high)
    return _modelled(f"flight {details.aircraft}", wtw, flight)


def _economy_kg(km: float, aircraft: str, flight: FleetFlight, details: FlightDetails) -> float:
    curve = flight.aircraft.by_type[aircraft]
    fuel_kg = curve.constant + curve.per_km * km + curve.per_km2 * km * km
    body: Body = "wide" if curve.body == "wide" else "narrow"
    cargo, load = details.cargo_share, details.load_factor
    cargo = flight.cargo_share[body].central if cargo is None else cargo
    load = flight.load_factor.central if load is None else load
    seats = flight.seats.economy_equivalent[aircraft]
    if details.seats:
        weights = _weights(aircraft, flight)
        seats = sum(number * weights[cabin] for cabin, number in details.seats.items())
    calibrated_kg = fuel_kg * getattr(flight.calibration, curve.body)
    return float(calibrated_kg * (1 - cargo) / (seats * load) * flight.wtw_kg_per_kg_fuel)


def _weights(aircraft: str, flight: FleetFlight) -> dict[Cabin, float]:
    wide = flight.aircraft.by_type[aircraft].body == "wide"
    return (flight.wide_body if wide else flight.narrow_body).class_weight


def _banded(
    km: float, cabin: Cabin, flight: BandFlight, factor_set: str, details: FlightDetails
) -> Part:
    if details is not UNKNOWN and details != UNKNOWN:
        raise FactorMissingError(message("a known aircraft"), factor_set, "aircraft")
    row = _row(km, cabin, flight)
    per_km, ttw_per_km = _band_kg(row, flight)
    return Part(
        factor="flight",
        kg=_EXACT.scaled(per_km * km),
        tier=AVERAGE_TIER,
        ttw_kg=None if ttw_per_km is None else ttw_per_km * km,
        drivers=(Driver("flight", 1.0, 1.0),),
        non_co2=_EXACT.scaled(row.non_co2 * km),
    )


def _row(km: float, cabin: Cabin, flight: BandFlight) -> BandRow:
    band = next(b for b in flight.bands if b.up_to_km is None or km <= b.up_to_km)
    return band.cabins[cabin]


def _band_kg(row: BandRow, flight: BandFlight) -> tuple[float, float | None]:
    """Return WTW and TTW per km; published WTT only where the set has nothing in its place."""
    if row.wtw is not None:
        return row.wtw, None
    ttw = row.ttw or 0.0
    wtt = ttw * flight.upstream.share_of_ttw if flight.upstream else row.wtt or 0.0
    return ttw + wtt, ttw


def _by_formula(
    km: float, cabin: Cabin, flight: FormulaFlight, factor_set: str, details: FlightDetails
) -> Part:
    """Return fuel x (1 - cargo) x weight / (weighted seats x load), in kg CO2e."""
    if details.fuel_curve is None:
        raise FactorMissingError(
            message("the fuel of this aircraft: give its fuel curve"), factor_set, "fuel_curve"
        )
    _require_given(details)
    weights = flight.class_weight[details.body or "narrow"]
    load = flight.load_factor.central if details.load_factor is None else details.load_factor
    longer = details.distance_factor or flight.distance_factor.central
    flown_nm = km * longer / NAUTICAL_MILE_KM - flight.landing_take_off_nm.central
    fuel_kg = details.fuel_curve.fuel_kg(max(0.0, flown_nm))
    seats = sum(number * weights[name] for name, number in details.seats.items())
    passenger_kg = fuel_kg * (1 - (details.cargo_share or 0.0)) / (seats * load) * weights[cabin]
    kg = passenger_kg * flight.fuel.wtw_kg_per_kg
    name = f"flight {details.aircraft}".strip()
    ttw_kg = kg * flight.fuel.ttw_share
    return Part(name, _EXACT.scaled(kg), OWN_DATA_TIER, ttw_kg, (Driver(name, 1.0, 1.0),))


def _require_given(details: FlightDetails) -> None:
    needed = {
        "body": details.body,
        "seats": details.seats or None,
        "cargo_share": details.cargo_share,
    }
    text = message("This set needs it from you for each flight.")
    missing = [FieldProblem(name, "missing", text) for name, v in needed.items() if v is None]
    if missing:
        raise InputError(missing)


def _labelled(kg: float, km: float, cabin: Cabin, flight: Flight) -> Part:
    """Return the value of an EU flight emissions label, split as fuel without any blend."""
    wtw = _EXACT.scaled(kg)
    name = "EU flight emissions label"
    if isinstance(flight, BandFlight):
        ttw_kg, non_co2 = None, _EXACT.scaled(_row(km, cabin, flight).non_co2 * km)
    else:
        ttw_kg, non_co2 = kg * flight.fuel.ttw_share, flight_non_co2_kg(wtw, flight)
    return Part(name, wtw, LABEL_TIER, ttw_kg, (Driver(name, 1.0, 1.0),), non_co2)
