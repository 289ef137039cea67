"""Emissions on rail, road and water, per passenger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travelplan.emissions.factors import FactorSet, Grid, Row
from travelplan.emissions.ranges import Range
from travelplan.errors import TravelplanError


class FactorMissingError(TravelplanError):
    """The set has no factor for this. `what` names it; nothing is put in its place."""

    def __init__(self, what: str, factor_set: str) -> None:
        self.what = what
        self.factor_set = factor_set
        super().__init__(f"the factor set {factor_set} has no factor for {what}")


Part = tuple[str, Range, int]
"""A share of a leg's emissions: the factor that it rests on, kg CO2e, and the tier."""


def rail_parts(kind: str, km_by_country: Mapping[str, float], factors: FactorSet) -> Iterator[Part]:
    """Yield the emissions of a train ride country by country, kg CO2e WTW per passenger.

    A factor published for that country and class of train goes before energy times electricity.

    Raises:
        FactorMissingError: the set knows neither the class of train nor the country's electricity.
    """
    rail = factors.rail
    for country, km in km_by_country.items():
        row = rail.any_country_g_pkm.get(kind) or rail.country_g_pkm.get(country, {}).get(kind)
        if row:
            yield f"rail {kind} {country}", row.range.scaled(km / 1000), row.tier
            continue
        energy = rail.energy_kwh_pkm.get(kind)
        if energy is None:
            raise FactorMissingError(f"trains of the class {kind!r}", factors.id)
        grid = grid_g_kwh(country, factors.grid, factors.id)
        g_pkm = energy.range.times(grid).scaled(rail.supply_loss)
        yield f"rail {kind}", g_pkm.scaled(km / 1000), energy.tier


def grid_g_kwh(country: str, grid: Grid, factor_set: str) -> Range:
    """Return the carbon intensity of a country's electricity, g CO2e per kWh.

    Raises:
        FactorMissingError: the country is not in the table; no average is put in its place.
    """
    central = grid.g_kwh.get(grid.supplied_by.get(country, country))
    if central is None:
        raise FactorMissingError(f"the electricity of {country}", factor_set)
    return Range(central * (1 - grid.range_share), central, central * (1 + grid.range_share))


def passenger_part(mode: str, km: float, occupants: float, factors: FactorSet) -> Part:
    """Return the emissions of one passenger by road or water, kg CO2e WTW.

    A vehicle of which the factor is per vehicle (car, taxi) is shared by its occupants.

    Raises:
        FactorMissingError: the set does not know the mode.
    """
    row: Row | None = factors.per_vehicle_g_km.get("car" if mode == "carpool" else mode)
    if row:
        return mode, row.range.scaled(km / 1000 / occupants), row.tier
    row = factors.per_passenger_g_km.get(mode)
    if row is None:
        raise FactorMissingError(f"the mode {mode!r}", factors.id)
    return mode, row.range.scaled(km / 1000), row.tier
