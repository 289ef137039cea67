"""What was decided when a trip was asked for, held against how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from travelplan.audit.frozen import frozen_verdict as verdict_by_decision
from webapp.store.register import MadeTrip
from webapp.store.tables import Version


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


def decided_parts(version: Version) -> list[dict[str, Any]]:
    """Return what was decided of each stretch, or of all at once if the scheme does so."""
    evidence = version.evidence
    return [evidence] if "grounds" in evidence else list(evidence["parts"])


def frozen_verdict(version: Version, modes: Sequence[Sequence[str]]) -> FrozenVerdict:
    """Return the verdict on a trip made by some modes, stretch by stretch."""
    parts = decided_parts(version)
    has_reason = bool(version.reason)
    verdict = verdict_by_decision(parts, modes, version.modes, has_reason=has_reason)
    grounds = parts[0]["grounds"]
    return FrozenVerdict(
        verdict=verdict,
        outcome=version.outcome,
        rule=grounds["rule"] or "",
        scheme_version=grounds["version"],
        reason=version.reason if verdict == "exception" else "",
    )
