"""Booking: who books sees what to book and not why, and notes mode, class and price."""

from __future__ import annotations

import pytest
from filing_site import FilingSite
from request_world import BY_PLANE, BY_TRAIN, DESK, IN_CONFIDENCE, Office

from travelplan import InputError, Reference
from webapp.bookings.book import NotOpenError, TypedBooking, book, booked, to_book
from webapp.requests.filing import Choice
from webapp.store import Store

SECOND = TypedBooking("train", "night_train", "second", "180,50")


@pytest.fixture
def office(store: Store, reference: Reference) -> Office:
    return Office.with_everybody(store, reference)


def approved(office: Office, choice: Choice = BY_TRAIN, **asked: str) -> str:
    id_ = office.file(choice, **asked)
    approve(office, id_)
    return id_


def approve(office: Office, id_: str) -> None:
    with office.store.write() as session:
        request = office.request(session, id_)
        for step in request.current.steps:
            step.decision = "approved"
        DESK.agreed(session, request)


def note(office: Office, id_: str, typed: TypedBooking = SECOND) -> None:
    booker = office.person("boeker")
    with office.store.write() as session:
        book(session, id_, typed, booker)


def lists(office: Office) -> tuple[list[str], list[str]]:
    with office.store.read() as session:
        return [j.request.id for j in to_book(session)], [j.request.id for j in booked(session)]


def test_only_what_is_approved_and_not_booked_has_to_be_booked(office: Office) -> None:
    office.file(depart="2027-06-01")
    later, sooner = approved(office, depart="2027-05-01"), approved(office)
    assert lists(office) == ([sooner, later], [])
    note(office, sooner)
    assert lists(office) == ([later], [sooner])


def test_a_booking_is_kept_with_mode_class_and_price_and_can_be_corrected(office: Office) -> None:
    id_ = approved(office)
    note(office, id_)
    note(office, id_, TypedBooking("train", "train", "first", "€ 1.234,50"))
    with office.store.read() as session:
        request = office.request(session, id_)
        notes = [
            (b.kind, b.mode, b.mode_back, b.travel_class, b.cost_cents) for b in request.bookings
        ]
        assert notes == [
            ("booked", "train", "night_train", "second", 18050),
            ("booked", "train", "train", "first", 123450),
        ]
        assert [event.what for event in request.events][-2:] == ["booked", "booked"]


def test_the_same_booking_twice_is_noted_once(office: Office) -> None:
    id_ = approved(office)
    for _ in range(3):
        note(office, id_)
    with office.store.read() as session:
        assert len(office.request(session, id_).bookings) == 1


def test_every_wrong_field_of_a_booking_is_named_at_once(office: Office) -> None:
    id_ = approved(office)
    with pytest.raises(InputError) as refused:
        note(office, id_, TypedBooking("rocket", "", "golden", "1.234"))
    assert [p.field for p in refused.value.problems] == [
        "mode",
        "mode_back",
        "travel_class",
        "price",
    ]
    assert lists(office)[0] == [id_]


def test_what_is_not_approved_cannot_be_booked(office: Office) -> None:
    for id_ in (office.file(), "0" * 32):
        with pytest.raises(NotOpenError):
            note(office, id_)


def test_a_trip_that_is_changed_after_it_was_booked_has_to_be_booked_anew(office: Office) -> None:
    id_, traveller = approved(office), office.person("reiziger")
    note(office, id_)
    with office.store.write() as session:
        draft = office.draft(session, traveller, changes=id_)
        filing = office.filing(depart="2027-03-02")
        DESK.file(session, draft, filing, traveller=traveller, filer=traveller)
    assert lists(office)[0] == []
    approve(office, id_)
    assert lists(office) == ([id_], [])
    note(office, id_)
    assert lists(office) == ([], [id_])


def test_a_booked_trip_that_is_off_stays_in_sight_of_who_booked_it(office: Office) -> None:
    id_ = approved(office)
    note(office, id_)
    with office.store.write() as session:
        DESK.withdraw(session, office.request(session, id_), office.person("reiziger"))
    assert lists(office) == ([], [id_])
    with pytest.raises(NotOpenError):
        note(office, id_)


@pytest.mark.parametrize("choice", [BY_PLANE, IN_CONFIDENCE], ids=["reason", "confidential"])
def test_the_booker_reads_who_where_when_and_by_what_and_never_why(
    filing_site: FilingSite, reference: Reference, choice: Choice
) -> None:
    office = Office.with_everybody(filing_site.store, reference)
    id_ = approved(office, choice)
    with office.store.write() as session:
        office.request(session, id_).current.steps[0].comment = "Geheime opmerking"
    booker = filing_site.somebody("boeker")
    for page in (booker.text("/bookings"), booker.text(f"/bookings/{id_}")):
        for shown in ("Proefreiziger", "Berlijn", "1 maart 2027", "Vliegtuig"):
            assert shown in page
        private = (
            "x" * 30,
            "strike",
            "taking",
            "Vertrouwelijk",
            "Geheime",
            "stadslogistiek",
            "Kennis",
        )
        for word in private:
            assert word not in page


def test_a_booking_is_noted_on_the_page_and_wrong_input_comes_back(
    filing_site: FilingSite, reference: Reference
) -> None:
    office = Office.with_everybody(filing_site.store, reference)
    id_ = approved(office)
    booker = filing_site.somebody("boeker")
    assert "1 goedgekeurde reis" in booker.text("/bookings")
    booker.get(f"/bookings/{id_}")
    fields = {"mode": "train", "mode_back": "plane", "travel_class": "second", "price": "1.234"}
    wrong = booker.post(f"/bookings/{id_}", fields)
    page = wrong.get_data(as_text=True)
    assert wrong.status_code == 422
    assert "<title>Fout: " in page
    assert 'value="1.234"' in page
    assert '<option value="plane" selected>' in page
    right = booker.post(f"/bookings/{id_}", {**fields, "price": "1234"}, follow_redirects=True)
    page = right.get_data(as_text=True)
    assert "De boeking is genoteerd." in page
    assert "1.234,00" in page
    assert 'value="1234"' in booker.text(f"/bookings/{id_}")
