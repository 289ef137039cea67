"""What the scheme says of a stretch, and the verdict on how it was travelled."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from travelplan.language import Message, message
from travelplan.scheme.decide import Decision
from travelplan.scheme.facts import RAIL_TIMES, UNREACHABLE, Facts, Value
from travelplan.scheme.rulebook import Version

VERDICTS: Mapping[str, Message] = {
    "deviated": message("Deviated"),
    "exception_without_request": message("Exception without a request"),
    "exception": message("Exception with a reason"),
    "undetermined": message("Cannot tell"),
    "complied": message("Complied"),
    "out_of_scope": message("Scheme does not apply"),
    "no_rule_in_force": message("No rule in force"),
}
"""The verdicts; a tour has the first of these that one of its parts has."""

_FREE = (None, "mandatory", "recommended", "allowed")


@dataclass(frozen=True, eq=False)
class Ground:
    """What the scheme says of a stretch, before any reason is weighed.

    `facts` are all that it read, `asked` the same with their tolerance. `limit_min` is the bound
    that the time by train met; None where none did. `listed` is the outcome that a person decided
    on the list, "" if the rules decided.
    """

    outcome: str
    rule: str
    version: Version
    decision: Decision
    facts: Mapping[str, Value]
    asked: Facts
    rail_min: int | None
    limit_min: int | None
    borderline: bool
    listed: str
    wants_train: bool

    @cached_property
    def evidence(self) -> str:
        """The facts and their tolerance as JSON: enough to decide again."""
        swings = [[s.cause, s.facts, s.down, s.up] for s in self.asked.swings]
        known = {"facts": self.facts, "swings": swings, "listed": self.listed}
        return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def verdict_of(
    decision: Decision, modes: Collection[str], reason: str, *, request: bool | None
) -> tuple[str, str]:
    """Return the verdict on a stretch made by some modes, and the reason that justifies it.

    Args:
        decision: what the scheme says, before any reason is weighed.
        modes: the main mode, or those out and home where they differ.
        reason: what the file gives as reasons, separated by semicolons.
        request: whether a request was filed; None if that is not known.
    """
    if decision.outcome in ("out_of_scope", "undetermined"):
        return decision.outcome, ""
    verdicts = {str(mode): verdict for mode, verdict in decision.verdicts.items()}
    listed = decision.exception
    if listed is None and all(verdicts.get(mode) in _FREE for mode in modes):
        return "complied", ""
    given = reasons_of(reason)
    listed = listed or next((r for r in decision.may_apply if any(map(r.matches, given))), None)
    if listed is None:
        return "deviated", ""
    return ("exception_without_request" if request is False else "exception"), listed.code


def heaviest_verdict(verdicts: Collection[str]) -> str:
    """Return the verdict on a trip of which the parts have these."""
    return next(verdict for verdict in VERDICTS if verdict in verdicts)


def reasons_of(typed: str) -> tuple[str, ...]:
    """Return the reasons that a cell gives, separated by semicolons."""
    return tuple(text.strip() for text in typed.split(";") if text.strip())


def ground_of(decision: Decision, facts: Facts) -> Ground:
    """Return a decision with what of it an audit keeps."""
    values = {n: v for n, v in {**decision.values, **facts.values}.items() if v != UNREACHABLE}
    rail_min = values.get("rail_min")
    verdicts = {str(mode): verdict for mode, verdict in decision.verdicts.items()}
    return Ground(
        outcome=decision.outcome,
        rule=decision.rule.id if decision.rule else "",
        version=decision.version,
        decision=decision,
        facts=values,
        asked=facts,
        rail_min=int(rail_min) if isinstance(rail_min, int | float) else None,
        limit_min=_limit(decision),
        borderline=decision.borderline,
        listed=decision.listed.outcome if decision.listed else "",
        wants_train=verdicts.get("train") in ("mandatory", "recommended")
        or verdicts.get("plane") in ("justify", "not_allowed"),
    )


def _limit(decision: Decision) -> int | None:
    """Return the bound on the time by train that lies nearest to it, of those that were tested."""
    pairs = [
        (abs(test.value - test.bound), int(test.bound))
        for test in decision.tested
        if test.fact in RAIL_TIMES
        and isinstance(test.value, int | float)
        and isinstance(test.bound, int | float)
        and test.value != UNREACHABLE
    ]
    return min(pairs)[1] if pairs else None
