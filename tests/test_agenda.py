"""The calendar: approved trips and visits, by unit, topic and place, and nobody's name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from filing_forms import WHO, begin, choose
from filing_site import FilingSite
from icalendar import Calendar
from request_world import Office
from sqlalchemy import select

from travelplan import Reference
from webapp.agenda.entries import entries, near
from webapp.store import Store
from webapp.store.register import Visit
from webapp.store.tables import Request

DAY = date.today() + timedelta(days=60)
_ADDRESS = re.compile(r"/calendar/([\w-]+)\.ics")
NAMES = ("Proefreiziger", "Proefcollega", "Proef-HR", "Overleg over stadslogistiek")


def go(office: Office, days: int = 0, *, by: str = "reiziger", unit: str = "", **asked: Any) -> str:
    """File a trip that leaves so many days after DAY, and approve it."""
    depart = (DAY + timedelta(days=days)).isoformat()
    id_ = office.file(by=by, depart=depart, **asked)
    with office.store.write() as session:
        request = session.get_one(Request, id_)
        request.status = "approved"
        request.unit = unit or request.unit
        request.current.project = asked.get("project", "Eurocities")
    return id_


@pytest.fixture
def office(hr_site: FilingSite, reference: Reference) -> Office:
    return Office.with_everybody(hr_site.store, reference)


def near_berlin(store: Store, days: int) -> int:
    with store.read() as session:
        return len(near(session, "voorbeelddienst", "gn:2950159", DAY + timedelta(days=days)))


def test_only_approved_trips_stand_in_it_and_no_name_does(
    hr_site: FilingSite, office: Office
) -> None:
    office.file(by="collega", depart=DAY.isoformat(), destination="Wenen")
    go(office)
    page = hr_site.somebody("schepen").text("/calendar")
    assert "Voorbeelddienst naar Berlijn" in page
    assert "Eurocities" in page
    assert "Wenen" not in page
    assert not any(name in page for name in NAMES)


def test_it_shows_what_a_reader_asks_for(hr_site: FilingSite, office: Office) -> None:
    go(office)
    go(office, 40, by="collega", unit="voorbeelddepartement", destination="Wenen")
    someone = hr_site.somebody("schepen")
    both = ("Voorbeelddienst naar Berlijn", "Voorbeelddepartement naar Wenen")
    asked = {
        "": (True, True),
        "?unit=voorbeelddienst": (True, False),
        "?place=gn:2761369": (False, True),
        "?topic=Eurocities": (True, True),
        "?topic=Iets+anders": (False, False),
        "?kind=in": (False, False),
        "?past=1": (False, False),
    }
    for query, shown in asked.items():
        page = someone.text(f"/calendar{query}")
        assert tuple(line in page for line in both) == shown, query


@pytest.mark.parametrize(("days", "hinted"), [(0, 1), (14, 1), (-14, 1), (15, 0), (-15, 0)])
def test_another_unit_to_the_same_place_within_14_days_is_hinted_at(
    office: Office, days: int, hinted: int
) -> None:
    go(office, unit="voorbeelddepartement", by="collega")
    assert near_berlin(office.store, days) == hinted


def test_ones_own_unit_and_another_place_give_no_hint(office: Office) -> None:
    go(office)
    go(office, unit="voorbeelddepartement", by="collega", destination="Wenen")
    assert near_berlin(office.store, 0) == 0


def test_the_check_page_tells_that_another_unit_goes_there_and_names_nobody(
    hr_site: FilingSite, office: Office
) -> None:
    go(office, 3, unit="voorbeelddepartement", by="collega")
    someone = hr_site.somebody("reiziger")
    question = f"destination=Berlijn&depart={DAY.isoformat()}&nights=2"
    draft = begin(someone, question, WHO)
    choose(someone, draft)
    page = someone.text(f"/requests/drafts/{draft}/check")
    hint = page.partition('id="others"')[2].partition("</div>")[0]
    assert "Voorbeelddepartement gaat ook naar Berlijn" in hint
    assert not any(name in hint for name in NAMES)


def test_the_calendar_tells_both_units(hr_site: FilingSite, office: Office) -> None:
    go(office)
    go(office, 5, unit="voorbeelddepartement", by="collega")
    page = hr_site.somebody("schepen").text("/calendar")
    assert "Voorbeelddepartement gaat ook naar Berlijn" in page
    assert "Voorbeelddienst gaat ook naar Berlijn" in page


def feed_of(site: FilingSite, subject: str) -> str:
    someone = site.somebody(subject)
    someone.get("/calendar")
    made = someone.post("/calendar/address").get_data(as_text=True)
    return str(_ADDRESS.findall(made)[0])


def test_the_feed_is_a_calendar_without_names(hr_site: FilingSite, office: Office) -> None:
    go(office)
    answer = hr_site.app.test_client().get(f"/calendar/{feed_of(hr_site, 'schepen')}.ics")
    assert answer.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["summary"] == "Voorbeelddienst naar Berlijn"
    assert event.decoded("dtstart") == DAY
    assert event.decoded("dtend") == DAY + timedelta(days=3)
    assert not any(name in answer.get_data(as_text=True) for name in NAMES)


def test_a_new_address_makes_the_old_one_worth_nothing(hr_site: FilingSite) -> None:
    first, second = feed_of(hr_site, "schepen"), feed_of(hr_site, "schepen")
    anybody = hr_site.app.test_client()
    assert anybody.get(f"/calendar/{first}.ics").status_code == 404
    assert anybody.get(f"/calendar/{second}.ics").status_code == 200
    assert anybody.get("/calendar/guessed.ics").status_code == 404


VISIT = {
    "first_day": DAY.strftime("%d/%m/%Y"),
    "last_day": "",
    "place": "Utrecht",
    "visitors": "Gemeente Utrecht",
    "topic": "Fietsstraten",
    "unit": "voorbeelddienst",
}


def test_hr_notes_a_visit_and_takes_it_out_again(hr_site: FilingSite) -> None:
    hr = hr_site.somebody("hr")
    hr.text("/calendar/visits/new")
    assert hr.post("/calendar/visits/new", VISIT).status_code == 303
    page = hr.text("/calendar")
    assert "Bezoek uit Utrecht aan Voorbeelddienst" in page
    assert "Gemeente Utrecht" in page
    with hr_site.store.read() as session:
        id_ = session.scalars(select(Visit.id)).one()
    assert hr.post(f"/calendar/visits/{id_}/remove").status_code == 303
    assert "Utrecht" not in hr.text("/calendar")


def test_what_visitors_are_called_never_stands_in_the_feed(hr_site: FilingSite) -> None:
    hr = hr_site.somebody("hr")
    hr.text("/calendar/visits/new")
    hr.post("/calendar/visits/new", VISIT)
    text = hr_site.app.test_client().get(f"/calendar/{feed_of(hr_site, 'hr')}.ics").data
    assert b"Utrecht" in text
    assert b"Gemeente Utrecht" not in text


def test_every_wrong_field_of_a_visit_is_named_and_all_is_kept(hr_site: FilingSite) -> None:
    hr = hr_site.somebody("hr")
    hr.text("/calendar/visits/new")
    wrong = {**VISIT, "first_day": "31/2/2027", "last_day": "x", "place": "Melle", "unit": ""}
    answer = hr.post("/calendar/visits/new", {**wrong, "visitors": ""})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for name in ("first_day", "last_day", "place", "unit", "visitors"):
        assert f'href="#{name}"' in page, name
    assert 'value="31/2/2027"' in page
    assert 'value="Fietsstraten"' in page


def test_only_hr_notes_visits_and_only_who_signs_in_sees_them(hr_site: FilingSite) -> None:
    traveller = hr_site.somebody("reiziger")
    assert traveller.get("/calendar/visits/new").status_code == 403
    assert "Noteer een bezoek" not in traveller.text("/calendar")
    assert hr_site.app.test_client().get("/calendar").status_code == 302


def test_a_trip_of_one_day_ends_on_the_day_that_it_begins(office: Office) -> None:
    id_ = go(office)
    with office.store.write() as session:
        session.get_one(Request, id_).current.back = None
    with office.store.read() as session:
        (entry,) = entries(session, DAY, DAY)
    assert entry.first == entry.last == DAY
