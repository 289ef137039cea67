"""The answer to the council: flights to places with a train within the limit, by unit, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request
from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from travelplan.language import Minutes, Words
from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.dashboard import Page, choices
from webapp.hr.dashboard_filter import LABELS, Choice, Offered, read_asked
from webapp.hr.dashboard_page import DashboardPage
from webapp.hr.figures import Figures, sums_of
from webapp.hr.figures_words import reason_name
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language
from webapp.store.register import IN_TIME, MadeTrip
from webapp.store.tables import Person, Request, Step, Version

A_PAGE = 100
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight as the council may read it: no name of staff, no confidential reason.

    `decision` and `who` are those of the published decision on a trip of an elected member, ""
    for all other trips.
    """

    depart: date
    destination: Words
    unit: str
    mode: str
    verdict: str
    reason: str
    cost_cents: int | None
    rail_min: int
    limit_min: int
    travellers: int
    elected: bool
    decision: str
    who: str
    invented: bool


def flights_of(
    session: Session, choice: Choice, most: int | None = None, start: int = 0
) -> Iterator[Flight]:
    """Yield the flights that the council asks about, newest first, from the database as asked."""
    trip = MadeTrip
    query = (
        select(
            *(trip.depart, trip.destination, trip.unit, trip.mode, trip.verdict, trip.reason),
            *(trip.cost_cents, trip.rail_min, trip.limit_min, trip.travellers, trip.role),
            *(trip.request_id, trip.invented),
        )
        .where(*choice.conditions(), text(IN_TIME))
        .order_by(trip.depart.desc(), trip.id)
    )
    query = query.offset(start) if start else query
    query = query.limit(most) if most else query
    published = _decisions(session)
    rows: Iterable[Any] = session.execute(query.execution_options(yield_per=A_PAGE))
    for row in rows:
        is_elected = row.role == "elected"
        decision, who = published.get(row.request_id, ("", "")) if is_elected else ("", "")
        yield Flight(
            row.depart,
            Words(**row.destination),
            row.unit,
            row.mode,
            row.verdict,
            row.reason,
            row.cost_cents,
            row.rail_min,
            row.limit_min,
            row.travellers,
            elected=is_elected,
            decision=decision,
            who=who,
            invented=row.invented,
        )


def _decisions(session: Session) -> dict[str, tuple[str, str]]:
    """Return the number of the published decision and who travels, by request."""
    rows = session.execute(
        select(Request.id, func.max(Step.decision_number), func.max(Person.name))
        .join(Version, Version.request_id == Request.id)
        .join(Step, Step.version_id == Version.id)
        .join(Person, Request.traveller_id == Person.id)
        .where(Version.role == "elected", Step.numbered, Step.decision == "approved")
        .where(Step.decision_number != "")
        .group_by(Request.id)
    )
    return {request_id: (number, name) for request_id, number, name in rows}


@dataclass(frozen=True, slots=True)
class WhyOfUnit:
    """The flights of a unit for one reason."""

    unit: str
    reason: str
    trips: int
    cost_cents: int
    kg: float


def by_unit(session: Session, choice: Choice) -> list[WhyOfUnit]:
    """Return the flights by unit and reason, added up by the database."""
    trip = MadeTrip
    rows = session.execute(
        _grouped()
        .where(*choice.conditions(), text(IN_TIME))
        .group_by(trip.unit, trip.reason)
        .order_by(func.count().desc(), trip.unit, trip.reason)
    )
    return [WhyOfUnit(*row) for row in rows]


def _grouped() -> Select[*tuple[Any, ...]]:
    trip = MadeTrip
    return select(
        trip.unit,
        trip.reason,
        func.count(),
        func.coalesce(func.sum(trip.cost_cents), 0),
        func.coalesce(func.sum(trip.wtw_kg), 0.0),
    )


@dataclass(frozen=True)
class CouncilPage(DashboardPage):
    """The answer in the words of the reader."""

    units: Sequence[WhyOfUnit] = ()
    flights: Sequence[Flight] = ()

    def reason(self, reason: str) -> str:
        """Return a reason in words; a confidential one is an other reason."""
        return reason_name(reason, self.reference, self.language)

    @property
    def why(self) -> list[tuple[str, str, int, str, str]]:
        """Each unit and reason: flights, cost and kilograms; reasons that read alike are one."""
        added: dict[tuple[str, str], list[float]] = {}
        for row in self.units:
            key = (self.name("unit", row.unit), self.reason(row.reason))
            sums = added.setdefault(key, [0, 0, 0.0])
            for at, value in enumerate((row.trips, row.cost_cents, row.kg)):
                sums[at] += value
        return [
            (unit, reason, int(trips), self.euros(int(cents)), self.whole(kg))
            for (unit, reason), (trips, cents, kg) in sorted(
                added.items(), key=lambda item: (-item[1][0], item[0])
            )
        ]

    def minutes(self, minutes: int) -> str:
        """Return a duration in words."""
        return self.language.say(Minutes(minutes))


@blueprint.get("/council")
@open_to(HR)
def council() -> Page:
    """Answer which flights went where a train goes within the limit, by which unit, and why."""
    with store().read() as session:
        offered = Offered.of(session)
        asked = read_asked(request.args, session, offered)
        context = {"asked": asked, "choices": choices(offered), "labels": LABELS}
        if asked.faults:
            return render_template("hr/council.html", page=None, **context), 422
        all_ = sums_of(session, asked.choice)
        pages = -(-all_.in_time // A_PAGE)
        at = page_number(request.args.get("page", ""), pages)
        page = CouncilPage(
            Figures({"": all_}, {}),
            (),
            {},
            organisation(),
            reference(),
            current_language(),
            None,
            by_unit(session, asked.choice),
            list(flights_of(session, asked.choice, A_PAGE, (at - 1) * A_PAGE)),
        )
        return render_template("hr/council.html", page=page, at=at, pages=pages, **context)


def page_number(typed: str, pages: int) -> int:
    """Return the page that is asked for, the last one if there are fewer; the first by default."""
    if not _NUMBER.fullmatch(typed):
        return 1
    return max(1, min(int(typed), pages))
