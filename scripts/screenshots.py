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
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from webapp import create_app

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
    """One page: what its pictures are called, and its address."""

    name: str
    path: str


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
)
CHOSEN = (
    "form-1280",
    "answer-1280",
    "answer-360",
    "scheme-1280",
    "destinations-360",
    "trains-1280",
)
"""The pictures that stand in the docs."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the form on a free port of this machine for as long as it is used."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
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
        for name, path in PAGES:
            picture = f"{name}-{width}"
            if not wanted or wanted & {name, picture}:
                page.goto(site + path)
                yield picture, page.screenshot(full_page=True)
        context.close()


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
