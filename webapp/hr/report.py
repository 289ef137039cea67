"""The yearly report: what a council receives, on paper, in the language of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import abort, render_template, request
from sqlalchemy.orm import Session

from travelplan import FieldProblem, load_factors
from travelplan.files import factor_set_ids
from travelplan.language import Message, Words, message
from webapp.advice.question import DIGITAL
from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.council import CouncilPage, by_unit, people_of
from webapp.hr.dashboard import Page
from webapp.hr.dashboard_filter import Choice, Period
from webapp.hr.dashboard_page import MOST_DESTINATIONS
from webapp.hr.figures import destinations_of, figures_of
from webapp.hr.figures_coverage import Coverage, coverage_of
from webapp.hr.figures_published import published_share
from webapp.hr.figures_requests import digital_answers, planned_by_unit
from webapp.hr.given_out import note_given
from webapp.hr.report_ghg import (
    CATEGORIES,
    EMPLOYEES,
    OTHERS,
    REMARKS,
    Account,
    accounts_of,
    by_category,
    factor_sets_of,
    schemes_of,
)
from webapp.hr.report_ledger import FIELD, Ledger, read_total
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language

FIRST_YEAR, LAST_YEAR = 2000, 2099
ACCOUNTS = message("Total of the accounts for travel in this year, in euro (optional)")


@dataclass(frozen=True)
class ReportPage(CouncilPage):
    """The figures of one year, with what they rest on."""

    year: int = 0
    accounts: Sequence[Account] = ()
    factor_set_ids: Sequence[str] = ()
    schemes: Sequence[tuple[str, int]] = ()
    coverage: Coverage | None = None
    ledger: Ledger | None = None
    typed_total: str = ""
    faults: Sequence[FieldProblem] = ()

    @cached_property
    def factor_sets(self) -> list[tuple[str, Words | None]]:
        """Each factor set: its id, and its title if it is one of ours."""
        known = set(factor_set_ids())
        return [
            (id_, load_factors(id_).title.words if id_ in known else None)
            for id_ in self.factor_set_ids
        ]

    @property
    def names(self) -> list[str]:
        """The bodies of which the report speaks."""
        return [self.language.say(body.name.words) for body in self.organisation.bodies]

    @property
    def remarks(self) -> Sequence[Message]:
        """What a reader of the inventory must know."""
        return REMARKS

    def signed_euros(self, cents: int) -> str:
        """Return a difference with its sign."""
        sign = "−" if cents < 0 else "+" if cents else ""
        return f"{sign}{self.euros(abs(cents))}"

    def account_name(self, line: Account) -> str:
        """Return what a line of the inventory is called."""
        say = self.language.say
        scope = say(message("Scope {scope}", scope=str(line.scope)))
        if line.category:
            what = CATEGORIES[line.category]
            category = message(
                "category {category} ({what})", category=str(line.category), what=what
            )
            scope = f"{scope}, {say(category)}"
        return f"{scope}, {say(EMPLOYEES if line.employees else OTHERS)}"


@blueprint.get("/report/<year>")
@open_to(HR)
def report(year: str) -> Page:
    """Show the report of a year, to print or to keep as PDF."""
    is_year = year.isascii() and year.isdecimal() and len(year) == 4
    if not is_year or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        abort(404)
    if request.args.keys() - {"lang", FIELD}:
        abort(404)
    with store().read() as session:
        page = report_page(session, int(year), request.args.get(FIELD, ""))
        shown = render_template(
            "hr/report.html",
            page=page,
            coverage=page.coverage,
            accounts_label=ACCOUNTS,
            digital=DIGITAL,
        )
    if page.faults:
        return shown, 422
    if not page.all.trips:
        return shown, 404
    note_given("report", "page", Choice(Period.of_year(int(year))))
    return shown


def report_page(session: Session, year: int, typed_total: str = "") -> ReportPage:
    """Return the report of a year; `typed_total` is what the accounts are said to hold."""
    choice = Choice(Period.of_year(year))
    figures, planned = figures_of(session, choice), planned_by_unit(session, choice)
    total_cents, faults = read_total(typed_total)
    ledger = None if total_cents is None else Ledger(figures.all.cost_cents, total_cents)
    return ReportPage(
        figures,
        destinations_of(session, choice, MOST_DESTINATIONS),
        planned,
        organisation(),
        reference(),
        current_language(),
        published_share(organisation()),
        by_unit(session, choice),
        people=people_of(session, choice),
        answers=digital_answers(planned.values()),
        year=year,
        accounts=by_category(accounts_of(session, choice)),
        factor_set_ids=factor_sets_of(session, choice),
        schemes=schemes_of(session, choice),
        coverage=coverage_of(session, figures),
        ledger=ledger,
        typed_total=typed_total,
        faults=faults,
    )
