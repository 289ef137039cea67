"""The trips by the GHG Protocol: scope, category and whose they are; TTW and WTT apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from travelplan.emissions.reporting import BUSINESS_TRAVEL, FUEL_AND_ENERGY
from travelplan.language import Language, Message, message
from webapp.hr.dashboard_filter import Choice
from webapp.hr.figures_words import word_of
from webapp.hr.registering_own import BUSINESS_TRAVEL as IN_VEHICLES_OF_OTHERS
from webapp.hr.registering_own import OWN_VEHICLE
from webapp.store.register import Grounds, MadeTrip

_EMPLOYEES = ("staff", "elected")
_OWN = 1
_AT_ONCE = 500
INVENTORY_COLUMNS = (
    *("scope", "category", "travellers", "mode", "trips", "ttw_kg", "wtt_kg", "unsplit_kg"),
    *("co2e_kg", "non_co2_kg", "tier", "method", "factors", "what"),
)
"""The columns of the inventory as a file; docs/exports.md says what each holds."""
CATEGORIES: dict[int, Message] = {
    FUEL_AND_ENERGY: message("fuel and energy"),
    BUSINESS_TRAVEL: message("business travel"),
}
EMPLOYEES, OTHERS = message("employees and elected members"), message("other travellers")
REMARKS: tuple[Message, ...] = (
    message(
        "Compatible with the GHG Protocol Corporate Standard, in kg CO2e. TTW is what the vehicles "
        "emit, WTT what their energy took before. Where a source gives only the two together, they "
        "stand under “not split”."
    ),
    message(
        "Scope 1 and category 3 of scope 3 hold cars that a file of bookings names as the "
        "organisation’s own, at the factor of an average car. Which of them are electric is not "
        "known, so scope 2 is empty. A car that is not named as such counts as somebody else’s."
    ),
    message(
        "Left out: hotel nights (optional in category 6; the register does not know them) and "
        "commuting. The non-CO2 warming of flights stands apart and is in no sum; a night on a "
        "train does not lower anything."
    ),
)
"""What a reader of the inventory must know."""


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the inventory, in kg CO2e.

    `category` is that of scope 3. `ttw_kg` is what the vehicles emit, `wtt_kg` what their energy
    took before; `unsplit_kg` where the source gives only the two together. `trips` have a part in
    the line; one with vehicles of both kinds is in several. `tier` is how its figures are known.
    """

    scope: int
    category: int | None
    employees: bool
    mode: str
    tier: int
    trips: int = 0
    ttw_kg: float = 0.0
    wtt_kg: float = 0.0
    unsplit_kg: float = 0.0
    non_co2_kg: float = 0.0

    @property
    def kg(self) -> float:
        """All of it, without the non-CO2 warming."""
        return self.ttw_kg + self.wtt_kg + self.unsplit_kg

    @property
    def place(self) -> tuple[int, int, bool]:
        """Where it stands in the order of a report."""
        return self.scope, self.category or 0, not self.employees


_SUMS = ("trips", "ttw_kg", "wtt_kg", "unsplit_kg", "non_co2_kg")


def accounts_of(session: Session, choice: Choice) -> list[Account]:
    """Return the inventory of the chosen trips, by mode and tier. Nothing is ever netted.

    Trips of which the CO2e is not known are in no line.
    """
    found = [*_of_others(session, choice), *_with_own(session, choice)]
    return sorted(_added(found), key=lambda a: (*a.place, a.mode, a.tier))


def by_category(accounts: Iterable[Account]) -> list[Account]:
    """Return the same inventory with one line for each scope, category and kind of traveller."""
    bare = (
        Account(a.scope, a.category, a.employees, "", 0, *(getattr(a, n) for n in _SUMS))
        for a in accounts
    )
    return sorted(_added(bare), key=attrgetter("place"))


def _of_others(session: Session, choice: Choice) -> Iterator[Account]:
    """Yield the trips without a vehicle of the organisation, added up by the database."""
    trip = MadeTrip
    is_employee = case((trip.role.in_(_EMPLOYEES), 1), else_=0)
    is_split = case((trip.ttw_kg.is_not(None), 1), else_=0)
    keys = (is_employee, trip.mode, trip.tier, is_split)
    sums = (func.sum(trip.wtw_kg), func.sum(trip.ttw_kg), func.sum(trip.non_co2_kg))
    rows = session.execute(
        select(*keys, func.count(), *(func.coalesce(total, 0.0) for total in sums))
        .where(*choice.conditions(), trip.wtw_kg.is_not(None))
        .where(trip.scope == IN_VEHICLES_OF_OTHERS)
        .group_by(*keys)
    )
    for employee, mode, tier, split, trips, kg, ttw_kg, beside in rows:
        line = Account(
            3, BUSINESS_TRAVEL, bool(employee), mode, tier or 0, trips, non_co2_kg=beside
        )
        if split:
            yield replace(line, ttw_kg=ttw_kg, wtt_kg=kg - ttw_kg)
        else:
            yield replace(line, unsplit_kg=kg)


def _with_own(session: Session, choice: Choice) -> Iterator[Account]:
    """Yield the trips with a vehicle of the organisation, each taken apart."""
    query = (
        select(MadeTrip)
        .where(*choice.conditions(), MadeTrip.wtw_kg.is_not(None))
        .where(MadeTrip.scope != IN_VEHICLES_OF_OTHERS)
        .execution_options(yield_per=_AT_ONCE)
    )
    for trip in session.scalars(query):
        yield from _taken_apart(trip)
        session.expunge(trip)


def _taken_apart(trip: MadeTrip) -> Iterator[Account]:
    own: dict[str, Any] = trip.record.get("own", {"wtw_kg": 0.0, "ttw_kg": 0.0})
    whole_kg, own_kg, own_ttw = trip.wtw_kg or 0.0, own["wtw_kg"], own["ttw_kg"]
    line = Account(_OWN, None, trip.role in _EMPLOYEES, trip.mode, trip.tier or 0, trips=1)
    if own_ttw is None:
        yield replace(line, unsplit_kg=own_kg)
    else:
        yield replace(line, ttw_kg=own_ttw)
        yield replace(line, scope=3, category=FUEL_AND_ENERGY, wtt_kg=own_kg - own_ttw)
    if trip.scope == OWN_VEHICLE:
        return
    rest = replace(line, scope=3, category=BUSINESS_TRAVEL, non_co2_kg=trip.non_co2_kg or 0.0)
    if trip.ttw_kg is None or own_ttw is None:
        yield replace(rest, unsplit_kg=whole_kg - own_kg)
    else:
        ttw_kg = trip.ttw_kg - own_ttw
        yield replace(rest, ttw_kg=ttw_kg, wtt_kg=whole_kg - own_kg - ttw_kg)


def _added(found: Iterable[Account]) -> Iterator[Account]:
    lines: dict[tuple[int, int | None, bool, str, int], list[Account]] = {}
    for one in found:
        key = (one.scope, one.category, one.employees, one.mode, one.tier)
        lines.setdefault(key, []).append(one)
    for key, parts in lines.items():
        yield Account(*key, *(sum(map(attrgetter(name), parts)) for name in _SUMS))


def inventory_rows(
    session: Session, choice: Choice, language: Language
) -> Iterator[dict[str, Any]]:
    """Yield the inventory as rows, then what was left out and what a reader must know."""
    say, sets = language.say, " ".join(factor_sets_of(session, choice))
    for line in accounts_of(session, choice):
        yield {
            "scope": line.scope,
            "category": line.category,
            "travellers": say(EMPLOYEES if line.employees else OTHERS),
            "mode": say(word_of("mode", line.mode)),
            "trips": line.trips,
            "ttw_kg": round(line.ttw_kg, 3),
            "wtt_kg": round(line.wtt_kg, 3),
            "unsplit_kg": round(line.unsplit_kg, 3),
            "co2e_kg": round(line.kg, 3),
            "non_co2_kg": round(line.non_co2_kg, 3),
            "tier": line.tier or None,
            "method": "distance",
            "factors": sets,
            "what": None,
        }
    bare = dict.fromkeys(INVENTORY_COLUMNS)
    not_known = without_kg(session, choice)
    yield {**bare, "trips": not_known, "what": say(message("Trips of which the CO2e is not known"))}
    if invented := _invented(session, choice):
        text = message("{number} of these trips are invented", number=str(invented))
        yield {**bare, "trips": invented, "what": say(text)}
    for remark in REMARKS:
        yield {**bare, "what": say(remark)}


def _invented(session: Session, choice: Choice) -> int:
    query = select(func.count()).where(*choice.conditions(), MadeTrip.invented)
    return session.scalar(query.select_from(MadeTrip)) or 0


def without_kg(session: Session, choice: Choice) -> int:
    """Return of how many chosen trips the CO2e is not known."""
    query = select(func.count()).where(*choice.conditions(), MadeTrip.wtw_kg.is_(None))
    return session.scalar(query.select_from(MadeTrip)) or 0


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
