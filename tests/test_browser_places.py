"""The place field in a real Chromium: a list to choose from while typing, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(has_touch=True, locale="nl-BE")
    page = context.new_page()
    page.goto(f"{site}/?digital=skip")
    yield page
    context.close()


def test_a_place_is_chosen_from_the_list_with_the_keyboard(page: Page) -> None:
    field = page.get_by_role("combobox", name="Naar", exact=True)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("Mell")

    listed = page.get_by_role("listbox", name="Plaatsen")
    expect(listed).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(listed.get_by_role("option").first).to_contain_text("Melle")
    assert 2 <= listed.get_by_role("option").count() <= 8
    expect(page.get_by_role("status").first).to_contain_text("plaatsen gevonden")

    page.keyboard.press("ArrowUp")
    last = listed.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    first = listed.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(last).to_have_attribute("aria-selected", "false")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")

    page.keyboard.press("Enter")
    expect(listed).not_to_be_visible()
    expect(field).to_be_focused()
    chosen = field.input_value()
    page.keyboard.press("Enter")
    assert chosen.startswith("Melle")
    expect(page.locator(".trip")).to_contain_text("Gent → Melle")


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    field = page.get_by_role("combobox", name="Naar", exact=True)
    field.press_sequentially("Keul")
    listed = page.get_by_role("listbox", name="Plaatsen")
    expect(listed).to_be_visible()

    page.keyboard.press("Escape")

    expect(listed).not_to_be_visible()
    expect(field).to_have_value("Keul")
    expect(field).not_to_have_attribute("aria-activedescendant", "")
    page.keyboard.press("ArrowDown")
    expect(listed).to_be_visible()
    page.keyboard.press("Tab")
    expect(listed).not_to_be_visible()


def test_a_place_is_chosen_with_a_tap(page: Page) -> None:
    field = page.get_by_role("combobox", name="Naar", exact=True)
    field.press_sequentially("Rijs")

    page.get_by_role("option", name="Rijsel (Hauts-de-France, Frankrijk)").tap()

    expect(field).to_have_value("Rijsel")


def test_a_list_that_does_not_come_leaves_a_plain_field(page: Page) -> None:
    page.route("**/places?*", lambda route: route.abort())
    field = page.get_by_role("combobox", name="Naar", exact=True)
    field.press_sequentially("Nantes")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Trein verplicht")
