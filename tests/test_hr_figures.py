"""The figures of the register, added up by each database, against sums made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from register_world import by_train, made, store_trips
from sqlalchemy import insert

from webapp.hr.council import by_unit, flights_of
from webapp.hr.dashboard_filter import Choice, Period
from webapp.hr.disclosure import TOTAL
from webapp.hr.disclosure_file import year_tables
from webapp.hr.figures import destinations_of, figures_of
from webapp.hr.figures_coverage import coverage_of
from webapp.hr.figures_requests import Planned, digital_answers, planned_by_unit
from webapp.hr.report_ghg import accounts_of, by_category
from webapp.store import Store
from webapp.store.columns import now
from webapp.store.register import Batch
from webapp.store.tables import Person, Request, Step, Version

YEAR_24 = Choice(Period.of_year(2024))


@pytest.fixture
def filled(store: Store) -> Store:
    store_trips(
        store,
        [
            made(reason="strike", verdict="exception"),
            made(reason="confidential", verdict="exception", depart=date(2024, 12, 31)),
            made(place="Lissabon", rail_min=None, limit_min=None, verdict="complied"),
            by_train(travellers=3, minutes=None),
            by_train(unit="klimaat", cost_cents=None, depart=date(2023, 1, 1)),
            made(unit="", wtw_kg=None, ttw_kg=None, tier=None, verdict="undetermined", scope=""),
        ],
    )
    return store


def test_all_trips_are_added_up(filled: Store) -> None:
    with filled.read() as session:
        all_ = figures_of(session, Choice()).all
    assert (all_.trips, all_.travellers, all_.train, all_.flights) == (6, 8, 2, 4)
    assert all_.kg == pytest.approx(3 * 200 + 2 * 10)
    assert all_.non_co2_kg == pytest.approx(400)
    assert (all_.without_kg, all_.without_cost, all_.without_minutes) == (1, 1, 1)
    assert (all_.cost_cents, all_.minutes) == (4 * 30000 + 12050, 3000)
    assert (all_.avoidable, all_.avoidable_kg, all_.extra_min) == (4, 760.0, 480)
    assert all_.in_time == 3  # one flew where no train goes
    assert all_.train_share == pytest.approx(1 / 3)


def test_a_year_holds_its_first_and_its_last_day(filled: Store) -> None:
    with filled.read() as session:
        assert figures_of(session, YEAR_24).all.trips == 5
        figures = figures_of(session, Choice())
    assert {year: sums.trips for year, sums in figures.years.items()} == {"2023": 1, "2024": 5}


@pytest.mark.parametrize(
    ("named", "place", "trips"),
    [
        ({"unit": "klimaat"}, "", 1),
        ({"mode": "train"}, "", 2),
        ({"outcome": "train_mandatory", "mode": "plane"}, "", 4),
        ({"verdict": "exception"}, "", 2),
        ({"role": "elected"}, "", 0),
        ({}, "lissabon", 1),
    ],
)
def test_a_choice_narrows_every_figure(
    filled: Store, named: dict[str, str], place: str, trips: int
) -> None:
    choice = Choice(Period(), named, place)
    with filled.read() as session:
        figures = figures_of(session, choice)
        places = destinations_of(session, choice, 10)
        accounts = accounts_of(session, choice)
    assert figures.all.trips == trips
    assert sum(place.trips for place in places) == trips
    assert sum(account.kg for account in accounts) == pytest.approx(figures.all.kg)
    for name in ("unit", "mode", "outcome", "verdict", "tier"):
        assert sum(sums.trips for sums in figures.by[name].values()) == trips, name


def test_a_confidential_reason_is_an_other_reason(filled: Store) -> None:
    with filled.read() as session:
        found = {(verdict, reason) for verdict, reason, _ in figures_of(session, Choice()).reasons}
    assert found == {("exception", "strike"), ("exception", "other")}


def test_places_come_by_co2e_with_their_names(filled: Store) -> None:
    with filled.read() as session:
        places = destinations_of(session, Choice(), 1)
    assert [(place.names.en, place.trips) for place in places] == [("Berlijn (en)", 5)]


def test_the_council_reads_flights_with_a_train_in_time(filled: Store) -> None:
    with filled.read() as session:
        flights = list(flights_of(session, Choice()))
        units = by_unit(session, Choice())
    assert flights[0].depart == date(2024, 12, 31)
    assert {flight.destination.nl for flight in flights} == {"Berlijn"}
    assert sum(row.trips for row in units) == len(flights) == 3


def test_a_train_exactly_at_the_limit_was_in_time_and_a_minute_more_was_not(store: Store) -> None:
    store_trips(store, [made(rail_min=480), made(rail_min=481)])
    with store.read() as session:
        assert figures_of(session, Choice()).all.in_time == 1
        assert [flight.rail_min for flight in flights_of(session, Choice())] == [480]


def test_a_flight_has_ttw_and_wtt_apart_and_a_train_without_both_is_not_split(
    filled: Store,
) -> None:
    with filled.read() as session:
        (line,) = by_category(accounts_of(session, Choice()))
    assert (line.scope, line.category, line.employees, line.trips) == (3, 6, True, 5)
    assert line.ttw_kg == pytest.approx(480)
    assert line.wtt_kg == pytest.approx(120)
    assert line.unsplit_kg == pytest.approx(20)


def test_the_fuel_of_our_own_car_is_scope_1_and_its_making_category_3(store: Store) -> None:
    own = {"wtw_kg": 200.0, "ttw_kg": 160.0}
    store_trips(store, [made(mode="car", scope="1", role="guest", record={"own": own})])
    with store.read() as session:
        lines = accounts_of(session, Choice())
    found = [(a.scope, a.category, a.employees, round(a.ttw_kg), round(a.wtt_kg)) for a in lines]
    assert found == [(1, None, False, 160, 0), (3, 3, False, 0, 40)]


def test_coverage_counts_rows_of_confirmed_files_and_trips_that_were_judged(
    filled: Store,
) -> None:
    counts = {"right": 7, "doubtful": 2, "wrong": 1}
    person = {"id": "p", "issuer": "i", "subject": "s", "name": "N"}
    batch = {"file_name": "f", "file_sha256": "0", "columns": {}, "counts": counts}
    with filled.write() as session:
        session.execute(insert(Person), [person])
        session.add(Batch(**batch, brought_by="p", confirmed_at=None))
        session.flush()
        session.add(Batch(**batch, brought_by="p", confirmed_at=now()))
    with filled.read() as session:
        coverage = coverage_of(session, figures_of(session, Choice()))
    assert (coverage.right, coverage.doubtful, coverage.wrong, coverage.rows) == (7, 2, 1, 10)
    assert (coverage.trips, coverage.judged) == (6, 5)
    assert dict(coverage.tiers) == {0: 1, 2: 5}


def version(number: int, **own: Any) -> Version:
    fields: dict[str, Any] = {
        **{"question": {}, "depart": date(2024, 5, 1), "destination_id": "x", "destination": {}},
        **{"travellers": 1, "role": "staff", "outcome": "free_choice", "mode": "train"},
        **{"mode_back": "train", "modes": [], "deviates": False, "purpose": "", "interest": ""},
        **{"participants": [], "payer": "unit", "evidence": {}, "evidence_sha256": "0"},
        **{"shown": {}, "made_by": "p"},
    }
    return Version(number=number, **{**fields, **own})


def request(status: str, *versions: Version, unit: str = "klimaat", name: str = "R-1") -> Request:
    ties = {"filer_id": "p", "traveller_id": "p"}
    return Request(reference=name, unit=unit, status=status, versions=list(versions), **ties)


def test_planned_costs_come_from_the_newest_version_of_requests_that_stand(store: Store) -> None:
    old = version(1, travel_cents=99900)
    new = version(2, travel_cents=10000, stay_cents=5000, digital="partly")
    with store.write() as session:
        session.add(Person(id="p", issuer="i", subject="s", name="N"))
        session.flush()
        session.add(request("approved", old, new))
        session.add(request("waiting", version(1, registration_cents=100), name="R-2"))
        session.add(request("refused", version(1, travel_cents=77700), name="R-3"))
    with store.read() as session:
        planned = planned_by_unit(session, Choice())
        assert planned == {"klimaat": Planned(2, 15100, 1, {"": 1, "partly": 1})}
        assert digital_answers([*planned.values(), Planned(answers={"": 3})]) == {
            "": 4,
            "partly": 1,
        }
        assert planned_by_unit(session, Choice(Period.of_year(2025))) == {}
        assert planned_by_unit(session, Choice(named={"verdict": "complied"})) == {}


def test_an_elected_member_stands_as_in_the_published_decision(store: Store) -> None:
    step = Step(position=1, function="college", name={}, numbered=True, decision="approved")
    step.decision_number = "2024_CBS_00123"
    filed = request("travelled", version(1, role="elected", steps=[step]))
    with store.write() as session:
        session.add(Person(id="p", issuer="i", subject="s", name="Verkozene"))
        session.flush()
        session.add(filed)
        session.flush()
        id_ = filed.id
    store_trips(store, [made(role="elected", request_id=id_), made(role="staff"), made()])
    with store.read() as session:
        shown = {(f.elected, f.decision, f.who) for f in flights_of(session, Choice())}
    assert shown == {(True, "2024_CBS_00123", "Verkozene"), (False, "", "")}


def test_the_table_of_a_year_knows_people_once_and_leaves_out_the_invented(store: Store) -> None:
    same = [made(traveller="one", depart=date(2024, 1, day)) for day in range(1, 8)]
    store_trips(store, [*same, made(traveller=""), made(invented=True), by_train()])
    with store.read() as session:
        (table,) = year_tables(session).values()
    cell = table[":voorbeelddienst", "plane"]
    assert (cell.trips, cell.people, cell.is_small) == (8, 1, True)
    assert (table[TOTAL, TOTAL].trips, table[TOTAL, TOTAL].people) == (9, 2)
