"""The review of the list in a real Chromium, by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from filing_site import FilingAddress, FilingSite
from keeping_world import BELFAST, BERLIN, fill
from playwright.sync_api import Browser, expect
from waitress import create_server

from travelplan import Reference, load_destinations

pytestmark = pytest.mark.browser


@pytest.fixture
def store_url(tmp_path: object) -> str:
    """Pages are looked at on one store; what they do is tested on both."""
    return f"sqlite:///{tmp_path}/travelplan.db"


@pytest.fixture
def address(hr_site: FilingSite, reference: Reference) -> Iterator[FilingAddress]:
    fill(hr_site.store, reference, BELFAST, 9, invented=True)
    fill(hr_site.store, reference, BERLIN, 3)
    server = create_server(hr_site.app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield FilingAddress(hr_site, f"http://127.0.0.1:{server.effective_port}")
    server.close()
    thread.join(timeout=5)


def test_a_suggestion_is_accepted_by_keyboard_alone(
    browser: Browser, address: FilingAddress, hr_site: FilingSite
) -> None:
    context, page = address.opened(browser, "hr")
    page.goto(f"{address.address}/hr/list")
    page.get_by_role("link", name="Belfast").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Belfast")
    page.locator("#verdict").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Vaak bezocht door de haven")
    page.keyboard.press("Enter")
    expect(page.locator("#done")).to_contain_text("Belfast")
    listed = load_destinations(hr_site.app.extensions["config"].destinations)
    assert BELFAST in {entry.place for entry in listed.entries}
    context.close()
