"""The page on which HR settles what is doubtful, and the register after a traveller has told."""

from __future__ import annotations

from bring_in_world import send
from filing_site import FilingSite
from request_world import Office
from sqlalchemy import select

from webapp.store.register import Looked, MadeTrip, PossibleMatch
from webapp.store.tables import Request

BOOKED = (
    b"trip_id;destination;depart;return;mode;unit\n"
    b"77;Berlijn;2024-03-01;2024-03-03;train;kostenplaats 12\n"
)


def doubtful(site: FilingSite) -> str:
    """A booked trip that may be that of a request; return the id of the request."""
    site.somebody("hr")
    office = Office(site.store, site.app.extensions["reference"])
    id_ = office.file(depart="2024-03-01")
    with site.store.write() as session:
        session.get_one(Request, id_).status = "approved"
    page = send(site.somebody("hr"), BOOKED, "boekingen.csv")
    site.somebody("hr").post(f"{page}/confirm")
    return id_


def test_a_doubtful_match_is_shown_with_what_speaks_for_it_and_settled(
    filing_site: FilingSite,
) -> None:
    id_ = doubtful(filing_site)
    hr = filing_site.somebody("hr")
    text = hr.text("/hr/matches")
    for words in ("kostenplaats 12", "Voorbeelddienst", "alleen de plaats en de dagen"):
        assert words in text
    assert "1 geboekte reis hoort misschien bij een aanvraag" in hr.text("/hr/bring-in")
    with filing_site.store.read() as session:
        item = session.scalars(select(PossibleMatch.id)).one()
    assert hr.post(f"/hr/matches/{item}", {"same": "maybe"}).status_code == 400
    assert hr.post("/hr/matches/none", {"same": "yes"}).status_code == 404
    assert hr.post(f"/hr/matches/{item}", {"same": "yes"}).status_code == 303
    assert hr.post(f"/hr/matches/{item}", {"same": "no"}).status_code == 303
    with filing_site.store.read() as session:
        lines = session.execute(select(Looked.what, Looked.about, Looked.detail)).all()
    assert lines[1:] == [("opened", id_, {}), ("decided", id_, {"same_trip": "yes"})]
    assert "Er is niets te beslissen" in hr.text("/hr/matches")
    with filing_site.store.read() as session:
        assert session.scalars(select(MadeTrip.request_id)).one() == id_


def test_a_reader_alone_changes_nothing(filing_site: FilingSite) -> None:
    doubtful(filing_site)
    hr = filing_site.somebody("hr")
    with filing_site.store.read() as session:
        before = session.execute(select(MadeTrip.id, MadeTrip.matched)).all()
    for path in ("/hr", "/hr/bring-in", "/hr/matches"):
        hr.text(path)
    with filing_site.store.read() as session:
        assert session.execute(select(MadeTrip.id, MadeTrip.matched)).all() == before


def test_what_a_traveller_tells_stands_in_the_register_at_once(filing_site: FilingSite) -> None:
    traveller = filing_site.somebody("reiziger")
    office = Office(filing_site.store, filing_site.app.extensions["reference"])
    id_ = office.file(depart="2024-03-01")
    with filing_site.store.write() as session:
        session.get_one(Request, id_).status = "approved"
    traveller.get(f"/requests/{id_}/travelled")
    fields = {"mode": "train", "mode_back": "train", "travel_class": "", "cost": "99,50"}
    assert traveller.post(f"/requests/{id_}/travelled", fields).status_code == 303
    with filing_site.store.read() as session:
        trip = session.scalars(select(MadeTrip)).one()
        assert (trip.request_id, trip.cost_cents, trip.matched) == (id_, 9950, "own")
