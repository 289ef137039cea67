"""The ways between two places that an audit asks for, planned when asked, and their emissions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, cast, get_args

from travelplan.audit.trips import Ride
from travelplan.emissions.estimate import estimate_legs
from travelplan.emissions.factors import CABINS, Berth, FactorSet
from travelplan.emissions.figure import Estimate, total
from travelplan.emissions.parts import FactorMissingError
from travelplan.journeys.model import Journey, Leg
from travelplan.journeys.plan import Kind, Planned, plan_journeys
from travelplan.language import Words
from travelplan.places import Place
from travelplan.reference import Reference

_KIND_OF_MODE: Mapping[str, Kind] = {"train": "rail", "night_train": "night", "plane": "air"}
RAIL: frozenset[Kind] = frozenset({"rail"})
"""The ways by day train, which the scheme asks for: they are planned once."""
_NOWHERE = Words("", "", "")


class WayLeg(NamedTuple):
    """What the estimate reads of a leg: see `travelplan.journeys.model.Leg`."""

    mode: str
    kind: str
    km: float
    km_by_country: Mapping[str, float]


class Way(NamedTuple):
    """A way as the estimate reads it: enough to reckon its emissions again.

    `own` says that it was made with a vehicle of the organisation.
    """

    mode: str
    cabin: str
    occupants: float
    times: int
    legs: tuple[WayLeg, ...]
    own: bool = False


class Door(NamedTuple):
    """A way with the minutes from door to door and the changes on it, one way."""

    way: Way
    minutes: int
    changes: int


@dataclass(frozen=True, eq=False)
class Figure:
    """The emissions of one traveller on some ways; its legs can be reckoned again from `ways`.

    `ttw_kg` is what the vehicles themselves emit; None where a source does not split it.
    """

    estimate: Estimate
    ways: tuple[Way, ...]
    ttw_kg: float | None

    @cached_property
    def evidence(self) -> str:
        """The ways as JSON: enough to reckon the emissions again."""
        found = [
            {
                "mode": way.mode,
                "class": way.cabin,
                "occupants": way.occupants,
                "times": way.times,
                "legs": [[leg.mode, leg.kind, leg.km, dict(leg.km_by_country)] for leg in way.legs],
                **({"own": True} if way.own else {}),
            }
            for way in self.ways
        ]
        return json.dumps(found, separators=(",", ":"))


def ways_of(evidence: Iterable[Mapping[str, Any]]) -> tuple[Way, ...]:
    """Return the ways that an evidence holds; raises KeyError or ValueError if it is none."""
    return tuple(
        Way(
            str(way["mode"]),
            str(way["class"]),
            float(way["occupants"]),
            int(way["times"]),
            tuple(
                WayLeg(str(mode), str(kind), float(km), dict(by))
                for mode, kind, km, by in way["legs"]
            ),
            bool(way.get("own")),
        )
        for way in evidence
    )


class Ways:
    """Plans ways and reckons their emissions; each once."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._planned: dict[tuple[object, ...], Planned] = {}
        self._figures: dict[tuple[object, ...], Figure | None] = {}
        self._doors: dict[tuple[object, ...], Door | None] = {}

    def planned(
        self, origin: Place, destination: Place, kinds: frozenset[Kind], **more: object
    ) -> Planned:
        """Return the ways of some kinds between two places; see `plan_journeys` for `more`."""
        key = (origin.id, destination.id, kinds, *more.values())
        found = self._planned.get(key)
        if found is None:
            found = plan_journeys(
                origin,
                destination,
                transport=self._reference.transport,
                kinds=kinds,
                **{"travellers": 1, **more},  # type: ignore[arg-type]
            )
            self._planned[key] = found
        return found

    def door(self, ride: Ride, travellers: int = 1) -> Door | None:
        """Return a ride one way, from door to door; None if no way is known."""
        occupants = travellers if ride.mode == "carpool" else 1
        key = (ride.origin.id, ride.destination.id, ride.mode, ride.cabin, occupants)
        if key not in self._doors:
            self._doors[key] = self._find(ride, occupants)
        return self._doors[key]

    def figure(self, rides: Iterable[Ride], travellers: int) -> Figure | None:
        """Return the emissions of one traveller on some rides; None if one cannot be reckoned."""
        found = tuple(rides)
        occupants = travellers if any(ride.mode == "carpool" for ride in found) else 1
        key = (
            occupants,
            *((r.origin.id, r.destination.id, r.mode, r.cabin, r.times, r.own) for r in found),
        )
        if key not in self._figures:
            self._figures[key] = self._reckon(found, travellers)
        return self._figures[key]

    def _find(self, ride: Ride, occupants: int) -> Door | None:
        if ride.origin.id == ride.destination.id:
            return None
        kinds = frozenset({_KIND_OF_MODE.get(ride.mode, "road")})
        if kinds == RAIL:
            planned = self.planned(ride.origin, ride.destination, RAIL)
        else:
            planned = plan_journeys(
                ride.origin,
                ride.destination,
                travellers=occupants,
                transport=self._reference.transport,
                kinds=kinds,
            )
        journey = next((j for j in planned.journeys if j.mode == ride.mode), None)
        if journey is None:
            return None
        return Door(_way(journey, ride.cabin), journey.door_to_door_min, journey.changes)

    def _reckon(self, rides: tuple[Ride, ...], travellers: int) -> Figure | None:
        ways = []
        for ride in rides:
            door = self.door(ride, travellers)
            if door is None:
                return None
            ways.append(door.way._replace(times=ride.times, own=ride.own))
        estimate = emissions_of(ways, self._reference.factors, self._reference.standard)
        if estimate is None:
            return None
        return Figure(replace(estimate, legs=()), tuple(ways), estimate.ttw_kg)


def emissions_of(
    ways: Iterable[Way], factors: FactorSet, standard: FactorSet | None
) -> Estimate | None:
    """Return the emissions of one traveller on some ways, all the times that they are made.

    Args:
        ways: at least one.
        factors: the factor set.
        standard: the set that stands in for legs of which `factors` has no factor.

    Returns:
        None if a factor is missing.
    """
    try:
        parts = [
            estimate_legs(
                [_leg(leg) for leg in way.legs],
                factors,
                cabin=way.cabin if way.cabin in CABINS else "economy",
                occupants=way.occupants,
                berth=cast("Berth", way.cabin) if way.cabin in get_args(Berth) else "couchette",
                fill=standard,
            ).scaled(way.times)
            for way in ways
        ]
    except FactorMissingError:
        return None
    whole = parts[0] if len(parts) == 1 else total(parts)
    others = (name for name in whole.factor_sets if name != factors.id)
    return replace(whole, factor_sets=(factors.id, *others))


def _way(journey: Journey, cabin: str) -> Way:
    legs = tuple(WayLeg(leg.mode, leg.kind, leg.km, leg.km_by_country) for leg in journey.legs)
    return Way(journey.mode, cabin, journey.occupants, 1, legs)


def _leg(leg: WayLeg) -> Leg:
    return Leg(
        leg.mode,
        _NOWHERE,
        _NOWHERE,
        minutes=0,
        km=leg.km,
        kind=leg.kind,
        km_by_country=leg.km_by_country,
    )
