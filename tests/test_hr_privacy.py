"""Nobody is named: names, codes and texts planted everywhere, and every output searched."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest
from filing_site import FilingSite, Someone
from request_world import BY_PLANE, DESK, IN_CONFIDENCE, ORGANISATION, PURPOSE, Office
from sqlalchemy import select

from travelplan import Reference
from webapp.hr.bring_in_store import Dock
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Registrar
from webapp.requests.filing import Participant
from webapp.store.columns import now
from webapp.store.register import MadeTrip
from webapp.store.tables import Person, Request, Step

CANARIES = (
    "Kanarie-Naam",
    "kanarie-purpose",
    "kanarie-interest",
    "kanarie-participant",
    "kanarie-justification",
    "kanarie-comment",
    "kanarie-project",
    "kanarie-file",
    "kanarie-typed",
)
CODES = ("confidential", "ertrouwelijk", "onfidentiel", "besproken met HR")
HEAD = "trip_id;traveller;destination;depart;return;mode;travellers;unit;reason;role\n"
COUNCIL = ("/hr/council", "/hr/council.csv", "/hr/council.xlsx", "/hr/council.json")
FILES = ("/hr/trips.csv", "/hr/trips.xlsx", "/hr/trips.json", "/hr/inventory.csv")
OPEN = ("/hr/inventory.json", "/hr/inventory.xlsx", "/hr/open-data.csv", "/hr/open-data.json")
PAGES = ("/hr/dashboard", "/hr/report/2024", "/hr/export", "/hr/open-data", "/hr/open-data.xlsx")
EVERYTHING = (*COUNCIL, *FILES, *OPEN, *PAGES)


@pytest.fixture
def hr(filing_site: FilingSite, reference: Reference) -> Someone:
    """HR, with a register in which something is planted wherever a person can write."""
    office = Office.with_everybody(filing_site.store, reference)
    purpose = replace(
        PURPOSE,
        purpose="kanarie-purpose",
        interest="kanarie-interest",
        participants=(Participant("kanarie-participant", "kanarie-participant"),),
        project="kanarie-project",
    )
    in_2024 = {"depart": "2024-03-04", "nights": "2"}
    open_ = replace(BY_PLANE, justification="kanarie-justification" * 2)
    for choice, place in ((IN_CONFIDENCE, "Berlijn"), (open_, "Parijs")):
        filing = office.filing(choice, destination=place, **in_2024)
        filing = replace(filing, purpose=purpose)
        person = office.person("reiziger")
        with office.store.write() as session:
            draft = office.draft(session, person)
            id_ = DESK.file(session, draft, filing, traveller=person, filer=person).id
        with office.store.write() as session:
            request = session.get_one(Request, id_)
            request.status = "approved"
            for step in request.current.steps:
                step.decision, step.decided_at, step.comment = "approved", now(), "kanarie-comment"
                step.decision_number, step.numbered = "2024_CBS_1", True
    with office.store.write() as session:
        for person in session.scalars(select(Person)):
            person.name = f"Kanarie-Naam {person.subject}"
    registrar = Registrar(reference, ORGANISATION, Pseudonyms(b"a key"))
    dock = Dock(office.store, lambda: registrar)
    rows = (
        "7;reiziger;Berlijn;4/3/2024;6/3/2024;plane;1;;;staff",
        "8;reiziger;Parijs;4/3/2024;6/3/2024;plane;1;;;staff",
        "9;kanarie-file;Keulen;4/3/2024;6/3/2024;plane;1;;vertrouwelijk;staff",
        "10;kanarie-file;Keulen;5/3/2024;6/3/2024;plane;1;;confidential;elected",
        "11;kanarie-file;Keulen;6/3/2024;8/3/2024;plane;1;;kanarie-typed;staff",
    )
    content = (HEAD + "".join(f"{row}\n" for row in rows)).encode()
    by = office.person("hr")
    dock.confirm(dock.hold("kanarie-file.csv", content, "Agency", by), by)
    return filing_site.somebody("hr")


def text_of(data: bytes) -> str:
    """The text of an answer; of a workbook that of all its parts."""
    if not data.startswith(b"PK"):
        return unescape(data.decode("utf-8-sig"))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return " ".join(parts.read(name).decode("utf-8") for name in parts.namelist())


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_no_output_holds_anything_that_was_planted(hr: Someone, language: str) -> None:
    for path in EVERYTHING:
        answer = hr.client.get(f"{path}?lang={language}")
        assert answer.status_code == 200, path
        text = text_of(answer.data)
        body = text[text.find("<main") :] if "<main" in text else text  # the head has who is in
        rest = re.sub(r"<p>[^<]*</p>", "", body)  # that such reasons are hidden may be said
        found = [word for word in CANARIES if word.lower() in body.lower()]
        found += [word for word in CODES if word.lower() in rest.lower()]
        assert not found, f"{path} holds {found}"
        sent = str(answer.headers.get("Content-Disposition", ""))
        assert not [word for word in (*CANARIES, *CODES) if word in sent]


def test_the_trips_are_there_all_the_same(hr: Someone) -> None:
    """The search above would find nothing in empty files either."""
    text = hr.get("/hr/council.csv").get_data(as_text=True)
    assert text.count("2024-03-0") == 5
    assert "Andere reden" in text
    trips = hr.get("/hr/trips.json").get_data(as_text=True)
    assert trips.count('"decision_evidence": {') == 2
    assert '"approver_role": "hr"' not in trips


def test_a_confidential_reason_reads_like_any_other_reason(hr: Someone) -> None:
    rows = hr.get("/hr/council.json?lang=en").get_json()["trips"]
    assert {row["reason"] for row in rows if row["destination"] == "Cologne"} == {
        "Other reason",
        "No reason given",
    }


def test_an_elected_member_without_a_published_decision_has_no_name(
    filing_site: FilingSite, hr: Someone
) -> None:
    rows = hr.get("/hr/council.json").get_json()["trips"]
    assert all((row["decision"], row["elected_member"]) == ("", "") for row in rows)


def test_a_name_goes_from_the_answer_when_it_goes_from_the_store(
    filing_site: FilingSite, hr: Someone
) -> None:
    with filing_site.store.write() as session:
        trip = session.scalars(select(MadeTrip).where(MadeTrip.request_id.is_not(None))).first()
        assert trip is not None
        request = session.get_one(Request, trip.request_id)
        trip.role = request.current.role = "elected"
        session.flush()
        steps = session.scalars(select(Step).where(Step.version_id == request.current.id)).all()
        assert all(step.decision_number for step in steps)
    assert "Kanarie-Naam" in hr.get("/hr/council.csv").get_data(as_text=True)
    with filing_site.store.write() as session:
        session.get_one(Person, request.traveller_id).issuer = "pseudonym"
    text = hr.get("/hr/council.csv").get_data(as_text=True)
    assert "2024_CBS_1" in text
    assert "Kanarie-Naam" not in text
