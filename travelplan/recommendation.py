"""The one place where the parts meet: plan, estimate, decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from travelplan.destinations import OUTCOME_OF_LEVEL, Difference, Entry
from travelplan.emissions.estimate import Estimate, estimate, hotel_kg
from travelplan.emissions.factors import Cabin
from travelplan.emissions.ground import FactorMissingError
from travelplan.emissions.ranges import Range
from travelplan.journeys.model import MODES, Journey
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.reference import Reference
from travelplan.scheme.decide import Decision, decide
from travelplan.scheme.facts import FACTS, UNREACHABLE, Facts, Kind, Swing, Value, number
from travelplan.scheme.levy import Travelled
from travelplan.scheme.model import Outcome, Verdict
from travelplan.trip import Trip

_ORDER: tuple[Verdict | None, ...] = (
    "mandatory",
    "recommended",
    "allowed",
    None,
    "justify",
    "not_allowed",
)
_MODE_ORDER = ("train", "night_train", "bike", "coach", "ferry", "carpool", "car", "plane")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to make the trip: the outward journey, its verdict, and its emissions.

    `emissions` are of one traveller, there and back (one way for a part of a longer tour); None
    if the factor set has no factor for a leg, in which case `missing_factor` names it. `verdict`
    is None where the scheme does not speak.
    """

    journey: Journey
    verdict: Verdict | None
    emissions: Estimate | None
    hotel: Range | None
    missing_factor: str = ""

    @property
    def mode(self) -> str:
        """The main mode."""
        return self.journey.mode


@dataclass(frozen=True)
class Recommendation:
    """The answer to one trip: the decision with its grounds, and every way to get there.

    For a trip with more than one destination `parts` holds an answer for each stretch, and
    `decision` and `facts` are those of the first; `outcome` is the common one, or `per_leg`. Where
    the scheme judges a tour as a `whole`, they are those of all stretches together.
    """

    trip: Trip
    reference: Reference
    decision: Decision
    facts: Facts
    options: tuple[Option, ...]
    entry: Entry | None = None
    parts: tuple[Recommendation, ...] = ()
    there_and_back: bool = True
    whole: bool = False

    @property
    def outcome(self) -> Outcome | Literal["per_leg"]:
        """The outcome of the trip: that of all its parts, or `per_leg` where they differ."""
        if self.whole:
            return self.decision.outcome
        outcomes = {part.decision.outcome for part in self.parts} or {self.decision.outcome}
        return outcomes.pop() if len(outcomes) == 1 else "per_leg"

    @property
    def borderline(self) -> bool:
        """Whether one cause alone would change the outcome of the trip or of a part of it."""
        return any(part.borderline for part in self.parts) or self.decision.borderline

    @property
    def best(self) -> Option | None:
        """The option to take first: best verdict, then the train before other modes."""
        return self.options[0] if self.options else None


def recommend(trip: Trip, reference: Reference, *, cabin: Cabin = "economy") -> Recommendation:
    """Return what the scheme says of a trip, and every way to make it.

    Args:
        trip: the trip; the scheme is asked for the day of departure, which decides for both ways.
        reference: what the answer rests on.
        cabin: the cabin of the flights.

    Raises:
        InputError: the scheme is not in force on the day of departure.
    """
    if not trip.via:
        return _recommend_stretch(trip, reference, cabin, there_and_back=True)
    parts = tuple(
        _recommend_stretch(trip.between(here, there), reference, cabin, there_and_back=False)
        for here, there in trip.stretches
    )
    version = reference.scheme.on(trip.depart)
    if version.judged == "trip":
        facts = together(part.facts for part in parts)
        decision = decide(version, facts)
        whole = True
    else:
        facts, decision, whole = parts[0].facts, parts[0].decision, False
    return Recommendation(
        trip, reference, decision, facts, (), parts=parts, there_and_back=False, whole=whole
    )


def together(stretches: Iterable[Facts]) -> Facts:
    """Return the facts of a tour that a scheme judges as a whole.

    Times and distances are summed and known only if every stretch has them; of the rest, what all
    stretches share is kept. The tolerances are summed too.
    """
    parts = list(stretches)
    shared = set.intersection(*(set(part.values) for part in parts))
    values: dict[str, Value] = {}
    for name in shared:
        found = [part.values[name] for part in parts]
        if FACTS.get(name) in {Kind.MINUTES, Kind.KM}:
            values[name] = sum(number(value) for value in found)
        elif len(set(found)) == 1:
            values[name] = found[0]
    swings = [swing for part in parts for swing in part.swings]
    if not swings or "rail_min" not in values:
        return Facts.of(values)
    down, up = sum(s.down for s in swings), sum(s.up for s in swings)
    return Facts.of(values, [Swing("rail_min", ("rail_min", "rail_door_min"), down, up)])


def _recommend_stretch(
    trip: Trip, reference: Reference, cabin: Cabin, *, there_and_back: bool
) -> Recommendation:
    version = reference.scheme.on(trip.depart)
    planned = plan_journeys(
        trip.origin,
        trip.destination,
        travellers=trip.travellers,
        transport=reference.transport,
    )
    entry = reference.destinations.entry_for(trip.destination.id, trip.origin.id)
    facts = facts_of(trip, planned, reference, entry)
    place = trip.destination
    names = (place.name, place.names.nl, place.names.fr, place.names.en)
    listed = entry.decides if entry else None
    decision = decide(version, facts, names=names, listed=listed)
    options = [
        _option(journey, decision, trip, reference, cabin, times=2 if there_and_back else 1)
        for journey in planned.journeys
    ]
    options.sort(key=_rank)
    return Recommendation(
        trip,
        reference,
        decision,
        facts,
        tuple(options),
        entry,
        there_and_back=there_and_back,
    )


def facts_of(trip: Trip, planned: Planned, reference: Reference, entry: Entry | None) -> Facts:
    """Return the facts that rules may test, from a trip and the ways found for it.

    A rail time that a person has checked for the list goes before the network's, with no
    tolerance; unknown facts are left out.
    """
    values: dict[str, Value | None] = {
        "distance_km": round(planned.distance_km),
        "country": trip.destination.country,
        "continent": trip.destination.continent,
        "domestic": trip.destination.country == trip.origin.country,
        "multi_day": trip.multi_day,
        "nights": trip.nights,
        "stay_days": (trip.back - trip.depart).days + 1 if trip.back else None,
        "travellers": trip.travellers,
        "role": trip.role,
        "served_by_rail": planned.served_by_rail,
        "flight_min": planned.flight_min,
        "plane_door_min": planned.plane_door_min,
        "land_min": planned.land_min,
    }
    if planned.rail is None:
        return Facts.of(_known(values))
    minutes = planned.rail.duration_min
    door_min = planned.rail.door_to_door_min
    checked = entry.rail.minutes if entry and entry.rail and entry.rail.basis == "checked" else None
    by_rail_on_land = planned.land_min == minutes
    if checked is not None:
        door_min += checked - minutes
        minutes = checked
    values.update(
        rail_min=minutes,
        rail_door_min=door_min,
        rail_changes=planned.rail.changes,
        rail_overnight=planned.rail_overnight,
        route_km=round(planned.rail.km),
    )
    if checked is not None:
        return Facts.of(_known(values))
    margin = round(minutes * reference.transport.rail_tolerance)
    moved = ("rail_min", "rail_door_min", *(("land_min",) if by_rail_on_land else ()))
    return Facts.of(_known(values), [Swing("rail_min", moved, -margin, margin)])


def travelled(option: Option, answer: Recommendation) -> Travelled:
    """Return what a levy on an option is reckoned from: one traveller, there and back."""
    ways = 2 if answer.there_and_back else 1
    distance = answer.facts.values.get("distance_km")
    return Travelled(
        mode=option.mode,
        day=answer.trip.depart,
        kg=option.emissions.wtw.central if option.emissions else None,
        non_co2_kg=option.emissions.non_co2.central if option.emissions else None,
        flights=ways * sum(leg.mode == "plane" for leg in option.journey.legs),
        distance_km=None if distance is None else number(distance),
    )


def _known(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def _option(
    journey: Journey,
    decision: Decision,
    trip: Trip,
    reference: Reference,
    cabin: Cabin,
    *,
    times: int,
) -> Option:
    verdict = decision.verdicts.get(journey.mode)  # type: ignore[call-overload]
    nights = trip.nights
    hotel = hotel_kg(trip.destination.country, nights, reference.factors) if nights else None
    try:
        emissions = estimate(journey, reference.factors, cabin).scaled(times)
    except FactorMissingError as error:
        return Option(journey, verdict, None, hotel, error.what)
    return Option(journey, verdict, emissions, hotel)


def _rank(option: Option) -> tuple[int, int]:
    mode = option.mode
    place = _MODE_ORDER.index(mode) if mode in _MODE_ORDER else len(MODES)
    return _ORDER.index(option.verdict), place


def check_destinations(reference: Reference, day: date) -> Iterator[Difference]:
    """Yield every entry of the list of which a stated value is not the computed one.

    Minutes that a person has checked, and levels that a person has decided, are left alone.

    Args:
        reference: the list, and what the computed values rest on.
        day: the day of travel for which to compute.
    """
    origin = reference.places.get(reference.destinations.origin)
    for entry in reference.destinations.entries:
        place = reference.places.get(entry.place)
        if origin is None or place is None:
            yield Difference(entry, "place", entry.place, "")
            continue
        if place.country != entry.country:
            yield Difference(entry, "country", entry.country, place.country)
        trip = Trip(origin, place, day, back=day + timedelta(days=1), nights=1)
        answer = recommend(trip, reference)
        computed = answer.facts.values.get("rail_min")
        minutes = "" if computed in (None, UNREACHABLE) else str(computed)
        stated = str(entry.rail.minutes) if entry.rail else ""
        if minutes != stated and not (entry.rail and entry.rail.basis == "checked"):
            yield Difference(entry, "rail_min", stated, minutes)
        outcome = OUTCOME_OF_LEVEL[entry.level]
        if entry.decided is None and answer.outcome != outcome:
            yield Difference(entry, "level", outcome, answer.outcome)
