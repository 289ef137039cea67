"""Signing in: by a trusted proxy or in the try-out, as long as it lasts, and back to one's page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from cases_reader import ROOT
from filing_site import FilingSite, Someone
from flask.testing import FlaskClient
from sqlalchemy import select

from travelplan import InputError
from webapp import create_app
from webapp.auth import sessions
from webapp.auth.addresses import own_path
from webapp.config import Config, ProxyHeaders
from webapp.store.columns import now
from webapp.store.tables import Person, SignedIn

PROXY = "10.0.0.5"
HEAD = {
    "X-Remote-User": "diensthoofd",
    "X-Remote-Name": "Het Hoofd",
    "X-Remote-Email": "h@b.invalid",
}


@pytest.fixture
def proxied(tmp_path: Path) -> Iterator[FlaskClient]:
    trusted = (ip_network(f"{PROXY}/32"), ip_network("2001:db8::/64"))
    config = Config(
        sign_in="proxy",
        database=f"sqlite:///{tmp_path / 'x.db'}",
        proxy=ProxyHeaders(trusted),
        production=True,
    )
    app = create_app(config)
    yield app.test_client()
    app.extensions["store"].close()


def ask(
    client: FlaskClient, address: str, headers: dict[str, str], path: str = "/approvals"
) -> int:
    return client.get(path, headers=headers, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.mark.parametrize("address", [PROXY, "2001:db8::17"])
def test_the_proxy_says_who_asks(proxied: FlaskClient, address: str) -> None:
    assert ask(proxied, address, HEAD) == 200
    assert ask(proxied, address, {"X-Remote-User": "reiziger"}) == 403
    assert ask(proxied, address, {"X-Remote-User": "Diensthoofd"}) == 403


@pytest.mark.parametrize("address", ["10.0.0.6", "127.0.0.1", "2001:db9::1", "", "10.0.0.5.evil"])
@pytest.mark.parametrize("path", ["/approvals", "/", "/health"])
def test_a_sign_in_header_from_elsewhere_is_refused(
    proxied: FlaskClient, address: str, path: str
) -> None:
    forwarded = {**HEAD, "X-Forwarded-For": PROXY, "Forwarded": f"for={PROXY}", "X-Real-IP": PROXY}
    assert ask(proxied, address, forwarded, path) == 403
    store = proxied.application.extensions["store"]
    with store.read() as session:
        assert not session.scalar(select(Person.id).where(Person.name == "Het Hoofd"))


def test_without_a_header_there_is_advice_and_nothing_else(proxied: FlaskClient) -> None:
    assert ask(proxied, PROXY, {}) == 401
    assert ask(proxied, PROXY, {"X-Remote-User": "  "}) == 401
    assert ask(proxied, PROXY, {}, "/") == 200
    assert ask(proxied, PROXY, {}, "/sign-in") == 404


def test_in_production_the_cookie_is_bound_to_host_and_line(proxied: FlaskClient) -> None:
    response = proxied.get(
        "/approvals/stand-ins", headers=HEAD, environ_base={"REMOTE_ADDR": PROXY}
    )
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-travelplan=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "max-age=31536000; includeSubDomains" in response.headers["Strict-Transport-Security"]


def test_a_name_that_changes_is_followed_and_a_long_one_is_cut(proxied: FlaskClient) -> None:
    ask(proxied, PROXY, HEAD)
    ask(proxied, PROXY, {**HEAD, "X-Remote-Name": "N" * 5000})
    with proxied.application.extensions["store"].read() as session:
        named = select(Person).where(Person.subject == "diensthoofd")
        assert [len(person.name) for person in session.scalars(named)] == [200]


ENVIRONMENT = {"TRAVELPLAN_SIGN_IN": "try-out", "TRAVELPLAN_DATABASE": "sqlite:///x.db"}


def test_the_try_out_is_refused_in_production(tmp_path: Path) -> None:
    settings = {**ENVIRONMENT, "TRAVELPLAN_PRODUCTION": "1"}
    with pytest.raises(InputError) as refused:
        Config.from_environment(settings)
    assert "not for production" in str(refused.value)
    with pytest.raises(InputError, match="not for production"):
        create_app(Config(sign_in="try-out", production=True, database=f"sqlite:///{tmp_path}/y"))
    ran = subprocess.run(
        [sys.executable, "-m", "webapp", "--port", "0"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "TRAVELPLAN_SIGN_IN" in ran.stderr


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"TRAVELPLAN_SIGN_IN": "anyone"}, ["SIGN_IN"]),
        ({"TRAVELPLAN_DATABASE": ""}, ["DATABASE"]),
        (
            {"TRAVELPLAN_SIGN_IN": "proxy"},
            ["PROXY_ADDRESSES", "ORGANISATION", "SECRET_KEY"],
        ),
        (
            {"TRAVELPLAN_SIGN_IN": "proxy", "TRAVELPLAN_PROXY_ADDRESSES": "here"},
            ["PROXY_ADDRESSES"],
        ),
        ({"TRAVELPLAN_SMTP_PORT": "smtp"}, ["SMTP_PORT"]),
        ({"TRAVELPLAN_MAIL_LANGUAGE": "de"}, ["MAIL_LANGUAGE"]),
        ({"TRAVELPLAN_REMIND_AFTER_DAYS": "0"}, ["REMIND_AFTER_DAYS"]),
        ({"TRAVELPLAN_REMIND_AFTER_DAYS": "²"}, ["REMIND_AFTER_DAYS"]),
    ],
)
def test_every_wrong_setting_is_named(changes: dict[str, str], names: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        Config.from_environment({**ENVIRONMENT, **changes})
    for name in names:
        assert f"TRAVELPLAN_{name}" in str(refused.value)


OUTSIDE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:evil.example",
    "http:/evil.example",
    "/%2f%2fevil.example",
    "%2f%2fevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/\u2028/evil.example",
    "@evil.example",
    "",
]


def as_browsers_read(address: str) -> str:
    """Return the host to which a browser would go: it takes \\ for / and drops tabs and ends."""
    seen = address.strip("".join(map(chr, range(33)))).translate({9: "", 10: "", 13: ""})
    return urlsplit(urljoin("https://own.example/sign-in", seen.replace("\\", "/"))).netloc


@pytest.mark.parametrize("given", OUTSIDE)
def test_after_signing_in_nobody_is_sent_to_another_site(
    filing_site: FilingSite, given: str
) -> None:
    assert as_browsers_read(own_path(given, "/")) == "own.example"
    someone = Someone(filing_site.app.test_client())
    someone.get("/sign-in", query_string={"next": given})
    response = someone.post("/sign-in", {"subject": "hr", "next": given})
    assert response.status_code == 303
    assert as_browsers_read(response.headers["Location"]) == "own.example"


def test_after_signing_in_one_is_back_where_one_was(filing_site: FilingSite) -> None:
    someone = Someone(filing_site.app.test_client())
    asked = someone.get("/approvals?lang=fr")
    someone.get(asked.headers["Location"])
    response = someone.post("/sign-in", {"subject": "hr", "next": "/approvals?lang=fr"})
    assert response.headers["Location"] == "/approvals?lang=fr"


class Later:
    """The clock of the sessions, put on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def by(self, **time: float) -> None:
        moment = now() + timedelta(**time)
        self._patch.setattr(sessions, "now", lambda: moment)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(monkeypatch)


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_a_session_ends_after_thirty_idle_minutes(
    filing_site: FilingSite, later: Later, minutes: int, status: int
) -> None:
    someone = filing_site.somebody("diensthoofd")
    later.by(minutes=minutes)
    assert someone.get("/approvals").status_code == status


def test_a_session_ends_after_ten_hours_however_busy(filing_site: FilingSite, later: Later) -> None:
    someone = filing_site.somebody("diensthoofd")
    for minutes in range(20, 10 * 60, 20):
        later.by(minutes=minutes)
        assert someone.get("/approvals").status_code == 200, minutes
    later.by(minutes=10 * 60 + 1)
    assert someone.get("/approvals").status_code == 302


def test_an_old_cookie_is_worth_nothing_after_signing_out(filing_site: FilingSite) -> None:
    someone = filing_site.somebody("diensthoofd")
    cookie = someone.client.get_cookie("travelplan")
    assert cookie is not None
    someone.get("/approvals/stand-ins")
    assert someone.post("/sign-out").status_code == 303
    copy = filing_site.app.test_client()
    copy.set_cookie("travelplan", cookie.value)
    assert copy.get("/approvals").status_code == 302
    with filing_site.store.read() as session:
        assert session.scalars(select(SignedIn)).all() == []


def test_signing_in_gives_a_new_token(filing_site: FilingSite) -> None:
    someone = filing_site.somebody("diensthoofd")
    with filing_site.store.read() as session:
        before = set(session.scalars(select(SignedIn.token_hash)))
    someone.get("/sign-in")
    someone.post("/sign-in", {"subject": "diensthoofd"})
    with filing_site.store.read() as session:
        assert set(session.scalars(select(SignedIn.token_hash))) > before


def test_a_cookie_that_was_tampered_with_is_nobodys(filing_site: FilingSite) -> None:
    for forged in ("x", "eyJ0b2tlbiI6IngifQ.x.y", "é"):
        client = filing_site.app.test_client()
        client.set_cookie("travelplan", forged)
        assert client.get("/approvals").status_code == 302


TYPED = {"taker": "niet bekend <é>", "first_day": "morgen", "last_day": "5/3/2027"}


def test_a_form_that_comes_after_the_session_is_kept_and_shown_filled_in(
    filing_site: FilingSite, later: Later
) -> None:
    someone = filing_site.somebody("diensthoofd")
    someone.get("/approvals/stand-ins")
    later.by(minutes=45)
    answer = someone.post("/approvals/stand-ins", TYPED)
    assert answer.status_code == 302
    back = answer.headers["Location"].partition("next=")[2]
    someone.get(answer.headers["Location"])
    path = back.replace("%3F", "?").replace("%3D", "=").replace("%2F", "/")
    assert path.startswith("/approvals/stand-ins?kept=")
    signed_in = someone.post("/sign-in", {"subject": "diensthoofd", "next": path})
    page = someone.text(signed_in.headers["Location"])
    for value in TYPED.values():
        assert value in page

    other = filing_site.app.test_client()
    stranger = Someone(other)
    stranger.get("/sign-in")
    stranger.post("/sign-in", {"subject": "schepen"})
    assert "niet bekend" not in stranger.text(path)


def test_a_form_that_is_ended_twice_removed_from_its_page_comes_back_to_a_page(
    filing_site: FilingSite, later: Later
) -> None:
    someone = filing_site.somebody("diensthoofd")
    later.by(minutes=45)
    answer = someone.post("/approvals/stand-ins/0/end")
    assert (
        "stand-ins%3Fkept" in answer.headers["Location"]
        or "stand-ins?kept" in answer.headers["Location"]
    )
