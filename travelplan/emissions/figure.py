"""What an estimate is: the figure of one passenger, what it counts, and what stands beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from travelplan.emissions.factors import Boundary
from travelplan.emissions.parts import Part
from travelplan.emissions.ranges import NOTHING, Range, independent, moving_together
from travelplan.errors import TravelplanError


class BoundaryMixedError(TravelplanError):
    """Two figures that do not count the same things cannot be added or compared."""

    def __init__(self, sets: Iterable[str]) -> None:
        self.sets = tuple(sets)
        super().__init__(f"the factor sets {', '.join(self.sets)} do not count the same things")


class LegEstimate(NamedTuple):
    """kg CO2e of one passenger on one leg, one way.

    `manufacture_kg` (making the vehicle) and `contract` (electricity by contract in place of the
    country's) stand beside the figure; None where nothing is published.
    """

    mode: str
    kind: str
    km: float
    parts: tuple[Part, ...]
    manufacture_kg: float | None
    contract: Range | None

    @property
    def wtw(self) -> Range:
        """The figure; its parts move together."""
        return moving_together(part.kg for part in self.parts)

    @property
    def ttw_kg(self) -> float | None:
        """What the vehicle itself emits; None where the source does not split it."""
        return _sum_known(part.ttw_kg for part in self.parts)

    @property
    def non_co2(self) -> Range:
        """Warming beside CO2e, for flights."""
        return moving_together(part.non_co2 for part in self.parts)


@dataclass(frozen=True, slots=True)
class Estimate:
    """kg CO2e of one passenger.

    `wtw` from well to wheel; `non_co2` apart and never summed into it, zero for all but flights;
    `tier` is the weakest quality among the legs (1 measured to 4 average per kilometre). `legs`
    are one way; `times` says how often they are made in this estimate (2 for there and back).
    """

    wtw: Range
    non_co2: Range
    tier: int
    factor_sets: tuple[str, ...]
    scope: Boundary
    legs: tuple[LegEstimate, ...] = ()
    times: float = 1.0

    @property
    def factor_set(self) -> str:
        """The id of the factor set, or of all, separated by commas."""
        return ", ".join(self.factor_sets)

    @property
    def ttw_kg(self) -> float | None:
        """What the vehicles themselves emit; None where a source does not split it."""
        total = _sum_known(leg.ttw_kg for leg in self.legs) if self.legs else None
        return None if total is None else total * self.times

    @property
    def wtt_kg(self) -> float | None:
        """What it takes to provide fuel and electricity; None where a source does not split it."""
        ttw_kg = self.ttw_kg
        return None if ttw_kg is None else self.wtw.central - ttw_kg

    @property
    def manufacture_kg(self) -> float | None:
        """Making the vehicles, beside the figure; None where nobody published a part of it."""
        total = _sum_known(leg.manufacture_kg for leg in self.legs)
        return None if total is None else total * self.times

    @property
    def contract(self) -> Range | None:
        """The figure with electricity by contract; None where no operator has such a contract."""
        if all(leg.contract is None for leg in self.legs):
            return None
        kg = moving_together(leg.contract or leg.wtw for leg in self.legs)
        return kg.scaled(self.times)

    @property
    def with_non_co2(self) -> Range:
        """The figure with the non-CO2 warming in it; see `non_co2_multiplier`."""
        return independent([self.wtw, self.non_co2])

    def scaled(self, by: float) -> Estimate:
        """Return the estimate for `by` such journeys, or for there and back with 2."""
        return replace(
            self,
            wtw=self.wtw.scaled(by),
            non_co2=self.non_co2.scaled(by),
            times=self.times * by,
        )


def total(estimates: Iterable[Estimate]) -> Estimate:
    """Return the sum of estimates of one passenger.

    Raises:
        BoundaryMixedError: they do not all count the same things (energy chain, gases, vehicles,
            infrastructure, non-CO2).
        ValueError: there is none.
    """
    parts = list(estimates)
    if not parts:
        raise ValueError("nothing to add")
    require_one_boundary(parts)
    return Estimate(
        wtw=moving_together(part.wtw for part in parts),
        non_co2=moving_together(part.non_co2 for part in parts),
        tier=max(part.tier for part in parts),
        factor_sets=tuple(sorted({name for part in parts for name in part.factor_sets})),
        scope=parts[0].scope,
        legs=tuple(_times(leg, part.times) for part in parts for leg in part.legs),
    )


def of_legs(
    legs: tuple[LegEstimate, ...], factor_sets: tuple[str, ...], scope: Boundary
) -> Estimate:
    """Return the sum over legs: those on the same factor move together, others do not."""
    by_factor: dict[str, list[Range]] = defaultdict(list)
    non_co2: list[Range] = []
    worst_tier = 1
    for leg in legs:
        for part in leg.parts:
            by_factor[part.factor].append(part.kg)
            worst_tier = max(worst_tier, part.tier)
            if part.non_co2 is not NOTHING:
                non_co2.append(part.non_co2)
    return Estimate(
        wtw=independent(moving_together(group) for group in by_factor.values()),
        non_co2=moving_together(non_co2) if non_co2 else NOTHING,
        tier=worst_tier,
        factor_sets=factor_sets,
        scope=scope,
        legs=legs,
    )


def out_and_back(out: Estimate, back: Estimate) -> Estimate:
    """Return the sum of two journeys one way, which share what rests on the same factor.

    Raises:
        BoundaryMixedError: they do not count the same things.
    """
    require_one_boundary([out, back])
    names = tuple(dict.fromkeys((*out.factor_sets, *back.factor_sets)))
    return of_legs((*out.legs, *back.legs), names, out.scope)


def require_one_boundary(estimates: Iterable[Estimate]) -> None:
    """Raise BoundaryMixedError unless all estimates count the same things."""
    found = list(estimates)
    if len({estimate.scope for estimate in found}) > 1:
        raise BoundaryMixedError(sorted({name for e in found for name in e.factor_sets}))


def _times(leg: LegEstimate, by: float) -> LegEstimate:
    if by == 1:
        return leg
    parts = tuple(
        part._replace(
            kg=part.kg.scaled(by),
            ttw_kg=None if part.ttw_kg is None else part.ttw_kg * by,
            non_co2=part.non_co2.scaled(by),
        )
        for part in leg.parts
    )
    made_kg = None if leg.manufacture_kg is None else leg.manufacture_kg * by
    contract = leg.contract.scaled(by) if leg.contract else None
    return LegEstimate(leg.mode, leg.kind, leg.km * by, parts, made_kg, contract)


def _sum_known(values: Iterable[float | None]) -> float | None:
    """Return the sum, or None if one of the values is unknown."""
    found = list(_until_unknown(values))
    return None if None in found else sum(value for value in found if value is not None)


def _until_unknown(values: Iterable[float | None]) -> Iterator[float | None]:
    for value in values:
        yield value
        if value is None:
            return
