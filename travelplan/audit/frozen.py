"""The verdict on a trip by the decision that was made when it was asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from travelplan.audit.grounds import heaviest_verdict

_FREE = (None, "mandatory", "recommended", "allowed")
_AS_DECIDED = ("out_of_scope", "undetermined")


def frozen_verdict(
    parts: Sequence[Mapping[str, Any]],
    made: Sequence[Sequence[str]],
    asked: Collection[str],
    *,
    has_reason: bool,
) -> str:
    """Return the verdict on a trip made by some modes, stretch by stretch.

    A mode that the decision allowed complied. Another is an exception where it is what was asked
    for, with its reason, and agreed to; else it deviated. Where the trip was made in other
    stretches than were asked for, all its modes are held against each.

    Args:
        parts: what was decided of each stretch: its `outcome`, and the verdict of each of `modes`.
        made: the modes by which each stretch was made.
        asked: the modes that were asked for.
        has_reason: whether a reason to deviate was given with them.
    """
    flat = [mode for stretch in made for mode in stretch]
    stretches = made if len(made) == len(parts) else [flat] * len(parts)
    return heaviest_verdict(
        {
            _verdict(part, modes, asked, has_reason=has_reason)
            for part, modes in zip(parts, stretches, strict=True)
        }
    )


def _verdict(
    part: Mapping[str, Any], made: Sequence[str], asked: Collection[str], *, has_reason: bool
) -> str:
    outcome = str(part["outcome"])
    if outcome in _AS_DECIDED:
        return outcome
    not_free = {mode for mode in made if part["modes"].get(mode) not in _FREE}
    if not not_free:
        return "complied"
    return "exception" if has_reason and not_free <= set(asked) else "deviated"
