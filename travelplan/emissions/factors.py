"""Factor sets: what a file of emission factors may say. Immutable, dated, one boundary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from travelplan.emissions.flight_factors import CABINS, Cabin, FleetFlight, Flight
from travelplan.emissions.rows import Basis, Row, Sourced
from travelplan.sourced import FileModel, Source, Text

__all__ = ["BERTHS", "CABINS", "Berth", "Cabin", "FactorSet", "Profile", "Row"]

Berth = Literal["seat", "couchette", "sleeper"]
BERTHS: tuple[Berth, ...] = ("seat", "couchette", "sleeper")
Part = Literal["non_co2", "hotel", "virtual", "manufacture_g_km", "contracts"]


class Boundary(NamedTuple):
    """What a figure counts. Two figures may be added only if theirs are equal."""

    energy: str
    gases: str
    vehicles: bool
    infrastructure: bool
    non_co2: str


class Berths(Sourced):
    """What a berth weighs against the mean passenger of a night train."""

    weight: dict[Berth, float]


class Rail(FileModel):
    """Energy by class of train, the loss of the supply, and factors published per country.

    The first of these that exists is taken: `any_country_g_pkm` by class, `country_g_pkm` by
    country and class, `country_average_g_pkm`, energy times electricity.
    """

    supply_loss: float = Field(default=1.0, ge=1)
    supply_loss_basis: Basis = "assumption"
    energy_kwh_pkm: dict[str, Row] = {}
    country_g_pkm: dict[str, dict[str, Row]] = {}
    country_average_g_pkm: dict[str, Row] = {}
    any_country_g_pkm: dict[str, Row] = {}
    berths: Berths | None = None
    typical_kind: dict[str, str]
    other_kind: str
    typical_kind_basis: Basis

    @model_validator(mode="after")
    def _kinds_known(self) -> Self:
        tables = (self.energy_kwh_pkm, self.any_country_g_pkm, *self.country_g_pkm.values())
        known = {kind for table in tables for kind in table}
        for kind in (*self.typical_kind.values(), self.other_kind):
            if kind not in known and not self.country_average_g_pkm:
                raise ValueError(f"there is no class of train {kind!r}")
        return self


class Grid(FileModel):
    """Carbon intensity of electricity by country, g CO2e per kWh generated, life cycle."""

    year: int
    year_basis: Basis = "published"
    source: str
    range_share: float = Field(ge=0, lt=1)
    range_share_basis: Basis
    g_kwh: dict[str, Annotated[float, Field(gt=0)]]
    supplied_by: dict[str, str]
    supplied_by_basis: Basis


class Electric(FileModel):
    """A vehicle that drives on the electricity of the country: kWh per km, and what is lost."""

    kwh_km: Row
    loss: float = Field(ge=1)
    loss_basis: Basis
    per: Literal["passenger", "vehicle"]


class Contract(Row):
    """Electricity that an operator buys by contract: g CO2e per kWh, or per passenger-km."""

    per: Literal["kwh", "pkm"]


class Hotel(FileModel):
    """kg CO2e per room and night by country."""

    source: str
    basis: Basis = "published"
    low_share: float
    high_share: float
    range_basis: Basis
    kg_room_night: dict[str, Annotated[float, Field(gt=0)]]


class FactorSet(FileModel):
    """One published or derived set of emission factors.

    `published` is the day or the year, as the publisher states it. `limits` says in words what
    the set cannot do. Tables that a set does not have are absent: it then has no factor, and
    nothing is put in its place.
    """

    id: str
    title: Text
    publisher: str
    edition: str
    published: date | int | None = None
    valid_from: date
    valid_from_basis: Basis
    url: str = ""
    boundary: Literal["TTW", "WTT", "WTW"]
    gases: str
    vehicles: bool
    infrastructure: bool
    non_co2: Literal["none", "separate", "included"]
    licence: str
    attribution: list[str]
    limits: list[Text] = []
    sources: dict[str, Source]
    units: dict[str, str]
    flight: Flight | None = None
    rail: Rail | None = None
    grid: Grid | None = None
    per_passenger_g_km: dict[str, Row] = {}
    per_vehicle_g_km: dict[str, Row] = {}
    electric: dict[str, Electric] = {}
    contracts: dict[str, Contract] = {}
    manufacture_g_km: dict[str, Row] = {}
    hotel: Hotel | None = None
    virtual: Row | None = None

    @property
    def scope(self) -> Boundary:
        """What its figures count."""
        return Boundary(self.boundary, self.gases, self.vehicles, self.infrastructure, self.non_co2)

    @property
    def stepwise(self) -> bool:
        """Whether its flights jump where a band of distance ends, so that it must not rank them."""
        return self.flight is not None and self.flight.stepwise

    @model_validator(mode="after")
    def _sources_exist(self) -> Self:
        missing = sorted(set(_sources_named(self.model_dump())) - set(self.sources))
        if missing:
            raise ValueError(f"the sources {', '.join(missing)} are not listed")
        return self


def _sources_named(value: object) -> list[str]:
    if isinstance(value, dict):
        found = [v for k, v in value.items() if k == "source" or k.endswith("_source")]
        inner = [name for k, v in value.items() if k != "sources" for name in _sources_named(v)]
        return [name for name in found if isinstance(name, str) and name] + inner
    if isinstance(value, list):
        return [name for item in value for name in _sources_named(item)]
    return []


class Base(FileModel):
    """The set that a profile rests on, by its id and the SHA-256 of its file."""

    id: str
    sha256: str = Field(pattern="[0-9a-f]{64}")


class Profile(FileModel):
    """A set that takes its factors from another one, some parts left out."""

    id: str
    title: Text
    publisher: str
    edition: str
    published: date | int | None = None
    valid_from: date
    valid_from_basis: Basis
    url: str = ""
    based_on: Base
    without: list[Part]
    limits: list[Text]

    def over(self, base: FactorSet) -> FactorSet:
        """Return the factor set: that of the base, without the parts left out."""
        own = {name: getattr(self, name) for name in Profile.model_fields if name != "based_on"}
        del own["without"]
        return base.model_copy(update={**own, **self._left_out(base)})

    def _left_out(self, base: FactorSet) -> Mapping[str, object]:
        empty: dict[str, object] = {
            "hotel": None,
            "virtual": None,
            "manufacture_g_km": {},
            "contracts": {},
        }
        out: dict[str, object] = {str(name): empty[name] for name in self.without if name in empty}
        if "non_co2" in self.without:
            out["non_co2"] = "none"
            if isinstance(base.flight, FleetFlight):
                out["flight"] = base.flight.model_copy(update={"non_co2": None})
        return out
