"""Booked trips and requests: what is certain is joined, what is doubtful waits for a person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from request_world import BY_PLANE, BY_TRAIN, DESK, ORGANISATION, Office
from sqlalchemy import select
from sqlalchemy.orm import Session

from travelplan import Reference
from webapp.hr.bring_in_store import Dock
from webapp.hr.matching import settle
from webapp.hr.own_trips import register_all_travelled, register_travelled
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Registrar
from webapp.requests.filing import Made
from webapp.store import Store
from webapp.store.register import Batch, MadeTrip, PossibleMatch
from webapp.store.tables import Request

HEAD = "trip_id;traveller;destination;depart;return;mode;travellers;unit;reason\n"
BY_PLANE_BOTH = Made("plane", "plane", "economy", 31000)


@pytest.fixture
def office(store: Store, reference: Reference) -> Office:
    return Office.with_everybody(store, reference)


def registrar(office: Office) -> Registrar:
    return Registrar(office.reference, ORGANISATION, Pseudonyms(b"a key for the tests"))


def approved(office: Office, **asked: object) -> str:
    """A request for Berlin, from 1 to 3 March 2027, that was agreed to."""
    id_ = office.file(**asked)  # type: ignore[arg-type]
    with office.store.write() as session:
        session.get_one(Request, id_).status = "approved"
    return id_


def bring_in(office: Office, *rows: str) -> None:
    dock = Dock(office.store, lambda: registrar(office))
    content = (HEAD + "".join(f"{row}\n" for row in rows)).encode()
    hr = office.person("hr")
    dock.confirm(dock.hold("file.csv", content, "Agency", hr), hr)


def only_trip(session: Session) -> MadeTrip:
    return session.scalars(select(MadeTrip)).one()


def possible(session: Session) -> list[PossibleMatch]:
    return list(session.scalars(select(PossibleMatch).order_by(PossibleMatch.id)))


def test_the_same_traveller_a_day_apart_is_certain(office: Office) -> None:
    id_ = approved(office)
    bring_in(office, "7;reiziger;Berlijn;2027-03-04;2027-03-05;train;1;;")
    with office.store.read() as session:
        trip = only_trip(session)
        assert (trip.request_id, trip.matched) == (id_, "certain")
        assert trip.unit == "voorbeelddienst"


@pytest.mark.parametrize(
    "row",
    [
        "7;reiziger;Berlijn;2027-03-05;2027-03-06;train;1;;",
        "7;reiziger;Hamburg;2027-03-01;2027-03-03;train;1;;",
        "7;collega;Berlijn;2027-03-01;2027-03-03;train;1;Voorbeelddienst;",
        "7;;Berlijn;2027-03-01;2027-03-03;train;1;Voorbeelddepartement;",
    ],
    ids=["two days apart", "another place", "a colleague", "another unit"],
)
def test_another_trip_stays_alone(office: Office, row: str) -> None:
    approved(office)
    bring_in(office, row)
    with office.store.read() as session:
        assert (only_trip(session).request_id, possible(session)) == (None, [])


def test_signs_that_nobody_sees_and_endless_numbers_are_held(office: Office) -> None:
    row = ";Berlijn;2027-03-01;2027-03-03;train;1;een\x07dienst;"
    bring_in(office, f"R\x00{'9' * 200};{'8' * 300}{row}")
    with office.store.read() as session:
        trip = only_trip(session)
        assert (trip.trip_id[:3], len(trip.trip_id)) == ("R99", 80)
        assert trip.unit == "eendienst"


def test_a_request_that_was_not_agreed_to_is_not_matched(office: Office) -> None:
    office.file()
    bring_in(office, "7;reiziger;Berlijn;2027-03-01;2027-03-03;train;1;;")
    with office.store.read() as session:
        assert only_trip(session).request_id is None


def test_the_unit_is_enough_where_no_more_trips_fit_than_people_travel(office: Office) -> None:
    id_ = approved(office)
    bring_in(office, "7;;Berlijn;2027-03-01;2027-03-03;train;1;Voorbeelddienst;")
    with office.store.read() as session:
        assert only_trip(session).request_id == id_


def test_two_trips_of_the_unit_for_one_request_are_both_doubtful(office: Office) -> None:
    approved(office)
    bring_in(
        office,
        "7;;Berlijn;2027-03-01;2027-03-03;train;1;Voorbeelddienst;",
        "8;;Berlijn;2027-03-02;2027-03-03;train;1;Voorbeelddienst;",
    )
    with office.store.read() as session:
        trips = session.scalars(select(MadeTrip)).all()
        assert [trip.matched for trip in trips] == ["doubtful", "doubtful"]
        assert all(trip.request_id is None for trip in trips)
        assert [item.why for item in possible(session)] == ["unit", "unit"]


def test_place_and_days_alone_wait_for_a_person(office: Office) -> None:
    id_ = approved(office)
    bring_in(office, "7;;Berlijn;2027-03-01;2027-03-03;train;1;kostenplaats 12;")
    with office.store.write() as session:
        (item,) = possible(session)
        assert (item.why, item.trip.request_id) == ("days", None)
        settle(session, item, office.person("hr"), same=True)
    with office.store.read() as session:
        assert (only_trip(session).request_id, only_trip(session).matched) == (id_, "settled")


def test_a_no_leaves_the_trip_alone_for_good(office: Office) -> None:
    approved(office)
    bring_in(office, "7;;Berlijn;2027-03-01;2027-03-03;train;1;kostenplaats 12;")
    with office.store.write() as session:
        (item,) = possible(session)
        settle(session, item, office.person("hr"), same=False)
    with office.store.read() as session:
        assert (only_trip(session).request_id, only_trip(session).matched) == (None, "")
        assert [item.answer for item in possible(session)] == [False]


def test_a_joined_trip_is_judged_by_its_frozen_decision(office: Office) -> None:
    approved(office, choice=BY_PLANE)
    bring_in(office, "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;;")
    with office.store.read() as session:
        trip = only_trip(session)
        assert (trip.verdict, trip.reason) == ("exception", "strike")
        assert trip.verdict_of_day == "deviated"
        assert session.scalars(select(Batch.counts)).one()["differs"] == 1


def test_who_asked_for_the_train_and_flew_deviated(office: Office) -> None:
    approved(office, choice=BY_TRAIN)
    bring_in(office, "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;;")
    with office.store.read() as session:
        assert only_trip(session).verdict == "deviated"


def travelled(office: Office, id_: str, made: Made) -> None:
    with office.store.write() as session:
        request = session.get_one(Request, id_)
        DESK.travelled(session, request, request.traveller, made)
        assert register_travelled(session, request, registrar(office))


def test_a_travelled_request_is_one_row_and_a_correction_takes_its_place(office: Office) -> None:
    id_ = approved(office)
    travelled(office, id_, Made("train", "train", "second", 12050))
    travelled(office, id_, Made("train", "plane", "", 20000))
    with office.store.read() as session:
        trip = only_trip(session)
        assert (trip.mode, trip.cost_cents, trip.matched) == ("plane", 20000, "own")
        assert (trip.verdict, trip.unit) == ("deviated", "voorbeelddienst")
        assert trip.wtw_kg


def test_a_tour_that_was_travelled_comes_in_with_all_its_legs(office: Office) -> None:
    id_ = approved(office, via=["Keulen"])
    travelled(office, id_, Made("train", "train", "", None))
    with office.store.read() as session:
        modes = only_trip(session).record["modes"]
        assert len(modes) == 3
        assert only_trip(session).verdict == "complied"


def test_what_was_told_and_what_was_booked_is_one_row(office: Office) -> None:
    id_ = approved(office)
    travelled(office, id_, Made("train", "train", "", None))
    bring_in(office, "7;reiziger;Berlijn;2027-03-01;2027-03-03;train;1;;")
    with office.store.write() as session:
        assert only_trip(session).matched == "certain"
        assert register_all_travelled(session, registrar(office)) == 0
    travelled_again = Made("plane", "plane", "", None)
    with office.store.write() as session:
        request = session.get_one(Request, id_)
        DESK.travelled(session, request, request.traveller, travelled_again)
        assert not register_travelled(session, request, registrar(office))
    with office.store.read() as session:
        assert only_trip(session).mode == "train"


def test_requests_that_were_missed_are_caught_up_once(office: Office) -> None:
    id_ = approved(office)
    with office.store.write() as session:
        request = session.get_one(Request, id_)
        DESK.travelled(session, request, request.traveller, BY_PLANE_BOTH)
    with office.store.write() as session:
        assert register_all_travelled(session, registrar(office)) == 1
        assert register_all_travelled(session, registrar(office)) == 0
    with office.store.read() as session:
        assert only_trip(session).depart.year > datetime.now(UTC).year - 1
