"""Emissions of one flight, per passenger, from its great-circle distance."""

from __future__ import annotations

from travelplan.emissions.factors import Cabin, Curve, Flight
from travelplan.emissions.ranges import Range


def flight_wtw_kg(great_circle_km: float, cabin: Cabin, flight: Flight) -> Range:
    """Return kg CO2e WTW of one seat on one flight (FEAT closed form, unknown aircraft).

    Landing and take-off are in the constant, the detour is inside the curve: add nothing to the
    distance. Narrow-body below `blend_from_km`, wide-body above `blend_to_km`, a linear blend
    between them, so the result is continuous and rises with distance in every cabin.
    """
    span_km = flight.blend_to_km - flight.blend_from_km
    wide_share = min(1.0, max(0.0, (great_circle_km - flight.blend_from_km) / span_km))
    narrow = _seat(flight.narrow_body, great_circle_km, cabin)
    wide = _seat(flight.wide_body, great_circle_km, cabin)
    return Range(
        narrow.low + (wide.low - narrow.low) * wide_share,
        narrow.central + (wide.central - narrow.central) * wide_share,
        narrow.high + (wide.high - narrow.high) * wide_share,
    )


def flight_non_co2_kg(wtw: Range, flight: Flight) -> Range:
    """Return the non-CO2 warming of a flight, kg CO2e, from its central WTW figure.

    A share of the CO2 burned in flight. Its range is that of the share alone: how strongly
    contrails warm outweighs every other doubt.
    """
    burned_co2_kg = wtw.central / flight.wtw_kg_per_kg_fuel * flight.co2_kg_per_kg_fuel
    return flight.non_co2.range.scaled(burned_co2_kg)


def _seat(curve: Curve, km: float, cabin: Cabin) -> Range:
    economy_kg = curve.constant + curve.per_km * km + curve.per_km2 * km * km
    central = economy_kg * curve.class_weight[cabin]
    return Range(central * curve.low, central, central * curve.high)
