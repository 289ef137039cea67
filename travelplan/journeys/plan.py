"""Every way to get from one place to another: rail, air and road put together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from travelplan.errors import FieldProblem, InputError
from travelplan.geo import great_circle_km
from travelplan.journeys.air import Air
from travelplan.journeys.airports import Airports
from travelplan.journeys.coverage import Coverage, RailAnswer
from travelplan.journeys.model import Journey
from travelplan.journeys.night import Night, NightAnswer
from travelplan.journeys.night_trains import NightTrains
from travelplan.journeys.rail import Network
from travelplan.journeys.road import Road
from travelplan.journeys.rules import JourneyRules
from travelplan.journeys.sea import Lands
from travelplan.journeys.timetable import RailTexts
from travelplan.journeys.ways import RailWay
from travelplan.language import Message, Minutes, message
from travelplan.places.model import Place
from travelplan.strict import Document

_ON_LAND = ("train", "coach", "car")
Kind = Literal["rail", "alternatives", "night", "air", "road"]
ALL_KINDS: frozenset[Kind] = frozenset({"rail", "alternatives", "night", "air", "road"})
_NO_NIGHTS = NightAnswer()
_NO_RAIL = RailAnswer(served=None)


@dataclass(frozen=True, slots=True)
class TransportDocuments:
    """The YAML documents of the transport data."""

    rules: Document
    rail_head: Document
    airports_head: Document
    night_trains: Document
    crossings: Document


@dataclass(frozen=True)
class Transport:
    """What journeys are planned with. `versions` names the edition of each part."""

    network: Network = field(repr=False)
    airports: Airports = field(repr=False)
    rules: JourneyRules = field(repr=False)
    coverage: Coverage = field(repr=False)
    air: Air = field(repr=False)
    road: Road = field(repr=False)
    night: Night = field(repr=False)
    versions: Mapping[str, str]

    @classmethod
    def from_texts(
        cls, documents: TransportDocuments, *, rail: RailTexts, airports: str
    ) -> Transport:
        """Build it from the documents and texts of `data`.

        Raises:
            DataError: a document or text has faults; each is named with its line.
        """
        rules = documents.rules.parse(JourneyRules)
        network = Network.from_texts(documents.rail_head, rail)
        known = Airports.from_texts(documents.airports_head, airports=airports, rule=rules.flight)
        coverage = Coverage(network, rules.access, rules.coverage)
        lands = Lands.from_document(
            documents.crossings,
            islands=rules.coverage.islands,
            joined=rules.road.joined,
            countries=rules.road.countries,
        )
        countries = {name: s.country for name, s in network.timetable.stations.items()}
        trains = NightTrains.from_document(documents.night_trains, countries)
        return cls(
            network=network,
            airports=known,
            rules=rules,
            coverage=coverage,
            air=Air(known, coverage, network, rules),
            road=Road(rules.road, rules.door, coverage=coverage, lands=lands),
            night=Night(trains, network, coverage, rules.door),
            versions={
                "rail": network.head.edition,
                "airports": known.head.edition,
                "journeys": rules.edition,
                "crossings": lands.head.edition,
                "night_trains": trains.head.edition,
            },
        )

    @property
    def rail_tolerance(self) -> float:
        """How far the minutes of the network may be off at least, as a share."""
        return self.network.head.tolerance


@dataclass(frozen=True, slots=True)
class Planned:
    """The journeys between two places, and what rules ask of them.

    `journeys` holds train, night train, plane, coach, car, shared car and bike, each if it is to
    be had. `alternatives` are other ways by train that spare a change for some minutes;
    `night_trains` all the night trains for the evening, the first of them among `journeys`.
    `served_by_rail` is None where that is not known; `rail_tolerance` is how far the minutes by
    rail may be off, as a share. `flight_min` runs from the first take-off to the last landing.
    `land_min` is the quickest of train, coach and car; `distance_km` the great circle.
    `rail_overnight` says that the way by rail takes longer than a day of travel; `night_train`
    whether a night train runs on the evening of departure, None if none is known at all.
    `longer_min` is what longer changes add to the way by rail.
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
    rail_tolerance: float = 0.0
    night_train: bool = False
    alternatives: tuple[Journey, ...] = ()
    night_trains: tuple[Journey, ...] = ()
    longer_min: int = 0


def plan_journeys(
    origin: Place,
    destination: Place,
    *,
    travellers: int,
    transport: Transport,
    depart: date | None = None,
    occupants: int | None = None,
    kinds: Collection[Kind] = ALL_KINDS,
) -> Planned:
    """Return every way to get from one place to another, one way.

    Args:
        origin: where the trip begins.
        destination: where it goes.
        travellers: how many travel together; they share cars.
        transport: the network, the airports and the rules.
        depart: the day of departure, for the night trains; without it any night counts.
        occupants: how many sit in the shared car, if not the travellers alone.
        kinds: which ways to look for, where only some are asked for; what rests on others is
            then missing.

    Raises:
        InputError: origin and destination are the same place.
    """
    if origin.id == destination.id:
        text = message(
            "You are already in {place}: choose another destination.", place=destination.names
        )
        raise InputError([FieldProblem("destination", "same_place", text)])
    distance_km = great_circle_km(origin, destination)
    by_road = (
        transport.road.plan(origin, destination, travellers, occupants) if "road" in kinds else ()
    )
    if distance_km < transport.rules.road.in_town_km:
        return _planned(_Found(by_road), distance_km, served=False)
    answer = _NO_RAIL
    if "rail" in kinds or "night" in kinds:
        answer = transport.coverage.answer(origin, destination)
    rail = _rail(answer.way, origin, destination, transport) if answer.way else None
    nights = _NO_NIGHTS
    if answer.served is not None and "night" in kinds:
        minutes = rail.duration_min if rail else None
        nights = transport.night.answer(origin, destination, depart, day_train_min=minutes)
    plane = transport.air.plan(origin, destination) if "air" in kinds else None
    others = answer.way if "alternatives" in kinds else None
    found = _Found(
        by_road,
        rail=rail,
        alternatives=_alternatives(others, origin, destination, transport),
        nights=nights,
        plane=_plane(plane.journey, origin, destination, rail or by_road) if plane else None,
        tolerance=_tolerance(answer.way, transport) if answer.way else 0.0,
    )
    return _planned(
        found,
        distance_km,
        served=answer.served,
        overnight=rail is not None and rail.duration_min > transport.network.head.limit_min,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The ways found."""

    by_road: tuple[Journey, ...]
    rail: Journey | None = None
    alternatives: tuple[Journey, ...] = ()
    nights: NightAnswer = _NO_NIGHTS
    plane: Journey | None = None
    tolerance: float = 0.0


def _rail(way: RailWay, origin: Place, destination: Place, transport: Transport) -> Journey:
    door, limit_min = transport.rules.door, transport.network.head.limit_min
    notes: list[Message] = []
    if way.minutes > limit_min:
        notes.append(overnight_note(limit_min))
    if any(leg.confidence == "low" for leg in way.legs):
        notes.append(message("We are less sure of some of these times: check them."))
    return Journey(
        mode="train",
        legs=transport.coverage.with_access(way, origin, destination),
        duration_min=way.minutes,
        door_to_door_min=way.minutes + 2 * door.access_min + door.buffer_min + way.check_in_min,
        changes=way.changes,
        notes=tuple(notes),
        overnight_needed=way.minutes > limit_min,
    )


def overnight_note(limit_min: int) -> Message:
    """Return that a way by rail takes more than a day of travel, and what is not in its time."""
    return message(
        "Overnight needed: the way takes longer than {limit}. Waits at night are not in the time.",
        limit=Minutes(limit_min),
    )


def _plane(
    journey: Journey, origin: Place, destination: Place, on_land: Journey | tuple[Journey, ...]
) -> Journey:
    """Return a journey by air, with a word where Europe has no other way: islands without ships."""
    if on_land or {origin.continent, destination.continent} != {"EU"}:
        return journey
    note = message(
        "We know no way over land or sea between {origin} and {destination}.",
        origin=origin.names,
        destination=destination.names,
    )
    return replace(journey, notes=(*journey.notes, note))


def _tolerance(way: RailWay, transport: Transport) -> float:
    return way.tolerance(transport.network.head.tolerance_by_confidence)


def _alternatives(
    way: RailWay | None, origin: Place, destination: Place, transport: Transport
) -> tuple[Journey, ...]:
    if way is None:
        return ()
    ends = (transport.coverage.joined(origin), transport.coverage.joined(destination))
    others = transport.network.alternatives(way, *ends)
    return tuple(_rail(other, origin, destination, transport) for other in others)


def _planned(
    found: _Found, distance_km: float, *, served: bool | None, overnight: bool = False
) -> Planned:
    rail, plane, nights = found.rail, found.plane, found.nights.journeys
    first = (rail, *nights[:1], plane, *found.by_road)
    journeys = tuple(journey for journey in first if journey)
    return Planned(
        journeys=journeys,
        served_by_rail=served,
        rail=rail,
        flight_min=plane.duration_min if plane else None,
        plane_door_min=plane.door_to_door_min if plane else None,
        rail_door_min=rail.door_to_door_min if rail else None,
        land_min=land_min(journeys),
        distance_km=distance_km,
        rail_km=rail.km if rail else None,
        rail_overnight=overnight,
        rail_tolerance=found.tolerance,
        night_train=bool(nights) and found.nights.that_night is not False,
        alternatives=found.alternatives,
        night_trains=nights,
    )


def land_min(journeys: Iterable[Journey]) -> int | None:
    """Return the minutes of the quickest of train, coach and car; None without any."""
    return min((j.duration_min for j in journeys if j.vehicle in _ON_LAND), default=None)
