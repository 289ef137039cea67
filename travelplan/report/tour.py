"""A tour as one figure: the first option of each part, summed."""

from __future__ import annotations

from dataclasses import dataclass

from travelplan.emissions.figure import Estimate, total
from travelplan.recommendation import Recommendation


@dataclass(frozen=True, slots=True)
class TourTotal:
    """The time from door to door and the emissions of one traveller, over all parts of a tour.

    None where a part has no option, or its option no figure.
    """

    door_to_door_min: int | None
    emissions: Estimate | None


def tour_total(answer: Recommendation) -> TourTotal:
    """Return the sum over the parts of a tour, each made by its first option."""
    options = [option for part in answer.parts if (option := part.best)]
    if len(options) < len(answer.parts):
        return TourTotal(None, None)
    minutes = sum(option.journey.door_to_door_min for option in options)
    figures = [option.emissions for option in options if option.emissions]
    return TourTotal(minutes, total(figures) if len(figures) == len(options) else None)
