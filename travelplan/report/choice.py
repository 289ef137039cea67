"""What a traveller can choose: a vehicle for each way, and what the chosen ones emit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from travelplan.emissions.estimate import estimate
from travelplan.emissions.figure import Estimate, total
from travelplan.emissions.parts import FactorMissingError
from travelplan.journeys.model import Journey
from travelplan.places.model import Place
from travelplan.recommendation import Option, Recommendation
from travelplan.recommendation.ways import plan_way
from travelplan.scheme.decide import Decision
from travelplan.scheme.rights import Reason
from travelplan.scheme.verdicts import Verdict

DEVIATING: frozenset[Verdict] = frozenset({"justify", "not_allowed"})
"""What the scheme does not simply allow: it takes a reason."""


@dataclass(frozen=True)
class Way:
    """One way of a trip with the options for it, best first. Their emissions are one way.

    `answer` is what decides on it: for there and back the same for both.
    """

    origin: Place
    destination: Place
    answer: Recommendation
    options: tuple[Option, ...]

    @property
    def decision(self) -> Decision:
        """What the scheme says."""
        return self.answer.decision

    def option(self, vehicle: str) -> Option | None:
        """Return the option by a vehicle."""
        return next((o for o in self.options if o.journey.vehicle == vehicle), None)

    def deviates(self, vehicle: str) -> bool:
        """Return whether a vehicle is one that the scheme does not simply allow."""
        option = self.option(vehicle)
        return option is not None and option.verdict in DEVIATING


def ways_of(answer: Recommendation) -> tuple[Way, ...]:
    """Return what there is to choose: out and back, or each part of a tour.

    The way back is planned in its own direction, in the order of the way out.
    """
    if answer.parts:
        return tuple(_way(part, part.options) for part in answer.parts)
    out = _way(answer, tuple(_one_way(option) for option in answer.plain_options))
    order = [option.journey.vehicle for option in out.options]
    back = sorted(_back(answer), key=lambda option: _place(option.journey.vehicle, order))
    return out, Way(out.destination, out.origin, answer, tuple(back))


def reasons_for(ways: Sequence[Way], vehicles: Sequence[str]) -> tuple[Reason, ...]:
    """Return the reasons of the schemes that fit a choice, each code once."""
    found = {
        reason.code: reason
        for way, vehicle in zip(ways, vehicles, strict=True)
        if way.deviates(vehicle)
        for reason in way.decision.may_apply
    }
    return tuple(found.values())


def chosen_emissions(answer: Recommendation, vehicles: Sequence[str]) -> Estimate | None:
    """Return what one traveller emits by the chosen vehicles; None where a figure is missing.

    It is the figure of the option of the answer where that holds it, there and back.
    """
    if not answer.parts:
        out, back = vehicles
        key = out if out == back else f"{out}-{back}"
        whole = next((option for option in answer.options if option.key == key), None)
        if whole is not None:
            return whole.emissions
    ways = ways_of(answer)
    options = [way.option(vehicle) for way, vehicle in zip(ways, vehicles, strict=True)]
    figures = [option.emissions for option in options if option and option.emissions]
    return total(figures) if figures and len(figures) == len(options) else None


def _way(answer: Recommendation, options: tuple[Option, ...]) -> Way:
    return Way(answer.trip.origin, answer.trip.destination, answer, options)


def _one_way(option: Option) -> Option:
    emissions = option.emissions
    return replace(option, emissions=emissions.scaled(0.5)) if emissions else option


def _back(answer: Recommendation) -> list[Option]:
    trip = answer.made
    planned = plan_way(trip, trip.destination, trip.origin, answer.trip.back, answer.reference)
    return [_option(journey, answer) for journey in planned.journeys]


def _option(journey: Journey, answer: Recommendation) -> Option:
    reference = answer.reference
    verdict = answer.decision.verdicts.get(journey.mode)  # type: ignore[call-overload]
    try:
        kg = estimate(journey, reference.factors, answer.cabin, fill=reference.standard)
    except FactorMissingError as error:
        return Option(journey, verdict, None, None, error.what)
    return Option(journey, verdict, kg, None)


def _place(vehicle: str, order: Sequence[str]) -> int:
    return order.index(vehicle) if vehicle in order else len(order)
