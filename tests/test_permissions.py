"""Every route against every role, generated from the routes themselves; and what no form may do."""

from __future__ import annotations

from typing import Any

import pytest
from filing_site import FilingSite, Someone
from routes_world import PEOPLE, World
from werkzeug.test import TestResponse

from webapp import create_app
from webapp.auth.permission import PUBLIC
from webapp.config import Config
from webapp.store.looked import EXPORTED, OPENED
from webapp.store.register import Looked

IDS = {"request_id", "trip_id", "id_"}


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
        response = client.open(world.address(rule, existing=True), method=method, buffered=True)
        strict(response)
        may = PUBLIC in needed or needed & PEOPLE[who]
        assert (response.status_code != 403) == bool(may), (who, method, rule.rule)
        assert response.status_code < 500, (who, method, rule.rule)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_is_asked_to_sign_in_first(world: World, method: str) -> None:
    client = world.site.app.test_client()
    for rule in world.rules(method):
        response = client.open(world.address(rule, existing=True), method=method, buffered=True)
        strict(response)
        if PUBLIC in world.roles(rule):
            assert response.status_code in {200, 302, 400, 404, 422}, rule.rule
        elif method == "GET":
            assert response.status_code == 302, rule.rule
            assert response.headers["Location"].startswith("/sign-in?next=/"), rule.rule
        else:
            assert response.status_code == 401, rule.rule


def test_no_get_changes_anything_but_that_the_log_says_who_looked(world: World) -> None:
    before = world.dump()
    log = before.pop(Looked.__tablename__)
    for who in PEOPLE:
        someone = world.site.somebody(who)
        for rule in world.rules("GET"):
            for existing in (True, False):
                someone.client.get(world.address(rule, existing=existing), buffered=True)
                someone.client.head(world.address(rule, existing=existing))
    after = world.dump()
    lines = after.pop(Looked.__tablename__)
    assert after == before
    assert [line for line in lines if line in log] == log
    assert {line[3] for line in lines if line not in log} == {OPENED, EXPORTED}


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
    objects = [r for r in world.rules("GET") if r.arguments & IDS]
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
