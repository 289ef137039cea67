"""Who opens what is not theirs leaves a line in the log, or sees nothing."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from bring_in_world import send
from filing_site import FilingSite, Someone
from keeping_world import BERLIN, fill
from request_world import IN_CONFIDENCE, Office
from routes_world import PEOPLE, World
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError

from travelplan import Reference
from webapp.hr import access, log
from webapp.hr.pseudonyms import Pseudonyms
from webapp.store import Store
from webapp.store.looked import DECIDED, EXPORTED, OPENED, faults
from webapp.store.register import Looked, MadeTrip, PossibleMatch
from webapp.store.tables import Request, Version

KEY = "a key of the tests, which is no secret"
OPENERS, TIMES = 10, 3


def lines(store: Store) -> list[Looked]:
    with store.read() as session:
        return list(session.scalars(select(Looked).order_by(Looked.id)))


@pytest.fixture
def office(hr_site: FilingSite, reference: Reference) -> Office:
    return Office.with_everybody(hr_site.store, reference)


def confirmed_by_hr(office: Office) -> str:
    """A request of which the reason waits for HR to confirm it; return its id."""
    return office.file(IN_CONFIDENCE)


def test_every_route_of_a_request_or_trip_that_others_open_writes_a_line(world: World) -> None:
    owners, wrote = {"reiziger"}, set()
    for who in PEOPLE:
        someone = world.site.somebody(who)
        for rule in world.rules("GET"):
            if not rule.arguments & {"request_id", "trip_id", "id_"}:
                continue
            before = len(lines(world.site.store))
            status = someone.client.get(world.address(rule, existing=True)).status_code
            new = lines(world.site.store)[before:]
            if status != 200 or who in owners:
                assert new == [], (who, rule.rule)
                continue
            (line,) = new
            assert (line.what, line.about in world.ids.values()) == (OPENED, True), rule.rule
            wrote.add(rule.endpoint)
    assert wrote >= {"approvals.decision", "bookings.booking", "hr.request_to_read", "hr.trip"}


def test_each_file_and_report_that_hr_gives_out_writes_a_line(world: World) -> None:
    hr, given = world.site.somebody("hr"), set()
    for rule in world.rules("GET"):
        if rule.arguments & {"kind", "year"} and rule.endpoint.startswith("hr."):
            before = len(lines(world.site.store))
            if hr.client.get(world.address(rule, existing=True), buffered=True).status_code == 200:
                (line,) = lines(world.site.store)[before:]
                assert line.what == EXPORTED, rule.rule
                given.add(line.about)
    assert given == {"trips", "council", "inventory", "open-data", "report"}
    log = hr.get("/hr/log").get_data(as_text=True)
    for words in ("de inventaris volgens het GHG Protocol", "de open data", "het jaarverslag"):
        assert words in log


def test_a_page_of_somebody_else_is_not_shown_when_its_line_cannot_be_written(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = confirmed_by_hr(office)
    hr = hr_site.somebody("hr")

    def full(_c: Connection, _k: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO looked"):
            raise OperationalError(statement, None, Exception("disk full"))

    event.listen(hr_site.store.engine, "before_cursor_execute", full)
    try:
        for path in (f"/approvals/{id_}", f"/hr/requests/{id_}", "/hr/trips.csv"):
            response = hr.client.get(path)
            assert response.status_code == 503, path
            text = response.get_data(as_text=True)
            assert "De fout ligt bij ons" in text
            assert "Proefreiziger" not in text
    finally:
        event.remove(hr_site.store.engine, "before_cursor_execute", full)
    assert hr.client.get(f"/approvals/{id_}").status_code == 200
    assert len(lines(hr_site.store)) == 1


def test_ten_people_open_at_once_and_nobody_is_turned_away(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = office.file()
    windows = [hr_site.another_window("hr") for _ in range(OPENERS)]

    def look(window: Someone) -> list[int]:
        return [window.client.get(f"/hr/requests/{id_}").status_code for _ in range(TIMES)]

    with ThreadPoolExecutor(OPENERS) as pool:
        statuses = [status for found in pool.map(look, windows) for status in found]
    assert set(statuses) == {200}
    assert len(lines(hr_site.store)) == OPENERS * TIMES
    with hr_site.store.read() as session:
        assert list(faults(session)) == []


def test_who_travels_filed_or_goes_along_leaves_no_line(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = confirmed_by_hr(office)
    hr_site.somebody("reiziger").text(f"/requests/{id_}")
    with hr_site.store.write() as session:
        version = session.scalars(select(Version)).one()
        version.participants = [{"name": "Proef-HR", "role": "expert"}]
    hr_site.somebody("hr").text(f"/hr/requests/{id_}")
    assert lines(hr_site.store) == []


def test_the_doubtful_matches_leave_a_line_for_each_request_shown(
    hr_site: FilingSite, office: Office, reference: Reference
) -> None:
    ids = [office.file(), office.file(depart="2027-04-12")]
    fill(hr_site.store, reference, BERLIN, 1)
    hr = hr_site.somebody("hr")
    with hr_site.store.write() as session:
        trip = session.scalars(select(MadeTrip.id)).one()
        session.add_all(PossibleMatch(trip_id=trip, request_id=id_, why="days") for id_ in ids)
    hr.text("/hr/matches")
    assert sorted(line.about for line in lines(hr_site.store)) == sorted(ids)


def test_what_is_given_out_says_of_which_trips_and_never_a_typed_word(
    hr_site: FilingSite, reference: Reference
) -> None:
    fill(hr_site.store, reference, BERLIN, 2, unit="Jan Janssens", verdict_of_day="deviated")
    hr = hr_site.somebody("hr")
    query = "?destination=berlijn&unit=Jan+Janssens&mode=plane&differs=yes"
    assert hr.client.get(f"/hr/trips.csv{query}").get_data(as_text=True).count("\n") == 3
    (line,) = lines(hr_site.store)
    told = {"kind": "csv", "unit": "other", "mode": "plane", "destination": BERLIN}
    assert (line.what, line.about, line.detail) == (EXPORTED, "trips", told | {"differs": "yes"})
    text = hr.text("/hr/log")
    assert "gaf door" in text
    assert "Janssens" not in text
    assert "CSV" in text


def test_a_wrong_address_gives_nothing_out_and_leaves_no_line(hr_site: FilingSite) -> None:
    hr = hr_site.somebody("hr")
    for path in ("/hr/trips.csv?year=x", "/hr/trips.doc", "/hr/open-data.csv?year=2026"):
        assert hr.client.get(path).status_code in {404, 422}
    assert lines(hr_site.store) == []


def test_bringing_in_and_throwing_away_are_decisions_in_the_log(hr_site: FilingSite) -> None:
    hr = hr_site.somebody("hr")
    head = "trip_id;destination;depart;return;mode\n"
    first = send(
        hr, f"{head}1;Berlijn;2024-03-01;2024-03-03;trein\n2;Melle;;;\n".encode(), "een.csv"
    )
    assert hr.client.get(f"{first}/wrong.csv").status_code == 200
    hr.get(first)
    hr.post(f"{first}/confirm")
    hr.post(f"{first}/confirm")
    second = send(hr, f"{head}3;Parijs;2024-04-01;2024-04-03;trein\n".encode(), "twee.csv")
    hr.get(second)
    hr.post(f"{second}/discard")
    hr.post(f"{second}/discard")
    found = [(line.what, line.detail) for line in lines(hr_site.store)]
    assert found == [
        (EXPORTED, {"kind": "csv", "batch": first.rpartition("/")[2]}),
        (DECIDED, {"file": "confirmed", "stored": 1}),
        (DECIDED, {"file": "discarded"}),
    ]
    text = hr.text("/hr/log")
    assert "een.csv" in text
    assert "weggegooid" in text


def test_the_log_names_who_when_what_and_links_to_the_request(
    hr_site: FilingSite, office: Office
) -> None:
    id_ = confirmed_by_hr(office)
    hr_site.somebody("hr").text(f"/approvals/{id_}")
    text = hr_site.somebody("hr").text("/hr/log")
    with hr_site.store.read() as session:
        reference = session.get_one(Request, id_).reference
    assert f'<a href="/hr/requests/{id_}">{reference}</a>' in text
    for words in ("Proef-HR", "opende"):
        assert words in text


def test_a_long_log_stands_on_several_pages(hr_site: FilingSite, office: Office) -> None:
    id_ = office.file()
    hr = hr_site.somebody("hr")
    for _ in range(101):
        hr.client.get(f"/hr/requests/{id_}")
    link = f'href="/hr/requests/{id_}"'
    assert hr.text("/hr/log").count(link) == 100
    assert hr.text("/hr/log?page=2").count(link) == 1


def test_of_a_confidential_reason_hr_reads_only_how_it_stands(
    hr_site: FilingSite, office: Office
) -> None:
    text = hr_site.somebody("hr").text(f"/hr/requests/{confirmed_by_hr(office)}")
    assert "Vertrouwelijke reden" in text
    assert 'name="verdict"' not in text


def opened_by_hr(site: FilingSite, office: Office) -> list[str]:
    """Have HR open a request of the traveller and a trip that was booked for them; return which."""
    id_ = confirmed_by_hr(office)
    mine = Pseudonyms(KEY.encode()).of("reiziger")
    fill(site.store, office.reference, BERLIN, 1, traveller=mine)
    with site.store.read() as session:
        trip = session.scalars(select(MadeTrip.id)).one()
    site.somebody("hr").text(f"/approvals/{id_}")
    site.somebody("hr").text(f"/hr/trips/{trip}")
    return [id_, trip]


def test_who_was_looked_at_sees_it_on_their_page(hr_site: FilingSite, office: Office) -> None:
    id_, _ = opened_by_hr(hr_site, office)
    text = hr_site.somebody("reiziger").text("/my-data")
    with hr_site.store.read() as session:
        assert session.get_one(Request, id_).reference in text
    assert text.count("Proef-HR") == 2
    assert "Proef-HR" not in hr_site.somebody("collega").text("/my-data")


def test_who_was_looked_at_gets_it_from_the_command_and_the_log_is_whole(
    hr_site: FilingSite,
    office: Office,
    store_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened = opened_by_hr(hr_site, office)
    monkeypatch.setenv("TRAVELPLAN_PSEUDONYM_KEY", KEY)
    assert access.main(["--database", store_url, "reiziger"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert [line["about"] for line in told["looked at you"]] == opened
    assert log.main(["--database", store_url, "check"]) == 0


def test_whose_own_trip_it_is_leaves_no_line(hr_site: FilingSite, office: Office) -> None:
    mine = Pseudonyms(KEY.encode()).of("hr")
    fill(hr_site.store, office.reference, BERLIN, 1, traveller=mine)
    with hr_site.store.read() as session:
        trip = session.scalars(select(MadeTrip.id)).one()
    hr_site.somebody("hr").text(f"/hr/trips/{trip}")
    assert lines(hr_site.store) == []
