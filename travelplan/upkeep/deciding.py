"""A person's decision on a suggestion, taken on the list as it is at that moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal

from travelplan.destinations import DestinationList
from travelplan.reference import Reference
from travelplan.strict import read_yaml
from travelplan.upkeep.editing import Ruling, accepted, refused
from travelplan.upkeep.parameters import Parameters
from travelplan.upkeep.review import Review, Suggestion, review
from travelplan.upkeep.visits import Visit

Verdict = Literal["accept", "refuse"]
ParametersOf = Callable[[DestinationList], Parameters]


class NotSuggestedError(Exception):
    """The list no longer gives cause for a suggestion: somebody decided, or the trips changed.

    `listed` is the list as it is now.
    """

    def __init__(self, suggestion: str, listed: DestinationList) -> None:
        self.suggestion = suggestion
        self.listed = listed
        super().__init__(suggestion)


class OtherNowError(Exception):
    """A suggestion is still there, but no longer as the person saw it. `now` is what it is."""

    def __init__(self, now: Suggestion) -> None:
        self.now = now
        super().__init__(now.id)


@dataclass(frozen=True)
class Reviewer:
    """Reviews a text of the list: by which trips, on which day, with which thresholds."""

    reference: Reference
    visits: Sequence[Visit]
    parameters_of: ParametersOf
    day: date

    def listed(self, text: str) -> DestinationList:
        """Return the list of a text; raises DataError if it has a fault."""
        return read_yaml(text, "destinations").parse(DestinationList)

    def review(self, listed: DestinationList) -> Review:
        """Return what should change in a list."""
        reference = replace(self.reference, destinations=listed)
        return review(reference, self.visits, self.parameters_of(listed), self.day)

    def decided(self, text: str, verdict: Verdict, id_: str, seen: str, ruling: Ruling) -> str:
        """Return the text of the list with a decision written into it.

        Args:
            text: the list as it is now; whoever calls holds its lock.
            verdict: carry the suggestion out, or keep it away for a while.
            id_: the suggestion.
            seen: its `sign` when the person decided.
            ruling: who decides, when and why.

        Raises:
            NotSuggestedError: the list as it is now does not give cause for it.
            OtherNowError: it is not what the person saw.
            InputError: the ruling is not complete.
            DataError: the list has a fault.
        """
        listed = self.listed(text)
        found = named(self.review(listed), id_)
        if found is None:
            raise NotSuggestedError(id_, listed)
        if sign(found) != seen:
            raise OtherNowError(found)
        if verdict == "accept":
            return accepted(text, found, ruling)
        return refused(text, found, ruling, days=self.parameters_of(listed).refusal_days)


def named(found: Review, id_: str) -> Suggestion | None:
    """Return a suggestion of a review by its id; None if it does not make it."""
    return next((item for item in found.suggestions if item.id == id_), None)


def sign(suggestion: Suggestion) -> str:
    """Return what changes when anything that a person decides on changes."""
    told = (suggestion.id, suggestion.stated, suggestion.computed, suggestion.because)
    return sha256("|".join((*told, *suggestion.trips)).encode()).hexdigest()[:16]
