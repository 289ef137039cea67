"""What a traveller can choose: a mode for each way, and what the chosen modes emit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from travelplan.emissions.figure import Estimate, total
from travelplan.places.model import Place
from travelplan.recommendation import Option, Recommendation
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

    def option(self, mode: str) -> Option | None:
        """Return the option by a mode."""
        return next((option for option in self.options if option.mode == mode), None)

    def deviates(self, mode: str) -> bool:
        """Return whether a mode is one that the scheme does not simply allow."""
        option = self.option(mode)
        return option is not None and option.verdict in DEVIATING


def ways_of(answer: Recommendation) -> tuple[Way, ...]:
    """Return what there is to choose: out and back, or each part of a tour."""
    if answer.parts:
        return tuple(_way(part, part.options) for part in answer.parts)
    out = _way(answer, tuple(_one_way(option) for option in answer.options))
    return out, replace(out, origin=out.destination, destination=out.origin)


def reasons_for(ways: Sequence[Way], modes: Sequence[str]) -> tuple[Reason, ...]:
    """Return the reasons of the schemes that fit a choice of modes, each code once."""
    found = {
        reason.code: reason
        for way, mode in zip(ways, modes, strict=True)
        if way.deviates(mode)
        for reason in way.decision.may_apply
    }
    return tuple(found.values())


def chosen_emissions(ways: Sequence[Way], modes: Sequence[str]) -> Estimate | None:
    """Return what one traveller emits by the chosen modes; None where a figure is missing."""
    options = [way.option(mode) for way, mode in zip(ways, modes, strict=True)]
    figures = [option.emissions for option in options if option and option.emissions]
    return total(figures) if figures and len(figures) == len(options) else None


def _way(answer: Recommendation, options: tuple[Option, ...]) -> Way:
    return Way(answer.trip.origin, answer.trip.destination, answer, options)


def _one_way(option: Option) -> Option:
    emissions = option.emissions
    return replace(option, emissions=emissions.scaled(0.5)) if emissions else option
