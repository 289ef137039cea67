"""The public pages in a real Chromium: axe, narrow screens, print, dark mode, by keyboard."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from cases_reader import ROOT
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PAGES = {
    "scheme": "/scheme",
    "older scheme": "/scheme?on=1/3/2020",
    "wrong scheme": "/scheme?on=31/2/2027",
    "list": "/destinations",
    "nothing on the list": "/destinations?q=Rome",
    "wrong filter": "/destinations?level=x&country=XX",
    "trains": "/destinations/trains",
    "trains by night": "/destinations/trains?class=night",
    "method": "/method",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def opened(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, site: str, name: str, language: str) -> None:
    joint = "&" if "?" in PAGES[name] else "?"
    for width in (320, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{site}{PAGES[name]}{joint}lang={language}")
        opened(page)
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, results.generate_report()
        page.close()


@pytest.mark.parametrize("name", ["scheme", "list", "trains", "method"])
def test_axe_finds_nothing_in_the_dark(browser: Browser, site: str, name: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(site + PAGES[name])
    opened(page)

    results = Axe().run(page, options={"runOnly": RULES})

    assert results.violations_count == 0, results.generate_report()
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_narrow_screen(
    browser: Browser, site: str, name: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(site + PAGES[name])
    opened(page)
    assert page.evaluate(OVERFLOW) <= 0

    page.evaluate(
        "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets = [sheet]; }",
        SPACED,
    )

    assert page.evaluate(OVERFLOW) <= 0
    page.close()


def test_a_fault_takes_the_focus_and_leads_to_its_field(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + PAGES["wrong scheme"])

    page.get_by_role("link", name="De dag 31/2/2027 bestaat niet").click()

    expect(page.get_by_label("Dag (dd/mm/jjjj)")).to_be_focused()
    expect(page.get_by_label("Dag (dd/mm/jjjj)")).to_have_value("31/2/2027")
    page.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_list_is_filtered_by_keyboard_alone(
    browser: Browser, site: str, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    page.goto(site + "/destinations")
    page.get_by_label("Zoek op naam").focus()
    page.keyboard.type("a")
    page.keyboard.press("Tab")
    page.keyboard.type("Ned")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.locator(".found")).to_have_text("2 bestemmingen")
    assert page.url.endswith("/destinations?q=a&country=NL&level=mandatory")
    expect(page.get_by_label("Zoek op naam")).to_have_value("a")
    expect(page.get_by_label("Trein verplicht")).to_be_checked()
    expect(page.locator("tbody th")).to_contain_text(["Amsterdam", "Den Haag"])
    page.get_by_role("link", name="FR").click()
    expect(page.locator(".found")).to_have_text("2 destinations")
    context.close()


def test_the_evidence_of_an_entry_opens_by_keyboard(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + "/destinations?q=Kanazawa")
    details = page.locator("details").first
    expect(details.get_by_role("listitem").first).to_be_hidden()

    details.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(details.get_by_role("listitem").first).to_be_visible()
    page.close()


@pytest.mark.parametrize("name", ["scheme", "list", "trains", "method"])
def test_on_paper_everything_is_open_and_no_form_is_left(
    browser: Browser, site: str, name: str
) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(site + PAGES[name])

    assert page.pdf(format="A4").startswith(b"%PDF")
    inside = page.locator("details > :not(summary)").first
    expect(inside).to_be_visible()
    expect(page.locator("form").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    page.close()


def test_the_scheme_prints_on_three_pages(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + "/scheme")

    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 3
    page.close()


def test_pictures_are_taken_of_pages_that_exist(tmp_path: Path) -> None:
    def run(*pages: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "scripts/screenshots.py", *pages, "--out", str(tmp_path)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run("privacy", "scheme-360").returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "privacy-1280.png",
        "privacy-360.png",
        "scheme-360.png",
    }
    width, height = struct.unpack(">II", (tmp_path / "scheme-360.png").read_bytes()[16:24])
    assert width == 360
    assert height > 740
    refused = run("nothing-here")
    assert refused.returncode == 1
    assert "no page nothing-here" in refused.stdout
