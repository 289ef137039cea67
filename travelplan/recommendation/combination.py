"""One mode out and another back: an option of its own, with a verdict for each way."""

from __future__ import annotations

from collections.abc import Sequence

from travelplan.emissions.beside import hotel_kg
from travelplan.emissions.estimate import estimate
from travelplan.emissions.figure import Estimate, out_and_back
from travelplan.emissions.parts import FactorMissingError
from travelplan.errors import FieldProblem, InputError
from travelplan.journeys.model import Journey
from travelplan.language import Message, message
from travelplan.recommendation.answer import Option, Recommendation
from travelplan.recommendation.ways import plan_way
from travelplan.scheme.verdicts import Verdict

CHOSEN_BY_PART = message("A trip with more destinations is chosen part by part.")
LONGEST_SHOWN = 60


def combine(answer: Recommendation, out_by: str, back_by: str) -> Option:
    """Return the option of going out by one mode and back by another, or by the same.

    The way back is planned in its own direction, for the day of return. The trip is judged once:
    the day of departure and the decision on the way out hold for both ways, each by its own mode.

    Args:
        answer: the answer to a trip with one destination.
        out_by: the mode out, or `chartered_coach`.
        back_by: the mode back.

    Raises:
        InputError: (fields `out_by`, `return_by`) there is no such way, or the trip is a tour.
    """
    if answer.parts or not answer.there_and_back:
        raise InputError([FieldProblem("return_by", "tour", CHOSEN_BY_PART)])
    trip = answer.made
    back_on = answer.trip.back
    ways_back = plan_way(trip, trip.destination, trip.origin, back_on, answer.reference).journeys
    problems: list[FieldProblem] = []
    out = _chosen("out_by", out_by, [o.journey for o in answer.plain_options], problems)
    back = _chosen("return_by", back_by, ways_back, problems)
    if out is None or back is None:
        raise InputError(problems)
    emissions, missing = _emissions(answer, out, back)
    factors = answer.reference.factors
    country, nights = trip.destination.country, trip.business_nights
    saved = sum(journey.mode == "night_train" for journey in (out, back))
    return Option(
        journey=out,
        verdict=_verdict(answer, out),
        emissions=emissions,
        hotel=hotel_kg(country, nights, factors) if nights else None,
        missing_factor=missing,
        hotel_avoided=hotel_kg(country, saved, factors) if saved else None,
        back=back,
        back_verdict=_verdict(answer, back),
    )


def _chosen(
    field: str, typed: str, ways: Sequence[Journey], problems: list[FieldProblem]
) -> Journey | None:
    for journey in ways:
        if typed == journey.vehicle:
            return journey
    text = message(
        "There is no way by “{given}”. There is: {known}.",
        given=typed[:LONGEST_SHOWN],
        known=", ".join(journey.vehicle for journey in ways) or "–",
    )
    problems.append(FieldProblem(field, "unknown", text))
    return None


def _verdict(answer: Recommendation, journey: Journey) -> Verdict | None:
    return answer.decision.verdicts.get(journey.mode)  # type: ignore[call-overload, no-any-return]


def _emissions(
    answer: Recommendation, out: Journey, back: Journey
) -> tuple[Estimate | None, Message | None]:
    reference = answer.reference
    try:
        ways = [
            estimate(journey, reference.factors, answer.cabin, fill=reference.standard)
            for journey in (out, back)
        ]
    except FactorMissingError as error:
        return None, error.what
    return out_and_back(*ways), None
