"""An HR officer's whole path in a real Chromium, in Dutch, by keyboard, and without JavaScript."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from filing_site import FilingSite
from keeping_world import BELFAST
from keyboard import Keyboard
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook
from waitress import create_server

from travelplan.files import load_destinations

pytestmark = pytest.mark.browser

LYON = "gn:2996944"
HEADERS = "Dossier;Waarheen;Heenreis op;Terugreis op;Soort;Afrekening;Wie betaalt"
COLUMNS = (
    *("Nummer van de reis", "Naar", "Dag van vertrek", "Dag van terugkeer"),
    *("Vervoermiddel", "Kostprijs in euro", "Dienst"),
)
WRONG = (
    ("W1;Lyon;31/2/2024;2/3/2024;vlucht;220,00;Cultuur", "De dag 31/2/2024 bestaat niet"),
    ("W2;Melle;1/3/2024;2/3/2024;trein;8,40;Cultuur", "Er is meer dan één “Melle”"),
    ("W3;Nergenshuizen;1/3/2024;2/3/2024;trein;8,40;Jeugd", "We kennen “Nergenshuizen” niet"),
    ("W4;Genève;1/3/2024;2/3/2024;trein;-12,50;Jeugd", "Een kost is niet negatief"),
)
TODAY = date.today()


def booked() -> list[tuple[date, str, str, str]]:
    """Day of departure, place, mode and unit of thirty right rows, the newest first."""
    places = ("Lyon", "Belfast", "Genève", "Parijs", "Zürich")
    units = ("Cultuur", "Mobiliteit & Leefmilieu")
    return [
        (
            TODAY - timedelta(days=20 + 9 * n),
            places[n % 5],
            "trein" if n % 5 == 3 else "vlucht",
            units[n % 2],
        )
        for n in range(30)
    ]


RIGHT = booked()
YEAR = str(RIGHT[0][0].year)
CHOSEN = [row for row in RIGHT if row[0].year == int(YEAR) and row[3] == "Cultuur"]


def written() -> bytes:
    """The file as a travel agency sends it: windows-1252, semicolons, decimal commas."""
    days = "{0:%d/%m/%Y};{1:%d/%m/%Y}"
    rows = [
        f"D{n};{place};{days.format(day, day + timedelta(days=2))};{mode};1.2{n:02},50;{unit}"
        for n, (day, place, mode, unit) in enumerate(RIGHT)
    ]
    return "\r\n".join([HEADERS, *rows, *(row for row, _ in WRONG), ""]).encode("cp1252")


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """The path is walked on one store; what it does is tested on both."""
    return f"sqlite:///{tmp_path}/travelplan.db"


@pytest.fixture
def address(hr_site: FilingSite) -> Iterator[str]:
    server = create_server(hr_site.app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def keys(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Keyboard]:
    context = browser.new_context(locale="nl-BE", java_script_enabled=request.param)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    yield Keyboard(page)
    context.close()


def test_from_a_file_of_bookings_to_the_answer_and_the_list(
    keys: Keyboard, hr_site: FilingSite, tmp_path: Path
) -> None:
    keys.reach("Proef-HR")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    keys.enter("Opvolging", "Opvolging")
    bring_in(keys, tmp_path)
    map_columns(keys)
    take_what_is_left_out(keys, tmp_path)
    kg = confirm_and_look(keys)
    answer_the_council(keys, tmp_path)
    give_out(keys, tmp_path, kg)
    review_the_list(keys, hr_site)


def bring_in(keys: Keyboard, room: Path) -> None:
    file = room / "boekingen.csv"
    file.write_bytes(written())
    keys.enter("Lees een eerste bestand in", "Geboekte reizen inlezen")
    keys.write("supplier", "Bureau Noord")
    keys.refused("Bekijk het bestand", "file")
    expect(keys.page.locator("#supplier")).to_have_value("Bureau Noord")
    keys.attach("file", file)
    keys.enter("Bekijk het bestand", "Wat staat in welke kolom?")


def map_columns(keys: Keyboard) -> None:
    for number, column in enumerate(COLUMNS[:-1], 1):
        keys.write(f"column-{number}", column)
    keys.refused("Verder", "column-7")
    expect(keys.page.locator("#column-6 option:checked")).to_have_text(COLUMNS[5])
    keys.write("column-7", COLUMNS[6])
    keys.enter("Verder", "Eerst bekijken, dan bevestigen")
    expect(keys.page.locator(".counts li")).to_have_text(
        [re.compile(r"30\s+rijen zijn juist"), re.compile(r"1\s+rij is"), re.compile(r"3\s+rijen")]
    )


def take_what_is_left_out(keys: Keyboard, room: Path) -> None:
    path = keys.download("Weggelaten rijen als CSV", room)
    head, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")
    assert head == [*HEADERS.split(";"), "wat er fout is"]
    assert len(rows) == len(WRONG)
    for row, (_, reason) in zip(rows, WRONG, strict=True):
        assert reason in row[-1]


def confirm_and_look(keys: Keyboard) -> str:
    """Confirm, narrow the dashboard to a unit in a year, and return its kilograms."""
    keys.enter("Bevestig", "Ingelezen")
    expect(keys.page.locator(".note.done")).to_contain_text("30 reizen staan nu in het register")
    keys.enter("Naar het dashboard", "Dashboard")
    keys.write("year", YEAR)
    keys.write("unit", "Cultuur")
    keys.enter("Toon deze reizen", "Dashboard")
    expect(keys.page).to_have_url(re.compile(f"year={YEAR}&unit=Cultuur"))
    figures = keys.page.locator(".heads dd:not(.hint)")
    expect(figures.first).to_have_text(str(len(CHOSEN)))
    return figures.nth(2).inner_text()


def answer_the_council(keys: Keyboard, room: Path) -> None:
    """The answer is one stroke from the start of HR, and its file the second."""
    keys.enter("Opvolging", "Opvolging")
    keys.strokes = 0
    keys.enter("Antwoord voor de gemeenteraad", "Antwoord voor de gemeenteraad")
    in_time = [row for row in RIGHT if row[1] in ("Lyon", "Genève", "Zürich")]
    expect(keys.page.get_by_role("status")).to_contain_text(
        f"{len(in_time)} vluchten naar plaatsen"
    )
    expect(keys.page.locator("#by-unit")).to_contain_text("Mobiliteit & Leefmilieu")
    expect(keys.page.locator("#by-unit")).to_contain_text("Geen reden gegeven")
    rows = keys.download("Als CSV", room).read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(in_time)
    assert keys.strokes <= 3


def give_out(keys: Keyboard, room: Path, kg: str) -> None:
    """Each file of the chosen trips, and the report, agree with the dashboard."""
    keys.enter("Opvolging", "Opvolging")
    keys.enter("Export en jaarverslag", "Export en jaarverslag")
    keys.write("year", YEAR)
    keys.write("unit", "Cultuur")
    keys.enter("Toon deze reizen", "Export en jaarverslag")
    sheet = keys.download("Reizen als Excel", room)
    table = keys.download("Reizen als CSV", room)
    document = keys.download("Reizen als JSON", room)
    head, *rows = CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()
    kept = [
        [dict(zip(head, row, strict=True)) for row in rows],
        list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig")))),
        json.loads(document.read_text("utf-8"))["trips"],
    ]
    for trips in kept:
        assert {trip["trip_id"] for trip in trips} == {
            f"D{n}" for n, row in enumerate(RIGHT) if row in CHOSEN
        }
        assert f"{round(sum(float(trip['co2e_kg']) for trip in trips)):,}".replace(",", ".") in kg
    keys.enter(YEAR, f"Dienstreizen in {YEAR}")
    made = sum(row[0].year == int(YEAR) for row in RIGHT)
    expect(keys.page.locator("#in-short td").first).to_have_text(str(made))


def review_the_list(keys: Keyboard, site: FilingSite) -> None:
    """Accept one suggestion with a reason, and refuse another."""
    keys.enter("Opvolging", "Opvolging")
    keys.enter("Nazicht van de lijst", "Nazicht van de lijst")
    keys.enter("Belfast", "Belfast")
    keys.reach("verdict")
    keys.page.keyboard.press("Space")
    keys.refused("Schrijf de beslissing op", "why")
    expect(keys.page.locator("#verdict")).to_be_checked()
    keys.write("why", "Overleg met de haven, zes keer per jaar")
    keys.enter("Schrijf de beslissing op", "Nazicht van de lijst")
    expect(keys.page.locator("#done")).to_contain_text("Belfast")
    keys.enter("Lyon", "Lyon")
    keys.reach("verdict")
    keys.page.keyboard.press("ArrowDown")
    keys.write("why", "Het netwerk van steden stopt dit jaar")
    keys.enter("Schrijf de beslissing op", "Nazicht van de lijst")
    expect(keys.page.locator("#refused")).to_contain_text("Het netwerk van steden stopt dit jaar")
    listed = load_destinations(site.app.extensions["config"].destinations)
    joined = next(entry for entry in listed.entries if entry.place == BELFAST)
    assert (joined.status, joined.history[-1].by) == ("listed", "Proef-HR")
    assert [refusal.suggestion for refusal in listed.refused] == [f"join:{LYON}"]
