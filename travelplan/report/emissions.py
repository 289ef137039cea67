"""The emissions of an answer: as JSON, and as the sentences beside the table of options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from travelplan.emissions.beside import non_co2_multiplier
from travelplan.emissions.compare import Comparison, compare_with
from travelplan.emissions.estimate import estimate
from travelplan.emissions.factors import FactorSet
from travelplan.emissions.figure import Estimate
from travelplan.emissions.parts import FactorMissingError
from travelplan.emissions.ranges import Range
from travelplan.emissions.reporting import Account, LegAccount, Owner, hotel_account, leg_accounts
from travelplan.recommendation import Option, Recommendation

Record = dict[str, Any]


def estimate_record(
    estimate: Estimate | None,
    factors: FactorSet,
    *,
    role: str = "staff",
    owner: Owner = "other",
) -> Record:
    """Return an estimate in kg CO2e of one passenger; nulls where a factor is missing.

    `wtw_kg` never holds the non-CO2 warming, `with_non_co2_kg` does. `legs` are one way.
    """
    if estimate is None:
        return {
            "wtw_kg": None,
            "non_co2_kg": None,
            "factor_sets": [factors.id],
            "tier": None,
            "boundary": factors.boundary,
        }
    counted = factors.non_co2 != "none"
    return {
        "wtw_kg": asdict(estimate.wtw),
        "non_co2_kg": asdict(estimate.non_co2) if counted else None,
        "factor_sets": list(estimate.factor_sets),
        "tier": estimate.tier,
        "boundary": factors.boundary,
        "ttw_kg": estimate.ttw_kg,
        "wtt_kg": estimate.wtt_kg,
        "with_non_co2_kg": asdict(estimate.with_non_co2) if counted else None,
        "non_co2_multiplier": non_co2_multiplier(factors),
        "manufacture_kg": estimate.manufacture_kg,
        "contract_based_kg": _range(estimate.contract),
        "stepwise": factors.stepwise and any(leg.mode == "plane" for leg in estimate.legs),
        "legs": [_leg_record(line) for line in leg_accounts(estimate, role=role, owner=owner)],
    }


def option_emissions_record(option: Option, answer: Recommendation) -> Record:
    """Return the emissions of an option: of one traveller, of the group, and what is beside.

    `one_way_kg` is null where the two ways are not alike; `legs` then are those of both.
    """
    trip, emissions = answer.trip, option.emissions
    ways = 2 if answer.there_and_back else 1
    group = emissions.scaled(trip.travellers) if emissions else None
    mirrored = option.back is None
    return {
        **estimate_record(emissions, answer.reference.factors, role=trip.role),
        "hotel_kg": _range(option.hotel),
        "hotel_avoided_kg": _range(option.hotel_avoided),
        "hotel_ghg": asdict(hotel_account(trip.role)),
        "per": "passenger",
        "ways": ways,
        "one_way_kg": asdict(emissions.scaled(1 / ways).wtw) if emissions and mirrored else None,
        "group": {
            "travellers": trip.travellers,
            "ways": ways,
            "wtw_kg": asdict(group.wtw) if group else None,
            "non_co2_kg": asdict(group.non_co2) if group else None,
        },
        "missing_factor": str(option.missing_factor) if option.missing_factor else None,
    }


def answer_emissions_record(answer: Recommendation) -> Record:
    """Return what holds for all options of an answer: the set, the comparisons, the order."""
    factors = answer.reference.factors
    changed = order_change(answer)
    return {
        "factor_set": factors.id,
        "boundary": factors.boundary,
        "gases": factors.gases,
        "valid_from": factors.valid_from.isoformat(),
        "electricity_of": factors.grid.year if factors.grid else None,
        "stepwise": factors.stepwise,
        "non_co2": answer.non_co2 if factors.non_co2 != "none" else "none",
        "non_co2_multiplier": non_co2_multiplier(factors),
        "virtual_kg_per_hour": _range(factors.virtual.range if factors.virtual else None),
        "comparisons": [
            {
                "mode": pair.option.journey.vehicle,
                "against": pair.other.journey.vehicle,
                "share_lower": pair.comparison.share_lower,
                "clear": pair.comparison.lower is not None,
            }
            for pair in comparisons(answer)
        ],
        "order_changed": asdict(changed) if changed else None,
    }


@dataclass(frozen=True, slots=True)
class Pair:
    """Two options compared."""

    option: Option
    other: Option
    comparison: Comparison


def comparisons(answer: Recommendation) -> list[Pair]:
    """Return the train compared with every other option; without one, the lowest option."""
    known = [option for option in answer.plain_options if option.emissions]
    if len(known) < 2:
        return []
    trains = [option for option in known if option.mode == "train"]
    first = trains[0] if trains else min(known, key=lambda option: figure(option, answer))
    others = [option for option in known if option is not first]
    found = compare_with(
        _estimate(first),
        [_estimate(other) for other in others],
        non_co2=answer.non_co2 == "included",
    )
    return [Pair(first, other, result) for other, result in zip(others, found, strict=True)]


@dataclass(frozen=True, slots=True)
class OrderChange:
    """The options from low to high by the set in use and by the default set, where they differ."""

    factor_set: str
    order: tuple[str, ...]
    standard: str
    standard_order: tuple[str, ...]


def order_change(answer: Recommendation) -> OrderChange | None:
    """Return how the order of the options differs from that by the default set; None if not.

    Options of which one of the sets has no factor are left out of both orders.
    """
    factors, standard = answer.reference.factors, answer.reference.standard
    if standard is None or standard.id == factors.id:
        return None
    pairs: list[tuple[str, float, float]] = []
    for option in answer.plain_options:
        if option.emissions is None:
            continue
        try:
            other = estimate(option.journey, standard)
        except FactorMissingError:
            continue
        theirs = other.with_non_co2 if answer.non_co2 == "included" else other.wtw
        pairs.append((option.journey.vehicle, figure(option, answer), theirs.central))
    order = tuple(pair[0] for pair in sorted(pairs, key=lambda pair: pair[1]))
    theirs_order = tuple(pair[0] for pair in sorted(pairs, key=lambda pair: pair[2]))
    if order == theirs_order:
        return None
    return OrderChange(factors.id, order, standard.id, theirs_order)


def figure(option: Option, answer: Recommendation) -> float:
    """Return the central kg CO2e that the answer shows of an option."""
    return figure_range(_estimate(option), answer).central


def figure_range(emissions: Estimate, answer: Recommendation) -> Range:
    """Return kg CO2e as the answer shows them: the non-CO2 warming apart, or in the figure."""
    return emissions.with_non_co2 if answer.non_co2 == "included" else emissions.wtw


def _estimate(option: Option) -> Estimate:
    if option.emissions is None:
        raise ValueError("an option without an estimate has no figure")
    return option.emissions


def _leg_record(line: LegAccount) -> Record:
    leg = line.leg
    return {
        "mode": leg.mode,
        "kind": leg.kind,
        "km": round(leg.km, 1),
        "ways": 1,
        "wtw_kg": asdict(leg.wtw),
        "ttw_kg": line.ttw_kg,
        "wtt_kg": line.wtt_kg,
        "non_co2_kg": asdict(leg.non_co2),
        "manufacture_kg": leg.manufacture_kg,
        "contract_based_kg": _range(leg.contract),
        "factors": _factors(leg.parts),
        "tier": max((part.tier for part in leg.parts), default=None),
        "ghg": {"ttw": _account(line.ttw), "wtt": _account(line.wtt)},
    }


def _factors(parts: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(part.factor for part in parts))


def _account(account: Account) -> Record:
    return asdict(account)


def _range(value: Range | None) -> Record | None:
    return asdict(value) if value else None
