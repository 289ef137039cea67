"""Every route against every role, generated from the routes themselves; and what no form may do."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from filing_site import FilingSite, Someone
from request_world import BY_PLANE, DESK, Office
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from travelplan import Reference
from webapp import create_app
from webapp.auth.permission import PUBLIC, Role, declared_roles
from webapp.config import Config
from webapp.store.columns import now
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
            "requests.id_": request,
            "requests.draft_id": draft.id,
            "stand_ins.delegation_id": stand_in.id,
        }
    yield World(site, ids)
    site.store.close()


def strict(response: TestResponse) -> None:
    """Every answer carries the headers, whatever it is."""
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_every_route_declares_who_may_use_it(world: World) -> None:
    silent = [r for m in ("GET", "POST") for r in world.rules(m) if not world.roles(r)]
    assert silent == []
    assert len(world.rules("GET")) > 20


def test_a_route_that_declares_nothing_is_shut_to_all(tmp_path: Any) -> None:
    app = create_app(Config(sign_in="try-out", database=f"sqlite:///{tmp_path / 'x.db'}"))
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    site = FilingSite(app)
    for who in ("hr", "beheerder", "diensthoofd"):
        assert site.somebody(who).get("/forgotten").status_code == 403
    assert app.test_client().get("/forgotten").status_code == 302
    site.store.close()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_is_let_through_as_declared_and_no_further(
    world: World, who: str, method: str
) -> None:
    client = world.site.somebody(who).client
    for rule in world.rules(method):
        needed = world.roles(rule)
        response = client.open(world.address(rule, existing=True), method=method)
        strict(response)
        may = PUBLIC in needed or needed & PEOPLE[who]
        assert (response.status_code != 403) == bool(may), (who, method, rule.rule)
        assert response.status_code < 500, (who, method, rule.rule)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_asked_to_sign_in_first(world: World, method: str) -> None:
    client = world.site.app.test_client()
    for rule in world.rules(method):
        response = client.open(world.address(rule, existing=True), method=method)
        strict(response)
        if PUBLIC in world.roles(rule):
            assert response.status_code in {200, 302, 400, 404, 422}, rule.rule
        elif method == "GET":
            assert response.status_code == 302, rule.rule
            assert response.headers["Location"].startswith("/sign-in?next=/"), rule.rule
        else:
            assert response.status_code == 401, rule.rule


def test_no_get_changes_anything_that_is_stored(world: World) -> None:
    before = world.dump()
    for who in PEOPLE:
        someone = world.site.somebody(who)
        for rule in world.rules("GET"):
            for existing in (True, False):
                someone.client.get(world.address(rule, existing=existing))
                someone.client.head(world.address(rule, existing=existing))
    assert world.dump() == before


def guarded_forms(world: World) -> list[tuple[Someone, str]]:
    """Every form with somebody who may send it."""
    forms = []
    for rule in world.rules("POST"):
        needed = world.roles(rule)
        who = next(who for who, has in PEOPLE.items() if PUBLIC in needed or needed & has)
        forms.append((world.site.somebody(who), world.address(rule, existing=True)))
    return forms


FIELDS = {"verdict": "approved", "mode": "train", "mode_back": "train", "subject": "hr"}


@pytest.mark.parametrize("token", ["", "x", "foreign"])
def test_a_form_without_a_token_of_ours_changes_nothing(world: World, token: str) -> None:
    other = world.site.app.test_client()
    foreign = other.get("/sign-in").get_data(as_text=True)
    foreign = foreign.partition('name="csrf_token" value="')[2].partition('"')[0]
    before = world.dump()
    for someone, path in guarded_forms(world):
        given = {"foreign": foreign}.get(token, token)
        response = someone.client.post(path, data={**FIELDS, "csrf_token": given})
        strict(response)
        kept = response.status_code == 303 and "kept=" in response.headers["Location"]
        assert kept or response.status_code == 400, (path, response.status_code)
    assert world.dump() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_a_token(
    world: World, headers: dict[str, str]
) -> None:
    before = world.dump()
    for someone, path in guarded_forms(world):
        response = someone.post(path, FIELDS, headers=headers)
        strict(response)
        assert response.status_code == 400, path
    assert world.dump() == before


def test_a_thousand_ids_that_are_nobodys_are_not_found(world: World) -> None:
    objects = [r for r in world.rules("GET") if "request_id" in r.arguments or "id_" in r.arguments]
    owners = {"approvals": "diensthoofd", "bookings": "boeker", "hr": "hr"}
    found = []
    for number in range(1000):
        rule = objects[number % len(objects)]
        someone = world.site.somebody(owners.get(rule.endpoint.partition(".")[0], "reiziger"))
        found.append(someone.client.get(world.address(rule, existing=False)).status_code)
    assert set(found) == {404}


@pytest.mark.parametrize(
    "strange", ["0", "%00", "..%2f..", "x" * 3000, "%F0%9F%9A%86", "'%20OR%201=1"]
)
def test_ids_of_other_shapes_are_not_found_either(world: World, strange: str) -> None:
    for path in ("/approvals/{}", "/requests/{}", "/requests/{}/trip.ics"):
        response = world.site.somebody("diensthoofd").client.get(path.format(strange))
        strict(response)
        assert response.status_code == 404


def test_of_the_things_of_others_a_traveller_finds_none(world: World) -> None:
    someone = world.site.somebody("collega")
    objects = [r for r in world.rules("GET") if r.arguments and PUBLIC not in world.roles(r)]
    assert objects
    for rule in objects:
        response = someone.client.get(world.address(rule, existing=True))
        assert response.status_code in {403, 404}, rule.rule


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/nowhere", "GET", 404),
        ("/health", "DELETE", 405),
        ("/approvals", "GET", 403),
        ("/sign-in", "TRACE", 405),
    ],
)
def test_every_error_is_a_page_of_ours_with_the_headers(
    world: World, path: str, method: str, status: int
) -> None:
    response = world.site.somebody("reiziger").client.open(path, method=method)
    assert response.status_code == status
    strict(response)
    text = response.get_data(as_text=True)
    assert '<html lang="nl-BE">' in text
    assert "Traceback" not in text


def test_a_form_that_is_too_large_is_refused(world: World) -> None:
    someone = world.site.somebody("diensthoofd")
    most = world.site.app.config["MAX_CONTENT_LENGTH"]
    response = someone.post("/approvals/stand-ins", {"taker": "x" * most})
    assert response.status_code == 413
    strict(response)
