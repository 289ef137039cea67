"""Journeys by night train: an evening's ride, with one day train before it and one after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from travelplan.geo import unit_vector
from travelplan.journeys.coverage import Coverage
from travelplan.journeys.model import Journey, Leg, NightStay
from travelplan.journeys.nearby import arc_km
from travelplan.journeys.night_trains import (
    DAY_MIN,
    NightRide,
    NightTrains,
    clock_min,
)
from travelplan.journeys.night_words import night_notes, none_that_night
from travelplan.journeys.rail import Network
from travelplan.journeys.rides import Access
from travelplan.journeys.rules import DoorRule
from travelplan.journeys.ways import RailWay
from travelplan.language import Message, message
from travelplan.places.model import Place


class Offer(NamedTuple):
    """A night ride with the minutes by day to where it begins and from where it ends.

    `minutes` are all of it, changes included; `changes` counts those around the ride only.
    """

    minutes: int
    changes: int
    ride: NightRide
    feeder_min: int
    onward_min: int

    @property
    def rank(self) -> tuple[int, str]:
        """The order of choice: a minute by day weighs three by night, a change half an hour."""
        by_day = self.feeder_min + self.onward_min
        return self.minutes + 2 * by_day + 30 * self.changes, self.ride.train.id


@dataclass(frozen=True, slots=True)
class NightAnswer:
    """The night trains for a trip, best first.

    `that_night` says whether the first one runs on the evening asked for, None if none was.
    `next_night` is the evening of the first journey: the one asked for, or the next that has one;
    None where none was asked for or none runs soon.
    """

    journeys: tuple[Journey, ...] = ()
    that_night: bool | None = None
    next_night: date | None = None


MOST_JOURNEYS = 4


class Night:
    """Finds the night trains for a trip."""

    def __init__(
        self, trains: NightTrains, network: Network, coverage: Coverage, door: DoorRule
    ) -> None:
        self._trains = trains
        self._network = network
        self._coverage = coverage
        self._door = door
        self._offers = lru_cache(maxsize=2_048)(self._find_offers)
        self._answers = lru_cache(maxsize=2_048)(self._find_answer)

    @property
    def edition(self) -> str:
        """The edition of the data."""
        return self._trains.head.edition

    def answer(
        self, origin: Place, destination: Place, evening: date | None, *, day_train_min: int | None
    ) -> NightAnswer:
        """Return the night trains from one place to another.

        Args:
            origin: where the trip begins.
            destination: where it goes.
            evening: the evening of departure; without one every night train counts.
            day_train_min: the minutes of the day train, None if there is none.
        """
        if (
            day_train_min is not None
            and day_train_min < self._trains.head.rules.least_day_train_min
        ):
            return NightAnswer()
        return self._answers(origin, destination, evening)

    def _find_answer(self, origin: Place, destination: Place, evening: date | None) -> NightAnswer:
        offers = self._offers(origin, destination)
        if not offers:
            return NightAnswer()
        if evening is None:
            return NightAnswer(self._journeys(offers, origin, destination, None))
        for ahead in range(self._trains.head.rules.nights_ahead + 1):
            night = evening + timedelta(days=ahead)
            running = [offer for offer in offers if offer.ride.runs_on(night)]
            if running:
                journeys = self._journeys(running, origin, destination, night)
                if ahead:
                    journeys = _with_note(journeys, none_that_night(evening, night))
                return NightAnswer(journeys, ahead == 0, night)
        note = message("No night train on {date} or in the two weeks after.", date=evening)
        journeys = self._journeys(offers[:1], origin, destination, None)
        return NightAnswer(_with_note(journeys, note), that_night=False)

    def _find_offers(self, origin: Place, destination: Place) -> tuple[Offer, ...]:
        """Return the best offer of each train, best first."""
        rules = self._trains.head.rules
        before, after = (self._minutes(place) for place in (origin, destination))
        best: dict[str, Offer] = {}
        for ride in self._trains.rides:
            feeder = before.get(ride.start.station, DAY_MIN)
            onward = after.get(ride.end.station, DAY_MIN)
            if feeder > rules.feeder_most_min or onward > rules.onward_most_min:
                continue
            if feeder + onward > ride.minutes or onward >= before.get(ride.end.station, DAY_MIN):
                continue
            if self._leave_home(ride, feeder) < clock_min(rules.leave_home_from):
                continue
            if self._is_detour(ride, origin, destination):
                continue
            changes = (feeder > 0) + (onward > 0)
            minutes = feeder + ride.minutes + onward + changes * rules.change_min
            offer = Offer(minutes, changes, ride, feeder, onward)
            known = best.get(ride.train.id)
            if known is None or offer.rank < known.rank:
                best[ride.train.id] = offer
        return tuple(sorted(best.values(), key=lambda offer: offer.rank))

    def _leave_home(self, ride: NightRide, feeder_min: int) -> int:
        """Return when one leaves for a ride, in minutes since midnight of its evening."""
        rules = self._trains.head.rules
        boards = ride.start.minute % DAY_MIN
        if boards <= clock_min(rules.board_until):
            boards += DAY_MIN
        return boards - (feeder_min + rules.change_min if feeder_min else 0)

    def _is_detour(self, ride: NightRide, origin: Place, destination: Place) -> bool:
        stations = self._network.timetable.stations
        over = (origin, stations[ride.start.station], stations[ride.end.station], destination)
        points = [unit_vector(position) for position in over]
        km = sum(arc_km(a, b) for a, b in pairwise(points))
        return km > self._trains.head.rules.detour_most * arc_km(points[0], points[-1])

    def _minutes(self, place: Place) -> Mapping[str, int]:
        """Return the minutes by day between a place and every station; 0 in town."""
        joined = self._coverage.joined(place)
        if not joined:
            return {}
        own = {access.station: access.minutes for access in joined}
        return {**self._network.minutes_to_all(joined), **own}

    def _journeys(
        self, offers: Iterable[Offer], origin: Place, destination: Place, evening: date | None
    ) -> tuple[Journey, ...]:
        found = (self._journey(offer, origin, destination, evening) for offer in offers)
        return tuple(journey for journey, _ in zip(found, range(MOST_JOURNEYS), strict=False))

    def _journey(
        self, offer: Offer, origin: Place, destination: Place, evening: date | None
    ) -> Journey:
        ride, rules = offer.ride, self._trains.head.rules
        start, end = (Access(call.station) for call in (ride.start, ride.end))
        feeder = self._way(self._coverage.joined(origin), start)
        onward = self._way((end,), *self._coverage.joined(destination))
        before = self._coverage.with_access(feeder, origin, None) if feeder else ()
        after = self._coverage.with_access(onward, None, destination) if onward else ()
        middle = self._leg(ride, rules.change_min if before else 0)
        if after:
            after = (replace(after[0], wait_min=rules.change_min), *after[1:])
        legs = (*before, middle, *after)
        minutes = sum(leg.minutes + leg.wait_min for leg in legs)
        trains = [leg for leg in legs if leg.line]
        stay = self._stay(offer, evening)
        return Journey(
            mode="night_train",
            legs=legs,
            duration_min=minutes,
            door_to_door_min=minutes + 2 * self._door.access_min + self._door.buffer_min,
            changes=len(trains) - 1,
            notes=tuple(night_notes(ride, stay, self._network.timetable.stations)),
            night=stay,
        )

    def _way(self, origins: tuple[Access, ...], *destinations: Access) -> RailWay | None:
        """Return the way by day, None where one is in town already."""
        shared = {access.station for access in origins if not access.minutes}
        if shared & {access.station for access in destinations if not access.minutes}:
            return None
        return self._network.way(origins, destinations)

    def _leg(self, ride: NightRide, wait_min: int) -> Leg:
        stations = self._network.timetable.stations
        km: Counter[str] = Counter()
        path = [(stations[call.station].lat, stations[call.station].lon) for call in ride.calls]
        for a, b in pairwise(ride.calls):
            way = self._network.way((Access(a.station),), (Access(b.station),))
            for leg in way.legs if way else ():
                km.update(leg.km_by_country)
        return Leg(
            mode="night_train",
            origin=stations[ride.start.station].names,
            destination=stations[ride.end.station].names,
            minutes=ride.minutes,
            km=round(sum(km.values()), 1),
            operator=ride.train.operator,
            line=ride.train.name,
            kind="night",
            wait_min=wait_min,
            confidence="medium" if ride.start.approximate or ride.end.approximate else "high",
            km_by_country={country: round(value, 1) for country, value in km.items()},
            path=tuple(path),
        )

    def _stay(self, offer: Offer, evening: date | None) -> NightStay:
        ride, rules = offer.ride, self._trains.head.rules
        change = rules.change_min
        leave = self._leave_home(ride, offer.feeder_min)
        arrive = ride.end.minute % DAY_MIN + (offer.onward_min + change if offer.onward_min else 0)
        source = self._trains.head.sources[ride.train.source]
        return NightStay(
            train=ride.train.name,
            operator=ride.train.operator,
            days=ride.train.days,
            evening=evening,
            departs=ride.start.clock,
            arrives=ride.end.clock,
            leave_home=_clock(leave),
            be_there=_clock(arrive),
            approximate=ride.start.approximate or ride.end.approximate,
            status=ride.train.status,
            season=(ride.train.season.first, ride.train.season.last) if ride.train.season else None,
            hotel_night_saved=True,
            working_day_kept=leave >= clock_min(rules.day_ends)
            and arrive <= clock_min(rules.day_begins),
            source=f"{source.publisher}: {source.title}",
            as_of=self._trains.head.as_of,
        )


def _with_note(journeys: tuple[Journey, ...], note: Message) -> tuple[Journey, ...]:
    return tuple(replace(journey, notes=(note, *journey.notes)) for journey in journeys)


def _clock(minutes: int) -> str:
    return f"{minutes % DAY_MIN // 60:02}:{minutes % 60:02}"
