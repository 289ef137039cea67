"""The invented trips of Voorbeeldstad: 740, marked, and gone again in one command."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cases_reader import ROOT
from filing_site import FilingSite
from keeping_world import BERLIN, fill
from sqlalchemy import func, select

from travelplan import Reference
from webapp.hr import demo
from webapp.store import Store
from webapp.store.looked import faults
from webapp.store.register import Grounds, MadeTrip

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
    for path in ("/hr", "/hr/list", "/hr/what-if"):
        assert 'id="invented"' in hr.text(path), path
    assert "740" in hr.text("/hr/demo")
    assert hr.post("/hr/demo/remove").status_code == 303
    assert trips(hr_site.store) == 0
    assert 'id="invented"' not in hr.text("/hr")


def test_the_command_of_travelplan_fills_and_removes(store: Store, store_url: str) -> None:
    for more in ([], ["--remove"]):
        command = [sys.executable, "-m", "travelplan", "demo", "--database", store_url, *more]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        assert "740" in ran.stdout
    assert trips(store) == 0
