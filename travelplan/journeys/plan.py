"""Every way to get from one place to another: rail, air and road put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from travelplan.errors import FieldProblem, InputError
from travelplan.geo import great_circle_km
from travelplan.journeys.air import Air
from travelplan.journeys.airports import Airports
from travelplan.journeys.coverage import Coverage
from travelplan.journeys.model import Journey
from travelplan.journeys.rail import Network
from travelplan.journeys.road import Road
from travelplan.journeys.rules import JourneyRules
from travelplan.journeys.ways import RailWay
from travelplan.language import message
from travelplan.places.model import Place
from travelplan.strict import Document

_ON_LAND = ("train", "coach", "car")


@dataclass(frozen=True)
class Transport:
    """What journeys are planned with. `versions` names the edition of each part."""

    network: Network = field(repr=False)
    airports: Airports = field(repr=False)
    rules: JourneyRules = field(repr=False)
    coverage: Coverage = field(repr=False)
    air: Air = field(repr=False)
    road: Road = field(repr=False)
    versions: Mapping[str, str]

    @classmethod
    def from_texts(
        cls,
        *,
        rules: Document,
        rail_head: Document,
        lines: str,
        stations: str,
        walks: str,
        countries: str,
        airports_head: Document,
        airports: str,
    ) -> Transport:
        """Build it from the documents and texts of `data`, rail/ and the airports among them.

        Raises:
            DataError: a document or text has faults; each is named with its line.
        """
        parsed = rules.parse(JourneyRules)
        network = Network.from_texts(
            rail_head, lines=lines, stations=stations, walks=walks, countries=countries
        )
        known = Airports.from_texts(airports_head, airports=airports, rule=parsed.flight)
        coverage = Coverage(network, parsed.access, parsed.coverage)
        return cls(
            network=network,
            airports=known,
            rules=parsed,
            coverage=coverage,
            air=Air(known, coverage, network, parsed),
            road=Road(parsed.road, parsed.door, coverage),
            versions={
                "rail": network.head.edition,
                "airports": known.head.edition,
                "journeys": parsed.edition,
            },
        )

    @property
    def rail_tolerance(self) -> float:
        """How far the minutes of the network may be off, as a share."""
        return self.network.head.tolerance


@dataclass(frozen=True, slots=True)
class Planned:
    """The journeys between two places, and what rules ask of them.

    `journeys` holds train, plane, coach, car, shared car and bike, each if it is to be had.
    `served_by_rail` is None where that is not known. `flight_min` runs from the first take-off
    to the last landing. `land_min` is the quickest of train, coach and car; `distance_km` the
    great circle. `rail_overnight` says that the way by rail takes longer than a day of travel.
    """

    journeys: tuple[Journey, ...]
    served_by_rail: bool | None
    rail: Journey | None
    flight_min: int | None
    plane_door_min: int | None
    rail_door_min: int | None
    land_min: int | None
    distance_km: float
    rail_km: float | None
    rail_overnight: bool


def plan_journeys(
    origin: Place, destination: Place, *, travellers: int, transport: Transport
) -> Planned:
    """Return every way to get from one place to another, one way.

    Args:
        origin: where the trip begins.
        destination: where it goes.
        travellers: how many travel together; they share cars.
        transport: the network, the airports and the rules.

    Raises:
        InputError: origin and destination are the same place.
    """
    if origin.id == destination.id:
        text = message(
            "You are already in {place}: choose another destination.", place=destination.names
        )
        raise InputError([FieldProblem("destination", "same_place", text)])
    distance_km = great_circle_km(origin, destination)
    by_road = transport.road.plan(origin, destination, travellers)
    if distance_km < transport.rules.road.in_town_km:
        return _planned(by_road, distance_km, served=False)
    answer = transport.coverage.answer(origin, destination)
    rail = _rail_journey(answer.way, origin, destination, transport) if answer.way else None
    plane = transport.air.plan(origin, destination)
    journeys = tuple(
        journey for journey in (rail, plane.journey if plane else None, *by_road) if journey
    )
    overnight = rail is not None and rail.duration_min > transport.network.head.limit_min
    return _planned(journeys, distance_km, served=answer.served, overnight=overnight)


def _rail_journey(way: RailWay, origin: Place, destination: Place, transport: Transport) -> Journey:
    door = transport.rules.door
    return Journey(
        mode="train",
        legs=transport.coverage.with_access(way, origin, destination),
        duration_min=way.minutes,
        door_to_door_min=way.minutes + 2 * door.access_min + door.buffer_min + way.check_in_min,
        changes=way.changes,
    )


def _planned(
    journeys: tuple[Journey, ...],
    distance_km: float,
    *,
    served: bool | None,
    overnight: bool = False,
) -> Planned:
    by_mode = {journey.mode: journey for journey in journeys}
    rail, plane = by_mode.get("train"), by_mode.get("plane")
    on_land = [by_mode[mode].duration_min for mode in _ON_LAND if mode in by_mode]
    return Planned(
        journeys=journeys,
        served_by_rail=served,
        rail=rail,
        flight_min=plane.duration_min if plane else None,
        plane_door_min=plane.door_to_door_min if plane else None,
        rail_door_min=rail.door_to_door_min if rail else None,
        land_min=min(on_land, default=None),
        distance_km=distance_km,
        rail_km=rail.km if rail else None,
        rail_overnight=overnight,
    )
