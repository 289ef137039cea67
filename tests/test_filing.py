"""Filing: once, whole or not at all, with its evidence, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from request_world import BY_PLANE, BY_TRAIN, DESK, IN_CONFIDENCE, ORGANISATION, Office
from sqlalchemy import func, select

from travelplan import Reference
from travelplan.report.record import fingerprint
from webapp.requests.chain import deciders, waiting_step
from webapp.requests.filing import AlreadyFiledError
from webapp.store import Store
from webapp.store.tables import Mail, Request, Version


@pytest.fixture
def office(store: Store, reference: Reference) -> Office:
    return Office.with_everybody(store, reference)


def test_a_filed_trip_waits_for_the_first_of_the_chain(office: Office) -> None:
    id_ = office.file()

    with office.store.read() as session:
        request = office.request(session, id_)
        functions = [step.function for step in request.current.steps]
        first = waiting_step(request.current)
        today = request.filed_at.date()
        who = deciders(session, request.current, ORGANISATION, today)
        assert first is not None
        assert request.status == "waiting"
        assert functions == [
            "head-of-service",
            "head-of-department",
            "alderman",
            "general-director",
        ]
        assert first.function == "head-of-service"
        assert [person.subject for person in who] == ["diensthoofd"]
        assert [event.what for event in request.events] == ["filed"]


def test_the_evidence_is_frozen_whole_and_can_be_checked(office: Office) -> None:
    id_ = office.file()

    with office.store.read() as session:
        version = office.request(session, id_).current
        record = dict(version.evidence)
        sealed = {**record, "evidence": {"versions": record["evidence"]["versions"]}}
        assert fingerprint(sealed) == version.evidence_sha256
        assert record["outcome"] == version.outcome == "train_mandatory"


def test_a_draft_is_sent_once_however_often_one_clicks(office: Office) -> None:
    traveller = office.person("reiziger")
    with office.store.write() as session:
        draft = office.draft(session, traveller)
    for _ in range(3):
        with office.store.write() as session:
            filing = office.filing()
            DESK.file(session, draft, filing, traveller=traveller, filer=traveller)

    with office.store.read() as session:
        assert session.scalar(select(func.count(Request.id))) == 1
        assert session.scalar(select(func.count(Version.id))) == 1


def test_the_same_trip_from_a_second_tab_is_not_filed_again(office: Office) -> None:
    first = office.file()
    with pytest.raises(AlreadyFiledError) as refused:
        office.file()
    assert refused.value.request_id == first

    traveller = office.person("reiziger")
    with office.store.write() as session:
        DESK.withdraw(session, office.request(session, first), traveller)
    assert office.file() != first


def test_a_changed_trip_is_a_new_version_with_a_new_decision(office: Office) -> None:
    id_, traveller = office.file(), office.person("reiziger")
    with office.store.write() as session:
        draft = office.draft(session, traveller, changes=id_)
        filing = office.filing(destination="Barcelona")
        DESK.file(session, draft, filing, traveller=traveller, filer=traveller)

    with office.store.read() as session:
        request = office.request(session, id_)
        assert [version.outcome for version in request.versions] == [
            "train_mandatory",
            "free_choice",
        ]
        assert request.status == "waiting"
        assert [event.what for event in request.events] == ["filed", "changed"]


def test_what_is_filed_for_somebody_waits_for_them(office: Office) -> None:
    id_ = office.file(by="collega", for_="reiziger")
    with office.store.write() as session:
        request = office.request(session, id_)
        assert request.status == "to_confirm"
        DESK.confirm(session, request, office.person("collega"))
        assert request.status == "to_confirm"
        DESK.confirm(session, request, office.person("reiziger"))
        assert request.status == "waiting"


def test_a_confidential_reason_is_confirmed_by_hr_first_and_keeps_no_text(office: Office) -> None:
    with_text = office.file(BY_PLANE)
    without = office.file(IN_CONFIDENCE, depart="2027-04-05")

    with office.store.read() as session:
        open_ = office.request(session, with_text).current
        kept = office.request(session, without).current
        assert open_.justification
        assert open_.steps[0].function == "head-of-service"
        assert (kept.justification, kept.steps[0].function) == ("", "hr")


@pytest.mark.parametrize(
    ("traveller", "passed", "waits"),
    [
        ("diensthoofd", ["head-of-service"], "head-of-department"),
        ("departementshoofd", [], "head-of-service"),
        ("reiziger", [], "head-of-service"),
    ],
)
def test_nobody_decides_on_their_own_request(
    office: Office, traveller: str, passed: list[str], waits: str
) -> None:
    id_ = office.file(by=traveller)
    with office.store.read() as session:
        version = office.request(session, id_).current
        up = [step.function for step in version.steps if step.decision == "passed_up"]
        step = waiting_step(version)
        assert step is not None
        assert (up, step.function) == (passed, waits)


def test_the_college_decides_on_a_trip_of_an_elected_member(office: Office) -> None:
    id_ = office.file(by="schepen", role="elected")
    with office.store.read() as session:
        steps = office.request(session, id_).current.steps
        assert [(step.function, step.numbered) for step in steps] == [("college", True)]


def test_mail_is_queued_with_what_it_tells_of(office: Office) -> None:
    office.file(BY_PLANE)
    with office.store.read() as session:
        mails = session.scalars(select(Mail)).all()
        assert {mail.recipient.split("@")[0] for mail in mails} == {"diensthoofd", "reiziger"}
        assert not any("x" * 30 in mail.text for mail in mails)


def test_a_filing_that_fails_leaves_nothing_behind(office: Office) -> None:
    traveller = office.person("reiziger")
    with office.store.write() as session:
        draft = office.draft(session, traveller)

    def fail() -> None:
        with office.store.write() as session:
            filing = office.filing(BY_TRAIN)
            DESK.file(session, draft, filing, traveller=traveller, filer=traveller)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with office.store.read() as session:
        assert session.scalar(select(func.count(Request.id))) == 0
        assert session.scalar(select(func.count(Mail.id))) == 0
