"""The reference of a request: short, and clear when it is read out on the phone."""

from __future__ import annotations

import secrets
from datetime import date

_CLEAR = "2346789ABCDEFGHJKMNPQRTUVWXY"
"""Without signs that sound or look alike: no 0 and O, 1, I and L, 5 and S, Z."""
_LENGTH = 6


def new_reference(day: date) -> str:
    """Return a new reference, such as `2026-K7M-4PQ`; it says the year and nothing else."""
    signs = "".join(secrets.choice(_CLEAR) for _ in range(_LENGTH))
    return f"{day.year}-{signs[:3]}-{signs[3:]}"
