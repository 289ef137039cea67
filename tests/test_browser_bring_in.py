"""HR brings in a file in a real Chromium: by keyboard, with and without JavaScript, and axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from filing_site import FilingAddress
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select
from test_browser_filing import enter, press_until

from webapp.store.register import MadeTrip

pytestmark = pytest.mark.browser

BOOKED = (
    "Reisnummer;Bestemming;Vertrekdatum;Tweede dag;Vervoermiddel;Kostprijs\n"
    "R1;Parijs;1/3/2024;3/3/2024;trein;120,50\n"
    "R2;Melle;5/3/2024;6/3/2024;trein;8,40\n"
    "R3;Lyon;31/2/2024;2/3/2024;vlucht;220,00\n"
)


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(
    request: pytest.FixtureRequest, browser: Browser, filing_address: FilingAddress
) -> Iterator[Page]:
    context, opened = filing_address.opened(browser, "hr", java_script_enabled=request.param)
    yield opened
    context.close()


def test_upload_columns_dry_run_and_confirm_by_keyboard_alone(
    page: Page, filing_address: FilingAddress, tmp_path: Path
) -> None:
    file = tmp_path / "boekingen.csv"
    file.write_text(BOOKED, "cp1252")
    page.goto(f"{filing_address.address}/hr")
    press_until(page, "Geboekte reizen inlezen")
    enter(page, "Geboekte reizen inlezen")
    press_until(page, "supplier")
    page.keyboard.type("Reisbureau")
    press_until(page, "file")
    page.locator("#file:focus").set_input_files(file)
    press_until(page, "Bekijk het bestand")
    enter(page, "Wat staat in welke kolom?")
    press_until(page, "column-4")
    page.keyboard.type("Dag van terug")
    press_until(page, "Verder")
    enter(page, "Eerst bekijken, dan bevestigen")
    expect(page.locator(".counts")).to_contain_text("1 rij is juist")
    expect(page.locator("#faults-table")).to_contain_text("De dag 31/2/2024 bestaat niet")
    press_until(page, "Bevestig")
    enter(page, "Ingelezen")
    with filing_address.site.store.read() as session:
        assert session.scalar(select(func.count()).select_from(MadeTrip)) == 1
