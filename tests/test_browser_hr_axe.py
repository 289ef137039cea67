"""Every page of HR under axe: three languages, a wide and a narrow screen, empty and in error."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from bring_in_world import send
from filing_site import FilingAddress, FilingSite, application
from flask import Flask, template_rendered
from keeping_world import BELFAST, BERLIN, fill
from playwright.sync_api import Browser, Page, expect
from register_world import by_train, made, store_trips
from test_browser_bring_in import BOOKED
from test_match_page import doubtful
from waitress import create_server

from travelplan import Reference
from travelplan.files import destinations_path

pytestmark = pytest.mark.browser

TEMPLATES = Path("webapp/templates/hr")
WIDTHS = (1280, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_AXE = """([runOnly, contrast]) => axe.run({
    runOnly, resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}},
}).then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_OPEN = "document.querySelectorAll('details').forEach(part => part.open = true)"
TRIP, OUT = "1" * 32, "2" * 32
VISIT = "/calendar/visits/new"
LONG = "Dienst Internationale Samenwerking, Europese Fondsen en Stedennetwerken van de stad"


class Site(NamedTuple):
    """A served application, its pages, those whose form is sent as it is, and what it showed."""

    address: FilingAddress
    paths: tuple[str, ...]
    wrong: tuple[str, ...]
    shown: set[str]


def note_template(shown: set[str], _: Flask, template: Any, **__: Any) -> None:
    shown.add(template.name)


@contextmanager
def served(
    room: Path, prepare: Callable[[FilingSite], tuple[tuple[str, ...], ...]]
) -> Iterator[Site]:
    listed = room / "destinations.yaml"
    listed.write_text(destinations_path().read_text("utf-8"), encoding="utf-8")
    site = FilingSite(application(room, destinations=listed))
    paths, wrong = prepare(site)
    shown: set[str] = set()
    note = partial(note_template, shown)
    server = create_server(site.app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    with template_rendered.connected_to(note, site.app):
        address = FilingAddress(site, f"http://127.0.0.1:{server.effective_port}")
        yield Site(address, paths, wrong, shown)
    server.close()
    thread.join(timeout=5)
    site.store.close()


def filled(reference: Reference, site: FilingSite) -> tuple[tuple[str, ...], ...]:
    """Trips of units with long names, some invented; a file at each step; a doubtful match."""
    doubtful(site)
    fill(site.store, reference, BELFAST, 9, invented=True)
    fill(site.store, reference, BERLIN, 3)
    flights = [
        made(unit=unit, reason=reason, verdict="exception", cost_cents=123_456_789, wtw_kg=1e6)
        for unit in ("voorbeelddienst", *(f"{LONG} {n}" for n in range(4)))
        for reason in ("strike", "confidential")
    ]
    own = by_train(place="Parijs", id=TRIP, verdict_of_day="deviated")
    store_trips(site.store, [*flights, own, by_train(id=OUT), made(rail_min=None, tier=None)])
    hr = site.somebody("hr")
    hr.get(f"/hr/trips/{OUT}/take-out")
    assert hr.post(f"/hr/trips/{OUT}/take-out", {"reason": LONG}).status_code == 303
    long = f"{'boekingen_van_het_reisbureau_' * 5}.csv"
    asked = send(hr, BOOKED.encode("cp1252"), long)
    looked = send(hr, BOOKED.replace("Tweede dag", "Terug").encode("cp1252"), long)
    done = send(
        hr, BOOKED.replace("Tweede dag", "Terug").replace("R1", "R7").encode("cp1252"), long
    )
    assert hr.post(f"{done}/confirm").status_code == 303
    paths = (
        *("/hr", "/hr/bring-in", "/hr/bring-in/none", f"{asked}/columns", looked, done),
        *("/hr/matches", "/hr/dashboard", "/hr/dashboard?mode=ferry", "/hr/council?year=2024"),
        *("/hr/dashboard?year=x&unit=y&from=31/2/2024", "/hr/council?year=x", "/hr/export?year=x"),
        *("/hr/council?mode=train", "/hr/export", "/hr/report/2024", "/hr/report/2012"),
        *("/hr/report/2024?accounts_eur=1.234", "/hr/report/2024?accounts_eur=x", "/hr/open-data"),
        *("/hr/trips", "/hr/trips?year=x", "/hr/trips?year=2010", f"/hr/trips/{TRIP}"),
        *(f"/hr/trips/{TRIP}/take-out", "/hr/trips/taken-out"),
        *("/hr/list", f"/hr/list/join:{BELFAST}", f"/hr/list/join:{BERLIN}"),
        *("/hr/what-if?a=fr-arrete-2006&b=ugent&year=2024", "/hr/what-if?a=x&b=y&year=z"),
        *("/hr/demo", "/hr/log", "/hr/nothing", "/my-data", "/calendar", VISIT),
    )
    take_out = f"/hr/trips/{TRIP}/take-out"
    wrong = ("/hr/bring-in", f"{asked}/columns", f"/hr/list/join:{BELFAST}", take_out, VISIT)
    return paths, wrong


def empty(_: FilingSite) -> tuple[tuple[str, ...], ...]:
    """An application in which nothing happened yet."""
    names = ("", "/bring-in", "/matches", "/dashboard", "/council", "/export", "/list", "/what-if")
    return tuple(
        f"/hr{name}"
        for name in (*names, "/demo", "/log", "/trips", "/trips/taken-out", "/open-data")
    ), ()


def faults_of(page: Page, language: str) -> Iterator[tuple[int, object]]:
    """Yield what axe finds, and how far the page scrolls sideways, by width.

    Colours are the same in every language and width; to compare them takes most of the time.
    """
    page.evaluate(_OPEN)
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        contrast = language == "nl" and width == max(WIDTHS)
        if found := page.evaluate(_AXE, [RULES, contrast]):
            yield width, found
        if (over := page.evaluate(_OVERFLOW)) > 0:
            yield width, f"{over} px too wide"


def walk(browser: Browser, site: Site, language: str) -> dict[str, list[object]]:
    """Open every page in a language, send every form that is wrong, and return what is found."""
    context, page = site.address.opened(browser, "hr")
    found: dict[str, list[object]] = {}
    for path in site.paths:
        page.goto(f"{site.address.address}{path}{'&' if '?' in path else '?'}lang={language}")
        found[path] = list(faults_of(page, language))
    for path in site.wrong:
        page.goto(f"{site.address.address}{path}?lang={language}")
        page.locator("main form .button").first.click()
        expect(page.locator("#faults")).to_be_focused()
        found[f"{path}, wrong"] = list(faults_of(page, language))
    context.close()
    return {path: faults for path, faults in found.items() if faults}


def test_axe_finds_nothing_on_any_page_in_any_language_at_any_width(
    browser: Browser, tmp_path: Path, reference: Reference
) -> None:
    shown: set[str] = set()
    for name, prepare in (("filled", partial(filled, reference)), ("empty", empty)):
        room = tmp_path / name
        room.mkdir()
        with served(room, prepare) as site:
            for language in ("nl", "fr", "en"):
                assert walk(browser, site, language) == {}, (name, language)
            shown |= site.shown
    pages = {path for path in TEMPLATES.iterdir() if "{% extends" in path.read_text("utf-8")}
    assert {f"hr/{path.name}" for path in pages} - shown == set()
