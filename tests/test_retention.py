"""Names and texts go at their date; trips are destroyed under a series, and never without one."""

from __future__ import annotations

from datetime import date

import pytest
from keeping_world import BERLIN, fill
from request_world import BY_PLANE, ORGANISATION, Office
from sqlalchemy import func, select, text

from travelplan import Reference
from webapp.hr import retention
from webapp.hr.destroying import NoSeriesError, destroy
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.retention import carry_out
from webapp.hr.retention_plan import Forgotten, Plan, years_before
from webapp.store import Store
from webapp.store.looked import faults
from webapp.store.register import Looked, MadeTrip, Visit
from webapp.store.tables import Person, Request, Table

KEY = Pseudonyms(b"a key of the tests")
KNOWN = {person.subject for person in ORGANISATION.people}
SECRETS = ("Proefreiziger", "reiziger@voorbeeld", "Overleg over stadslogistiek", "x" * 30)
TRIP_ENDS = date(2027, 3, 3)
AFTER, UNTIL = date(2027, 3, 4), date(2027, 3, 3)


@pytest.fixture
def office(store: Store, reference: Reference) -> Office:
    """An office in which a traveller filed a flight to Berlin with a reason."""
    found = Office.with_everybody(store, reference)
    found.file(BY_PLANE)
    return found


def run(store: Store, plan: Plan, known: set[str] | None = None) -> Forgotten:
    with store.write() as session:
        return carry_out(session, plan, KEY, KNOWN if known is None else known)


def dump(store: Store, without: tuple[str, ...] = ()) -> str:
    """Everything that the database holds, as text."""
    with store.engine.connect() as connection:
        return "\n".join(
            str(tuple(row))
            for table in Table.metadata.sorted_tables
            if table.name not in without
            for row in connection.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608
        )


def count(store: Store, table: type[Table]) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_at_its_date_no_name_and_no_text_is_left_in_a_request(office: Office) -> None:
    with office.store.engine.begin() as connection:  # mails and drafts are as old as the trip
        connection.execute(text("UPDATE mail SET queued_at = '2020-01-01 00:00:00.000000+00:00'"))
        connection.execute(text("UPDATE draft SET changed_at = '2020-01-01 00:00:00.000000+00:00'"))
    before = dump(office.store)
    assert all(secret in before for secret in SECRETS)
    run(office.store, Plan(AFTER, None, ""), set())
    after = dump(office.store, without=("person",))
    assert not any(secret in after for secret in SECRETS)
    with office.store.read() as session:
        request = session.scalars(select(Request)).one()
        assert request.traveller.issuer == "pseudonym"
        assert request.traveller.subject == KEY.of("reiziger")
        assert request.current.outcome == "train_mandatory"
        assert request.current.evidence_sha256


def test_a_day_too_early_nothing_goes(office: Office) -> None:
    without = (
        "mail",
        "draft",
        "person",
        "looked",
    )  # those are of today, which lies before the trip
    before = dump(office.store, without)
    done = run(office.store, Plan(UNTIL, None, ""))
    assert done.counts["requests"] == 0
    assert dump(office.store, without) == before


@pytest.mark.parametrize("stays", [True, False])
def test_who_left_loses_the_name_and_who_works_here_keeps_it(office: Office, stays: bool) -> None:
    with office.store.engine.begin() as connection:
        connection.execute(text("UPDATE draft SET changed_at = '2020-01-01 00:00:00.000000+00:00'"))
    run(office.store, Plan(AFTER, None, ""), KNOWN if stays else KNOWN - {"reiziger"})
    with office.store.read() as session:
        known = session.scalars(select(Person.name).where(Person.name == "Proefreiziger")).all()
    assert bool(known) is stays


def test_the_second_time_finds_nothing(office: Office) -> None:
    plan = Plan(AFTER, None, "")
    run(office.store, plan)
    again = run(office.store, plan)
    assert not any(again.counts.values())


def test_without_a_series_nothing_is_destroyed(office: Office, reference: Reference) -> None:
    fill(office.store, reference, BERLIN, 3, depart=date(2020, 3, 3))
    with office.store.write() as session, pytest.raises(NoSeriesError):
        destroy(session, date(2030, 1, 1), "", Forgotten())
    run(office.store, Plan(date(2030, 1, 1), None, ""))
    assert (count(office.store, Request), count(office.store, MadeTrip)) == (1, 3)


def test_under_a_series_old_trips_are_destroyed_and_newer_ones_stay(
    office: Office, reference: Reference
) -> None:
    kept = office.file(depart="2027-05-10")
    fill(office.store, reference, BERLIN, 3, depart=date(2020, 3, 3))
    done = run(office.store, Plan(None, AFTER, "serie 12.3"))
    assert done.counts["requests destroyed"] == 1
    assert done.counts["trips destroyed"] == 3
    with office.store.read() as session:
        assert [request.id for request in session.scalars(select(Request))] == [kept]
        line = session.scalars(select(Looked)).one()
        assert line.detail["series"] == "serie 12.3"
        assert len(line.detail["destroyed"]) == 1
        assert list(faults(session)) == []


def test_visitors_are_forgotten_with_the_visit(office: Office) -> None:
    with office.store.write() as session:
        session.add(
            Visit(
                first_day=date(2020, 5, 4),
                last_day=date(2020, 5, 5),
                visitors="Delegatie van Utrecht",
                topic="Fietsstraten",
                place_id=BERLIN,
                place={},
                unit="voorbeelddienst",
                noted_by=office.person("hr").id,
            )
        )
    run(office.store, Plan(date(2021, 1, 1), None, ""))
    assert "Utrecht" not in dump(office.store)


def test_the_command_changes_nothing_in_a_dry_run(
    office: Office,
    store_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TRAVELPLAN_PSEUDONYM_KEY", "k" * 32)
    monkeypatch.setenv("TRAVELPLAN_RETENTION_YEARS", "0")
    monkeypatch.setenv("TRAVELPLAN_RETENTION_SERIES", "serie 12.3")
    with office.store.write() as session:
        session.execute(text("UPDATE version SET depart = '2020-03-01', back = '2020-03-03'"))
    before = dump(office.store)
    on = ["--database", store_url, "--lang", "en"]
    assert retention.main([*on, "--dry-run"]) == 0
    assert dump(office.store) == before
    told = capsys.readouterr().out
    assert "Dry run" in told
    assert "1 requests destroyed" in told
    assert retention.main(on) == 0
    assert count(office.store, Request) == 0


def test_without_settings_everything_stays_and_the_command_says_so(
    office: Office,
    store_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TRAVELPLAN_PSEUDONYM_KEY", "k" * 32)
    before = dump(office.store)
    assert retention.main(["--database", store_url, "--lang", "en"]) == 0
    assert dump(office.store) == before
    told = capsys.readouterr().out
    assert "they stay" in told
    assert "nothing is destroyed" in told


def test_a_leap_day_has_a_day_in_every_year() -> None:
    assert years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
