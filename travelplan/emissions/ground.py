"""Emissions on rail, road and water, per passenger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travelplan.emissions.factors import Berth, Electric, FactorSet, Grid, Row
from travelplan.emissions.parts import Driver, FactorMissingError, Part, driver_of
from travelplan.emissions.ranges import Range
from travelplan.journeys.model import Hired, Leg
from travelplan.language import Country, message

_NIGHT = "night"
_HIRED_TIER = 4


def rail_parts(
    kind: str, km_by_country: Mapping[str, float], factors: FactorSet, *, berth: Berth = "couchette"
) -> Iterator[Part]:
    """Yield the emissions of a train ride country by country, kg CO2e WTW per passenger.

    A factor published for that country and class of train goes before energy times electricity.
    `berth` weighs only in a night train.

    Raises:
        FactorMissingError: the set knows neither the class of train nor the country's electricity.
    """
    weight = _berth_weight(kind, berth, factors)
    for country, km in km_by_country.items():
        row, name = _published(kind, country, factors)
        if row:
            yield _by_row(name, row, km * weight / 1000)
        else:
            yield _by_energy(kind, country, km * weight, factors)


def _published(kind: str, country: str, factors: FactorSet) -> tuple[Row | None, str]:
    rail = factors.rail
    if rail is None:
        raise FactorMissingError(message("trains"), factors.id)
    if kind in rail.any_country_g_pkm:
        return rail.any_country_g_pkm[kind], f"rail {kind}"
    by_kind = rail.country_g_pkm.get(country, {})
    if kind in by_kind:
        # The same row in several countries is one factor, so its name holds the value.
        return by_kind[kind], f"rail {kind} {by_kind[kind].central:g}"
    return rail.country_average_g_pkm.get(country), f"rail {country}"


def _by_row(name: str, row: Row, thousand_km: float) -> Part:
    kg = row.range.scaled(thousand_km)
    ttw_kg = None if row.ttw_share is None else kg.central * row.ttw_share
    return Part(name, kg, row.tier, ttw_kg, (driver_of(name, row.range),))


def _by_energy(kind: str, country: str, km: float, factors: FactorSet) -> Part:
    rail = factors.rail
    energy = rail.energy_kwh_pkm.get(kind) if rail else None
    if rail is None or energy is None:
        if rail and not rail.energy_kwh_pkm:
            place = Country(country)
            raise FactorMissingError(
                message("trains in {country}", country=place), factors.id, "country"
            )
        text = message("trains of the class “{kind}”", kind=kind[:60])
        raise FactorMissingError(text, factors.id, "kind")
    grid = grid_g_kwh(country, factors.grid, factors.id)
    kg = energy.range.times(grid).scaled(rail.supply_loss * km / 1000)
    drivers = (driver_of(f"rail {kind}", energy.range), _grid_driver(country, grid))
    return Part(f"rail {kind}", kg, energy.tier, 0.0, drivers)


def _berth_weight(kind: str, berth: Berth, factors: FactorSet) -> float:
    if kind != _NIGHT or factors.rail is None or factors.rail.berths is None:
        return 1.0
    return factors.rail.berths.weight[berth]


def grid_g_kwh(country: str, grid: Grid | None, factor_set: str) -> Range:
    """Return the carbon intensity of a country's electricity, g CO2e per kWh.

    Raises:
        FactorMissingError: the country is not in the table; no average is put in its place.
    """
    central = grid.g_kwh.get(grid.supplied_by.get(country, country)) if grid else None
    if grid is None or central is None:
        text = message("the electricity of {country}", country=Country(country[:60]))
        raise FactorMissingError(text, factor_set, "country")
    return Range(central * (1 - grid.range_share), central, central * (1 + grid.range_share))


def _grid_driver(country: str, grid: Range) -> Driver:
    return driver_of(f"electricity {country}", grid)


def contract_kg(
    operator: str, kind: str, km: float, located_kg: Range, factors: FactorSet
) -> Range | None:
    """Return kg CO2e of a train ride by the electricity that its operator buys by contract.

    None where the set knows no contract of the operator, or the train does not run on
    electricity: then only the location-based figure counts.
    """
    contract = factors.contracts.get(operator)
    energy = factors.rail.energy_kwh_pkm.get(kind) if factors.rail else None
    if contract is None or energy is None or factors.rail is None or not located_kg.central:
        return None
    if contract.per == "pkm":
        return contract.range.scaled(km / 1000)
    return energy.range.times(contract.range).scaled(factors.rail.supply_loss * km / 1000)


def vehicle_key(mode: str, kind: str) -> str:
    """Return the name under which a vehicle stands in the tables: car_petrol, ferry_car."""
    mode = "car" if mode == "carpool" else mode
    return f"{mode}_{kind}" if kind else mode


def passenger_parts(
    key: str, km: float, occupants: float, km_by_country: Mapping[str, float], factors: FactorSet
) -> Iterator[Part]:
    """Yield the emissions of one passenger by road or water, kg CO2e WTW.

    A vehicle of which the factor is per vehicle (car, taxi) is shared by its occupants. An
    electric one is reckoned by the electricity of each country that it crosses.

    Raises:
        FactorMissingError: the set does not know the vehicle, or not the country's electricity.
    """
    electric = factors.electric.get(key)
    if electric:
        yield from _electric_parts(key, electric, occupants, km_by_country, factors)
        return
    row = factors.per_vehicle_g_km.get(key)
    shared = occupants if row else 1.0
    row = row or factors.per_passenger_g_km.get(key)
    if row is None:
        raise FactorMissingError(message("the mode “{mode}”", mode=key[:60]), factors.id)
    if row.only_in and set(km_by_country) != {row.only_in}:
        text = message("this vehicle outside {country}", country=Country(row.only_in))
        raise FactorMissingError(text, factors.id, "country")
    yield _by_row(key, row, km / 1000 / shared)


def hired_parts(leg: Leg, hired: Hired, factors: FactorSet) -> Iterator[Part]:
    """Yield the emissions of one passenger of a vehicle hired as a whole, kg CO2e WTW.

    The factor of one passenger times the passengers of a usual ride is that of the vehicle, which
    those who hired it share. How full a usual ride is, is a doubt of its own.

    Raises:
        FactorMissingError: the set does not know the vehicle.
    """
    row = factors.per_passenger_g_km.get(leg.mode)
    if row is None:
        raise FactorMissingError(message("the mode “{mode}”", mode=leg.mode[:60]), factors.id)
    load = Range(hired.low, hired.usual, hired.high)
    kg = row.range.times(load).scaled(leg.km / 1000 / hired.occupants)
    ttw_kg = None if row.ttw_share is None else kg.central * row.ttw_share
    drivers = (driver_of(leg.mode, row.range), driver_of("load of a hired vehicle", load))
    yield Part(f"{leg.mode} hired", kg, _HIRED_TIER, ttw_kg, drivers)


def hired_manufacture_kg(leg: Leg, hired: Hired, factors: FactorSet) -> float | None:
    """Return kg CO2e of one passenger for making a vehicle that is hired as a whole."""
    made_kg = manufacture_kg(leg.mode, leg.km, 1.0, factors)
    return None if made_kg is None else made_kg * hired.usual / hired.occupants


def _electric_parts(
    key: str,
    vehicle: Electric,
    occupants: float,
    km_by_country: Mapping[str, float],
    factors: FactorSet,
) -> Iterator[Part]:
    if not km_by_country:
        text = message("electricity of an unknown country")
        raise FactorMissingError(text, factors.id, "country")
    shared = occupants if vehicle.per == "vehicle" else 1.0
    for country, km in km_by_country.items():
        grid = grid_g_kwh(country, factors.grid, factors.id)
        kwh_km = vehicle.kwh_km
        kg = kwh_km.range.times(grid).scaled(vehicle.loss * km / 1000 / shared)
        drivers = (driver_of(key, kwh_km.range), _grid_driver(country, grid))
        yield Part(key, kg, kwh_km.tier, 0.0, drivers)


def manufacture_kg(key: str, km: float, occupants: float, factors: FactorSet) -> float | None:
    """Return kg CO2e of one passenger for making the vehicle, None where nobody published it.

    It stands beside the estimate and is never in it.
    """
    row = factors.manufacture_g_km.get(key)
    if row is None:
        return None
    vehicle = factors.electric.get(key)
    shared = key in factors.per_vehicle_g_km or (vehicle is not None and vehicle.per == "vehicle")
    return row.central * km / 1000 / (occupants if shared else 1.0)
