"""The form in a real Chromium: as a person uses it, with and without JavaScript, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ANSWER = "/advice?destination=Berlijn&depart=2027-03-01&nights=2"
WRONG = "/advice?destination=Melle&depart=31/2/2027&travellers=x"
TOUR = "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08"
UNSERVED = "/advice?destination=Kanazawa&depart=2027-03-01&nights=5"
PAGES = {"form": "/", "answer": ANSWER, "wrong": WRONG, "tour": TOUR, "unserved": UNSERVED}
MOST_BYTES = 100_000


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, locale="nl-BE")
    yield context.new_page()
    context.close()


def file_nantes(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar reis je naartoe?")
    expect(page.get_by_label("Van")).to_have_value("Gent")
    page.get_by_label("Naar").fill("Nantes")
    page.get_by_label("Vertrek (dd/mm/jjjj)").fill("1/3/2027")
    page.get_by_label("of aantal nachten").fill("2")
    page.get_by_role("button", name="Toon het advies").click()


def test_a_trip_to_nantes_is_answered_with_level_reason_and_ways(page: Page, site: str) -> None:
    file_nantes(page, site)

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_count(1)
    expect(heading).to_have_text("Trein verplicht")
    expect(page.locator(".reason")).to_contain_text("De trein naar Nantes duurt")
    expect(page.locator(".reason")).to_contain_text("hoogstens één werkdag (8 uur)")
    expect(page.locator(".trip")).to_contain_text("maandag 1 maart 2027")
    train = page.get_by_role("row", name="Trein verplicht")
    expect(train).to_contain_text("kg")
    expect(page.get_by_role("row", name="Vliegtuig mag niet")).to_contain_text("+ ")


def test_the_link_to_share_leads_to_the_same_answer(page: Page, site: str) -> None:
    file_nantes(page, site)
    reason = page.locator(".reason").inner_text()

    page.get_by_role("link", name="Link naar dit antwoord").click()

    assert "depart=2027-03-01" in page.url
    expect(page.locator(".reason")).to_have_text(reason)


def test_going_back_to_the_question_keeps_every_answer(page: Page, site: str) -> None:
    file_nantes(page, site)

    page.get_by_role("link", name="Pas de vraag aan").click()

    expect(page.get_by_label("Naar")).to_have_value("Nantes")
    expect(page.get_by_label("Vertrek (dd/mm/jjjj)")).to_have_value("2027-03-01")
    expect(page.get_by_label("Terug (dd/mm/jjjj)")).to_have_value("2027-03-03")


def test_an_ambiguous_place_is_asked_and_settled_with_one_click(page: Page, site: str) -> None:
    page.goto(site + "/advice?destination=Melle&depart=1/3/2027&nights=2")
    expect(page.get_by_label("Naar")).to_have_value("Melle")

    page.get_by_role("link", name="Duitsland").click()

    expect(page.locator(".trip")).to_contain_text("Gent → Melle")
    expect(page.locator(".reason")).to_contain_text("De trein naar Melle")


def test_every_fault_is_named_and_every_value_kept(page: Page, site: str) -> None:
    page.goto(site + WRONG)

    assert page.title().startswith("Fout: ")
    links = page.locator(".summary a")
    expect(links).to_have_count(3)
    expect(page.get_by_label("Vertrek (dd/mm/jjjj)")).to_have_value("31/2/2027")
    expect(page.get_by_label("Aantal reizigers")).to_have_value("x")
    links.nth(1).click()
    expect(page.get_by_label("Vertrek (dd/mm/jjjj)")).to_be_focused()


def test_the_whole_way_goes_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    destination = page.get_by_label("Naar")
    for _ in range(12):
        page.keyboard.press("Tab")
        if destination.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("Nantes")
    page.keyboard.press("Tab")
    page.keyboard.type("5 maart 2027")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Trein verplicht")
    expect(page.locator(".trip")).to_contain_text("vrijdag 5 maart 2027")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, site: str, name: str, language: str) -> None:
    for width in (320, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        joint = "&" if "?" in PAGES[name] else "?"
        page.goto(f"{site}{PAGES[name]}{joint}lang={language}")
        results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
        assert results.violations_count == 0, results.generate_report()
        assert page.locator("html").get_attribute("lang", timeout=1000) is not None
        page.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(browser: Browser, site: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(site + PAGES[name])

    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )

    assert overflow <= 0
    page.close()


def test_a_page_is_small_and_asks_no_other_site(browser: Browser, site: str) -> None:
    page = browser.new_page()
    hosts: set[str] = set()
    sizes: list[int] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("response", lambda response: sizes.append(len(response.body())))

    page.goto(site + ANSWER)
    page.wait_for_load_state("networkidle")

    assert hosts == {urlsplit(site).netloc}
    assert sum(sizes) <= MOST_BYTES
    page.close()
