"""The judgement of a trip that was made, by the scheme and the list of its day of departure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from travelplan.audit.grounds import Ground, ground_of, heaviest_verdict, reasons_of, verdict_of
from travelplan.audit.trips import BookedTrip, Ride, Stretch
from travelplan.audit.ways import RAIL, Figure, Ways
from travelplan.destinations import DestinationList
from travelplan.journeys.plan import Kind
from travelplan.places import Place
from travelplan.recommendation import facts_of
from travelplan.reference import Reference
from travelplan.scheme.decide import ListedLevel, decide
from travelplan.scheme.facts import IN_LIST, Facts
from travelplan.scheme.rulebook import Scheme, Version
from travelplan.scheme.together import together
from travelplan.trip import Trip

_KINDS_FOR: Mapping[str, frozenset[Kind]] = {
    "night_train": frozenset({"rail", "night"}),
    "one_day_or_night": frozenset({"rail", "night"}),
    "flight_min": frozenset({"air"}),
    "plane_door_min": frozenset({"air"}),
    "land_min": frozenset({"rail", "road"}),
}
_BY_NIGHT = ("night_train", "one_day_or_night")
MOST_REMEMBERED = 100_000
_LAND = ("train", "night_train", "coach")


@dataclass(frozen=True, eq=False)
class Part:
    """A stretch judged. `land` is the train that was not taken, where the scheme asked for it."""

    ground: Ground
    modes: tuple[str, ...]
    verdict: str
    reason: str
    booked: Figure | None
    land: Figure | None
    more_min: int | None


@dataclass(frozen=True, eq=False)
class Finding:
    """A trip judged: its verdict, its parts, and the emissions of one traveller."""

    verdict: str
    parts: tuple[Part, ...]
    booked: Figure | None

    @cached_property
    def avoidable(self) -> tuple[float | None, float | None]:
        """What the train would have spared one traveller in kg CO2e, and cost in hours.

        Hours are from door to door. None where nothing was flown that a train within the limit
        could have replaced, or where one of the two is not known.
        """
        pairs = [(p.booked, p.land) for p in self.parts if p.booked and p.land]
        kg = sum(a.estimate.wtw.central - b.estimate.wtw.central for a, b in pairs)
        minutes = [p.more_min for p in self.parts if p.more_min is not None]
        return kg if pairs else None, sum(minutes) / 60 if minutes else None


@dataclass(frozen=True)
class Period:
    """Days on which one version of the scheme and one state of the list hold."""

    version: Version | None
    listed: DestinationList


class Judge:
    """Judges trips; what the scheme and the estimate read alike is judged once."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._ways = Ways(reference)
        self._grounds: dict[tuple[object, ...], Ground] = {}
        self._asked_before: dict[tuple[object, ...], Ground] = {}
        self._starts = _starts(reference.scheme, reference.destinations)
        self._periods: dict[int, Period] = {}
        self._read: dict[date, tuple[str, ...]] = {}

    def period_number(self, day: date) -> int:
        """Return the number of the period of a day; in one period the same rules and list hold."""
        return bisect_right(self._starts, day)

    def period(self, day: date) -> Period:
        """Return what holds on a day."""
        number = self.period_number(day)
        if number not in self._periods:
            scheme = self.reference.scheme
            version = scheme.on(day) if scheme.is_in_force(day) else None
            self._periods[number] = Period(version, self.reference.destinations.on(day))
        return self._periods[number]

    @cached_property
    def counts_nights(self) -> bool:
        """Whether a version reads how long a trip takes, beside whether it takes several days."""
        return bool(self._ever_read & {"nights", "stay_days"})

    @cached_property
    def counts_evenings(self) -> bool:
        """Whether a version reads which night trains run on the evening of departure."""
        return bool(self._ever_read & set(_BY_NIGHT))

    @cached_property
    def counts_travellers(self) -> bool:
        """Whether a version reads how many travel."""
        return "travellers" in self._ever_read

    @cached_property
    def counts_reasons(self) -> bool:
        """Whether a rule of a version reads the reason."""
        return "reason" in self._ever_read

    @cached_property
    def _ever_read(self) -> frozenset[str]:
        return frozenset(n for v in self.reference.scheme.versions for n in self.read_by(v))

    def read_by(self, version: Version) -> tuple[str, ...]:
        """Return the facts that a version reads to decide, in order of the alphabet."""
        known = self._read.get(version.first_day)
        if known is None:
            known = tuple(sorted(_reads(version)))
            self._read[version.first_day] = known
        return known

    def finding(self, trip: BookedTrip) -> Finding:
        """Return the judgement of a trip."""
        period = self.period(trip.depart)
        rides = [ride for stretch in trip.stretches for ride in stretch.rides]
        booked = self._ways.figure(rides, trip.travellers)
        if period.version is None:
            return Finding("no_rule_in_force", (), booked)
        grounds = [self._ground(trip, stretch, period) for stretch in trip.stretches]
        if period.version.judged == "trip" and len(grounds) > 1:
            common = self._together(grounds, period.version)
            grounds = [common] * len(grounds)
        parts = tuple(
            self._part(trip, stretch, ground)
            for stretch, ground in zip(trip.stretches, grounds, strict=True)
        )
        verdicts = {part.verdict for part in parts}
        return Finding(heaviest_verdict(verdicts), parts, booked)

    def _part(self, trip: BookedTrip, stretch: Stretch, ground: Ground) -> Part:
        verdict, reason = verdict_of(
            ground.decision, stretch.modes, trip.reason, request=trip.request
        )
        booked = self._ways.figure(stretch.rides, trip.travellers)
        land, more_min = None, None
        if "plane" in stretch.modes and ground.wants_train:
            land, more_min = self._instead(stretch, trip.travellers)
        return Part(ground, stretch.modes, verdict, reason, booked, land, more_min)

    def _instead(self, stretch: Stretch, travellers: int) -> tuple[Figure | None, int | None]:
        """Return the best way over land in place of flights, and the minutes that it takes more.

        Minutes are from door to door, for each way that was flown.
        """
        home = stretch.origin.id
        twice = any(ride.times == 2 or ride.destination.id == home for ride in stretch.rides)
        times = 2 if twice else 1
        plane = self._ways.door(Ride(stretch.origin, stretch.destination, "plane", ""))
        for mode in _LAND:
            ride = Ride(stretch.origin, stretch.destination, mode, "", times)
            door = self._ways.door(ride)
            if door:
                flown = times if len(stretch.modes) == 1 else 1
                minutes = (door.minutes - plane.minutes) * flown if plane else None
                return self._ways.figure([ride], travellers), minutes
        return None, None

    def _ground(self, trip: BookedTrip, stretch: Stretch, period: Period) -> Ground:
        version = period.version
        if version is None:
            raise RuntimeError("no version in force")
        asked = self._asked(trip, stretch)
        known = self._asked_before.get(asked)
        if known is None:
            known = self._new_ground(trip, stretch, period, version)
            if len(self._asked_before) >= MOST_REMEMBERED:
                self._asked_before.clear()
            self._asked_before[asked] = known
        return known

    def _asked(self, trip: BookedTrip, stretch: Stretch) -> tuple[object, ...]:
        """Return all of a stretch that its ground can rest on."""
        stay = (trip.back - trip.depart).days if trip.back else None
        return (
            stretch.origin.id,
            stretch.destination.id,
            self.period_number(trip.depart),
            stay if stay is None or self.counts_nights else stay > 0,
            trip.role,
            trip.travellers if self.counts_travellers else 0,
            trip.depart if self.counts_evenings else None,
            trip.reason if self.counts_reasons else "",
        )

    def _new_ground(
        self, trip: BookedTrip, stretch: Stretch, period: Period, version: Version
    ) -> Ground:
        facts, listed, place = self._facts(trip, stretch, period, version)
        lists = (place.id,) if version.lists else ()
        key = (version.first_day, *facts.values.items(), facts.swings, listed, *lists)
        ground = self._grounds.get(key)
        if ground is None:
            names = (place.name, place.names.nl, place.names.fr, place.names.en)
            ground = ground_of(decide(version, facts, names=names, listed=listed), facts)
            self._grounds[key] = ground
        return ground

    def _facts(
        self, trip: BookedTrip, stretch: Stretch, period: Period, version: Version
    ) -> tuple[Facts, ListedLevel | None, Place]:
        """Return the facts of a stretch that the version reads, and what a list decides."""
        read = self.read_by(version)
        kinds = frozenset(k for name in read for k in _KINDS_FOR.get(name, RAIL)) | RAIL
        more = {"depart": trip.depart} if self.counts_evenings else {}
        origin, place = stretch.origin, stretch.destination
        planned = self._ways.planned(origin, place, kinds, **more)
        nights = (trip.back - trip.depart).days if trip.back else None
        asked = Trip(
            origin,
            place,
            trip.depart,
            back=trip.back,
            nights=nights,
            travellers=trip.travellers,
            role=trip.role,
        )
        entry = period.listed.entry_for(place.id, origin.id)
        facts = facts_of(asked, planned, self.reference, entry)
        values = {name: facts.values[name] for name in read if name in facts.values}
        if "reason" in read and trip.reason:
            values["reason"] = reasons_of(trip.reason)
        swings = tuple(s for s in facts.swings if any(name in values for name in s.facts))
        return Facts(values, swings), period.listed.deciding(entry), place

    def _together(self, grounds: Iterable[Ground], version: Version) -> Ground:
        facts = together(ground.asked for ground in grounds)
        return ground_of(decide(version, facts), facts)


def _reads(version: Version) -> Iterable[str]:
    conditions = [gate.condition for gate in version.gates]
    tests = [*version.tests, *version.scope_tests, *(t for c in conditions for t in c.leaves())]
    read = {name for test in tests for name in test.needs if not name.startswith(IN_LIST)}
    read |= {presumed.same_as for presumed in version.presumed.values() if presumed.same_as}
    if version.lists:
        read.add("country")
    return read


def _starts(scheme: Scheme, listed: DestinationList) -> list[date]:
    """Return the days on which another version or another state of the list begins."""
    days = {version.first_day for version in scheme.versions}
    days |= {v.last_day + timedelta(days=1) for v in scheme.versions if v.last_day}
    return sorted(days | set(listed.days))
