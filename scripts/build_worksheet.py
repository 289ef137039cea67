"""Write docs/by-hand.xlsx: one flight and one train worked out in cells that a person can follow.

Every number is taken from the default factor set, every result is a formula of the cells above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

from travelplan import Leg, estimate_distance, load_factors
from travelplan.emissions.estimate import estimate_legs
from travelplan.emissions.flight_factors import FleetFlight
from travelplan.language import Words

FLIGHT_KM = 1084.0
TRAIN_KIND, TRAIN_KM = "ice", {"BE": 147.0, "DE": 106.0}


@dataclass(frozen=True)
class Step:
    """A line of the sheet: what it is, a number or a formula, its unit, where it comes from.

    In a formula `{name}` stands for the cell of the step with that name.
    """

    name: str
    words: str
    value: float | str
    unit: str
    source: str = ""
    result: float = 0.0


def flight_steps() -> list[Step]:
    """Return Brussels to Barcelona in economy, step by step."""
    factors = load_factors("travelplan-2026.1")
    flight = factors.flight
    if not isinstance(flight, FleetFlight) or flight.non_co2 is None:
        raise TypeError("the default set has a fleet")
    curve, feat = flight.narrow_body, "[feat] narrow-body, fleet mix"
    found = estimate_distance("plane", FLIGHT_KM, factors)
    kg, extra = found.wtw, found.non_co2
    return [
        Step("km", "Great circle Brussels to Barcelona", FLIGHT_KM, "km"),
        Step("constant", "Landing and take-off", curve.constant, "kg CO2e", feat),
        Step("per_km", "For each km", curve.per_km, "kg CO2e per km", feat),
        Step("per_km2", "For each km squared", curve.per_km2, "kg CO2e per km²", feat),
        Step("weight", "Weight of economy", curve.class_weight["economy"], "", "[tim]"),
        Step(
            "wtw",
            "From well to wheel",
            "=({constant}+{per_km}*{km}+{per_km2}*{km}^2)*{weight}",
            "kg CO2e",
            result=kg.central,
        ),
        Step("low", "Low, as a share", curve.low, "", "assumption"),
        Step("high", "High, as a share", curve.high, "", "assumption"),
        Step("wtw_low", "Low (5 %)", "={wtw}*{low}", "kg CO2e", result=kg.low),
        Step("wtw_high", "High (95 %)", "={wtw}*{high}", "kg CO2e", result=kg.high),
        Step("ttw", "Burned", flight.fuel.ttw_kg_per_kg, "kg CO2e per kg of fuel", "[tim]"),
        Step("wtt", "Provided", flight.fuel.wtt_kg_per_kg, "kg CO2e per kg of fuel", "[tim]"),
        Step("fuel", "Fuel for this seat", "={wtw}/({ttw}+{wtt})", "kg of fuel"),
        Step("ttw_kg", "Of it TTW", "={fuel}*{ttw}", "kg CO2e", result=found.ttw_kg or 0.0),
        Step("wtt_kg", "Of it WTT", "={fuel}*{wtt}", "kg CO2e", result=found.wtt_kg or 0.0),
        Step("co2", "CO2 burned", flight.co2_kg_per_kg_fuel, "kg CO2 per kg of fuel", "[icao]"),
        Step("share", "Beyond CO2, as a share of it", flight.non_co2.central, "", "[lee]"),
        Step(
            "extra",
            "Beyond CO2, beside the figure",
            "={fuel}*{co2}*{share}",
            "kg CO2e",
            result=extra.central,
        ),
        Step("back", "There and back", "={wtw}*2", "kg CO2e", result=kg.central * 2),
    ]


def train_steps() -> list[Step]:
    """Return Brussels to Cologne by ICE, step by step."""
    factors = load_factors("travelplan-2026.1")
    rail, grid = factors.rail, factors.grid
    if rail is None or grid is None:
        raise TypeError("the default set has trains")
    nowhere = Words("", "", "")
    km = sum(TRAIN_KM.values())
    leg = Leg("train", nowhere, nowhere, 0, km, kind=TRAIN_KIND, km_by_country=TRAIN_KM)
    total_kg = estimate_legs([leg], factors, cabin="economy", occupants=1).wtw.central
    energy = rail.energy_kwh_pkm[TRAIN_KIND]
    steps = [
        Step("kwh", "Energy of an ICE", energy.central, "kWh per passenger-km", energy.basis),
        Step("loss", "Loss of the supply", rail.supply_loss, "", rail.supply_loss_basis),
    ]
    for country, length_km in TRAIN_KM.items():
        steps += [
            Step(f"km_{country}", f"Through {country}", length_km, "km"),
            Step(
                f"g_{country}",
                f"Electricity of {country} in {grid.year}",
                grid.g_kwh[country],
                "g CO2e per kWh",
                "[ember]",
            ),
            Step(
                f"kg_{country}",
                f"In {country}",
                f"={{kwh}}*{{loss}}*{{g_{country}}}*{{km_{country}}}/1000",
                "kg CO2e",
                result=energy.central * rail.supply_loss * grid.g_kwh[country] * length_km / 1000,
            ),
        ]
    every = "+".join(f"{{kg_{country}}}" for country in TRAIN_KM)
    steps.append(Step("wtw", "From well to wheel", f"={every}", "kg CO2e", result=total_kg))
    steps.append(Step("back", "There and back", "={wtw}*2", "kg CO2e", result=total_kg * 2))
    return steps


SHEETS = {"flight": flight_steps, "train": train_steps}
FIRST_ROW = 3


def cells_of(steps: Sequence[Step]) -> dict[str, str]:
    """Return the cell of each step."""
    return {step.name: f"B{FIRST_ROW + i}" for i, step in enumerate(steps)}


def write_worksheet(path: Path) -> None:
    """Write the spreadsheet."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "travelplan by hand", "created": datetime(2026, 1, 1)})
    bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "0.######"})
    for name, steps_of in SHEETS.items():
        sheet, steps = book.add_worksheet(name), steps_of()
        cells = cells_of(steps)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 3, 24)
        sheet.write(0, 0, "One passenger, one way, factor set travelplan-2026.1", bold)
        for column, head in enumerate(("what", "value", "unit", "from")):
            sheet.write(1, column, head, bold)
        for i, step in enumerate(steps):
            row = FIRST_ROW - 1 + i
            sheet.write(row, 0, step.words)
            if isinstance(step.value, str):
                sheet.write_formula(row, 1, step.value.format(**cells), number, step.result)
            else:
                sheet.write_number(row, 1, step.value, number)
            sheet.write(row, 2, step.unit)
            sheet.write(row, 3, step.source)
    book.close()
