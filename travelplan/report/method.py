"""The method beside the factor sets: our flights against others, the sets compared on routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from travelplan.emissions.estimate import estimate
from travelplan.emissions.factors import FactorSet
from travelplan.emissions.parts import FactorMissingError
from travelplan.errors import InputError
from travelplan.journeys.model import Journey
from travelplan.journeys.plan import plan_journeys
from travelplan.places import Place
from travelplan.reference import Reference
from travelplan.sourced import Basis, FileModel
from travelplan.strict import Document
from travelplan.trip import parse_trip


class AgainstPublished(FileModel):
    """Our figure over the published one, for a number of published figures."""

    figures: int = Field(gt=0)
    low: float = Field(gt=0)
    median: float = Field(gt=0)
    high: float = Field(gt=0)
    basis: Basis
    note: str


class Routes(FileModel):
    """On which journeys, by which modes, which sets stand side by side."""

    origin: str
    destinations: list[str] = Field(min_length=1)
    modes: list[Literal["train", "plane"]] = Field(min_length=1)
    sets: list[str] = Field(min_length=1)
    basis: Basis


class Method(FileModel):
    """What is said of the method beside the numbers of the factor sets."""

    flights_against_published: AgainstPublished
    routes: Routes


@dataclass(frozen=True, slots=True)
class SetFigure:
    """kg CO2e of one passenger, one way; `filled`: a part is counted with the default set."""

    kg: float
    filled: bool


@dataclass(frozen=True, slots=True)
class ComparedRoute:
    """One journey by the factor sets, by their ids; None where a set has no factor."""

    destination: Place
    mode: str
    km: float
    by_set: Mapping[str, SetFigure | None]


def read_method(document: Document) -> Method:
    """Return what a file says of the method; raises DataError if it has a fault."""
    return document.parse(Method)


def compared_routes(
    routes: Routes, reference: Reference, sets: Sequence[FactorSet]
) -> Iterator[ComparedRoute]:
    """Yield the journeys of the routes, each by every set.

    Args:
        routes: the places and modes to compare.
        reference: the places and the timetable.
        sets: the first of them fills in what another has no factor for.

    Raises:
        InputError: the gazetteer does not know a place of the routes.
    """
    for name in routes.destinations:
        fields = {"origin": routes.origin, "destination": name}
        trip = parse_trip(fields, reference.places)
        planned = plan_journeys(
            trip.origin, trip.destination, travellers=1, transport=reference.transport
        )
        for journey in planned.journeys:
            if journey.mode in routes.modes:
                figures = {factors.id: _figure(journey, factors, sets[0]) for factors in sets}
                yield ComparedRoute(trip.destination, journey.mode, journey.km, figures)


def _figure(journey: Journey, factors: FactorSet, standard: FactorSet) -> SetFigure | None:
    try:
        found = estimate(journey, factors, fill=standard)
    except (FactorMissingError, InputError):
        return None
    return SetFigure(found.wtw.central, len(found.factor_sets) > 1)
