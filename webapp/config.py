"""What an organisation sets: through the environment, or as arguments in tests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from travelplan.files import DEFAULT_FACTORS, DEFAULT_SCHEME


@dataclass(frozen=True, slots=True)
class Config:
    """What an organisation sets.

    The scheme, the factor set and the list of destinations (None: the shipped one); whom to ask
    for help ("" for HR), an address of mail or of a page, or any words; the folder with the style
    of the organisation (None: ours).
    """

    scheme: str = DEFAULT_SCHEME
    factors: str = DEFAULT_FACTORS
    destinations: Path | None = None
    help_contact: str = ""
    theme: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read the settings TRAVELPLAN_* that docs/operations.md lists."""
        return cls(
            scheme=environment.get("TRAVELPLAN_SCHEME", DEFAULT_SCHEME),
            factors=environment.get("TRAVELPLAN_FACTORS", DEFAULT_FACTORS),
            destinations=_path(environment.get("TRAVELPLAN_DESTINATIONS")),
            help_contact=environment.get("TRAVELPLAN_HELP", "").strip(),
            theme=_path(environment.get("TRAVELPLAN_THEME_DIR")),
        )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None
