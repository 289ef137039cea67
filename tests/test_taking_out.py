"""A trip that should not count is taken out by hand: nowhere counted, never back by itself."""

from __future__ import annotations

from datetime import date

import pytest
from bring_in_world import send
from filing_site import FilingSite
from register_world import made, store_trips
from request_world import BY_PLANE, DESK, ORGANISATION, Office
from sqlalchemy import func, select

from travelplan import Reference
from webapp.hr.dashboard_filter import Choice
from webapp.hr.destroying import destroy
from webapp.hr.figures import sums_of
from webapp.hr.forgetting import Forgetting
from webapp.hr.invented import fill, remove
from webapp.hr.own_trips import missing_requests, register_all_travelled, register_travelled
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Registrar
from webapp.hr.retention_plan import Forgotten
from webapp.requests.filing import Made
from webapp.store import Store
from webapp.store.looked import DECIDED, faults
from webapp.store.register import Grounds, Looked, MadeTrip, PossibleMatch
from webapp.store.tables import Request
from webapp.store.taken_out import TakenOut

HEAD = "trip_id;traveller;destination;depart;return;mode;travellers;unit;reason\n"
BOOKED = "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;;"
WHY = "Geannuleerde boeking"
PSEUDONYMS = Pseudonyms(b"a key of the tests, which is no secret")


@pytest.fixture
def office(hr_site: FilingSite, reference: Reference) -> Office:
    return Office.with_everybody(hr_site.store, reference)


def registrar(office: Office) -> Registrar:
    return Registrar(office.reference, ORGANISATION, PSEUDONYMS)


def bring_in(site: FilingSite, *rows: str) -> None:
    page = send(site.somebody("hr"), (HEAD + "".join(f"{row}\n" for row in rows)).encode(), "f.csv")
    assert site.somebody("hr").post(f"{page}/confirm").status_code == 303


def approved(office: Office, **asked: object) -> str:
    id_ = office.file(BY_PLANE, **asked)  # type: ignore[arg-type]
    with office.store.write() as session:
        session.get_one(Request, id_).status = "approved"
    return id_


def travelled(office: Office, id_: str, mode: str = "plane") -> None:
    with office.store.write() as session:
        request = office.request(session, id_)
        DESK.travelled(session, request, request.traveller, Made(mode, mode, "economy", 31000))
        register_travelled(session, request, registrar(office))


def trips(store: Store) -> list[MadeTrip]:
    with store.read() as session:
        return list(session.scalars(select(MadeTrip).order_by(MadeTrip.depart)))


def take_out(site: FilingSite, id_: str, reason: str = WHY) -> int:
    hr = site.somebody("hr")
    hr.get(f"/hr/trips/{id_}/take-out")
    return hr.post(f"/hr/trips/{id_}/take-out", {"reason": reason}).status_code


def put_back(site: FilingSite, id_: str) -> int:
    hr = site.somebody("hr")
    hr.get("/hr/trips/taken-out")
    return hr.post(f"/hr/trips/taken-out/{id_}/put-back").status_code


def decisions(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        lines = session.scalars(select(Looked).where(Looked.what == DECIDED).order_by(Looked.id))
        return [(line.about, line.detail["trip"]) for line in lines if "trip" in line.detail]


def test_a_trip_that_was_taken_out_counts_nowhere_and_stands_in_the_list(
    hr_site: FilingSite,
) -> None:
    store_trips(hr_site.store, [made(id="a" * 32), made(id="b" * 32)])
    assert take_out(hr_site, "a" * 32) == 303
    with hr_site.store.read() as session:
        assert sums_of(session, Choice()).trips == 1
    hr = hr_site.somebody("hr")
    assert hr.client.get("/hr/trips.csv").get_data(as_text=True).count("\r\n") == 2
    text = hr.text("/hr/trips/taken-out")
    for words in ("Berlijn", WHY, "Proef-HR"):
        assert words in text
    assert hr.get(f"/hr/trips/{'a' * 32}").headers["Location"].endswith(f"#{'a' * 32}")
    assert decisions(hr_site.store) == [("a" * 32, "taken out")]


@pytest.mark.parametrize("reason", ["", "fout", "x" * 201])
def test_a_reason_of_5_to_200_characters_is_needed(hr_site: FilingSite, reason: str) -> None:
    store_trips(hr_site.store, [made(id="a" * 32)])
    assert take_out(hr_site, "a" * 32, reason) == 422
    assert len(trips(hr_site.store)) == 1


def test_a_second_time_changes_nothing_and_an_unknown_trip_is_not_found(
    hr_site: FilingSite,
) -> None:
    store_trips(hr_site.store, [made(id="a" * 32)])
    assert [take_out(hr_site, "a" * 32) for _ in range(2)] == [303, 303]
    assert [put_back(hr_site, "a" * 32) for _ in range(2)] == [303, 303]
    assert take_out(hr_site, "c" * 32) == 404
    assert decisions(hr_site.store) == [("a" * 32, "taken out"), ("a" * 32, "put back")]


def test_put_back_it_is_the_row_that_it_was(hr_site: FilingSite) -> None:
    bring_in(hr_site, "7;;Berlijn;2024-03-01;2024-03-03;plane;2;Klimaat;strike")
    (before,) = trips(hr_site.store)
    take_out(hr_site, before.id)
    assert put_back(hr_site, before.id) == 303
    (after,) = trips(hr_site.store)
    columns = [column.key for column in MadeTrip.__table__.columns]
    assert [getattr(after, key) for key in columns] == [getattr(before, key) for key in columns]


def test_the_same_row_in_another_file_does_not_come_back(hr_site: FilingSite) -> None:
    other = "8;;Parijs;2024-03-01;2024-03-03;train;1;;"
    bring_in(hr_site, "7;;Berlijn;2024-03-01;2024-03-03;plane;1;;")
    take_out(hr_site, trips(hr_site.store)[0].id)
    bring_in(hr_site, "7;;Berlijn;2024-03-01;2024-03-03;plane;1;;", other)
    assert [trip.trip_id for trip in trips(hr_site.store)] == ["8"]


def test_the_request_of_a_booked_trip_is_free_for_another(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = approved(office)
    bring_in(hr_site, BOOKED)
    (wrong,) = trips(hr_site.store)
    assert wrong.request_id == id_
    take_out(hr_site, wrong.id)
    bring_in(hr_site, BOOKED.replace("7;", "8;", 1))
    (right,) = trips(hr_site.store)
    assert (right.trip_id, right.request_id, right.matched) == ("8", id_, "certain")
    assert decisions(hr_site.store) == [(id_, "taken out")]


def test_a_booked_trip_that_is_put_back_is_matched_anew(
    hr_site: FilingSite, office: Office
) -> None:
    approved(office)
    bring_in(hr_site, BOOKED)
    (first,) = trips(hr_site.store)
    take_out(hr_site, first.id)
    bring_in(hr_site, BOOKED.replace("7;", "8;", 1))
    put_back(hr_site, first.id)
    found = {trip.trip_id: trip for trip in trips(hr_site.store)}
    assert (found["7"].matched, found["7"].request_id) == ("doubtful", None)
    assert found["7"].verdict == found["7"].verdict_of_day
    assert found["8"].matched == "certain"
    with hr_site.store.read() as session:
        assert session.scalars(select(PossibleMatch.trip_id)).all() == [first.id]


def test_a_doubtful_match_goes_with_its_trip_and_is_asked_again_with_it(
    hr_site: FilingSite, office: Office
) -> None:
    approved(office)
    bring_in(hr_site, BOOKED.replace("reiziger", "").replace(";1;;", ";1;kostenplaats 12;"))
    (trip,) = trips(hr_site.store)
    assert trip.matched == "doubtful"
    take_out(hr_site, trip.id)
    assert "Er is niets te beslissen" in hr_site.somebody("hr").text("/hr/matches")
    put_back(hr_site, trip.id)
    assert "kostenplaats 12" in hr_site.somebody("hr").text("/hr/matches")


def test_what_the_traveller_told_counts_again_when_its_booking_is_taken_out(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = approved(office)
    travelled(office, id_)
    bring_in(hr_site, BOOKED)
    (booked,) = trips(hr_site.store)
    assert booked.batch_id
    take_out(hr_site, booked.id)
    (told,) = trips(hr_site.store)
    assert (told.matched, told.request_id, told.batch_id) == ("own", id_, None)
    put_back(hr_site, booked.id)
    (again,) = trips(hr_site.store)
    assert (again.id, again.request_id) == (booked.id, id_)


def test_a_trip_that_its_request_told_of_stays_out_also_if_corrected(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = approved(office)
    travelled(office, id_)
    (own,) = trips(hr_site.store)
    take_out(hr_site, own.id)
    travelled(office, id_, "train")
    with hr_site.store.write() as session:
        assert missing_requests(session) == []
        assert register_all_travelled(session, registrar(office)) == 0
    assert trips(hr_site.store) == []
    assert put_back(hr_site, own.id) == 303
    (back,) = trips(hr_site.store)
    assert (back.request_id, back.mode) == (id_, "train")


def test_what_a_request_told_of_is_not_put_back_beside_its_booking(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = approved(office)
    travelled(office, id_)
    (own,) = trips(hr_site.store)
    take_out(hr_site, own.id)
    bring_in(hr_site, BOOKED)
    assert put_back(hr_site, own.id) == 409
    (booked,) = trips(hr_site.store)
    assert (booked.batch_id is None, booked.request_id) == (False, id_)


def test_the_people_whom_it_concerns_see_it_and_no_one_else(
    hr_site: FilingSite, office: Office
) -> None:
    approved(office)
    bring_in(hr_site, BOOKED)
    (trip,) = trips(hr_site.store)
    take_out(hr_site, trip.id)
    mine = hr_site.somebody("reiziger").text("/my-data/file")
    assert WHY in mine
    assert trip.traveller in mine
    of_hr = hr_site.somebody("hr").text("/my-data/file")
    assert WHY in of_hr
    assert trip.traveller not in of_hr
    assert WHY not in hr_site.somebody("collega").text("/my-data/file")


def test_its_reason_goes_with_the_names_and_the_trip_under_the_series(
    hr_site: FilingSite, office: Office
) -> None:
    bring_in(hr_site, "7;;Berlijn;2024-03-01;2024-03-03;plane;1;;")
    take_out(hr_site, trips(hr_site.store)[0].id)
    with hr_site.store.write() as session:
        Forgetting(session, PSEUDONYMS, {"hr"}).before(date(2025, 1, 1))
        taken = session.scalars(select(TakenOut)).one()
        assert taken.reason == ""
        assert taken.taken_by != office.person("hr").id
        assert session.scalar(select(func.count()).select_from(Grounds)) == 1
    assert "op haar datum gewist" in hr_site.somebody("hr").text("/hr/trips/taken-out")
    with hr_site.store.write() as session:
        done = Forgotten()
        destroy(session, date(2025, 1, 1), "serie 1", done)
        assert done.counts["trips destroyed"] == 1
        for table in (TakenOut, Grounds):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_destroyed_request_leaves_its_trip_that_was_taken_out(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = approved(office)
    travelled(office, id_)
    (own,) = trips(hr_site.store)
    take_out(hr_site, own.id)
    with hr_site.store.write() as session:
        session.scalars(select(TakenOut)).one().last_day = date(2099, 1, 1)
    with hr_site.store.write() as session:
        destroy(session, date(2030, 1, 1), "serie 1", Forgotten())
    assert put_back(hr_site, own.id) == 303
    (back,) = trips(hr_site.store)
    assert (back.id, back.request_id, back.verdict) == (own.id, None, own.verdict)


def test_invented_trips_go_with_those_that_were_taken_out(
    hr_site: FilingSite, office: Office
) -> None:
    with hr_site.store.write() as session:
        fill(session, registrar(office), None)
        first = session.scalars(select(MadeTrip.id).order_by(MadeTrip.trip_id).limit(1)).one()
    take_out(hr_site, first)
    with hr_site.store.write() as session:
        assert fill(session, registrar(office), None) == 0
    with hr_site.store.write() as session:
        remove(session, None)
        for table in (TakenOut, MadeTrip, Grounds):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        assert list(faults(session)) == []
