"""What is kept of a person, for that person: everything, and nothing of anybody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filing_site import FilingSite
from keeping_world import BERLIN, fill
from request_world import BY_PLANE, Office
from sqlalchemy import select

from travelplan import Reference
from webapp.hr import access
from webapp.hr.pseudonyms import Pseudonyms
from webapp.store.looked import OPENED, note
from webapp.store.register import Looked
from webapp.store.tables import Delegation, Table

KEY = "a key of the tests, which is no secret"


@pytest.fixture
def office(hr_site: FilingSite, reference: Reference) -> Office:
    """An office in which two people filed the same trip."""
    found = Office.with_everybody(hr_site.store, reference)
    found.file(BY_PLANE)
    found.file(by="collega")
    return found


def own_file(site: FilingSite, subject: str) -> dict[str, list[dict[str, object]]]:
    loaded: dict[str, list[dict[str, object]]] = json.loads(
        site.somebody(subject).text("/my-data/file")
    )
    return loaded


@pytest.mark.usefixtures("office")
def test_a_person_gets_their_request_with_every_text_and_none_of_others(
    hr_site: FilingSite,
) -> None:
    found = own_file(hr_site, "reiziger")
    assert len(found["requests"]) == 1
    told = json.dumps(found)
    assert "x" * 30 in told
    assert "Overleg over stadslogistiek" in told
    assert "Proefcollega" not in told


def test_trips_of_the_register_are_found_by_the_pseudonym(
    hr_site: FilingSite, reference: Reference
) -> None:
    pseudonym = Pseudonyms(KEY.encode()).of("reiziger")
    fill(hr_site.store, reference, BERLIN, 2, traveller=pseudonym)
    assert len(own_file(hr_site, "reiziger")["trips of the register"]) == 2
    assert own_file(hr_site, "collega")["trips of the register"] == []


def test_who_looked_at_somebody_stands_in_what_they_get(
    hr_site: FilingSite, office: Office
) -> None:
    with hr_site.store.write() as session:
        note(session, office.person("hr").id, OPENED, office.person("reiziger").id)
    assert [line["name"] for line in own_file(hr_site, "reiziger")["looked at you"]] == ["Proef-HR"]
    assert "Proef-HR" in hr_site.somebody("reiziger").text("/my-data")
    assert own_file(hr_site, "collega")["looked at you"] == []


def test_every_table_that_points_to_a_person_is_in_it(hr_site: FilingSite) -> None:
    found = own_file(hr_site, "reiziger")
    apart = {"request": "requests", "draft": "drafts", "version": "requests", "step": "requests"}
    apart |= {"booking": "requests", "event": "requests"}
    for table in Table.metadata.sorted_tables:
        if any(key.column.table.name == "person" for key in table.foreign_keys):
            assert apart.get(table.name, table.name) in found


def test_what_was_handed_over_is_in_it_for_both(hr_site: FilingSite, office: Office) -> None:
    day = office.reference.scheme.newest.first_day
    giver, taker = office.person("diensthoofd"), office.person("collega")
    with hr_site.store.write() as session:
        session.add(
            Delegation(
                giver_id=giver.id, taker_id=taker.id, made_by=giver.id, first_day=day, last_day=day
            )
        )
    for subject in ("diensthoofd", "collega"):
        assert len(own_file(hr_site, subject)["delegation"]) == 1


def test_no_secret_of_a_session_is_given_out(hr_site: FilingSite) -> None:
    assert "token" not in hr_site.somebody("reiziger").text("/my-data/file")


def test_nobody_sees_it_without_signing_in(hr_site: FilingSite) -> None:
    assert hr_site.app.test_client().get("/my-data/file").status_code == 302


@pytest.mark.usefixtures("office")
def test_the_command_writes_the_same_and_leaves_a_line_in_the_log(
    hr_site: FilingSite, store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAVELPLAN_PSEUDONYM_KEY", KEY)
    out = tmp_path / "reiziger.json"
    assert access.main(["--database", store_url, "reiziger", "--out", str(out)]) == 0
    (found,) = json.loads(out.read_text(encoding="utf-8"))
    assert len(found["requests"]) == 1
    with hr_site.store.read() as session:
        line = session.scalars(select(Looked)).one()
    assert (line.what, line.about) == ("exported", found["person"]["id"])


def test_the_command_names_somebody_that_it_does_not_know(
    store_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRAVELPLAN_PSEUDONYM_KEY", KEY)
    assert access.main(["--database", store_url, "niemand"]) == 2
    assert "niemand" in capsys.readouterr().err
