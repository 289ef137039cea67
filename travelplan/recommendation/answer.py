"""What an answer holds: the decision with its grounds, and every way to make the trip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from travelplan.destinations import Entry
from travelplan.emissions.beside import NonCO2
from travelplan.emissions.factors import Cabin
from travelplan.emissions.figure import Estimate, of_legs
from travelplan.emissions.ranges import Range
from travelplan.journeys.arrival import Timing
from travelplan.journeys.model import Journey
from travelplan.journeys.plan import Planned
from travelplan.language import Message, message
from travelplan.recommendation.leaving import leaving_on
from travelplan.reference import Reference
from travelplan.scheme.decide import Decision
from travelplan.scheme.facts import Facts, number
from travelplan.scheme.levy import Travelled
from travelplan.scheme.model import Outcome, Verdict
from travelplan.scheme.rulebook import Version
from travelplan.scheme.words import MODES
from travelplan.trip import Trip


@dataclass(frozen=True, slots=True)
class Option:
    """One way to make the trip: the journeys out and back, their verdicts, and their emissions.

    `back` is the journey back where it was planned apart, with a verdict of its own; None where
    the way back is the way out turned round. `emissions` are of one traveller, there and back
    (one way for a part of a longer tour); None if the factor set has no factor for a leg, in which
    case `missing_factor` names it. `hotel` is for the nights of the stay; `hotel_avoided` for
    those that night trains save, never taken off. A verdict is None where the scheme does not
    speak.
    """

    journey: Journey
    verdict: Verdict | None
    emissions: Estimate | None
    hotel: Range | None
    missing_factor: Message | None = None
    hotel_avoided: Range | None = None
    back: Journey | None = None
    back_verdict: Verdict | None = None

    @property
    def mode(self) -> str:
        """The main mode of the journey out."""
        return self.journey.mode

    @property
    def key(self) -> str:
        """What tells the option from the others of an answer: train, or train-plane."""
        out = self.journey.vehicle
        return out if self.back is None else f"{out}-{self.back.vehicle}"

    @property
    def title(self) -> Message:
        """What the option is called: its mode, or the modes out and back."""
        out = MODES[self.journey.vehicle]
        if self.back is None:
            return out
        return message("Out: {out}, back: {back}", out=out, back=MODES[self.back.vehicle])


@dataclass(frozen=True, slots=True)
class Assisted:
    """What more time at changes does to the train.

    `longer_min` is by how much the train takes longer, None without a train, `changes` the changes
    that it makes; `without` is the decision for the same trip without more time.
    """

    longer_min: int | None
    changes: int
    without: Decision


@dataclass(frozen=True)
class Recommendation:
    """The answer to one trip: the decision with its grounds, and every way to get there.

    `options` are the ways there and back by one mode, best first, and after them the combination
    that was asked for. For a trip with more than one destination `parts` holds an answer for each
    stretch, and `decision` and `facts` are those of the first; `outcome` is the common one, or
    `per_leg`. Where the scheme judges a tour as a `whole`, they are those of all stretches
    together. `non_co2` says whether the warming of flights beside CO2 is shown apart or in the
    figure. `timing` tells when to leave for a meeting, `assisted` what more time at changes does.
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
    cabin: Cabin = "economy"
    timing: Timing | None = None
    assisted: Assisted | None = None

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

    @property
    def made(self) -> Trip:
        """The trip as it is made: begun earlier where that is needed to be there in time."""
        return leaving_on(self.trip, self.timing)

    @property
    def plain_options(self) -> tuple[Option, ...]:
        """The ways there and back by one mode, without the combination that was asked for."""
        return tuple(option for option in self.options if option.back is None)

    @property
    def version_to_come(self) -> Version | None:
        """The version of the scheme that starts during the trip; it does not judge it."""
        ours, back = self.decision.version, self.trip.back
        later = (
            version
            for version in self.reference.scheme.versions
            if back is not None and ours.first_day < version.first_day <= back
        )
        return next((v for v in later if v.first_day > self.made.depart), None)


def travelled(option: Option, answer: Recommendation) -> tuple[Travelled, ...]:
    """Return what levies on an option are reckoned from, for one traveller.

    One item there and back; one for each way where they are by different modes, without the
    distance: nobody publishes what a levy by distance asks for one way.
    """
    out, back = option.journey, option.back
    if back is None:
        flights = _flights(out) * (2 if answer.there_and_back else 1)
        return (_travelled(option.mode, flights, option.emissions, answer),)
    if back.mode == out.mode:
        flights = _flights(out) + _flights(back)
        return (_travelled(option.mode, flights, option.emissions, answer),)
    found = (
        _travelled(journey.mode, _flights(journey), emissions, answer)
        for journey, emissions in zip((out, back), _each_way(option), strict=True)
    )
    return tuple(replace(item, distance_km=None) for item in found)


def _each_way(option: Option) -> tuple[Estimate | None, Estimate | None]:
    """Return the emissions out and back of an option of which both ways were planned."""
    both = option.emissions
    if both is None:
        return None, None
    out = len(option.journey.legs)
    legs = (both.legs[:out], both.legs[out:])
    there, back = (of_legs(part, both.factor_sets, both.scope) for part in legs)
    return there, back


def _flights(journey: Journey) -> int:
    return sum(leg.mode == "plane" for leg in journey.legs)


def _travelled(
    mode: str, flights: int, emissions: Estimate | None, answer: Recommendation
) -> Travelled:
    distance = answer.facts.values.get("distance_km")
    return Travelled(
        mode=mode,
        day=answer.made.depart,
        kg=emissions.wtw.central if emissions else None,
        non_co2_kg=emissions.non_co2.central if emissions else None,
        flights=flights,
        distance_km=None if distance is None else number(distance),
    )
