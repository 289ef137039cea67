"""What the list states against what is computed today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from travelplan.destinations import OUTCOME_OF_LEVEL, Difference
from travelplan.geo import Located, great_circle_km
from travelplan.recommendation import Recommendation, recommend
from travelplan.reference import Reference
from travelplan.scheme.decide import decide
from travelplan.scheme.facts import UNREACHABLE
from travelplan.scheme.model import Outcome
from travelplan.trip import Trip

FARTHEST_KM = 10
"""How far the stated position of an entry may lie from the gazetteer's."""


def check_destinations(reference: Reference, day: date) -> Iterator[Difference]:
    """Yield every entry of the list of which a stated value is not the computed one.

    Minutes that a person has checked, and levels that a person has decided with a reason, are
    left alone: those are the recorded reasons.

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
        if great_circle_km(place, entry) > FARTHEST_KM:
            yield Difference(entry, "position", _position(entry), _position(place))
        trip = Trip(origin, place, day, back=day + timedelta(days=1), nights=1)
        answer = recommend(trip, reference)
        computed = answer.facts.values.get("rail_min")
        minutes = "" if computed in (None, UNREACHABLE) else str(computed)
        stated = str(entry.rail.minutes) if entry.rail else ""
        if minutes != stated and not (entry.rail and entry.rail.basis == "checked"):
            yield Difference(entry, "rail_min", stated, minutes)
        outcome = OUTCOME_OF_LEVEL[entry.level]
        # the computed level, whatever the list decides
        computed_outcome = computed_level(answer)
        if entry.decided is None and computed_outcome != outcome:
            yield Difference(entry, "level", outcome, computed_outcome)
        if entry.decided and not entry.decided.why and computed_outcome != outcome:
            yield Difference(entry, "reason", outcome, computed_outcome)


def computed_level(answer: Recommendation) -> Outcome:
    """Return the outcome that the scheme gives by itself, whatever a list decides."""
    decided = answer.decision
    if decided.listed is None:
        return decided.outcome
    place = answer.trip.destination
    names = (place.name, place.names.nl, place.names.fr, place.names.en)
    return decide(decided.version, answer.facts, names=names).outcome


def _position(located: Located) -> str:
    return f"{located.lat:.4f}, {located.lon:.4f}"
