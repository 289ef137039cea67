"""A journey, and the legs it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from travelplan.language import Message, Words

Confidence = Literal["high", "medium", "low"]
"""How sure the minutes are."""

CHARTERED_COACH = "chartered_coach"
MODES = ("train", "night_train", "coach", "car", "carpool", "ferry", "plane", "bike", "virtual")


Position = tuple[float, float]
"""Latitude and longitude, decimal degrees."""

Path = tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Hired:
    """A vehicle hired as a whole, of which factors are published per passenger of a usual load.

    `low`, `usual` and `high` passengers are on board of such a vehicle elsewhere; those who hire
    it pay for all of it and are `occupants`.
    """

    low: float
    usual: float
    high: float
    occupants: float


@dataclass(frozen=True, slots=True)
class Leg:
    """One vehicle ride or walk.

    `mode` is one of MODES or `bus`, `taxi`, `walk`. `kind` says which vehicle for the reckoning
    of emissions: for trains a class of `rail_energy` of the factor set (tgv, ice, ic, regional,
    ...), empty elsewhere. `minutes` is the ride itself; `wait_min` what passes between the leg
    before and this one (change, check-in, time at the airport). `km` is the length of the way
    (rail or road km; great-circle km for a flight); `km_by_country` splits it by ISO code where
    the reckoning needs it. `confidence` (high, medium, low) says how sure the minutes of a line
    of the rail network are. `path` are positions along the way, for a map. `hired` is set for a
    vehicle that those who travel hire as a whole.
    """

    mode: str
    origin: Words
    destination: Words
    minutes: int
    km: float
    operator: str = ""
    line: str = ""
    kind: str = ""
    wait_min: int = 0
    confidence: Confidence = "high"
    km_by_country: Mapping[str, float] = field(default_factory=dict)
    path: Path = ()
    hired: Hired | None = None


@dataclass(frozen=True, slots=True)
class NightStay:
    """What a night train means for the evening and the morning, on the clocks of the places.

    `days` are those on which the train leaves its first stop; `evening` is the one of this
    journey, None if no day was asked for. `leave_home` and `be_there` count the day trains before
    and after in. `approximate` times are general knowledge, `status` is running or announced.
    """

    train: str
    operator: str
    days: tuple[str, ...]
    evening: date | None
    departs: str
    arrives: str
    leave_home: str
    be_there: str
    approximate: bool
    status: str
    season: tuple[str, str] | None
    hotel_night_saved: bool
    working_day_kept: bool
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Journey:
    """One way to make a trip one way, by one main mode: a chain of legs.

    `duration_min`: by rail from the first departure to the last arrival, station to station,
    with changes and access legs; by air from the first take-off to the last landing; by road
    from door to door. `door_to_door_min` adds the way to the first station or airport, the time
    there, and the way from the last. `changes` counts changes of vehicle within the main mode; by
    air also the change to a train that goes far beyond the local way (Tokyo to Kanazawa).
    `occupants` share the vehicle (car, carpool, hired coach), 1 elsewhere. `notes` are sentences
    that the traveller must know of it. `overnight_needed` says that it takes longer than a day of
    travel, waits at night not counted; `night` tells of a night train.
    """

    mode: str
    legs: tuple[Leg, ...]
    duration_min: int
    door_to_door_min: int
    changes: int
    occupants: float = 1.0
    notes: tuple[Message, ...] = ()
    overnight_needed: bool = False
    night: NightStay | None = None

    @property
    def vehicle(self) -> str:
        """What people call the way: its mode, or `chartered_coach`."""
        return CHARTERED_COACH if any(leg.hired for leg in self.legs) else self.mode

    @property
    def km(self) -> float:
        """Length of all legs, in kilometres."""
        return sum(leg.km for leg in self.legs)

    @property
    def km_by_country(self) -> dict[str, float]:
        """Kilometres by country, over the legs that know it."""
        total: Counter[str] = Counter()
        for leg in self.legs:
            total.update(leg.km_by_country)
        return dict(total)
