"""The rules by which journeys are put together, as data/journeys.yaml gives them.

Times in minutes, distances in kilometres, speeds in kilometres an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from travelplan.geo import Located
from travelplan.sourced import Basis, FileModel, SetOf, Source, TupleOf

Whole = Annotated[int, Field(ge=0)]
Number = Annotated[float, Field(gt=0)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Continent = Literal["AF", "AN", "AS", "EU", "NA", "OC", "SA"]


class Box(FileModel):
    """A part of the map, in decimal degrees; with `country`, only what lies in that country."""

    name: str
    south: float
    north: float
    west: float
    east: float
    country: CountryCode | None = None

    def holds(self, position: Located, country: str) -> bool:
        """Return whether a position lies in it."""
        if self.country and self.country != country:
            return False
        return self.south <= position.lat <= self.north and self.west <= position.lon <= self.east


class AccessRule(FileModel):
    """How a place without a station in town is joined to the nearest stations."""

    in_town_km: Number
    limit_km: Number
    stations: Annotated[int, Field(gt=0)]
    road_factor: Number
    speed_km_h: Number
    fixed_min: Whole
    basis: Basis


class DoorRule(FileModel):
    """The way to the first station and from the last one, and time to spare."""

    access_min: Whole
    buffer_min: Whole
    basis: Basis


class CoverageRule(FileModel):
    """Where no train can be, and the continents in which the network may simply lack one.

    `enclaves` are countries without a station in the network that its neighbours' stations serve.
    """

    network_continents: TupleOf[Continent]
    enclaves: SetOf[CountryCode]
    without_railway: SetOf[CountryCode]
    islands: TupleOf[Box]
    basis: Basis


class FlightRule(FileModel):
    """Which flights are taken to exist, how long they take, and the time around them."""

    block_fixed_min: Whole
    block_min_per_km: Number
    block_source: Source
    airport_min: Whole
    airport_source: Source
    arrival_min: Whole
    transfer_min: Whole
    buffer_min: Whole
    least_trip_km: Number
    reach_km: Number
    short_haul_km: Number
    range_km: Number
    least_flight_km: Number
    stop_from_km: Number
    stop_dislike_min: Whole
    short_haul_continents: SetOf[Continent]
    short_haul_countries: SetOf[CountryCode]
    access_speed_km_h: Number
    access_fixed_min: Whole
    basis: Basis

    def block_min(self, km: float) -> int:
        """Return the minutes from gate to gate of a flight of `km` great circle."""
        return round(self.block_fixed_min + self.block_min_per_km * km)


class VehicleRule(FileModel):
    """Average speed of a road vehicle, minutes lost at the ends, and how far it is offered."""

    speed_km_h: Number
    fixed_min: Whole
    most_km: Number

    def minutes(self, road_km: float) -> int:
        """Return the minutes for some kilometres by road."""
        return round(self.fixed_min + road_km / self.speed_km_h * 60)


class CharterRule(FileModel):
    """A coach that a group hires as a whole: for how many, and how full coaches usually are.

    Factors of a coach are published per passenger; times `usual` passengers they are those of the
    whole coach.
    """

    least_travellers: Annotated[int, Field(ge=2)]
    seats: Annotated[int, Field(ge=2)]
    low: Number
    usual: Number
    high: Number
    basis: Basis
    because: str


class RoadRule(FileModel):
    """Travel by road: where it is possible, how long it takes.

    `joined` are parts of a country that belong to the land that their name says; coaches call
    within `coach_reach_km` of stations of the main lines.
    """

    road_factor: Number
    countries: SetOf[CountryCode]
    joined: TupleOf[Box]
    coach_reach_km: Number
    car: VehicleRule
    coach: VehicleRule
    bus: VehicleRule
    bike: VehicleRule
    seats: Annotated[int, Field(ge=2)]
    in_town_km: Number
    basis: Basis
    charter: CharterRule


class MeetingRule(FileModel):
    """When one leaves for a meeting at the earliest, from the door, and how early one is there.

    `clock_ahead_min` is how far the clock of a country is ahead of that of Belgium, all year.
    """

    earliest_departure: Annotated[str, Field(pattern=r"^\d\d:\d\d$")]
    spare_min: Whole
    clock_ahead_min: Mapping[CountryCode, int]
    basis: Basis


class AssistanceRule(FileModel):
    """How much more time each change takes for who asks for it."""

    change_min: Whole
    basis: Basis


class JourneyRules(FileModel):
    """All rules of data/journeys.yaml."""

    edition: str
    as_of: str | int
    access: AccessRule
    door: DoorRule
    coverage: CoverageRule
    flight: FlightRule
    road: RoadRule
    meeting: MeetingRule
    assistance: AssistanceRule
