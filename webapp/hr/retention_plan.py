"""From which day on what is kept of trips has to go: names and texts first, all by series."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from webapp.config import Config


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes of trips that ended before which day; None for what stays.

    Without a series of the archive nothing is destroyed, however old it is.
    """

    names_before: date | None
    all_before: date | None
    series: str

    @classmethod
    def of(cls, config: Config, today: date) -> Plan:
        """Return what the settings of the organisation ask for."""
        kept, named = config.retention_years, config.pseudonym_years
        named = kept if named is None else named
        return cls(
            years_before(today, named) if named is not None else None,
            years_before(today, kept) if kept is not None and config.retention_series else None,
            config.retention_series,
        )


@dataclass
class Forgotten:
    """How much of what went, and which requests were destroyed, by their reference."""

    counts: Counter[str] = field(default_factory=Counter)
    destroyed: list[str] = field(default_factory=list)

    def record(self, plan: Plan) -> dict[str, Any]:
        """Return it for the log: no name and no text stands in it."""
        return {
            "counts": dict(sorted(self.counts.items())),
            "destroyed": self.destroyed,
            "names_before": str(plan.names_before or ""),
            "all_before": str(plan.all_before or ""),
            "series": plan.series,
        }


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; the 28th where there is no 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
