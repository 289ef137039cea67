"""HR sees the register in a real Chromium: by keyboard in Dutch, narrow, and on paper."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from filing_site import FilingAddress
from playwright.sync_api import Browser, Page, expect
from register_world import by_train, made, store_trips

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = "name => (document.activeElement.innerText || '').trim() === name"
ONE = "1" * 32
PAGES = {
    "start": "/hr",
    "dashboard": "/hr/dashboard",
    "dashboard, wrong": "/hr/dashboard?year=x&unit=y&from=31/2/2024",
    "dashboard, nothing": "/hr/dashboard?year=2010",
    "council": "/hr/council?year=2024",
    "council, nothing": "/hr/council?mode=train",
    "export": "/hr/export",
    "trips": "/hr/trips",
    "trips, wrong": "/hr/trips?year=x",
    "trips, nothing": "/hr/trips?year=2010",
    "trip": f"/hr/trips/{ONE}",
    "take out": f"/hr/trips/{ONE}/take-out",
    "taken out": "/hr/trips/taken-out",
    "log": "/hr/log",
    "report": "/hr/report/2024",
}


@pytest.fixture
def filled(filing_address: FilingAddress) -> FilingAddress:
    long = "Dienst Internationale Samenwerking en Europese Fondsen van de stad"
    flights = [
        made(depart=date(year, 5, day), unit=unit, reason=reason, verdict="exception")
        for year in (2023, 2024)
        for day, unit in enumerate(("voorbeelddienst", "klimaat", long), 1)
        for reason in ("strike", "no-connection", "confidential")
    ]
    trips = [
        by_train(place="Parijs", id=ONE, verdict_of_day="deviated"),
        made(place="Lissabon", rail_min=None, tier=None),
    ]
    store_trips(filing_address.site.store, [*flights, *trips])
    return filing_address


def in_languages(pages: dict[str, str]) -> list[tuple[str, str]]:
    """Each page in Dutch; those of trips and the log in French and English too."""
    found = list(pages.items())
    for name in ("trips", "trip", "take out", "taken out", "log"):
        found += [(f"{name} {code}", f"{pages[name]}?lang={code}") for code in ("fr", "en")]
    return found


def press_until(page: Page, name: str) -> None:
    """Press Tab until the element with those words has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, name):
            return
    raise AssertionError(f"the keyboard never reaches {name}")


def test_from_the_dashboard_to_the_council_s_file_in_two_strokes(
    browser: Browser, filled: FilingAddress, tmp_path: Path
) -> None:
    context, page = filled.opened(browser, "hr", accept_downloads=True)
    page.goto(f"{filled.address}/hr/dashboard?year=2024")
    press_until(page, "Antwoord voor de gemeenteraad")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Antwoord voor de gemeenteraad")
    expect(page.get_by_role("status")).to_contain_text("9 vluchten")
    press_until(page, "Als CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    text = path.read_text("utf-8-sig")
    assert path.name == "council.csv"
    assert text.count("\n") == 10
    assert "Staking" in text
    assert "ertrouwelijk" not in text
    context.close()


def test_the_filter_narrows_by_keyboard(browser: Browser, filled: FilingAddress) -> None:
    context, page = filled.opened(browser, "hr")
    page.goto(f"{filled.address}/hr/dashboard")
    page.get_by_label("Jaar", exact=True).focus()
    page.keyboard.type("2023")
    press_until(page, "Toon deze reizen")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("year=2023"))
    expect(page.locator(".heads dd").first).to_have_text("9")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, filled: FilingAddress, width: int
) -> None:
    context, page = filled.opened(browser, "hr", viewport={"width": width, "height": 900})
    for name, path in in_languages(PAGES):
        page.goto(filled.address + path)
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, (name, results.generate_report())
        assert page.evaluate(OVERFLOW) <= 0, name
    context.close()


def test_no_word_of_a_chart_lies_outside_it_or_over_another(
    browser: Browser, filled: FilingAddress
) -> None:
    context, page = filled.opened(browser, "hr", viewport={"width": 320, "height": 900})
    page.goto(f"{filled.address}/hr/dashboard")
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.chart text')].filter(text => {
            const here = text.getBoundingClientRect();
            return here.right > innerWidth || here.left < 0;
        }).map(text => text.textContent)"""
    )
    over = page.evaluate(
        """() => [...document.querySelectorAll('.chart svg svg')].filter(row => {
            const shown = [...row.querySelectorAll('text')].filter(t => t.getClientRects().length);
            const [label, value] = shown.map(text => text.getBoundingClientRect());
            return shown.length != 2 || label.right > value.left;
        }).map(row => row.textContent.trim())"""
    )
    assert outside == []
    assert over == []
    context.close()


def test_the_report_prints_with_its_tables_and_without_the_menu(
    browser: Browser, filled: FilingAddress
) -> None:
    context, page = filled.opened(browser, "hr")
    page.goto(f"{filled.address}/hr/report/2024")
    page.emulate_media(media="print")
    expect(page.get_by_text("Druk deze pagina af")).to_be_hidden()
    expect(page.locator("nav").first).to_be_hidden()
    expect(page.locator("#kg-unit-table")).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 5
    context.close()


def test_a_trip_is_taken_out_and_put_back_by_keyboard(
    browser: Browser, filled: FilingAddress
) -> None:
    context, page = filled.opened(browser, "hr")
    page.goto(f"{filled.address}/hr/trips/{ONE}")
    press_until(page, "Deze reis mag niet tellen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze reis eruit nemen?")
    press_until(page, "Ja, neem ze eruit")
    page.keyboard.press("Enter")
    expect(page.locator("#faults")).to_be_focused()
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()
    page.get_by_label("Waarom mag ze niet tellen?").focus()
    page.keyboard.type("Geannuleerde boeking")
    press_until(page, "Ja, neem ze eruit")
    page.keyboard.press("Enter")
    expect(page.locator(".note.done")).to_contain_text("telt nergens meer mee")
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()
    page.get_by_role("button", name="Terugzetten").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".note.done")).to_contain_text("telt weer mee")
    context.close()
