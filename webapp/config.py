"""What an organisation sets: through the environment, or as arguments in tests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from travelplan import DataError
from travelplan.errors import Fault
from travelplan.files import DEFAULT_FACTORS, DEFAULT_SCHEME


@dataclass(frozen=True, slots=True)
class Config:
    """What an organisation sets.

    The scheme, the factor set and the list of destinations (None: the shipped one); whom to ask
    for help ("" for HR), an address of mail or of a page, or any words; the folder with the style
    of the organisation (None: ours); how many years requests are kept, and by which series of the
    archive (None and "": not decided).
    """

    scheme: str = DEFAULT_SCHEME
    factors: str = DEFAULT_FACTORS
    destinations: Path | None = None
    help_contact: str = ""
    theme: Path | None = None
    retention_years: int | None = None
    retention_series: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Config:
        """Read the settings TRAVELPLAN_* that docs/operations.md lists.

        Raises:
            DataError: the years of retention are not a whole number.
        """
        return cls(
            scheme=environment.get("TRAVELPLAN_SCHEME", DEFAULT_SCHEME),
            factors=environment.get("TRAVELPLAN_FACTORS", DEFAULT_FACTORS),
            destinations=_path(environment.get("TRAVELPLAN_DESTINATIONS")),
            help_contact=environment.get("TRAVELPLAN_HELP", "").strip(),
            theme=_path(environment.get("TRAVELPLAN_THEME_DIR")),
            retention_years=_years(environment.get("TRAVELPLAN_RETENTION_YEARS", "").strip()),
            retention_series=environment.get("TRAVELPLAN_RETENTION_SERIES", "").strip(),
        )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _years(text: str) -> int | None:
    if text and not text.isdecimal():
        fault = Fault(1, "", f"{text!r} is not a whole number.", "Write it in digits, such as 10.")
        raise DataError("TRAVELPLAN_RETENTION_YEARS", [fault])
    return int(text) if text else None
