"""Take screenshots of the pages, in Dutch, on a wide and on a narrow screen.

Starts the form on a free port of this machine, walks the pages below and writes NAME-WIDTH.png to
a folder outside git. With --docs it writes the chosen ones to docs/screenshots instead; --look dark
and --look print show the pages in those ways. Needs Chromium.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, FilePayload, sync_playwright
from playwright.sync_api import Page as Tab
from screenshots_pages import (
    BOOKED,
    CHOSEN,
    COLUMNS,
    OTHER_TRIP,
    ROOMS,
    SUPPLIER,
    TRIP,
)
from sqlalchemy import update
from werkzeug.serving import make_server

from travelplan.files import destinations_path
from webapp import create_app
from webapp.config import Config
from webapp.hr.invented import fill
from webapp.hr.registering import Registrar
from webapp.store.tables import Request

ROOT = Path(__file__).parent.parent
OUT = ROOT / "build" / "screenshots"
DOCS = ROOT / "docs" / "screenshots"
WIDTHS = {1280: 900, 360: 740}
"""The height of the window by its width; the picture has the whole page."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def served(*, filled: bool) -> Iterator[tuple[str, Flask]]:
    """Serve the form on a free port of this machine, with the invented trips or without."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as room:
        listed = Path(shutil.copy(destinations_path(), room))
        database = f"sqlite:///{room}/travelplan.db"
        app = create_app(Config(sign_in="try-out", database=database, destinations=listed))
        if filled:
            _fill(app)
        yield from _served(app)


def _fill(app: Flask) -> None:
    parts = (app.extensions[name] for name in ("reference", "organisation", "pseudonyms"))
    with app.extensions["store"].write() as session:
        fill(session, Registrar(*parts), None)


def _served(app: Flask) -> Iterator[tuple[str, Flask]]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", app
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pictures(
    browser: Browser, wanted: set[str], look: str, *, filled: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the PNG of each picture whose page or name is wanted; all for none."""
    asked = [
        (page, width)
        for width in WIDTHS
        for page in ROOMS[filled]
        if not wanted or wanted & {page.name, f"{page.name}-{width}"}
    ]
    if not asked:
        return
    with served(filled=filled) as (site, app):
        made: dict[str, str] = {}
        for (name, path, who), width in asked:
            context = _window(browser, width, look)
            page = context.new_page()
            if who:
                made = made or _made(page, site, app, filled=filled)
                _sign_in(page, site, who)
            page.emulate_media(media="print" if look == "print" else "screen")
            page.goto(site + path.format(**made))
            yield f"{name}-{width}", page.screenshot(full_page=True)
            context.close()


def _window(browser: Browser, width: int, look: str) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        locale="nl-BE",
        reduced_motion="reduce",
        color_scheme="dark" if look == "dark" else "light",
    )


def _sign_in(page: Tab, site: str, who: str) -> None:
    page.goto(f"{site}/sign-in")
    page.locator(f'button[value="{who}"]').click()


def _made(page: Tab, site: str, app: Flask, *, filled: bool) -> dict[str, str]:
    """Begin one trip and file another, as the traveller; where trips stand, send files as HR."""
    _sign_in(page, site, "reiziger")
    draft = _begin(page, site, TRIP)
    request = _begin(page, site, OTHER_TRIP)
    page.goto(f"{site}/requests/drafts/{request}/check")
    page.locator("main form .button").first.click()
    made = {"draft": draft, "request": page.url.rpartition("/")[2].partition("?")[0]}
    return {**made, **_sent(page, site, app)} if filled else made


def _begin(page: Tab, site: str, question: str) -> str:
    page.goto(f"{site}/requests/new?{question}")
    page.locator("[name=purpose]").fill("Overleg over stadslogistiek met de partners")
    page.locator("[name=interest]").fill("Kennis voor het plan van volgend jaar")
    page.locator("main form .button").first.click()
    page.locator("main form .button").first.click()
    return page.url.rpartition("/drafts/")[2].partition("/")[0]


def _sent(page: Tab, site: str, app: Flask) -> dict[str, str]:
    """Confirm one file of bookings, leave one at its dry run and one at its columns."""
    with app.extensions["store"].write() as session:
        session.execute(update(Request).values(status="approved"))
    page.context.clear_cookies()
    _sign_in(page, site, "hr")
    columns = _send(page, site, BOOKED, "a")
    for number, column in enumerate(COLUMNS, 1):
        page.locator(f"#column-{number}").select_option(column)
    page.locator("main form .button").click()
    page.locator("main form .button").first.click()
    brought = page.url
    dry_run = _send(page, site, BOOKED.replace("Barcelona", "Wenen"), "b")
    columns = _send(page, site, BOOKED.replace("Bedrag", "Afrekening"), "c")
    page.goto(f"{site}/hr/list")
    suggestion = page.locator(".cards a").first.get_attribute("href") or ""
    found = {"columns": columns, "dry_run": dry_run, "brought": brought}
    return {name: url.removeprefix(site) for name, url in found.items()} | {
        "suggestion": suggestion
    }


def _send(page: Tab, site: str, text: str, name: str) -> str:
    page.goto(f"{site}/hr/bring-in")
    page.locator("#supplier").fill(SUPPLIER)
    file = FilePayload(name=f"{name}.csv", mimeType="text/csv", buffer=text.encode("cp1252"))
    page.locator("#file").set_input_files(file)
    page.locator("main form .button").first.click()
    return page.url


def main() -> int:
    """Write the pictures; return 1 where there is no Chromium or no such page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", nargs="*", help="a page (scheme) or a picture (scheme-360)")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--docs", action="store_true", help="the chosen ones, for the docs")
    parser.add_argument("--look", choices=("light", "dark", "print"), default="light")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("There is no Chromium. Install it first (Debian: apt install chromium).")
        return 1
    names = {page.name for pages in ROOMS.values() for page in pages}
    wanted = set(CHOSEN) if options.docs else set(options.page)
    strange = wanted - names - {f"{name}-{width}" for name in names for width in WIDTHS}
    if strange:
        print(f"There is no page {', '.join(sorted(strange))}.")
        return 1
    out = DOCS if options.docs else options.out
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for filled in ROOMS:
            for name, png in pictures(browser, wanted, options.look, filled=filled):
                (out / f"{name}.png").write_bytes(png)
                print(out / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
