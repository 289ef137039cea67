"""Deciding: by who may, once, never by silence, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from request_world import BY_PLANE, BY_TRAIN, DESK, IN_CONFIDENCE, ORGANISATION, Office
from sqlalchemy import func, select

from travelplan import InputError, Reference
from webapp.approvals.decide import NotYoursError, TooLateError, Typed, decide
from webapp.approvals.reminders import MOST_REMINDERS, remind
from webapp.approvals.stand_ins import TypedStandIn, arrange, end
from webapp.approvals.waiting import may_see, stuck, waiting_for
from webapp.organisation import Organisation
from webapp.requests.chain import waiting_step
from webapp.requests.filing import Desk, NotChangeableError
from webapp.store import Store
from webapp.store.columns import now
from webapp.store.tables import Delegation, Event, Mail, Person, Step

TODAY = now().date()
AGREE = Typed("approved")
REFUSE = Typed("refused", "Er is geen budget meer.")
ASK = Typed("change_asked", "Kies een goedkoper hotel.")
CHAIN = ("diensthoofd", "departementshoofd", "schepen", "algemeen-directeur")


@pytest.fixture
def office(store: Store, reference: Reference) -> Office:
    return Office.with_everybody(store, reference)


def waiting_id(office: Office, request_id: str) -> str:
    with office.store.read() as session:
        step = waiting_step(office.request(session, request_id).current)
        assert step is not None
        return step.id


def says(
    office: Office,
    who: str,
    request_id: str,
    typed: Typed = AGREE,
    *,
    step_id: str = "",
    desk: Desk = DESK,
) -> None:
    step_id = step_id or waiting_id(office, request_id)
    person = office.person(who)
    with office.store.write() as session:
        decide(
            session,
            desk,
            request_id=request_id,
            step_id=step_id,
            person=person,
            typed=typed,
            on=TODAY,
        )


def status(office: Office, request_id: str) -> str:
    with office.store.read() as session:
        return office.request(session, request_id).status


def stand_in(office: Office, giver: str, taker: str, made_by: str = "", **days: str) -> str:
    typed = TypedStandIn(
        taker=taker,
        first_day=days.get("first", TODAY.isoformat()),
        last_day=days.get("last", TODAY.isoformat()),
        giver=giver if made_by else "",
    )
    maker = office.person(made_by or giver)
    with office.store.write() as session:
        made = arrange(
            session,
            ORGANISATION,
            typed,
            made_by=maker,
            for_anyone=bool(made_by),
            today=TODAY,
        )
        return made.id


def mails_to(office: Office, who: str) -> list[Mail]:
    with office.store.read() as session:
        rows = session.scalars(select(Mail).order_by(Mail.queued_at)).all()
        return [mail for mail in rows if mail.recipient.startswith(f"{who}@")]


def test_a_trip_is_approved_after_the_last_of_the_chain_and_not_before(office: Office) -> None:
    id_ = office.file()
    for who in CHAIN[:-1]:
        says(office, who, id_)
        assert status(office, id_) == "waiting"
    says(office, CHAIN[-1], id_)
    assert status(office, id_) == "approved"
    with office.store.read() as session:
        events = [event.what for event in office.request(session, id_).events]
        assert events == ["filed", *["agreed"] * 4, "approved"]


def test_the_traveller_hears_of_the_outcome_and_not_of_every_step(office: Office) -> None:
    id_ = office.file()
    for who in CHAIN:
        says(office, who, id_)
    subjects = [mail.subject.partition(": ")[2] for mail in mails_to(office, "reiziger")]
    assert subjects == ["Wacht op goedkeuring", "Goedgekeurd"]


@pytest.mark.parametrize(
    "who", ["reiziger", "departementshoofd", "boeker", "hr", "beheerder", "collega"]
)
def test_nobody_decides_out_of_turn_or_without_the_function(office: Office, who: str) -> None:
    id_ = office.file()
    with pytest.raises(NotYoursError):
        says(office, who, id_)
    assert status(office, id_) == "waiting"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (Typed(), ["verdict"]),
        (Typed("yes"), ["verdict"]),
        (Typed("refused"), ["comment"]),
        (Typed("refused", "  \n\t "), ["comment"]),
        (Typed("change_asked", "\x00\x01"), ["comment"]),
        (Typed("approved", "x" * 1001), ["comment"]),
        (Typed("", "x" * 1001), ["verdict", "comment"]),
    ],
)
def test_every_wrong_field_of_a_decision_is_named_at_once(
    office: Office, typed: Typed, fields: list[str]
) -> None:
    id_ = office.file()
    with pytest.raises(InputError) as refused:
        says(office, "diensthoofd", id_, typed)
    assert [problem.field for problem in refused.value.problems] == fields
    assert status(office, id_) == "waiting"


def test_a_refusal_keeps_the_comment_and_frees_the_trip_to_be_asked_anew(office: Office) -> None:
    id_ = office.file()
    says(office, "diensthoofd", id_, REFUSE)
    with office.store.read() as session:
        request = office.request(session, id_)
        assert (request.status, request.trip_key) == ("refused", None)
        assert request.current.steps[0].comment == "Er is geen budget meer."
        assert [event.what for event in request.events] == ["filed", "refused"]
    assert not any("budget" in mail.text + mail.subject for mail in mails_to(office, "reiziger"))
    assert office.file() != id_


def test_a_change_that_is_asked_for_makes_a_new_version_whose_chain_starts_anew(
    office: Office,
) -> None:
    id_, traveller = office.file(), office.person("reiziger")
    says(office, "diensthoofd", id_)
    says(office, "departementshoofd", id_, ASK)
    assert status(office, id_) == "change_asked"
    with office.store.write() as session:
        draft = office.draft(session, traveller, changes=id_)
        DESK.file(session, draft, office.filing(nights="1"), traveller=traveller, filer=traveller)
    with office.store.read() as session:
        request = office.request(session, id_)
        assert request.status == "waiting"
        assert [step.decision for step in request.versions[0].steps[:2]] == [
            "approved",
            "change_asked",
        ]
        assert {step.decision for step in request.current.steps} == {None}
    says(office, "diensthoofd", id_)


def test_the_college_decides_with_a_number(office: Office) -> None:
    id_ = office.file(by="schepen", role="elected")
    for number in ("", "x", "2022 _CBS<script>", "1" * 61):
        with pytest.raises(InputError) as refused:
            says(office, "secretariaat", id_, Typed("approved", "", number))
        assert [problem.field for problem in refused.value.problems] == ["number"]
    says(office, "secretariaat", id_, Typed("approved", "", " 2022_CBS_01284 "))
    with office.store.read() as session:
        request = office.request(session, id_)
        assert (request.status, request.current.steps[0].decision_number) == (
            "approved",
            "2022_CBS_01284",
        )


def test_hr_only_confirms_and_no_word_of_it_is_kept(office: Office) -> None:
    id_ = office.file(IN_CONFIDENCE)
    with pytest.raises(NotYoursError):
        says(office, "diensthoofd", id_)
    with pytest.raises(InputError):
        says(office, "hr", id_, Typed("refused", "rugklachten"))
    says(office, "hr", id_, Typed("approved", "rugklachten"))
    with office.store.read() as session:
        request = office.request(session, id_)
        assert (request.current.steps[0].comment, request.current.justification) == ("", "")
        details = [event.detail for event in session.scalars(select(Event))]
        assert "rugklachten" not in str(details)
    says(office, "diensthoofd", id_)


def test_hr_sends_a_traveller_who_did_not_come_first(office: Office) -> None:
    id_ = office.file(IN_CONFIDENCE)
    says(office, "hr", id_, Typed("change_asked"))
    assert status(office, id_) == "change_asked"


def test_of_two_who_decide_at_the_same_moment_one_is_told_that_it_is_decided(
    office: Office,
) -> None:
    id_ = office.file()
    step_id = waiting_id(office, id_)
    stand_in(office, "diensthoofd", "collega")
    at_once = threading.Barrier(2)
    told: list[str] = []

    def one(who: str, typed: Typed) -> None:
        at_once.wait()
        try:
            says(office, who, id_, typed, step_id=step_id)
            told.append(typed.verdict)
        except TooLateError:
            told.append("too late")

    threads = [
        threading.Thread(target=one, args=("diensthoofd", AGREE)),
        threading.Thread(target=one, args=("collega", REFUSE)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.store.read() as session:
        step = session.get_one(Step, step_id)
        first = step.decision
        events = session.scalar(
            select(func.count(Event.id)).where(Event.what.in_(["agreed", "refused"]))
        )
    assert sorted(told) == sorted([str(first), "too late"])
    assert events == 1


def test_the_same_decision_twice_by_the_same_person_counts_once(office: Office) -> None:
    id_ = office.file()
    step_id = waiting_id(office, id_)
    for _ in range(3):
        says(office, "diensthoofd", id_, AGREE, step_id=step_id)
    with office.store.read() as session:
        agreed = session.scalar(select(func.count(Event.id)).where(Event.what == "agreed"))
    assert agreed == 1


def test_a_decision_cannot_be_changed_afterwards(office: Office) -> None:
    id_ = office.file()
    step_id = waiting_id(office, id_)
    says(office, "diensthoofd", id_, AGREE, step_id=step_id)
    with pytest.raises(TooLateError):
        says(office, "diensthoofd", id_, REFUSE, step_id=step_id)


def test_what_was_withdrawn_or_changed_meanwhile_is_not_decided(office: Office) -> None:
    withdrawn, changed = office.file(), office.file(depart="2027-05-03")
    steps = {id_: waiting_id(office, id_) for id_ in (withdrawn, changed)}
    traveller = office.person("reiziger")
    with office.store.write() as session:
        DESK.withdraw(session, office.request(session, withdrawn), traveller)
        draft = office.draft(session, traveller, changes=changed)
        filing = office.filing(depart="2027-05-04")
        DESK.file(session, draft, filing, traveller=traveller, filer=traveller)
    for id_, step_id in steps.items():
        with pytest.raises(TooLateError):
            says(office, "diensthoofd", id_, AGREE, step_id=step_id)
    assert (status(office, withdrawn), status(office, changed)) == ("withdrawn", "waiting")


def test_a_step_of_another_request_is_nobodys(office: Office) -> None:
    first, second = office.file(), office.file(depart="2027-05-03")
    with pytest.raises(NotYoursError):
        says(office, "diensthoofd", first, AGREE, step_id=waiting_id(office, second))
    with pytest.raises(NotYoursError):
        says(office, "diensthoofd", "0" * 32, AGREE, step_id=waiting_id(office, second))


def test_a_stand_in_decides_in_the_name_of_the_holder(office: Office) -> None:
    id_ = office.file()
    stand_in(office, "diensthoofd", "collega")
    says(office, "collega", id_)
    with office.store.read() as session:
        step = office.request(session, id_).current.steps[0]
        names = [session.get_one(Person, p).subject for p in (step.decided_by, step.in_place_of)]
    assert names == ["collega", "diensthoofd"]


@pytest.mark.parametrize(
    ("first", "last", "may"), [(-3, -1, False), (1, 2, False), (-1, 0, True), (0, 1, True)]
)
def test_a_stand_in_decides_on_both_end_days_and_not_outside_them(
    office: Office, first: int, last: int, may: bool
) -> None:
    id_ = office.file()
    giver, taker = office.person("diensthoofd"), office.person("collega")
    with office.store.write() as session:
        session.add(
            Delegation(
                giver_id=giver.id,
                taker_id=taker.id,
                made_by=giver.id,
                first_day=TODAY + timedelta(days=first),
                last_day=TODAY + timedelta(days=last),
            )
        )
    with office.store.read() as session:
        found = waiting_for(session, taker, ORGANISATION, TODAY)
    assert bool(found) is may
    if not may:
        with pytest.raises(NotYoursError):
            says(office, "collega", id_)


def test_a_stand_in_never_decides_on_their_own_request_nor_hands_it_on(office: Office) -> None:
    id_ = office.file(by="collega")
    stand_in(office, "diensthoofd", "collega")
    with pytest.raises(NotYoursError):
        says(office, "collega", id_)


def test_an_ended_stand_in_decides_no_more(office: Office) -> None:
    id_ = office.file()
    made = stand_in(office, "diensthoofd", "collega", last=(TODAY + timedelta(days=9)).isoformat())
    with office.store.write() as session:
        end(session, session.get_one(Delegation, made), TODAY)
    with pytest.raises(NotYoursError):
        says(office, "collega", id_)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (TypedStandIn(), ["taker", "first_day", "last_day"]),
        (TypedStandIn("niemand", "31/2/2027", "morgen"), ["taker", "first_day", "last_day"]),
        (TypedStandIn("diensthoofd", "5/3/2027", "4/3/2027"), ["taker", "last_day"]),
        (TypedStandIn("collega", "1/1/2020", "2/1/2020"), ["last_day"]),
        (TypedStandIn("collega", "1/1/2027", "1/1/2030"), ["last_day"]),
        (TypedStandIn("\x00", "5/3/2027", "6/3/2027"), ["taker"]),
    ],
)
def test_every_wrong_field_of_a_stand_in_is_named_at_once(
    office: Office, typed: TypedStandIn, fields: list[str]
) -> None:
    giver = office.person("diensthoofd")
    with office.store.write() as session, pytest.raises(InputError) as refused:
        arrange(session, ORGANISATION, typed, made_by=giver, for_anyone=False, today=TODAY)
    assert [problem.field for problem in refused.value.problems] == fields


def test_only_hr_arranges_for_somebody_else(office: Office) -> None:
    typed = TypedStandIn("collega", TODAY.isoformat(), TODAY.isoformat(), giver="schepen")
    for maker, for_anyone, giver in (
        ("diensthoofd", False, "diensthoofd"),
        ("hr", True, "schepen"),
    ):
        person = office.person(maker)
        with office.store.write() as session:
            made = arrange(
                session, ORGANISATION, typed, made_by=person, for_anyone=for_anyone, today=TODAY
            )
            assert session.get_one(Person, made.giver_id).subject == giver


def test_after_thirty_days_without_an_answer_it_still_waits(office: Office) -> None:
    id_ = office.file()
    for day in range(1, 41):
        remind(office.store, DESK, timedelta(days=5), now() + timedelta(days=day))
    with office.store.read() as session:
        request = office.request(session, id_)
        step = waiting_step(request.current)
        assert request.status == "waiting"
        assert step is not None
        assert (step.function, step.decision, step.reminders) == (
            "head-of-service",
            None,
            MOST_REMINDERS,
        )
    subjects = [mail.subject for mail in mails_to(office, "diensthoofd")]
    assert len(subjects) == 1 + MOST_REMINDERS
    assert all("Herinnering" in subject for subject in subjects[1:])


def test_a_reminder_comes_after_the_days_that_are_set_and_once(office: Office) -> None:
    office.file()
    after = timedelta(days=5)
    moments = [timedelta(days=4, hours=23), timedelta(days=5, hours=1), timedelta(days=6)]
    sent = [remind(office.store, DESK, after, now() + moment) for moment in moments]
    assert sent == [0, 1, 0]
    late = now() + timedelta(days=90)
    assert [remind(office.store, DESK, after, late) for _ in range(3)] == [1, 0, 0]


def test_two_processes_remind_once(office: Office) -> None:
    office.file()
    at_once, counts = threading.Barrier(4), []

    def one() -> None:
        at_once.wait()
        counts.append(remind(office.store, DESK, timedelta(days=5), now() + timedelta(days=6)))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 0, 0, 1]


def without(function: str) -> Desk:
    """The try-out organisation in which nobody holds a function."""
    content = ORGANISATION.model_dump()
    for room in (*content["bodies"], *content["units"]):
        room["holders"].pop(function, None)
    return Desk(Organisation.model_validate(content), DESK.notices)


def test_a_step_without_a_holder_waits_and_is_reported(office: Office) -> None:
    desk, traveller = without("head-of-service"), office.person("reiziger")
    with office.store.write() as session:
        draft = office.draft(session, traveller)
        desk.file(session, draft, office.filing(), traveller=traveller, filer=traveller)
    with office.store.read() as session:
        found = stuck(session, desk.organisation, TODAY)
        assert [(item.step.function, item.obstacle) for item in found] == [
            ("head-of-service", "no_holder")
        ]
        assert stuck(session, ORGANISATION, TODAY) == []
    assert remind(office.store, desk, timedelta(days=5), now() + timedelta(days=9)) == 0


def test_the_last_step_that_would_be_ones_own_waits_for_a_stand_in_of_hr(office: Office) -> None:
    id_ = office.file(by="algemeen-directeur")
    for who in CHAIN[:-1]:
        with office.store.read() as session:
            step = waiting_step(office.request(session, id_).current)
            assert step is not None
            if step.function == "general-director":
                break
        says(office, who, id_)
    with office.store.read() as session:
        assert [item.obstacle for item in stuck(session, ORGANISATION, TODAY)] == ["own_request"]
    stand_in(office, "algemeen-directeur", "collega")
    with pytest.raises(NotYoursError):
        says(office, "collega", id_)
    stand_in(office, "algemeen-directeur", "collega", made_by="hr")
    says(office, "collega", id_)
    assert status(office, id_) == "approved"


def test_who_sees_a_request(office: Office) -> None:
    id_ = office.file()
    says(office, "diensthoofd", id_)
    with office.store.read() as session:
        request = office.request(session, id_)
        seeing = {
            known.subject
            for known in ORGANISATION.people
            if may_see(session, office.person(known.subject), request, ORGANISATION, TODAY)
        }
    assert seeing == {"diensthoofd", "departementshoofd"}


def test_of_who_travels_and_who_files_neither_decides(office: Office) -> None:
    id_ = office.file(BY_TRAIN, by="diensthoofd", for_="reiziger")
    traveller = office.person("reiziger")
    with office.store.write() as session:
        DESK.confirm(session, office.request(session, id_), traveller)
    with office.store.read() as session:
        steps = office.request(session, id_).current.steps
        assert [step.decision for step in steps[:2]] == ["passed_up", None]
    with pytest.raises(NotYoursError):
        says(office, "diensthoofd", id_)


def test_a_request_that_was_closed_meanwhile_is_not_changed(office: Office) -> None:
    id_, traveller = office.file(BY_PLANE), office.person("reiziger")
    with office.store.write() as session:
        draft = office.draft(session, traveller, changes=id_)
    says(office, "diensthoofd", id_, REFUSE)
    with office.store.write() as session, pytest.raises(NotChangeableError):
        DESK.file(session, draft, office.filing(), traveller=traveller, filer=traveller)
    assert status(office, id_) == "refused"
