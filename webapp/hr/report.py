"""The yearly report: what a council receives, on paper, in the language of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import abort, render_template, request
from sqlalchemy.orm import Session

from travelplan import load_factors
from travelplan.files import factor_set_ids
from travelplan.language import Words
from webapp.advice.views import reference
from webapp.auth import HR, open_to
from webapp.hr.council import WhyOfUnit, by_unit
from webapp.hr.dashboard import Page
from webapp.hr.dashboard_filter import Choice, Period
from webapp.hr.dashboard_page import MOST_DESTINATIONS, DashboardPage
from webapp.hr.figures import destinations_of, figures_of
from webapp.hr.figures_coverage import Coverage, coverage_of
from webapp.hr.figures_published import published_share
from webapp.hr.figures_requests import planned_by_unit
from webapp.hr.given_out import note_given
from webapp.hr.report_ghg import Account, accounts_of, factor_sets_of, schemes_of
from webapp.hr.room import blueprint, organisation, store
from webapp.layout import current_language

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True)
class ReportPage(DashboardPage):
    """The figures of one year, with what they rest on."""

    year: int = 0
    accounts: Sequence[Account] = ()
    factor_set_ids: Sequence[str] = ()
    schemes: Sequence[tuple[str, int]] = ()
    coverage: Coverage | None = None
    flights: Sequence[WhyOfUnit] = ()

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


@blueprint.get("/report/<year>")
@open_to(HR)
def report(year: str) -> Page:
    """Show the report of a year, to print or to keep as PDF."""
    is_year = year.isascii() and year.isdecimal() and len(year) == 4
    if not is_year or not FIRST_YEAR <= int(year) <= LAST_YEAR or request.args.keys() - {"lang"}:
        abort(404)
    with store().read() as session:
        page = report_page(session, int(year))
        if not page.all.trips:
            return render_template("hr/report.html", page=page, coverage=page.coverage), 404
        shown = render_template("hr/report.html", page=page, coverage=page.coverage)
    note_given("report", "page", Choice(Period.of_year(int(year))))
    return shown


def report_page(session: Session, year: int) -> ReportPage:
    """Return the report of a year."""
    choice = Choice(Period.of_year(year))
    figures = figures_of(session, choice)
    return ReportPage(
        figures,
        destinations_of(session, choice, MOST_DESTINATIONS),
        planned_by_unit(session, choice),
        organisation(),
        reference(),
        current_language(),
        published_share(organisation()),
        year,
        accounts_of(session, choice),
        factor_sets_of(session, choice),
        schemes_of(session, choice),
        coverage_of(session, figures),
        by_unit(session, choice),
    )
