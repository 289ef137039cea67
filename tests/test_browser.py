"""The form in a real Chromium: as a person uses it, with and without JavaScript, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ANSWER = "/advice?destination=Berlijn&depart=2027-03-01&nights=2"
WRONG = "/advice?destination=Melle&depart=31/2/2027&travellers=x"
MOST_BYTES = 100_000


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, locale="nl-BE")
    yield context.new_page()
    context.close()


def ask_nantes(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar reis je naartoe?")
    page.get_by_label("Naar", exact=True).fill("Nantes")
    page.get_by_label("Vertrek (dd/mm/jjjj)").fill("1/3/2027")
    page.get_by_role("button", name="Toon het advies").click()


def test_two_filled_fields_are_answered_with_level_reason_and_ways(page: Page, site: str) -> None:
    ask_nantes(page, site)

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
    ask_nantes(page, site)
    reason = page.locator(".reason").inner_text()

    page.get_by_role("link", name="Link naar dit antwoord").click()

    assert "depart=1%2F3%2F2027" in page.url or "depart=1/3/2027" in page.url
    expect(page.locator(".reason")).to_have_text(reason, use_inner_text=True)


def test_going_back_to_the_question_keeps_every_answer(page: Page, site: str) -> None:
    ask_nantes(page, site)
    page.get_by_role("link", name="Pas de vraag aan").click()

    expect(page.get_by_label("Naar", exact=True)).to_have_value("Nantes")
    expect(page.get_by_label("Vertrek (dd/mm/jjjj)")).to_have_value("1/3/2027")

    page.go_back()
    page.go_back()
    expect(page.get_by_label("Naar", exact=True)).to_have_value("Nantes")


def test_another_language_in_the_middle_keeps_the_answer(page: Page, site: str) -> None:
    ask_nantes(page, site)
    page.get_by_role("link", name="FR").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Train obligatoire")
    expect(page.locator("html")).to_have_attribute("lang", "fr-BE")


def test_an_ambiguous_place_is_asked_and_settled_with_one_click(page: Page, site: str) -> None:
    page.goto(site + "/advice?destination=Melle&depart=1/3/2027&nights=2")
    expect(page.get_by_label("Naar", exact=True)).to_have_value("Melle")

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
    links.nth(2).click()
    expect(page.get_by_label("Aantal reizigers")).to_be_focused()


def test_the_summary_of_faults_is_what_the_page_begins_with(page: Page, site: str) -> None:
    page.goto(site + WRONG)

    expect(page.locator("main > *").first).to_have_class("summary")


def test_with_javascript_the_summary_of_faults_has_the_focus(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + WRONG)

    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".summary a").first).to_be_focused()
    page.close()


def test_a_why_opens_the_closed_section_that_explains(page: Page, site: str) -> None:
    page.goto(site + ANSWER)
    explanation = page.locator("#reckoning-1-plane")
    expect(explanation).not_to_be_visible()

    page.get_by_role("link", name="waarom? Vliegtuig, CO2e").click()

    expect(explanation).to_be_visible()
    expect(explanation).to_be_in_viewport()


def test_the_whole_way_goes_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    destination = page.get_by_label("Naar", exact=True)
    for _ in range(20):
        page.keyboard.press("Tab")
        if destination.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("Nantes")
    page.keyboard.press("Tab")
    page.keyboard.type("5 maart 2027")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Trein verplicht")
    expect(page.locator(".trip")).to_contain_text("vrijdag 5 maart 2027")


def test_one_more_destination_is_added_where_the_keyboard_is(page: Page, site: str) -> None:
    page.goto(f"{site}/?destination=Praag&depart=1/3/2027")
    page.get_by_text("Meer opties").click()
    page.get_by_label("Onderweg naar").fill("Wenen")
    page.get_by_role("button", name="Nog een bestemming").click()

    expect(page.get_by_label("Onderweg naar")).to_have_count(3)
    expect(page.get_by_label("Naar", exact=True)).to_have_value("Praag")
    page.get_by_role("button", name="Toon het advies").click()
    expect(page.get_by_role("row", name="Totaal")).to_contain_text("kg")


def test_a_page_is_small_and_asks_no_other_site(browser: Browser, site: str) -> None:
    page = browser.new_page()
    hosts: set[str] = set()
    sizes: list[int] = []
    refused: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.on("console", lambda line: refused.append(line.text))

    page.goto(site + ANSWER)
    page.wait_for_load_state("networkidle")

    assert hosts == {urlsplit(site).netloc}
    assert sum(sizes) <= MOST_BYTES
    assert refused == []
    page.close()
