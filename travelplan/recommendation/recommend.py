"""The one place where the parts meet: plan, estimate, decide."""

from __future__ import annotations

from dataclasses import replace

from travelplan.destinations import Entry
from travelplan.emissions.beside import NonCO2, avoided_hotel_kg, hotel_kg
from travelplan.emissions.estimate import estimate
from travelplan.emissions.factors import Cabin
from travelplan.emissions.parts import FactorMissingError
from travelplan.errors import FieldProblem, InputError
from travelplan.journeys.model import MODES, Journey
from travelplan.journeys.plan import Planned
from travelplan.recommendation.answer import Assisted, Option, Recommendation
from travelplan.recommendation.combination import CHOSEN_BY_PART, combine
from travelplan.recommendation.known import facts_of
from travelplan.recommendation.leaving import leaving_on, timing_of
from travelplan.recommendation.ways import plan_way
from travelplan.reference import Reference
from travelplan.scheme.decide import Decision, decide
from travelplan.scheme.facts import Facts
from travelplan.scheme.model import Verdict
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
        InputError: the scheme is not in force on the day of departure, or the trip asks for a
            combination of modes that cannot be had.
    """
    if not trip.via:
        return _there_and_back(trip, reference, cabin, non_co2)
    if trip.out_by or trip.back_by:
        raise InputError([FieldProblem("return_by", "tour", CHOSEN_BY_PART)])
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


def _there_and_back(
    trip: Trip, reference: Reference, cabin: Cabin, non_co2: NonCO2
) -> Recommendation:
    """Return the answer to a trip with one destination, begun in time for what it is for."""
    timing = timing_of(trip, reference)
    made = leaving_on(trip, timing)
    found = _recommend_stretch(made, reference, cabin, there_and_back=True)
    answer = replace(found, trip=trip, timing=timing, non_co2=non_co2, cabin=cabin)
    if not (trip.out_by or trip.back_by):
        return answer
    first = answer.options[0].journey.vehicle if answer.options else ""
    asked = combine(answer, trip.out_by or first, trip.back_by or trip.out_by)
    return replace(answer, options=(*answer.options, asked))


def _recommend_stretch(
    trip: Trip, reference: Reference, cabin: Cabin, *, there_and_back: bool
) -> Recommendation:
    planned = plan_way(trip, trip.origin, trip.destination, trip.depart, reference)
    entry = reference.destinations.entry_for(trip.destination.id, trip.origin.id)
    decision, facts = _decided(trip, planned, reference, entry)
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
        assisted=_assisted(trip, planned, reference, entry) if trip.assistance else None,
    )


def _decided(
    trip: Trip, planned: Planned, reference: Reference, entry: Entry | None
) -> tuple[Decision, Facts]:
    facts = facts_of(trip, planned, reference, entry)
    place = trip.destination
    names = (place.name, place.names.nl, place.names.fr, place.names.en)
    listed = reference.destinations.deciding(entry)
    return decide(reference.scheme.on(trip.depart), facts, names=names, listed=listed), facts


def _assisted(trip: Trip, planned: Planned, reference: Reference, entry: Entry | None) -> Assisted:
    """Return what more time at changes does: the same trip is decided without it too."""
    usual = replace(trip, assistance=False)
    ways = plan_way(usual, trip.origin, trip.destination, trip.depart, reference)
    longer_min = planned.longer_min if planned.rail else None
    changes = planned.rail.changes if planned.rail else 0
    return Assisted(longer_min, changes, _decided(usual, ways, reference, entry)[0])


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
    nights = trip.business_nights if times > 1 else None
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
