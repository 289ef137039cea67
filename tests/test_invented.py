"""The invented trips of Voorbeeldstad: 740, marked, and gone again in one command."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date

import pytest
from cases_reader import ROOT
from filing_site import FilingSite
from keeping_world import BERLIN, fill
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from travelplan import Reference
from webapp.hr import demo
from webapp.store import Store
from webapp.store.looked import faults
from webapp.store.register import Grounds, MadeTrip

PATHS = (
    *("/hr", "/hr/dashboard", "/hr/council", "/hr/export", "/hr/report/2025", "/hr/list"),
    *("/hr/what-if", "/hr/what-if?a=stad-gent&b=ugent&year=2025"),
)
SUGGESTED = re.compile(r"/hr/list/join:gn:\d+")
KEY = "a key of the tests, which is no secret"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAVELPLAN_PSEUDONYM_KEY", KEY)


def trips(store: Store, *, invented: bool = True) -> int:
    with store.read() as session:
        chosen = select(func.count()).where(MadeTrip.invented.is_(invented))
        return session.scalar(chosen) or 0


def test_it_fills_in_740_marked_trips_of_2021_to_2026_once(store: Store, store_url: str) -> None:
    assert demo.main(["--database", store_url]) == 0
    assert demo.main(["--database", store_url]) == 0
    assert trips(store) == 740
    with store.read() as session:
        years = {day.year for day in session.scalars(select(MadeTrip.depart))}
        assert years == set(range(2021, 2027))
        assert list(faults(session)) == []


def test_one_command_takes_out_the_invented_trips_and_nothing_else(
    store: Store, store_url: str, reference: Reference
) -> None:
    fill(store, reference, BERLIN, 2)
    demo.main(["--database", store_url])
    assert demo.main(["--database", store_url, "--remove"]) == 0
    assert (trips(store), trips(store, invented=False)) == (0, 2)
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Grounds)) == 0


def test_on_first_use_it_fills_once_and_never_again_after_they_were_taken_out(
    store: Store, store_url: str
) -> None:
    first = ["--database", store_url, "--first"]
    demo.main(first)
    assert trips(store) == 740
    demo.main(["--database", store_url, "--remove"])
    demo.main(first)
    assert trips(store) == 0


def test_on_first_use_nothing_is_filled_in_beside_real_trips(
    store: Store, store_url: str, reference: Reference
) -> None:
    fill(store, reference, BERLIN, 1)
    demo.main(["--database", store_url, "--first"])
    assert trips(store) == 0


def test_every_page_that_shows_them_says_so_and_one_button_takes_them_out(
    hr_site: FilingSite, store_url: str
) -> None:
    demo.main(["--database", store_url])
    hr = hr_site.somebody("hr")
    suggested = SUGGESTED.search(hr.text("/hr/list"))
    assert suggested
    for path in (*PATHS, suggested[0]):
        assert 'id="invented"' in hr.text(path), path
    assert 'id="invented"' not in hr.text("/calendar?past=1")  # of trips that were asked for alone
    assert "740" in hr.text("/hr/demo")
    assert hr.post("/hr/demo/remove").status_code == 303
    assert trips(hr_site.store) == 0
    for path in ("/hr", "/hr/dashboard", "/hr/council", "/hr/export", "/hr/list", "/hr/what-if"):
        assert 'id="invented"' not in hr.text(path), path


@pytest.mark.parametrize("name", ["trips", "council"])
def test_every_file_says_of_each_trip_whether_it_is_invented(
    hr_site: FilingSite, store_url: str, reference: Reference, name: str
) -> None:
    demo.main(["--database", store_url])
    flown = {"mode": "plane", "rail_min": 400, "limit_min": 480, "depart": date(2025, 3, 4)}
    fill(hr_site.store, reference, BERLIN, 1, **flown)
    hr = hr_site.somebody("hr")
    text = hr.get(f"/hr/{name}.csv").get_data().decode("utf-8-sig")
    cells = [row["invented"] for row in csv.DictReader(io.StringIO(text))]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(hr.client.get(f"/hr/{name}.xlsx").get_data()))
    head, *rows = sheet.get_sheet_by_index(0).to_python()
    records = json.loads(hr.get(f"/hr/{name}.json").get_data())["trips"]
    for found in (
        cells,
        [str(row[head.index("invented")]) for row in rows],
        [str(record["invented"]).lower() for record in records],
    ):
        assert set(found) == {"true", "false"}
        assert found.count("false") == 1


def test_open_data_of_invented_trips_says_so_and_real_trips_take_their_place(
    hr_site: FilingSite, store_url: str, reference: Reference
) -> None:
    demo.main(["--database", store_url])
    hr = hr_site.somebody("hr")
    hr.get("/hr/open-data")
    assert hr.post("/hr/open-data/publish", {"year": "2025"}).status_code == 303
    for kind in ("csv", "json"):
        assert "verzonnen" in hr.text(f"/hr/open-data.{kind}")
    fill(hr_site.store, reference, BERLIN, 1)
    text = hr.text("/hr/open-data.csv")
    assert "verzonnen" not in text
    assert "Cultuur" not in text


def test_the_command_of_travelplan_fills_and_removes(store: Store, store_url: str) -> None:
    for more in ([], ["--remove"]):
        command = [sys.executable, "-m", "travelplan", "demo", "--database", store_url, *more]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        assert "740" in ran.stdout
    assert trips(store) == 0
