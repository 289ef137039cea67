"""What was asked for beforehand: planned costs by unit, and whether people could meet online."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from webapp.hr.dashboard_filter import Choice
from webapp.store.tables import Request, Version

COUNTED = ("to_confirm", "waiting", "change_asked", "approved", "travelled")
"""The requests that a budget counts: all but those refused or taken back."""
_COLUMNS = {
    "unit": Request.unit,
    "mode": Version.mode,
    "outcome": Version.outcome,
    "role": Version.role,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """What the requests of a unit estimate: euro cents of travel, stay and registration.

    `answers` count what was answered to the question whether one could meet online.
    """

    requests: int = 0
    cents: int = 0
    without_cost: int = 0
    answers: Mapping[str, int] = field(default_factory=dict)


def planned_by_unit(session: Session, choice: Choice) -> dict[str, Planned]:
    """Return what was planned, by unit; nothing where a verdict is asked, which requests lack."""
    if "verdict" in choice.named:
        return {}
    sums = (Version.travel_cents, Version.stay_cents, Version.registration_cents)
    cents = sum((func.coalesce(column, 0) for column in sums), start=func.coalesce(None, 0))
    known = func.count(Version.travel_cents)
    rows = session.execute(
        select(Request.unit, Version.digital, func.count(), func.sum(cents), func.count() - known)
        .join(Version, Version.request_id == Request.id)
        .where(*_newest(choice))
        .group_by(Request.unit, Version.digital)
    )
    found: dict[str, Planned] = {}
    for unit, answer, count, total, unknown in rows:
        one = found.get(unit, Planned())
        found[unit] = Planned(
            one.requests + count,
            one.cents + (total or 0),
            one.without_cost + unknown,
            {**one.answers, answer: count},
        )
    return found


def digital_answers(planned: Iterable[Planned]) -> dict[str, int]:
    """Return how often each answer was given to the question whether one could meet online."""
    found: Counter[str] = Counter()
    for one in planned:
        found.update(one.answers)
    return dict(sorted(found.items()))


def _newest(choice: Choice) -> Iterator[ColumnElement[bool]]:
    """Yield what the newest version of a request must meet to count."""
    later = aliased(Version)
    yield Request.status.in_(COUNTED)
    yield ~(
        select(later.id)
        .where(later.request_id == Version.request_id, later.number > Version.number)
        .exists()
    )
    if choice.period.first:
        yield Version.depart >= choice.period.first
    if choice.period.last:
        yield Version.depart <= choice.period.last
    for name, value in choice.named.items():
        yield _COLUMNS[name] == value
    if choice.destination_id:
        yield Version.destination_id == choice.destination_id
