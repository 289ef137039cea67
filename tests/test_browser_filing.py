"""Filing a trip in a real Chromium: by keyboard, without JavaScript, narrow, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from filing_forms import BERLIN, BY_PLANE, BY_TRAIN, WHO, begin, choose, file
from filing_site import FilingAddress, FilingSite
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from webapp.store.tables import Request

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
REFERENCE = re.compile(r"Aanvraag 20\d\d-\w{3}-\w{3}")


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(
    request: pytest.FixtureRequest, browser: Browser, filing_address: FilingAddress
) -> Iterator[Page]:
    context, opened = filing_address.opened(browser, "reiziger", java_script_enabled=request.param)
    yield opened
    context.close()


def filed(site: FilingSite) -> int:
    with site.store.read() as session:
        return session.scalar(select(func.count(Request.id))) or 0


def ask(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Naar", exact=True).fill("Berlijn")
    page.get_by_label("Vertrek (dd/mm/jjjj)").fill("1/3/2027")
    page.get_by_role("button", name="Toon het advies").last.click()
    page.get_by_role("link", name="Dien deze reis in").click()


def fill_in_who(page: Page) -> None:
    page.get_by_label("Doel van de reis").fill("Overleg over stadslogistiek")
    page.get_by_label("Rechtstreeks belang voor de stad").fill("Kennis voor het plan")
    go_on(page, "Hoe reis je?")


def go_on(page: Page, heading: str) -> None:
    """Send the form and wait for the page that follows, so that no click meets the old one."""
    page.get_by_role("button", name="Verder").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def enter(page: Page, heading: str | re.Pattern[str]) -> None:
    """Press Enter and wait for the page that it leads to."""
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def press_until(page: Page, name: str) -> None:
    """Press Tab until the element of that name or id has the focus."""
    found = (
        "name => { const at = document.activeElement; "
        "return at.id === name || (at.innerText || '').trim() === name }"
    )
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(found, name):
            return
    raise AssertionError(f"the keyboard never reaches {name}")


def test_from_two_filled_fields_to_a_filed_request(
    page: Page, filing_address: FilingAddress
) -> None:
    ask(page, filing_address.address)
    fill_in_who(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe reis je?")
    go_on(page, "Kijk je aanvraag na")
    page.get_by_role("button", name="Verstuur naar het diensthoofd").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(REFERENCE)
    expect(page.locator(".note.done")).to_contain_text("Boek pas na goedkeuring.")
    assert filed(filing_address.site) == 1


def test_the_whole_way_goes_by_keyboard_alone(page: Page, filing_address: FilingAddress) -> None:
    page.goto(filing_address.address)
    press_until(page, "destination")
    page.keyboard.type("Berlijn")
    page.keyboard.press("Escape")
    press_until(page, "depart")
    page.keyboard.type("1/3/2027")
    enter(page, "Trein verplicht")
    press_until(page, "Dien deze reis in")
    enter(page, "Wie reist er, en waarom?")
    press_until(page, "purpose")
    page.keyboard.type("Overleg")
    press_until(page, "interest")
    page.keyboard.type("Kennis")
    press_until(page, "Verder")
    enter(page, "Hoe reis je?")
    press_until(page, "mode_1")
    page.keyboard.press("ArrowUp")  # from the train round to the plane
    press_until(page, "reason")
    page.keyboard.press("ArrowDown")
    press_until(page, "justification")
    page.keyboard.type("De spoorwegen staken op die dag.")
    press_until(page, "Verder")
    enter(page, "Kijk je aanvraag na")
    press_until(page, "Verstuur naar het diensthoofd")
    enter(page, REFERENCE)
    expect(page.locator("dd", has_text="Gent → Berlijn: Vliegtuig")).to_be_visible()


def test_back_and_reload_lose_nothing_and_file_once(
    page: Page, filing_address: FilingAddress
) -> None:
    ask(page, filing_address.address)
    fill_in_who(page)
    page.go_back()
    expect(page.get_by_label("Doel van de reis")).to_have_value("Overleg over stadslogistiek")
    go_on(page, "Hoe reis je?")
    go_on(page, "Kijk je aanvraag na")
    page.reload()
    page.get_by_role("button", name="Verstuur naar").click()
    page.wait_for_url("**/requests/*")
    page.reload()
    page.go_back()
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Deze reis is al verstuurd")
    assert filed(filing_address.site) == 1


def test_a_double_click_files_once(page: Page, filing_address: FilingAddress) -> None:
    someone = filing_address.site.somebody("reiziger")
    id_ = begin(someone)
    choose(someone, id_)
    page.goto(f"{filing_address.address}/requests/drafts/{id_}/check")
    page.get_by_role("button", name="Verstuur naar").dblclick()
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("link", name="Mijn aanvragen").first).to_be_visible()
    assert filed(filing_address.site) == 1


def test_two_tabs_file_once(page: Page, filing_address: FilingAddress) -> None:
    someone = filing_address.site.somebody("reiziger")
    id_ = begin(someone)
    choose(someone, id_)
    tabs = [page, page.context.new_page()]
    for tab in tabs:
        tab.goto(f"{filing_address.address}/requests/drafts/{id_}/check")
    for tab in tabs:
        tab.get_by_role("button", name="Verstuur naar").click()

    expect(tabs[0].get_by_role("heading", level=1)).to_have_text(REFERENCE)
    expect(tabs[1].get_by_role("heading", level=1)).to_have_text("Deze reis is al verstuurd")
    assert filed(filing_address.site) == 1


def test_the_reason_is_asked_only_where_the_scheme_asks_it(
    browser: Browser, filing_address: FilingAddress
) -> None:
    id_ = begin(filing_address.site.somebody("reiziger"))
    context, page = filing_address.opened(browser, "reiziger")
    page.goto(f"{filing_address.address}/requests/drafts/{id_}/choice")
    text = page.get_by_label("Uitleg")
    expect(text).to_be_hidden()
    page.get_by_role("group", name="Gent → Berlijn").get_by_label("Vliegtuig").check()
    expect(text).to_be_visible()
    text.fill("Dit zijn dertig tekens of meer.")
    expect(page.locator("#justification-count")).to_contain_text("Nog 469 tekens")
    page.get_by_label("Vertrouwelijke reden").check()
    expect(text).to_be_hidden()
    context.close()


def test_the_summary_of_faults_has_the_focus_and_leads_to_the_fields(
    browser: Browser, filing_address: FilingAddress
) -> None:
    id_ = begin(filing_address.site.somebody("reiziger"), who={})
    context, page = filing_address.opened(browser, "reiziger")
    page.goto(f"{filing_address.address}/requests/drafts/{id_}/who")
    expect(page.locator("#faults")).to_be_focused()
    for link in page.locator("#faults a").all():
        link.click()
        field = (link.get_attribute("href") or "").removeprefix("#")
        expect(page.locator(f"#{field}")).to_be_focused()
    context.close()


@pytest.fixture
def pages(filing_address: FilingAddress) -> dict[str, str]:
    """The address of each page and of each state of it."""
    someone = filing_address.site.somebody("reiziger")
    later = BERLIN.replace("2027", "2028")
    empty, many = begin(someone, who={}), begin(someone, f"{later}&travellers=3")
    wrong, ready = begin(someone, f"{later}&nights=1"), begin(someone, f"{later}&nights=2")
    someone.post(f"/requests/drafts/{wrong}/choice", {"mode_1": "plane", "mode_2": "plane"})
    choose(someone, ready, BY_PLANE)
    nantes = BERLIN.replace("Berlijn", "Nantes")
    sent = begin(someone, nantes)
    choose(someone, sent, BY_TRAIN)
    request = file(someone, nantes.replace("2027", "2029"), who={**WHO, "project": "Polis"})
    return {
        "nothing yet": "/requests/new?destination=Wenen&depart=2027-06-01&nights=2",
        "who, wrong": f"/requests/drafts/{empty}/who",
        "who, many": f"/requests/drafts/{many}/who",
        "choice, wrong": f"/requests/drafts/{wrong}/choice",
        "check": f"/requests/drafts/{ready}/check",
        "discard": f"/requests/drafts/{ready}/discard",
        "request": f"{request}?sent=1",
        "withdraw": f"{request}/withdraw",
        "travelled": f"{request}/travelled",
        "mine": "/requests",
    }


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser,
    filing_address: FilingAddress,
    pages: dict[str, str],
    language: str,
    width: int,
) -> None:
    context, page = filing_address.opened(
        browser, "reiziger", viewport={"width": width, "height": 900}
    )
    for name, path in pages.items():
        joint = "&" if "?" in path else "?"
        page.goto(f"{filing_address.address}{path}{joint}lang={language}")
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, (name, results.generate_report())
        assert page.evaluate(OVERFLOW) <= 0, name
        assert (
            page.locator("html").get_attribute("lang")
            == {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB"}[language]
        )
    context.close()


def test_a_request_prints_on_two_sheets(browser: Browser, filing_address: FilingAddress) -> None:
    someone = filing_address.site.somebody("reiziger")
    question = f"{BERLIN}&travellers=5"
    people = {f"participant_{n}_role": "spreekt op de eerste dag" for n in range(1, 6)}
    names = {f"participant_{n}_name": f"Persoon {n}" for n in range(2, 6)}
    long = {"purpose": "Overleg over stadslogistiek. " * 15, "interest": "Kennis. " * 40}
    why = {"why_so_many": "Ieder van ons leidt een ander deel van het project."}
    who = {**WHO, **people, **names, **long, **why, "project": "Eurocities"}
    address = file(
        someone, question, who=who, choice={**BY_PLANE, "justification": "Staking. " * 40}
    )
    context, page = filing_address.opened(browser, "reiziger")
    page.goto(filing_address.address + address)

    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2
    context.close()


def test_two_minutes_before_the_session_ends_the_page_says_so(
    browser: Browser, filing_address: FilingAddress
) -> None:
    context, page = filing_address.opened(browser, "reiziger")
    page.clock.install()
    page.goto(filing_address.address + "/requests")
    warning = page.get_by_role("alert").filter(has_text="Over twee minuten")
    page.clock.run_for("27:59")
    expect(warning).to_be_hidden()
    page.clock.run_for("00:02")
    expect(warning).to_be_visible()
    context.close()
