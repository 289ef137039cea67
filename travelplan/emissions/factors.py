"""Factor sets: what a file of emission factors may say. Immutable, dated, one boundary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from travelplan.emissions.ranges import Range
from travelplan.sourced import FileModel, Source, Text

Cabin = Literal["economy", "premium_economy", "business", "first"]
CABINS: tuple[Cabin, ...] = ("economy", "premium_economy", "business", "first")
Basis = Literal["published", "derived", "assumption"]


class Row(FileModel):
    """One factor: low, central, high, and where it comes from.

    `source` is the key of a source of the set; `tier` is the quality of an estimate that rests on
    it (1 measured, 2 published by the operator, 3 modelled, 4 average per kilometre).
    """

    low: float = Field(ge=0)
    central: float = Field(ge=0)
    high: float = Field(ge=0)
    basis: Basis
    source: str = ""
    note: str = ""
    tier: int = Field(default=3, ge=1, le=4)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.central <= self.high:
            raise ValueError("low, central and high are not in this order")
        if self.basis != "assumption" and not self.source:
            raise ValueError("a published or derived factor needs a source")
        return self

    @property
    def range(self) -> Range:
        """The factor as a range, in the unit of its table."""
        return Range(self.low, self.central, self.high)


class Curve(FileModel):
    """kg CO2e WTW of an economy seat: constant + per_km * R + per_km2 * R^2, R great-circle km."""

    constant: float
    per_km: float
    per_km2: float
    low: float = Field(gt=0, le=1)
    high: float = Field(ge=1)
    range_basis: Basis
    class_weight: dict[Cabin, float]
    class_weight_basis: Basis
    basis: Basis
    source: str


class Flight(FileModel):
    """The closed form for an unknown aircraft, and non-CO2 effects as a share of the CO2 burned."""

    narrow_body: Curve
    wide_body: Curve
    blend_from_km: float
    blend_to_km: float
    blend_basis: Basis
    wtw_kg_per_kg_fuel: float
    co2_kg_per_kg_fuel: float
    fuel_source: str
    non_co2: Row

    @model_validator(mode="after")
    def _blend_ordered(self) -> Self:
        if self.blend_to_km <= self.blend_from_km:
            raise ValueError("blend_to_km must lie above blend_from_km")
        return self


class Rail(FileModel):
    """Energy by class of train, the loss of the supply, and factors published per country."""

    supply_loss: float = Field(ge=1)
    supply_loss_basis: Basis
    energy_kwh_pkm: dict[str, Row]
    country_g_pkm: dict[str, dict[str, Row]]
    any_country_g_pkm: dict[str, Row]
    typical_kind: dict[str, str]
    other_kind: str
    typical_kind_basis: Basis

    @model_validator(mode="after")
    def _kinds_known(self) -> Self:
        for kind in (*self.typical_kind.values(), self.other_kind):
            if kind not in self.energy_kwh_pkm:
                raise ValueError(f"there is no class of train {kind!r} in energy_kwh_pkm")
        return self


class Grid(FileModel):
    """Carbon intensity of electricity by country, g CO2e per kWh generated, life cycle."""

    year: int
    source: str
    range_share: float = Field(ge=0, lt=1)
    range_basis: Basis
    g_kwh: dict[str, Annotated[float, Field(gt=0)]]
    supplied_by: dict[str, str]
    supplied_by_basis: Basis


class Hotel(FileModel):
    """kg CO2e per room and night by country."""

    source: str
    low_share: float
    high_share: float
    range_basis: Basis
    kg_room_night: dict[str, Annotated[float, Field(gt=0)]]


class FactorSet(FileModel):
    """One published or derived set of emission factors."""

    id: str
    title: Text
    publisher: str
    edition: str
    published: date
    valid_from: date
    boundary: Literal["TTW", "WTT", "WTW"]
    gases: str
    infrastructure: bool
    non_co2: Literal["none", "separate", "included"]
    licence: str
    attribution: list[str]
    sources: dict[str, Source]
    flight: Flight
    rail: Rail
    grid: Grid
    per_passenger_g_km: dict[str, Row]
    per_vehicle_g_km: dict[str, Row]
    hotel: Hotel

    @model_validator(mode="after")
    def _sources_known(self) -> Self:
        for name in _sources_named(self.model_dump()):
            if name not in self.sources:
                raise ValueError(f"there is no source {name!r} in sources")
        return self


def _sources_named(part: object) -> Iterator[str]:
    """Yield every source that a row or table names."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"source", "fuel_source"} and isinstance(value, str) and value:
                yield value
            yield from _sources_named(value)
