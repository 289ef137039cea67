"""Open data: a year is published once, when it is over, and never changes afterwards."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from filing_site import FilingSite, Someone
from register_world import by_train, made, store_trips
from sqlalchemy import select

from webapp.hr import invented
from webapp.hr.disclosure_file import publish, years_over
from webapp.organisation import Organisation
from webapp.store import Store
from webapp.store.register import Looked, MadeTrip, OpenYear
from webapp.store.tables import Person


@pytest.fixture
def hr(hr_site: FilingSite) -> Someone:
    return hr_site.somebody("hr")


def year_of_trips(year: int, **more: Any) -> list[dict[str, Any]]:
    """Three units with enough trips of enough people to be shown, and one that has to be hidden."""
    found = [made(unit="d", depart=date(year, 2, 1), **more)]
    for unit in "abc":
        found += [made(unit=unit, depart=date(year, 3, 1 + n), **more) for n in range(6)]
        found += [by_train(unit=unit, depart=date(year, 4, 1 + n), **more) for n in range(7)]
    return found


def cells(hr: Someone) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = hr.get("/hr/open-data.json").get_json()["cells"]
    return [row for row in rows if row["year"]]


def send(hr: Someone, action: str, year: int) -> None:
    hr.get("/hr/open-data")
    answer = hr.post(f"/hr/open-data/{action}", {"year": str(year)})
    assert answer.status_code == 303


def test_nothing_is_given_out_before_hr_publishes_it(hr_site: FilingSite, hr: Someone) -> None:
    store_trips(hr_site.store, year_of_trips(2024))
    assert cells(hr) == []
    page = hr.text("/hr/open-data?year=2024")
    assert "Publiceer 2024" in page
    send(hr, "publish", 2024)
    shown = cells(hr)
    assert {row["year"] for row in shown} == {2024}
    assert [row["trips"] for row in shown if row["unit"] == "b"] == [6, 7, 13]
    assert all(row["trips"] is row["co2e_kg"] is None for row in shown if row["hidden"])
    assert any(row["hidden"] for row in shown if row["unit"] == "d")


def test_a_year_that_is_not_over_cannot_be_published(hr_site: FilingSite, hr: Someone) -> None:
    this_year = datetime.now(UTC).year
    store_trips(hr_site.store, year_of_trips(this_year))
    assert hr.get(f"/hr/open-data?year={this_year}").status_code == 404
    send(hr, "publish", this_year)
    assert cells(hr) == []


def test_last_month_and_this_month_are_the_same_file(hr_site: FilingSite, hr: Someone) -> None:
    """One trip more would be its unit and mode, if the two files were laid side by side."""
    store_trips(hr_site.store, year_of_trips(2024))
    send(hr, "publish", 2024)
    before = [hr.get(f"/hr/open-data.{kind}").data for kind in ("csv", "json")]
    store_trips(hr_site.store, [made(unit="a", depart=date(2024, 5, 5))])
    with hr_site.store.write() as session:
        gone = session.scalars(select(MadeTrip).where(MadeTrip.unit == "b")).first()
        session.delete(gone)
    send(hr, "publish", 2024)
    assert [hr.get(f"/hr/open-data.{kind}").data for kind in ("csv", "json")] == before


def test_a_published_year_keeps_the_names_of_its_units(hr_site: FilingSite, hr: Someone) -> None:
    store_trips(
        hr_site.store, [made(unit="voorbeelddienst", depart=date(2024, 3, n)) for n in range(1, 8)]
    )
    send(hr, "publish", 2024)
    before = cells(hr)
    known: Organisation = hr_site.app.extensions["organisation"]
    text = known.units[0].name.model_copy(update={"nl": "Een nieuwe naam"})
    units = [unit.model_copy(update={"name": text}) for unit in known.units]
    hr_site.app.extensions["organisation"] = known.model_copy(update={"units": units})
    assert cells(hr) == before


def test_what_is_stored_carries_its_hash_and_stands_in_the_log(
    hr_site: FilingSite, hr: Someone
) -> None:
    store_trips(hr_site.store, year_of_trips(2024))
    send(hr, "publish", 2024)
    with hr_site.store.read() as session:
        kept = session.scalars(select(OpenYear)).one()
        line = session.scalars(select(Looked).where(Looked.about == "open data")).one()
    written = json.dumps(kept.cells, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert kept.sha256 == hashlib.sha256(written.encode()).hexdigest() == line.detail["sha256"]
    assert hr.get("/hr/open-data.json").get_json()["published"][0]["sha256"] == kept.sha256
    assert kept.sha256 in hr.text("/hr/open-data?year=2024")


def test_a_withdrawn_year_is_given_out_no_more_and_never_again(
    hr_site: FilingSite, hr: Someone
) -> None:
    store_trips(hr_site.store, [*year_of_trips(2023), *year_of_trips(2024)])
    send(hr, "publish", 2023)
    send(hr, "publish", 2024)
    send(hr, "withdraw", 2023)
    assert {row["year"] for row in cells(hr)} == {2024}
    send(hr, "publish", 2023)
    assert {row["year"] for row in cells(hr)} == {2024}
    assert "niet opnieuw gepubliceerd" in hr.text("/hr/open-data?year=2023")


def test_trips_of_whom_nobody_is_known_are_hidden(hr_site: FilingSite, hr: Someone) -> None:
    store_trips(hr_site.store, [made(traveller="", depart=date(2024, 3, 1 + n)) for n in range(20)])
    send(hr, "publish", 2024)
    assert all(row["hidden"] for row in cells(hr))


def test_invented_years_go_with_the_invented_trips(hr_site: FilingSite, hr: Someone) -> None:
    store_trips(hr_site.store, year_of_trips(2024, invented=True))
    send(hr, "publish", 2024)
    rows = hr.get("/hr/open-data.json").get_json()["cells"]
    assert "verzonnen" in rows[-1]["unit"]
    with hr_site.store.write() as session:
        invented.remove(session, None)
    assert hr.get("/hr/open-data.json").get_json()["published"] == []
    store_trips(hr_site.store, year_of_trips(2024))
    send(hr, "publish", 2024)
    assert "verzonnen" not in hr.get("/hr/open-data.csv").get_data(as_text=True)


def test_two_who_publish_at_once_publish_once(store: Store) -> None:
    store_trips(store, year_of_trips(2024))
    organisation = Organisation.model_construct(bodies=[], units=[], roles={}, people=[])
    with store.write() as session:
        person = Person(issuer="x", subject="hr", name="HR")
        session.add(person)
        session.flush()
        today = date(2026, 11, 22)
        assert years_over(session, today) == [2024]
        first, again = (
            publish(session, organisation, 2024, person_id=person.id, today=today) for _ in "ab"
        )
    assert first is not None
    assert again is None


@pytest.mark.parametrize("year", ["", "x", "20244", "٢٠٢٤"])
def test_a_year_that_is_none_is_not_found(hr: Someone, year: str) -> None:
    hr.get("/hr/open-data")
    assert hr.post("/hr/open-data/publish", {"year": year}).status_code == 404


def test_the_file_cannot_be_cut(hr: Someone) -> None:
    assert hr.get("/hr/open-data.csv?year=2024").status_code == 404
    assert hr.get("/hr/open-data.csv?lang=fr").status_code == 200
