"""What a factor set may say of flights: a fleet by fuel curves, bands of distance, or a formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from travelplan.emissions.rows import Basis, Row, Sourced
from travelplan.sourced import FileModel

Cabin = Literal["economy", "premium_economy", "business", "first"]
CABINS: tuple[Cabin, ...] = ("economy", "premium_economy", "business", "first")
Body = Literal["narrow", "wide"]


class Fuel(Sourced):
    """kg CO2e per kg of fuel: burned (TTW) and to provide it (WTT)."""

    ttw_kg_per_kg: float = Field(gt=0)
    wtt_kg_per_kg: float = Field(ge=0)

    @property
    def wtw_kg_per_kg(self) -> float:
        """Burned and provided."""
        return self.ttw_kg_per_kg + self.wtt_kg_per_kg

    @property
    def ttw_share(self) -> float:
        """The share of the whole that comes from burning."""
        return self.ttw_kg_per_kg / self.wtw_kg_per_kg


class BurnedCO2(Sourced):
    """kg CO2 alone per kg of fuel burned: what the non-CO2 effects are a share of."""

    kg_per_kg: float = Field(gt=0)


class Curve(Sourced):
    """kg CO2e WTW of an economy seat: constant + per_km * R + per_km2 * R^2, R great-circle km.

    `low` and `high` are the 90 % range as shares of the central value.
    """

    constant: float
    per_km: float
    per_km2: float
    low: float = Field(gt=0, le=1)
    high: float = Field(ge=1)
    range_basis: Basis
    class_weight: dict[Cabin, float]
    class_weight_basis: Basis
    class_weight_source: str


class Blend(Sourced):
    """Narrow-body below, wide-body above, a straight line between."""

    from_km: float = Field(ge=0)
    to_km: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.to_km <= self.from_km:
            raise ValueError("to_km must lie above from_km")
        return self


class Spread(Sourced):
    """A range as shares of the central value."""

    low: float = Field(gt=0, le=1)
    high: float = Field(ge=1)


class FuelQuadratic(FileModel):
    """kg of fuel of one flight: constant + per_km * R + per_km2 * R^2, the detour inside."""

    body: Literal["narrow", "wide", "turboprop"]
    constant: float = Field(gt=0)
    per_km: float = Field(gt=0)
    per_km2: float


class FuelQuadratics(Sourced):
    """Fuel by type of aircraft (ICAO type designator)."""

    by_type: dict[str, FuelQuadratic]


class ByBody(Sourced):
    """One number by body of aircraft."""

    narrow: float
    wide: float
    turboprop: float


class Seats(Sourced):
    """Seats by type of aircraft, each cabin's seats times its class weight."""

    economy_equivalent: dict[str, float]


class FleetMix(Sourced):
    """Which aircraft an unknown one is, as shares by body."""

    narrow: dict[str, float]
    wide: dict[str, float]


class FleetFlight(FileModel):
    """Fuel curves by aircraft; for an unknown aircraft the closed form of a fleet mix."""

    method: Literal["fleet"]
    narrow_body: Curve
    wide_body: Curve
    blend: Blend
    fuel: Fuel
    burned_co2: BurnedCO2
    load_factor: Row
    cargo_share: dict[Body, Row]
    calibration: ByBody
    known_aircraft: Spread
    aircraft: FuelQuadratics
    seats: Seats
    fleet_mix: FleetMix
    non_co2: Row | None = None

    @property
    def stepwise(self) -> bool:
        """Whether a longer flight may come out lower: never here."""
        return False

    @property
    def wtw_kg_per_kg_fuel(self) -> float:
        """Of the fuel, burned and provided: kg CO2e per kg."""
        return self.fuel.wtw_kg_per_kg

    @property
    def co2_kg_per_kg_fuel(self) -> float:
        """Of the fuel burned: kg CO2 per kg."""
        return self.burned_co2.kg_per_kg

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name in self.aircraft.by_type:
            if name not in self.seats.economy_equivalent:
                raise ValueError(f"the aircraft {name} has no seats")
        for mix in (self.fleet_mix.narrow, self.fleet_mix.wide):
            if not set(mix) <= set(self.aircraft.by_type) or abs(sum(mix.values()) - 1) > 1e-9:
                raise ValueError("a fleet mix does not add up to 1, or names an unknown aircraft")
        return self


class BandRow(Sourced):
    """kg CO2e per passenger-km within a band: `ttw` and `wtt`, or only their sum `wtw`.

    `non_co2` is what the source adds for effects other than CO2.
    """

    ttw: float | None = Field(default=None, gt=0)
    wtt: float | None = Field(default=None, ge=0)
    wtw: float | None = Field(default=None, gt=0)
    non_co2: float = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.wtw is None) == (self.ttw is None):
            raise ValueError("give ttw (with wtt), or wtw")
        return self


class Band(FileModel):
    """The factors up to a distance; the last band has no end."""

    up_to_km: float | None = None
    up_to_km_basis: Basis
    source: str = ""
    cabins: dict[Cabin, BandRow]


class Upstream(Sourced):
    """WTT as a share of TTW, used in place of published WTT factors that do not fit."""

    share_of_ttw: float = Field(gt=0)


class BandFlight(FileModel):
    """Published factors per kilometre by band of distance: they jump where a band ends."""

    method: Literal["bands"]
    bands: list[Band] = Field(min_length=1)
    upstream: Upstream | None = None

    @property
    def stepwise(self) -> bool:
        """Whether a longer flight may come out lower: always here."""
        return True

    @model_validator(mode="after")
    def _rising(self) -> Self:
        ends = [band.up_to_km for band in self.bands]
        bounds = [end for end in ends[:-1] if end is not None]
        if ends[-1] is not None or len(bounds) != len(ends) - 1 or bounds != sorted(bounds):
            raise ValueError("the bands must rise, and only the last has no end")
        if any(set(band.cabins) != set(CABINS) for band in self.bands):
            raise ValueError("every band needs every cabin")
        return self


class FormulaFlight(FileModel):
    """A formula to which the caller gives the fuel of the aircraft, its seats and its cargo."""

    method: Literal["formula"]
    fuel: Fuel
    load_factor: Row
    distance_factor: Row
    landing_take_off_nm: Row
    class_weight: dict[Body, dict[Cabin, float]]
    class_weight_basis: Basis
    class_weight_source: str

    @property
    def stepwise(self) -> bool:
        """Whether a longer flight may come out lower: never here."""
        return False


Flight = Annotated[FleetFlight | BandFlight | FormulaFlight, Field(discriminator="method")]
WeightsByBody = Mapping[Body, Mapping[Cabin, float]]
