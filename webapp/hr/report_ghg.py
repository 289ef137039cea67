"""The trips by the GHG Protocol: scope, category and whose they are; TTW and WTT apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from travelplan.emissions.reporting import BUSINESS_TRAVEL, FUEL_AND_ENERGY
from webapp.hr.dashboard_filter import Choice
from webapp.store.register import Grounds, MadeTrip

_EMPLOYEES = ("staff", "elected")
_NOT_KNOWN = 0


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the inventory, in kg CO2e.

    `scope` 0 is of trips whose CO2e is not known; `category` is that of scope 3. `ttw_kg` is what
    the vehicles emit, `wtt_kg` what their energy took before; `unsplit_kg` where the source gives
    only the two together.
    """

    scope: int
    category: int | None
    employees: bool
    trips: int
    ttw_kg: float
    wtt_kg: float
    unsplit_kg: float

    @property
    def kg(self) -> float:
        """All of it."""
        return self.ttw_kg + self.wtt_kg + self.unsplit_kg


def accounts_of(session: Session, choice: Choice) -> list[Account]:
    """Return the lines of the inventory of the chosen trips. Avoided nights are never netted."""
    trip = MadeTrip
    is_employee = case((trip.role.in_(_EMPLOYEES), 1), else_=0)
    is_split = case((trip.ttw_kg.is_not(None), 1), else_=0)
    rows = session.execute(
        select(
            *(trip.scope, is_employee, is_split, func.count(trip.wtw_kg)),
            func.coalesce(func.sum(trip.wtw_kg), 0.0),
            func.coalesce(func.sum(trip.ttw_kg), 0.0),
        )
        .where(*choice.conditions(), trip.wtw_kg.is_not(None))
        .group_by(trip.scope, is_employee, is_split)
    )
    found = [line for row in rows for line in _lines(*row)]
    return sorted(_added(found), key=lambda a: (a.scope, a.category or 0, not a.employees))


def _lines(  # noqa: PLR0917  (the columns of one row of the database)
    scope: str, employee: int, split: int, trips: int, kg: float, ttw_kg: float
) -> Iterator[Account]:
    """Yield where a group of trips stands: own vehicles have their fuel in another category."""
    number, _, category = scope.partition(".")
    known = int(number) if number.isdecimal() else _NOT_KNOWN
    if not split:
        yield Account(known, _category(known, category), bool(employee), trips, 0.0, 0.0, kg)
    elif known == 1:
        yield Account(1, None, bool(employee), trips, ttw_kg, 0.0, 0.0)
        yield Account(3, FUEL_AND_ENERGY, bool(employee), trips, 0.0, kg - ttw_kg, 0.0)
    else:
        yield Account(
            known, _category(known, category), bool(employee), trips, ttw_kg, kg - ttw_kg, 0.0
        )


def _category(scope: int, written: str) -> int | None:
    if scope != 3:
        return None
    return int(written) if written.isdecimal() else BUSINESS_TRAVEL


def _added(found: Iterable[Account]) -> Iterator[Account]:
    lines: dict[tuple[int, int | None, bool], list[Account]] = {}
    for one in found:
        lines.setdefault((one.scope, one.category, one.employees), []).append(one)
    names = ("trips", "ttw_kg", "wtt_kg", "unsplit_kg")
    for key, parts in lines.items():
        yield Account(*key, *(sum(map(attrgetter(name), parts)) for name in names))


def factor_sets_of(session: Session, choice: Choice) -> list[str]:
    """Return the ids of the factor sets on which the chosen trips rest."""
    used = select(MadeTrip.grounds_id).where(*choice.conditions())
    ids = select(Grounds.factors).where(Grounds.sha256.in_(used)).distinct()
    return sorted({id_ for written in session.scalars(ids) for id_ in written.split()})


def schemes_of(session: Session, choice: Choice) -> list[tuple[str, int]]:
    """Return the versions of the scheme by which the chosen trips were judged, and how many."""
    rows = session.execute(
        select(MadeTrip.scheme_version, func.count())
        .where(*choice.conditions())
        .group_by(MadeTrip.scheme_version)
        .order_by(MadeTrip.scheme_version)
    )
    return [(version, trips) for version, trips in rows]
