"""The one place where the parts meet: plan, estimate, decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from travelplan.destinations import Entry
from travelplan.emissions.beside import NonCO2, avoided_hotel_kg, hotel_kg
from travelplan.emissions.estimate import estimate
from travelplan.emissions.factors import Cabin
from travelplan.emissions.figure import Estimate
from travelplan.emissions.parts import FactorMissingError
from travelplan.emissions.ranges import Range
from travelplan.journeys.model import MODES, Journey
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.language import Message
from travelplan.reference import Reference
from travelplan.scheme.decide import Decision, decide
from travelplan.scheme.facts import Facts, Swing, Value, number
from travelplan.scheme.levy import Travelled
from travelplan.scheme.model import Outcome, Verdict
from travelplan.scheme.together import together
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
    if the factor set has no factor for a leg, in which case `missing_factor` names it. `hotel` is
    for the nights of the stay; `hotel_avoided` for those that night trains save, never taken off.
    `verdict` is None where the scheme does not speak.
    """

    journey: Journey
    verdict: Verdict | None
    emissions: Estimate | None
    hotel: Range | None
    missing_factor: Message | None = None
    hotel_avoided: Range | None = None

    @property
    def mode(self) -> str:
        """The main mode."""
        return self.journey.mode


@dataclass(frozen=True)
class Recommendation:
    """The answer to one trip: the decision with its grounds, and every way to get there.

    For a trip with more than one destination `parts` holds an answer for each stretch, and
    `decision` and `facts` are those of the first; `outcome` is the common one, or `per_leg`. Where
    the scheme judges a tour as a `whole`, they are those of all stretches together. `non_co2` says
    whether the warming of flights beside CO2 is shown apart or in the figure.
    """

    trip: Trip
    reference: Reference
    decision: Decision
    facts: Facts
    options: tuple[Option, ...]
    entry: Entry | None = None
    parts: tuple[Recommendation, ...] = ()
    there_and_back: bool = True
    non_co2: NonCO2 = "separate"
    planned: Planned | None = None
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


def recommend(
    trip: Trip, reference: Reference, *, cabin: Cabin = "economy", non_co2: NonCO2 = "separate"
) -> Recommendation:
    """Return what the scheme says of a trip, and every way to make it.

    Args:
        trip: the trip; the scheme is asked for the day of departure, which decides for both ways.
        reference: what the answer rests on.
        cabin: the cabin of the flights.
        non_co2: show the warming of flights beside CO2 apart, or in the figure.

    Raises:
        InputError: the scheme is not in force on the day of departure.
    """
    if not trip.via:
        only = _recommend_stretch(trip, reference, cabin, there_and_back=True)
        return replace(only, non_co2=non_co2)
    stretches = (
        _recommend_stretch(trip.between(here, there), reference, cabin, there_and_back=False)
        for here, there in trip.stretches
    )
    parts = tuple(replace(stretch, non_co2=non_co2) for stretch in stretches)
    version = reference.scheme.on(trip.depart)
    if version.judged == "trip":
        facts = together(part.facts for part in parts)
        decision = decide(version, facts)
        whole = True
    else:
        facts, decision, whole = parts[0].facts, parts[0].decision, False
    return Recommendation(
        trip,
        reference,
        decision,
        facts,
        (),
        parts=parts,
        there_and_back=False,
        non_co2=non_co2,
        whole=whole,
    )


def _recommend_stretch(
    trip: Trip, reference: Reference, cabin: Cabin, *, there_and_back: bool
) -> Recommendation:
    version = reference.scheme.on(trip.depart)
    planned = plan_journeys(
        trip.origin,
        trip.destination,
        travellers=trip.travellers,
        transport=reference.transport,
        depart=trip.depart,
    )
    entry = reference.destinations.entry_for(trip.destination.id, trip.origin.id)
    facts = facts_of(trip, planned, reference, entry)
    place = trip.destination
    names = (place.name, place.names.nl, place.names.fr, place.names.en)
    listed = reference.destinations.deciding(entry)
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
        planned=planned,
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
        "organisation": trip.organisation or None,
        "served_by_rail": planned.served_by_rail,
        "flight_min": planned.flight_min,
        "plane_door_min": planned.plane_door_min,
        "land_min": planned.land_min,
        "night_train": planned.night_train,
        "one_day_or_night": _in_a_day_or_night(planned),
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
    margin = round(minutes * max(planned.rail_tolerance, reference.transport.rail_tolerance))
    moved = ("rail_min", "rail_door_min", *(("land_min",) if by_rail_on_land else ()))
    return Facts.of(_known(values), [Swing("rail_min", moved, -margin, margin)])


def _in_a_day_or_night(planned: Planned) -> bool | None:
    """Return whether a train gets there in one day or one night; None where that is not known."""
    if planned.night_train or (planned.rail and not planned.rail_overnight):
        return True
    return None if planned.served_by_rail is None else False


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
    country, factors = trip.destination.country, reference.factors
    # On a tour nobody has said how many of the nights are spent where.
    nights = trip.nights if times > 1 else None
    hotel = hotel_kg(country, nights, factors) if nights else None
    avoided = avoided_hotel_kg(journey.mode, country, times, factors)
    try:
        emissions = estimate(journey, factors, cabin, fill=reference.standard).scaled(times)
    except FactorMissingError as error:
        return Option(journey, verdict, None, hotel, error.what, avoided)
    return Option(journey, verdict, emissions, hotel, None, avoided)


def _rank(option: Option) -> tuple[int, int]:
    mode = option.mode
    place = _MODE_ORDER.index(mode) if mode in _MODE_ORDER else len(MODES)
    return _ORDER.index(option.verdict), place
