"""How far the figures reach: rows that were brought in, trips that were judged, and how well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.hr.figures import Figures
from webapp.store.register import Batch

NOT_JUDGED = ("undetermined", "no_rule_in_force")
_KINDS = ("right", "doubtful", "wrong")


@dataclass(frozen=True, slots=True)
class BatchRows:
    """The rows of one file that was confirmed."""

    day: date
    supplier: str
    right: int
    doubtful: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of the files that were confirmed, and how many of the chosen trips could be judged.

    `tiers` count the trips by how their CO2e was found: 1 is best, 0 not at all.
    """

    batches: Sequence[BatchRows]
    trips: int
    judged: int
    tiers: tuple[tuple[int, int], ...]

    @property
    def right(self) -> int:
        """Rows that are in the register."""
        return sum(batch.right for batch in self.batches)

    @property
    def doubtful(self) -> int:
        """Rows that were left out until somebody chooses."""
        return sum(batch.doubtful for batch in self.batches)

    @property
    def wrong(self) -> int:
        """Rows that were left out because something in them is wrong."""
        return sum(batch.wrong for batch in self.batches)

    @property
    def rows(self) -> int:
        """All rows."""
        return self.right + self.doubtful + self.wrong


def coverage_of(session: Session, figures: Figures) -> Coverage:
    """Return how far some figures reach. The rows are those of all files, whatever is chosen."""
    confirmed = (
        select(Batch.confirmed_at, Batch.supplier, Batch.counts)
        .where(Batch.confirmed_at.is_not(None))
        .order_by(Batch.confirmed_at, Batch.id)
    )
    batches = [
        BatchRows(at.date(), supplier, *(int(counts.get(kind, 0)) for kind in _KINDS))
        for at, supplier, counts in session.execute(confirmed)
        if at
    ]
    verdicts = figures.by["verdict"]
    judged = sum(sums.trips for key, sums in verdicts.items() if key not in NOT_JUDGED)
    tiers = tuple((int(tier), sums.trips) for tier, sums in figures.ordered("tier"))
    return Coverage(batches, figures.all.trips, judged, tiers)
