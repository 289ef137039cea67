"""A try-out application with an empty store, and people who are signed in to it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from waitress import create_server
from werkzeug.test import TestResponse

from webapp import create_app
from webapp.config import Config
from webapp.store import Store

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Someone:
    """Somebody who is signed in, and sends forms as their page holds them."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        response = self.client.get(path, **options)
        self._remember(response)
        return response

    def text(self, path: str) -> str:
        """Open a page that exists, and return it as text without entities."""
        response = self.get(path, follow_redirects=True)
        assert response.status_code == 200, (path, response.status_code)
        return unescape(response.get_data(as_text=True))

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with the token of the last page."""
        data = {"csrf_token": self.token, **(fields or {})}
        response = self.client.post(path, data=data, **options)
        self._remember(response)
        return response

    def _remember(self, response: TestResponse) -> None:
        found = _TOKEN.search(response.get_data(as_text=True))
        self.token = found[1] if found else self.token


@dataclass
class FilingSite:
    """An application in which people of the try-out file trips; `reiziger` is one of them."""

    app: Flask
    _people: dict[str, Someone] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """What it stores."""
        store: Store = self.app.extensions["store"]
        return store

    def somebody(self, subject: str) -> Someone:
        """Return one of the people of the try-out, signed in."""
        if subject not in self._people:
            self._people[subject] = self.another_window(subject)
        return self._people[subject]

    def another_window(self, subject: str) -> Someone:
        """Return one of the people of the try-out, signed in with a browser of its own."""
        someone = Someone(self.app.test_client())
        someone.get("/sign-in")
        assert someone.post("/sign-in", {"subject": subject}).status_code == 303
        someone.get("/sign-in")
        return someone


@dataclass
class FilingAddress:
    """The same application, served on a free port for a real browser."""

    site: FilingSite
    address: str

    def sign_in(self, page: Page, subject: str) -> None:
        """Sign a browser in as one of the people of the try-out."""
        page.goto(f"{self.address}/sign-in")
        page.locator(f'button[value="{subject}"]').click()

    def opened(self, browser: Browser, subject: str, **options: Any) -> tuple[BrowserContext, Page]:
        """Return a new browser window in which somebody is signed in."""
        context = browser.new_context(locale="nl-BE", **options)
        page = context.new_page()
        self.sign_in(page, subject)
        return context, page


@pytest.fixture
def filing_site(tmp_path: Path) -> Iterator[FilingSite]:
    """An application of its own for each test, with an empty store."""
    site = FilingSite(application(tmp_path))
    yield site
    site.store.close()


@pytest.fixture
def filing_address(filing_site: FilingSite) -> Iterator[FilingAddress]:
    """The application on a free port of this machine."""
    server = create_server(filing_site.app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield FilingAddress(filing_site, f"http://127.0.0.1:{server.effective_port}")
    server.close()
    thread.join(timeout=5)


def application(room: Path, **settings: Any) -> Flask:
    """Return a try-out application that stores in a folder."""
    database = f"sqlite:///{room / 'filing.db'}"
    return create_app(Config(sign_in="try-out", database=database, **settings))
