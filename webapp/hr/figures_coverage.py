"""How far the figures reach: rows that were brought in, trips that were judged, and how well."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.hr.figures import Figures
from webapp.store.register import Batch

NOT_JUDGED = ("undetermined", "no_rule_in_force")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of the files that were confirmed, and how many of the chosen trips could be judged.

    `tiers` count the trips by how their CO2e was found: 1 is best, 0 not at all.
    """

    right: int
    doubtful: int
    wrong: int
    trips: int
    judged: int
    tiers: tuple[tuple[int, int], ...]

    @property
    def rows(self) -> int:
        """All rows."""
        return self.right + self.doubtful + self.wrong


def coverage_of(session: Session, figures: Figures) -> Coverage:
    """Return how far some figures reach. The rows are those of all files, whatever is chosen."""
    confirmed = select(Batch.counts).where(Batch.confirmed_at.is_not(None))
    counts = session.scalars(confirmed).all()
    right, doubtful, wrong = (
        sum(int(count.get(name, 0)) for count in counts) for name in ("right", "doubtful", "wrong")
    )
    verdicts = figures.by["verdict"]
    judged = sum(sums.trips for key, sums in verdicts.items() if key not in NOT_JUDGED)
    tiers = tuple((int(tier), sums.trips) for tier, sums in figures.ordered("tier"))
    return Coverage(right, doubtful, wrong, figures.all.trips, judged, tiers)
