"""Every page for everyone: axe, narrow and zoomed screens, wide text, targets, dark and paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = {
    "question": "/?more=1&via=Wenen",
    "first question": "/",
    "answer": "/advice?destination=Berlijn&depart=2027-03-01&nights=2",
    "wrong": "/advice?destination=Melle&depart=31/2/2027&travellers=x&via=halle&meeting_from=x",
    "tour": "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08",
    "no train": "/advice?destination=Kanazawa&depart=2027-03-01&nights=5",
    "everything": "/advice?destination=Wenen&depart=2025-03-03&return=2025-03-06&travellers=10"
    "&meeting_from=9:00&private_after=1&assistance=yes&out_by=train&return_by=plane",
    "online": "/advice?digital=online&destination=Parijs",
    "lost": "/nowhere",
}
PRINTED = {
    "Berlin": "/advice?destination=Berlijn&depart=2027-03-01&nights=2",
    "Barcelona": "/advice?destination=Barcelona&depart=2027-03-01&nights=3",
    "Kanazawa": "/advice?destination=Kanazawa&depart=2027-03-01&nights=5",
    "three legs": "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LEAST_TARGET = 24
# WCAG 1.4.12: what a reader may set without losing anything.
WIDE_TEXT = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
)
WIDEN = """rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet] }"""
OPEN_ALL = "document.querySelectorAll('details').forEach(box => { box.open = true })"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """least => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter(one => !one.closest('.hidden, .skip'))
  .map(one => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
  .filter(([_, box]) => box.width > 0 && (box.height < least || box.width < least))
  .map(([markup]) => markup)"""
CUT = """() => [...document.querySelectorAll('main *')]
  .filter(one => !one.closest('.hidden, .scroll, svg'))
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_narrow_or_wide(page: Page, site: str, name: str, language: str) -> None:
    page.goto(site + in_language(PAGES[name], language))
    page.evaluate(OPEN_ALL)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, results.generate_report()
        assert [found["id"] for found in results.response["incomplete"]] == []


@pytest.mark.parametrize("name", ["question", "answer", "wrong"])
def test_axe_finds_nothing_in_the_dark(browser: Browser, site: str, name: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(site + PAGES[name])
    page.evaluate(OPEN_ALL)

    results = Axe().run(page, options={"runOnly": RULES})

    assert results.violations_count == 0, results.generate_report()
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_or_is_cut_and_every_target_is_large_enough(
    page: Page, site: str, name: str
) -> None:
    page.goto(site + PAGES[name])
    page.evaluate(OPEN_ALL)
    for width in (320, 1280):  # 320 is also what 1280 becomes at 400 %
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) <= 0, width
        assert page.evaluate(SMALL, LEAST_TARGET) == []
    page.set_viewport_size({"width": 320, "height": 256})
    page.evaluate(WIDEN, WIDE_TEXT)
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(CUT) == []


def test_the_level_is_seen_without_scrolling_on_a_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(site + PAGES["answer"])

    box = page.get_by_role("heading", level=1).bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < 640


def test_whatever_has_the_focus_has_a_frame(page: Page, site: str) -> None:
    page.goto(site)
    framed = 0
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        style, width = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        assert style == "solid"
        assert width >= 2
        framed += 1
    assert framed >= 8


@pytest.mark.parametrize("name", PRINTED)
def test_an_answer_prints_on_two_sheets_without_menus(page: Page, site: str, name: str) -> None:
    page.goto(site + PRINTED[name])
    sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True))
    page.emulate_media(media="print")

    shown = page.locator("body").inner_text()

    assert 1 <= len(sheets) <= 2
    for said in ("Stad Gent", "versie van", "stad-gent 2020-11-23", "/advice?destination="):
        assert said in shown
    for gone in ("Advies\n", "Pas de vraag aan", "waarom?", "Met een andere set"):
        assert gone not in shown


def test_without_colour_the_parts_of_the_bars_still_differ(page: Page, site: str) -> None:
    page.goto(site + PAGES["answer"])
    page.emulate_media(media="screen", forced_colors="none")

    fills = [
        page.locator(f"figure .{part}").first.evaluate("bar => getComputedStyle(bar).fill")
        for part in ("time-1", "time-2", "time-3")
    ]

    assert "url(" in fills[2]
    lightness = [sum(int(n) for n in re.findall(r"\d+", fill)[:3]) for fill in fills[:2]]
    assert abs(lightness[0] - lightness[1]) > 100
