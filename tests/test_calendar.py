"""The trip in a calendar: whole days, the right clock on the day it changes, and off when it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from filing_site import FilingSite
from icalendar import Calendar
from request_world import DESK, Office
from sqlalchemy.orm import Session

from travelplan import Reference, load_language
from webapp.calendar.trip import calendar_of
from webapp.calendar.zones import zone_of
from webapp.layout import ROOMS
from webapp.store import Store, open_store
from webapp.store.tables import Request

DUTCH = load_language("nl", ROOMS)
CHANGE_OF_CLOCK = date(2027, 3, 28)


@pytest.fixture
def office(tmp_path: Path, reference: Reference) -> Iterator[Office]:
    store: Store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    yield Office.with_everybody(store, reference)
    store.close()


def approve(session: Session, request: Request) -> None:
    for step in request.current.steps:
        step.decision = "approved"
    DESK.agreed(session, request)


def approved(office: Office, meeting: dict[str, str] | None = None, **asked: Any) -> str:
    id_ = office.file(**asked)
    with office.store.write() as session:
        request = office.request(session, id_)
        if meeting:
            set_meeting(request, meeting)
        approve(session, request)
    return id_


def set_meeting(request: Request, meeting: dict[str, str]) -> None:
    evidence = request.current.evidence
    request.current.evidence = {**evidence, "trip": {**evidence["trip"], "meeting": meeting}}


def change(office: Office, id_: str, **asked: Any) -> None:
    traveller = office.person("reiziger")
    with office.store.write() as session:
        draft = office.draft(session, traveller, changes=id_)
        DESK.file(session, draft, office.filing(**asked), traveller=traveller, filer=traveller)


def text(office: Office, id_: str) -> str:
    with office.store.read() as session:
        return calendar_of(office.request(session, id_), DUTCH, "https://reizen.voorbeeld")


def events(office: Office, id_: str) -> list[Any]:
    calendar = Calendar.from_ical(text(office, id_))
    assert isinstance(calendar, Calendar)
    return list(calendar.events)


def test_a_trip_is_whole_days_and_its_end_is_the_day_after(office: Office) -> None:
    id_ = approved(office)
    (event,) = events(office, id_)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 3, 1), date(2027, 3, 4))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["SUMMARY"]) == "Dienstreis naar Berlijn"
    assert str(event["UID"]) == f"{id_}@travelplan"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert "METHOD:PUBLISH" in text(office, id_)
    assert "PRODID:" in text(office, id_)
    assert "stadslogistiek" not in text(office, id_)


def test_every_line_ends_as_the_standard_asks_and_is_short(office: Office) -> None:
    raw = text(office, approved(office)).encode()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_what_is_not_approved_is_in_no_calendar(office: Office) -> None:
    assert text(office, office.file()) == ""


def test_a_new_version_replaces_the_entry_and_a_withdrawal_takes_it_off(office: Office) -> None:
    id_ = approved(office)
    (first,) = events(office, id_)
    change(office, id_, depart="2027-03-02")
    assert text(office, id_) == ""
    with office.store.write() as session:
        approve(session, office.request(session, id_))
    (second,) = events(office, id_)
    with office.store.write() as session:
        DESK.withdraw(session, office.request(session, id_), office.person("reiziger"))
    (off,) = events(office, id_)

    assert first["UID"] == second["UID"] == off["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < off["SEQUENCE"]
    assert [str(e["STATUS"]) for e in (first, second, off)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]
    assert "METHOD:PUBLISH" in text(office, id_)


def test_a_request_that_was_never_approved_is_not_cancelled_in_a_calendar(office: Office) -> None:
    id_ = office.file()
    with office.store.write() as session:
        DESK.withdraw(session, office.request(session, id_), office.person("reiziger"))
    assert text(office, id_) == ""


@pytest.mark.parametrize(
    ("destination", "zone", "offset_before", "offset_after"),
    [("Parijs", "Europe/Paris", "+0100", "+0200"), ("Londen", "Europe/London", "+0000", "+0100")],
)
def test_a_meeting_goes_by_the_clock_of_its_place(
    office: Office, destination: str, zone: str, offset_before: str, offset_after: str
) -> None:
    meeting = {"day": "2027-03-29", "from": "09:00", "until": "17:30"}
    id_ = approved(office, meeting, destination=destination, depart="2027-03-27", nights="3")
    _, event = events(office, id_)
    assert event["DTSTART"].params["TZID"] == zone
    assert event["DTSTART"].dt == datetime(2027, 3, 29, 9, tzinfo=ZoneInfo(zone))
    assert event["DTEND"].dt.time() == time(17, 30)
    written = text(office, id_)
    assert f"TZID:{zone}" in written
    assert f"TZOFFSETFROM:{offset_before}" in written
    assert f"TZOFFSETTO:{offset_after}" in written


@pytest.mark.parametrize(
    ("clock", "in_utc"), [("01:30", "00:30"), ("03:00", "01:00"), ("09:00", "07:00")]
)
def test_brussels_is_right_on_the_day_that_the_clock_changes(
    office: Office, clock: str, in_utc: str
) -> None:
    meeting = {"day": CHANGE_OF_CLOCK.isoformat(), "from": clock, "until": ""}
    id_ = office.file(destination="Parijs", depart="2027-03-27", nights="2")
    with office.store.write() as session:
        request = office.request(session, id_)
        set_meeting(request, meeting)
        evidence = request.current.evidence
        there = {**evidence["trip"]["destination"], "country": "BE"}
        trip = {**evidence["trip"], "destination": there}
        request.current.evidence = {**evidence, "trip": trip}
        approve(session, request)
    _, event = events(office, id_)
    start = event["DTSTART"]
    assert start.params["TZID"] == "Europe/Brussels"
    assert start.dt.astimezone(UTC).strftime("%H:%M") == in_utc
    assert "DTEND" not in event


def test_the_zone_that_the_file_itself_defines_is_right_too(office: Office) -> None:
    """A calendar that does not know the name goes by the VTIMEZONE in the file."""
    meeting = {"day": CHANGE_OF_CLOCK.isoformat(), "from": "09:00", "until": "10:00"}
    id_ = approved(office, meeting, destination="Parijs", depart="2027-03-27", nights="2")
    calendar = Calendar.from_ical(text(office, id_))
    assert isinstance(calendar, Calendar)
    (zone,) = calendar.timezones
    clock = zone.to_tz()
    winter, summer = datetime(2027, 3, 28, 1, 30), datetime(2027, 3, 28, 9)
    assert [str(clock.utcoffset(moment)) for moment in (winter, summer)] == ["1:00:00", "2:00:00"]


def test_where_a_country_has_several_clocks_times_carry_no_zone(office: Office) -> None:
    meeting = {"day": "2027-03-02", "from": "09:00", "until": "10:00"}
    id_ = approved(office, meeting, destination="Madrid")
    _, event = events(office, id_)
    assert event["DTSTART"].dt == datetime(2027, 3, 2, 9)
    assert "TZID" not in event["DTSTART"].params
    assert "VTIMEZONE" not in text(office, id_)


def test_a_meeting_that_a_new_version_drops_is_taken_off(office: Office) -> None:
    id_ = approved(office, {"day": "2027-03-02", "from": "09:00", "until": "10:00"})
    change(office, id_, depart="2027-03-02")
    with office.store.write() as session:
        approve(session, office.request(session, id_))
    assert [str(event["STATUS"]) for event in events(office, id_)] == ["CONFIRMED", "CANCELLED"]


def test_every_country_of_the_gazetteer_has_a_clock_or_several(reference: Reference) -> None:
    from babel.core import get_global  # noqa: PLC0415

    one_clock = {code for code in get_global("territory_zones") if zone_of(code, CHANGE_OF_CLOCK)}
    assert {"BE", "NL", "FR", "DE", "GB", "IT", "CH", "AT", "PL", "GR"} <= one_clock
    assert not {"ES", "PT", "US", "RU", "XX"} & one_clock


def test_the_file_is_for_who_travels_and_who_filed(
    filing_site: FilingSite, reference: Reference
) -> None:
    office = Office.with_everybody(filing_site.store, reference)
    id_ = approved(office)
    path = f"/requests/{id_}/trip.ics"
    response = filing_site.somebody("reiziger").get(path)
    assert response.status_code == 200
    assert response.content_type == "text/calendar; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.get_data(as_text=True).startswith("BEGIN:VCALENDAR")
    assert "Business trip to Berlin" in filing_site.somebody("reiziger").text(path + "?lang=en")
    for who in ("collega", "diensthoofd", "hr", "boeker"):
        assert filing_site.somebody(who).get(path).status_code == 404
    waiting = office.file(depart="2027-06-01")
    assert filing_site.somebody("reiziger").get(f"/requests/{waiting}/trip.ics").status_code == 404
