"""What was decided when a trip was asked for, held against how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from travelplan.audit.grounds import heaviest_verdict
from webapp.store.register import MadeTrip
from webapp.store.tables import Version

_FREE = (None, "mandatory", "recommended", "allowed")
_AS_DECIDED = ("out_of_scope", "undetermined")


@dataclass(frozen=True)
class FrozenVerdict:
    """The verdict on a trip by the decision of its request."""

    verdict: str
    outcome: str
    rule: str
    scheme_version: str
    reason: str

    def put_on(self, trip: MadeTrip) -> None:
        """Judge a trip by this; what the rule of its day says stays beside it."""
        trip.verdict = self.verdict
        trip.outcome = self.outcome
        trip.rule = self.rule[:80]
        trip.scheme_version = self.scheme_version[:80]
        trip.reason = self.reason[:40]


def frozen_verdict(version: Version, modes: Sequence[Sequence[str]]) -> FrozenVerdict:
    """Return the verdict on a trip made by some modes, stretch by stretch.

    A mode that the decision allowed complied. Another is an exception where it is what was asked
    for, with its reason, and agreed to; else it deviated. Where the trip was made in other
    stretches than were asked for, all its modes are held against each.
    """
    parts: list[dict[str, Any]] = version.evidence["parts"] or [version.evidence]
    flat = [mode for stretch in modes for mode in stretch]
    made = modes if len(modes) == len(parts) else [flat] * len(parts)
    verdicts = {_verdict(version, p, by) for p, by in zip(parts, made, strict=True)}
    verdict = heaviest_verdict(verdicts)
    grounds = parts[0]["grounds"]
    return FrozenVerdict(
        verdict=verdict,
        outcome=version.outcome,
        rule=grounds["rule"] or "",
        scheme_version=grounds["version"],
        reason=version.reason if verdict == "exception" else "",
    )


def _verdict(version: Version, part: dict[str, Any], modes: Sequence[str]) -> str:
    outcome = str(part["outcome"])
    if outcome in _AS_DECIDED:
        return outcome
    not_free = {mode for mode in modes if part["modes"].get(mode) not in _FREE}
    if not not_free:
        return "complied"
    return "exception" if version.reason and not_free <= set(version.modes) else "deviated"
