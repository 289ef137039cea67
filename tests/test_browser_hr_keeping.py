"""The list, the what-if, the calendar and one's own data in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from filing_site import FilingAddress, FilingSite
from keeping_world import BELFAST, BERLIN, fill
from playwright.sync_api import Browser, Page, expect
from waitress import create_server

from travelplan import Reference, load_destinations

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PATHS = (
    "/hr",
    "/hr/list",
    f"/hr/list/join:{BELFAST}",
    "/hr/what-if?a=fr-arrete-2006&b=ugent",
    "/hr/demo",
    "/hr/log",
    "/my-data",
    "/calendar",
    "/calendar/visits/new",
)


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


def faults_of(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [violation["id"] for violation in found.response["violations"]]


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    browser: Browser, address: FilingAddress, width: int
) -> None:
    context, page = address.opened(browser, "hr", viewport={"width": width, "height": 720})
    for path in PATHS:
        page.goto(address.address + path)
        assert faults_of(page) == [], path
        assert page.evaluate(OVERFLOW) == 0, path
    context.close()


def test_the_faults_of_both_forms_are_named_accessibly(
    browser: Browser, address: FilingAddress
) -> None:
    context, page = address.opened(browser, "hr", viewport={"width": 320, "height": 720})
    for path, name in (
        (f"/hr/list/join:{BELFAST}", "Schrijf de beslissing op"),
        ("/calendar/visits/new", "Zet het in de kalender"),
    ):
        page.goto(address.address + path)
        page.get_by_role("button", name=name).click()
        expect(page.locator("#faults")).to_be_focused()
        assert faults_of(page) == [], path
        assert page.evaluate(OVERFLOW) == 0, path
    context.close()


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
