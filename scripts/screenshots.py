"""Take screenshots of the pages, in Dutch, on a wide and on a narrow screen.

Starts the form on a free port of this machine, walks the pages below and writes NAME-WIDTH.png to
a folder outside git. With --docs it writes the chosen ones to docs/screenshots instead. Needs
Chromium.
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
from typing import NamedTuple

from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab
from werkzeug.serving import make_server

from webapp import create_app
from webapp.config import Config

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


class Page(NamedTuple):
    """One page: what its pictures are called, its address, and who is signed in ("" for nobody).

    {draft} and {request} in an address are those that the traveller has made beforehand.
    """

    name: str
    path: str
    who: str = ""


TRIP = "destination=Berlijn&depart=2027-03-01&return=2027-03-03&digital=in_person"
OTHER_TRIP = "destination=Barcelona&depart=2027-04-05&return=2027-04-08&digital=in_person"


PAGES = (
    Page("form", "/"),
    Page("form-wrong", "/advice?destination=Melle&depart=31/2/2027&travellers=x"),
    Page("answer", "/advice?destination=Berlijn&depart=2027-03-01&nights=2"),
    Page("answer-tour", "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08"),
    Page("answer-unserved", "/advice?destination=Kanazawa&depart=2027-03-01&nights=5"),
    Page("scheme", "/scheme"),
    Page("scheme-older", "/scheme?on=2020-03-01"),
    Page("scheme-wrong", "/scheme?on=31/2/2027"),
    Page("destinations", "/destinations"),
    Page("destinations-filtered", "/destinations?country=NL&level=mandatory"),
    Page("destinations-nothing", "/destinations?q=Rome"),
    Page("trains", "/destinations/trains"),
    Page("trains-night", "/destinations/trains?class=night"),
    Page("method", "/method"),
    Page("accessibility", "/accessibility"),
    Page("privacy", "/privacy"),
    Page("not-found", "/nothing"),
    Page("sign-in", "/sign-in"),
    Page("who", f"/requests/new?{OTHER_TRIP}", "reiziger"),
    Page("choice", "/requests/drafts/{draft}/choice", "reiziger"),
    Page("check", "/requests/drafts/{draft}/check", "reiziger"),
    Page("request", "/requests/{request}", "reiziger"),
    Page("requests", "/requests", "reiziger"),
    Page("requests-none", "/requests", "collega"),
    Page("approvals", "/approvals", "diensthoofd"),
    Page("approval", "/approvals/{request}", "diensthoofd"),
    Page("approvals-none", "/approvals", "schepen"),
    Page("stand-ins", "/approvals/stand-ins", "diensthoofd"),
    Page("bookings-none", "/bookings", "boeker"),
    Page("mail", "/mail", "beheerder"),
)
CHOSEN = (
    "answer-1280",
    "answer-360",
    "check-1280",
    "approval-1280",
    "scheme-1280",
    "trains-1280",
)
"""The pictures that stand in the docs."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the form on a free port of this machine for as long as it is used."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as room:
        config = Config(sign_in="try-out", database=f"sqlite:///{room}/travelplan.db")
        yield from _served(create_app(config))


def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pictures(browser: Browser, site: str, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the PNG of each picture whose page or name is wanted; all for none."""
    for width, height in WIDTHS.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="nl-BE", reduced_motion="reduce"
        )
        page = context.new_page()
        made: dict[str, str] = {}
        for name, path, who in PAGES:
            picture = f"{name}-{width}"
            if wanted and not wanted & {name, picture}:
                continue
            if who:
                made = made or _trips(page, site, width)
                _sign_in(page, site, who)
            page.goto(site + path.format(**made))
            yield picture, page.screenshot(full_page=True)
            page.context.clear_cookies()
        context.close()


def _sign_in(page: Tab, site: str, who: str) -> None:
    page.goto(f"{site}/sign-in")
    page.locator(f'button[value="{who}"]').click()


def _trips(page: Tab, site: str, width: int) -> dict[str, str]:
    """Begin one trip and file another, as the traveller, each width on its own days."""
    _sign_in(page, site, "reiziger")
    draft = _begin(page, site, TRIP.replace("-03-0", f"-03-{width // 1000}"))
    request = _begin(page, site, OTHER_TRIP.replace("-04-0", f"-04-{width // 1000}"))
    page.goto(f"{site}/requests/drafts/{request}/check")
    page.locator("main form .button").first.click()
    return {"draft": draft, "request": page.url.rpartition("/")[2].partition("?")[0]}


def _begin(page: Tab, site: str, question: str) -> str:
    page.goto(f"{site}/requests/new?{question}")
    page.locator("[name=purpose]").fill("Overleg over stadslogistiek met de partners")
    page.locator("[name=interest]").fill("Kennis voor het plan van volgend jaar")
    page.locator("main form .button").first.click()
    page.locator("main form .button").first.click()
    return page.url.rpartition("/drafts/")[2].partition("/")[0]


def main() -> int:
    """Write the pictures; return 1 where there is no Chromium or no such page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", nargs="*", help="a page (scheme) or a picture (scheme-360)")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--docs", action="store_true", help="the chosen ones, for the docs")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("There is no Chromium. Install it first (Debian: apt install chromium).")
        return 1
    known = {f"{page.name}-{width}" for page in PAGES for width in WIDTHS}
    wanted = set(CHOSEN) if options.docs else set(options.page)
    strange = wanted - known - {page.name for page in PAGES}
    if strange:
        print(f"There is no page {', '.join(sorted(strange))}.")
        return 1
    out = DOCS if options.docs else options.out
    out.mkdir(parents=True, exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name, png in pictures(browser, site, wanted):
            (out / f"{name}.png").write_bytes(png)
            print(out / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
