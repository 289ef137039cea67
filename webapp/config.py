"""What an organisation sets: through the environment, or as arguments in tests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from travelplan.files import DEFAULT_FACTORS, DEFAULT_SCHEME


@dataclass(frozen=True, slots=True)
class Config:
    """The scheme, the factor set and the list of destinations (None: the shipped one)."""

    scheme: str = DEFAULT_SCHEME
    factors: str = DEFAULT_FACTORS
    destinations: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read TRAVELPLAN_SCHEME, TRAVELPLAN_FACTORS and TRAVELPLAN_DESTINATIONS."""
        path = environment.get("TRAVELPLAN_DESTINATIONS")
        return cls(
            environment.get("TRAVELPLAN_SCHEME", DEFAULT_SCHEME),
            environment.get("TRAVELPLAN_FACTORS", DEFAULT_FACTORS),
            Path(path) if path else None,
        )
