"""The answer to the council: flights to places with a train within the limit, by unit, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import render_template, request
from sqlalchemy import Select, case, distinct, func, select, text
from sqlalchemy.orm import Session

from travelplan.language import Minutes, Words, message
from webapp.advice.question import DIGITAL
from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.dashboard import Page, choices
from webapp.hr.dashboard_filter import LABELS, Choice, Offered, read_asked
from webapp.hr.dashboard_page import DashboardPage
from webapp.hr.figures import Group, figures_of
from webapp.hr.figures_requests import digital_answers, planned_by_unit
from webapp.hr.figures_words import reason_name
from webapp.hr.forgetting import PSEUDONYM
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language
from webapp.store.register import IN_TIME, MadeTrip
from webapp.store.tables import Person, Request, Step, Version

_NOT_KNOWN = "–"
A_PAGE = 100
_NO_ANSWER = message("Not answered")
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight as the council may read it: no name of staff, no confidential reason.

    `decision` and `who` are those of the published decision on a trip of an elected member, ""
    for all other trips; `digital` what the request answered on meeting online, "" without one.
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
    digital: str
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
            *(trip.request_id, trip.digital, trip.invented),
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
            row.digital,
            elected=is_elected,
            decision=decision,
            who=who,
            invented=row.invented,
        )


def _decisions(session: Session) -> dict[str, tuple[str, str]]:
    """Return the number of the published decision and who travels, by request."""
    rows = session.execute(
        select(
            Request.id,
            func.max(Step.decision_number),
            func.max(case((Person.issuer == PSEUDONYM, ""), else_=Person.name)),
        )
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
    """The flights of a unit for one reason; a sum of which nothing is known is None."""

    unit: str
    reason: str
    trips: int
    cost_cents: int | None
    kg: float | None


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
        func.sum(trip.cost_cents),
        func.sum(trip.wtw_kg),
    )


@dataclass(frozen=True, slots=True)
class People:
    """How many different people travelled, and on how many trips it is not known who."""

    known: int = 0
    trips_of_unknown: int = 0


def people_of(session: Session, choice: Choice) -> People:
    """Return how many people made the chosen trips: pseudonyms are counted, nobody is named."""
    known = func.nullif(MadeTrip.traveller, "")
    query = select(func.count(distinct(known)), func.count() - func.count(known))
    return People(*session.execute(query.where(*choice.conditions())).one())


@dataclass(frozen=True)
class CouncilPage(DashboardPage):
    """The answer in the words of the reader.

    `answers` say how often requests answered what on meeting online.
    """

    units: Sequence[WhyOfUnit] = ()
    flights: Sequence[Flight] = ()
    people: People = People()
    answers: Mapping[str, int] = field(default_factory=dict)

    @property
    def modes(self) -> list[tuple[str, Group]]:
        """Every mode with what its trips come to, most trips first."""
        found = self.figures.by["mode"].items()
        named = [(self.name("mode", mode), sums) for mode, sums in found]
        return sorted(named, key=lambda row: (-row[1].trips, row[0]))

    @property
    def considered(self) -> list[tuple[str, int]]:
        """How often each answer was given on meeting online; also how often none was."""
        said = [(DIGITAL[key], n) for key, n in self.answers.items() if key in DIGITAL]
        skipped = sum(n for key, n in self.answers.items() if key not in DIGITAL)
        rows = [(self.language.say(text), number) for text, number in said]
        return [*sorted(rows), *([(self.language.say(_NO_ANSWER), skipped)] if skipped else [])]

    def reason(self, reason: str) -> str:
        """Return a reason in words; a confidential one is an other reason."""
        return reason_name(reason, self.reference, self.language)

    @property
    def why(self) -> list[tuple[str, str, int, str, str]]:
        """Each unit and reason: flights, cost and kilograms; reasons that read alike are one."""
        alike: dict[tuple[str, str], list[WhyOfUnit]] = {}
        for row in self.units:
            key = (self.name("unit", row.unit), self.reason(row.reason))
            alike.setdefault(key, []).append(row)
        found = [
            (
                *key,
                sum(row.trips for row in rows),
                self.cost(_known_sum(row.cost_cents for row in rows)),
                self.carbon(_known_sum(row.kg for row in rows)),
            )
            for key, rows in alike.items()
        ]
        return sorted(found, key=lambda row: (-row[2], row[:2]))

    def cost(self, cents: float | None) -> str:
        """Return a sum, a dash where none is known."""
        return _NOT_KNOWN if cents is None else self.euros(int(cents))

    def carbon(self, kg: float | None) -> str:
        """Return kilograms without decimals, a dash where none is known."""
        return _NOT_KNOWN if kg is None else self.whole(kg)

    def minutes(self, minutes: int) -> str:
        """Return a duration in words."""
        return self.language.say(Minutes(minutes))


def _known_sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


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
        figures = figures_of(session, asked.choice)
        pages = -(-figures.all.in_time // A_PAGE)
        at = page_number(request.args.get("page", ""), pages)
        planned = planned_by_unit(session, asked.choice)
        page = CouncilPage(
            figures,
            (),
            {},
            organisation(),
            reference(),
            current_language(),
            None,
            by_unit(session, asked.choice),
            list(flights_of(session, asked.choice, A_PAGE, (at - 1) * A_PAGE)),
            people_of(session, asked.choice),
            digital_answers(planned.values()),
        )
        return render_template("hr/council.html", page=page, at=at, pages=pages, **context)


def page_number(typed: str, pages: int) -> int:
    """Return the page that is asked for, the last one if there are fewer; the first by default."""
    if not _NUMBER.fullmatch(typed):
        return 1
    return max(1, min(int(typed), pages))
