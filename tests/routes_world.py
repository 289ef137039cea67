"""An application with one of everything, its routes, and people of every role."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from filing_site import FilingSite
from keeping_world import BERLIN, made
from request_world import BY_PLANE, DESK, Office
from sqlalchemy import select
from werkzeug.routing import Rule

from travelplan import Reference
from webapp import create_app
from webapp.auth.permission import Role, declared_roles
from webapp.config import Config
from webapp.store.columns import now
from webapp.store.register import PossibleMatch
from webapp.store.tables import Delegation, Draft, KeptForm, SignedIn, Table

PEOPLE: dict[str, set[Role]] = {
    "reiziger": {"traveller"},
    "collega": {"traveller"},
    "boeker": {"traveller", "booker"},
    "diensthoofd": {"traveller", "approver"},
    "hr": {"traveller", "hr"},
    "beheerder": {"traveller", "administrator"},
}
NOT_GUARDED = {"static"}
KEPT_ASIDE = {KeptForm.__tablename__, SignedIn.__tablename__}
"""A form that comes too late is kept for its own sender; who is signed in is no request."""


@dataclass
class World:
    """An application in which there is one of everything."""

    site: FilingSite
    ids: dict[str, str]

    def rules(self, method: str) -> list[Rule]:
        """Every route of a method that has to be guarded."""
        found = self.site.app.url_map.iter_rules()
        return [r for r in found if method in (r.methods or ()) and r.endpoint not in NOT_GUARDED]

    def address(self, rule: Rule, *, existing: bool) -> str:
        """Return an address of a route, with ids that exist or with random ones."""
        values: dict[str, Any] = {}
        for name in rule.arguments:
            known = self.ids.get(f"{rule.endpoint.partition('.')[0]}.{name}")
            values[name] = known if existing and known else self._some(rule, name)
        _, path = rule.build(values, append_unknown=False)  # type: ignore[misc]
        return str(path)

    def _some(self, rule: Rule, name: str) -> str:
        """Return a value that the route takes: one of its own words, or a random id."""
        words = re.search(rf"<any\((\w+)[^<]*:{name}>", rule.rule)
        return words[1] if words else secrets.token_hex(16)

    def roles(self, rule: Rule) -> frozenset[Role]:
        """Return what a route declares."""
        return declared_roles(self.site.app.view_functions[rule.endpoint])

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that is stored."""
        with self.site.store.read() as session:
            return {
                table.name: sorted(map(tuple, session.execute(select(table))), key=str)
                for table in Table.metadata.sorted_tables
                if table.name not in KEPT_ASIDE
            }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, reference: Reference) -> Iterator[World]:
    database = tmp_path_factory.mktemp("permissions") / "x.db"
    app = create_app(Config(sign_in="try-out", database=f"sqlite:///{database}"))
    site = FilingSite(app)
    office = Office.with_everybody(site.store, reference)
    request, booked = office.file(BY_PLANE), office.file(depart="2027-04-12")
    traveller, giver = office.person("reiziger"), office.person("schepen")
    with site.store.write() as session:
        found = office.request(session, booked)
        for step in found.current.steps:
            step.decision = "approved"
        DESK.agreed(session, found)
        draft = Draft(person_id=traveller.id, question={"destination": "Berlijn"}, answers={})
        day = now().date()
        stand_in = Delegation(
            giver_id=giver.id, taker_id=giver.id, made_by=giver.id, first_day=day, last_day=day
        )
        session.add_all([draft, stand_in])
        session.flush()
        ids = {
            "approvals.request_id": request,
            "bookings.request_id": booked,
            "calendar.request_id": booked,
            "hr.request_id": request,
            "requests.id_": request,
            "requests.draft_id": draft.id,
            "stand_ins.delegation_id": stand_in.id,
        }
    yield World(site, ids | _of_the_register(site, reference, request, booked))
    site.store.close()


def _of_the_register(
    site: FilingSite, reference: Reference, request: str, booked: str
) -> dict[str, str]:
    """Store a trip without a request, one of a request, and one that may be another's."""
    trips = [made(reference, BERLIN, number) for number in range(3)]
    with site.store.write() as session:
        session.add_all(trips)
        session.flush()
        trips[1].request_id = booked
        session.add(PossibleMatch(trip_id=trips[2].id, request_id=request, why="days"))
    day = trips[0].depart
    return {"hr.trip_id": trips[0].id, "hr.kind": "csv", "hr.year": str(day.year)}
