"""The files of trips that HR gives out, checked: every figure recomputed from the file alone.

A row is one of an audit with more beside: the decision of its request, frozen when it was asked
for, and the legs of its way. What the rule of its day says stands apart from what counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from travelplan.audit.frozen import frozen_verdict
from travelplan.audit.recompute import (
    Difference,
    Factors,
    Record,
    Schemes,
    differences,
    version_of,
)
from travelplan.audit.ways import emissions_of, ways_of
from travelplan.errors import InputError
from travelplan.scheme.decide import ListedLevel, decide
from travelplan.scheme.facts import Facts
from travelplan.scheme.rights import CONFIDENTIAL

_OTHER = "other"
_NOT_FOLLOWED = ("deviated", "exception", "exception_without_request")
_BY_TRAIN = ("train", "night_train")
_CENTS, _MINUTES = 100, 60
_SCOPES = {(False,): "3.6", (True,): "1", (False, True): "1 3.6"}
_KG = {"kg": "co2e_kg", "non_co2_kg": "non_co2_kg", "avoidable_kg": "avoidable_kg"}


def is_given_out(record: Record) -> bool:
    """Return whether a row comes from a file of HR."""
    return "verdict_of_day" in record


def given_differences(
    records: Iterable[Record],
    schemes: Schemes,
    factors: Factors,
    totals: Mapping[str, Any] | None = None,
) -> Iterator[Difference]:
    """Yield what of the rows of a file of HR does not come out again.

    Args:
        records: the rows of trips.csv, trips.xlsx or trips.json.
        schemes: returns a scheme by its id.
        factors: returns a factor set by its id.
        totals: what the file says that its rows add up to; None where it says nothing.
    """
    sums: dict[str, float] = dict.fromkeys(_summed({}), 0)
    for number, record in enumerate(records, 1):
        try:
            yield from _of_row({**record, "row": number}, schemes, factors)
            for name, value in _summed(record).items():
                sums[name] += value
        except (InputError, KeyError, TypeError, ValueError, AttributeError) as error:
            yield Difference(number, "evidence", "", f"cannot be used: {error}")
    for name, value in sums.items():
        stated = (totals or {}).get(name)
        if stated is not None and round(stated, 3) != round(value, 3):
            yield Difference(0, name, stated, round(value, 3))


def _of_row(record: Record, schemes: Schemes, factors: Factors) -> Iterator[Difference]:
    day = _as_of_the_day(record)
    found = list(differences([day], schemes, factors))
    if _OTHER in str(record["reason_of_day"]) and found:
        # a confidential reason left the register as another one: it may have been that
        again = list(differences([{**day, "reason_code": CONFIDENTIAL}], schemes, factors))
        found = min(found, again, key=len)
    for item in found:
        beside = item.what in ("outcome", "verdict")
        yield replace(item, what=f"{item.what}_of_day") if beside else item
    computed = {**_beside(record, factors), **_that_counts(record, schemes)}
    for what, value in computed.items():
        if record.get(what) != value:
            yield Difference(int(record["row"]), what, record.get(what), value)


def _as_of_the_day(record: Record) -> dict[str, Any]:
    """Return a row as the audit of its day of departure wrote it."""
    return {
        **record,
        "verdict": record["verdict_of_day"],
        "outcome": record["outcome_of_day"],
        "version": record["version_of_day"],
        "scheme": record["scheme_of_day"],
        "reason_code": record["reason_of_day"],
    }


def _beside(record: Record, factors: Factors) -> dict[str, Any]:
    """Return what follows from the ways and legs of a row."""
    legs, travellers = record["legs"], int(record["travellers"])
    ways = ways_of(way for part in record["evidence"] for way in part["booked"] or ())
    known = record["co2e_kg"] is not None
    sets = [factors(name) for name in str(record["factors"] or "").split()]
    estimate = emissions_of(ways, sets[0], sets[-1]) if known and ways else None
    minutes = _sum(legs, "min")
    return {
        "minutes": None if minutes is None else int(minutes) * travellers,
        "distance_km": _sum(legs, "km"),
        "changes": _sum(legs, "changes"),
        "scope": _SCOPES[tuple(sorted({way.own for way in ways}))] if estimate else "",
        "tier": estimate.tier if estimate else None,
        "deviates": record["verdict"] in _NOT_FOLLOWED,
    }


def _that_counts(record: Record, schemes: Schemes) -> dict[str, Any]:
    """Return outcome and verdict: of the frozen decision where there is one, else of the day."""
    decided = record["decision_evidence"]
    if not decided:
        day = {name: record[f"{name}_of_day"] for name in ("verdict", "outcome")}
        return {**day, "outcome": day["outcome"] or ""}
    outcomes = set()
    for part in decided["parts"]:
        version = version_of(schemes(part["scheme"]), part["version"])
        listed = ListedLevel(part["listed"], "") if part["listed"] else None
        decision = decide(version, Facts.of(_plain(part["facts"])), listed=listed)
        if (decision.outcome, dict(decision.verdicts)) != (part["outcome"], part["modes"]):
            return {"decision_evidence": f"decides {decision.outcome}"}
        outcomes.add(str(decision.outcome))
    made = [part["modes"] for part in record["evidence"] if "modes" in part]
    made = made or [[leg["mode"]] for leg in record["legs"]]
    verdict = frozen_verdict(
        decided["parts"], made, decided["asked"], has_reason=decided["has_reason"]
    )
    return {"verdict": verdict, "outcome": outcomes.pop() if len(outcomes) == 1 else "per_leg"}


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {n: tuple(value) if isinstance(value, list) else value for n, value in facts.items()}


def _sum(legs: Iterable[Mapping[str, Any]], name: str) -> float | None:
    values: list[float | None] = [_times(leg, name) for leg in legs]
    if not values or None in values:
        return None
    return round(sum(value or 0 for value in values), 1)


def _times(leg: Mapping[str, Any], name: str) -> float | None:
    value: float | None = leg[name]
    return None if value is None else value * int(leg["times"])


def _summed(record: Record) -> dict[str, float]:
    """Return what a row adds to the totals of its file."""
    get = record.get
    flown = get("mode") == "plane"
    rail_min, limit_min = get("rail_min"), get("limit_min")
    in_time = flown and None not in (rail_min, limit_min) and rail_min <= limit_min  # type: ignore[operator]
    return {
        "trips": 1,
        "travellers": int(get("travellers") or 0),
        "train": get("mode") in _BY_TRAIN,
        "flights": flown,
        "in_time": in_time,
        **{name: get(column) or 0.0 for name, column in _KG.items()},
        "without_kg": get("co2e_kg") is None,
        "cost_cents": round((get("cost_eur") or 0) * _CENTS),
        "without_cost": get("cost_eur") is None,
        "minutes": get("minutes") or 0,
        "without_minutes": get("minutes") is None,
        "avoidable": get("avoidable_kg") is not None,
        "extra_min": round((get("avoidable_hours") or 0) * _MINUTES),
    }
