"""The files of trips that HR gives out: complete, and every figure again from the file alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from cases_reader import ROOT
from register_world import made, store_trips
from request_world import (
    BY_PLANE,
    BY_TRAIN,
    DESK,
    IN_CONFIDENCE,
    ORGANISATION,
    Office,
)
from sqlalchemy import select

from travelplan import Audited, Reference, audit_rows, load_scheme, load_trip_words
from travelplan.cli import main
from webapp.hr.bring_in_store import Dock
from webapp.hr.dashboard_filter import Choice
from webapp.hr.disclosure_file import OPEN_COLUMNS
from webapp.hr.exports_files import csv_lines, json_parts, workbook_bytes
from webapp.hr.exports_rows import TRIP_COLUMNS, trip_rows
from webapp.hr.exports_tables import COUNCIL_COLUMNS
from webapp.hr.figures import sums_of
from webapp.hr.invented import fill
from webapp.hr.own_trips import register_travelled
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Registrar
from webapp.hr.report_ghg import INVENTORY_COLUMNS
from webapp.layout import language_of
from webapp.requests.filing import Made
from webapp.store import Store
from webapp.store.register import MadeTrip
from webapp.store.tables import Request

HEAD = "trip_id;traveller;destination;depart;return;mode;travellers;cost_eur;unit;reason\n"
KINDS = ("csv", "xlsx", "json")


def registrar(reference: Reference) -> Registrar:
    return Registrar(reference, ORGANISATION, Pseudonyms(b"a key for the tests"))


@pytest.fixture
def office(store: Store, reference: Reference) -> Office:
    return Office.with_everybody(store, reference)


def bring_in(office: Office, *rows: str) -> None:
    dock = Dock(office.store, lambda: registrar(office.reference))
    content = (HEAD + "".join(f"{row}\n" for row in rows)).encode()
    by = office.person("hr")
    dock.confirm(dock.hold("file.csv", content, "Agency", by), by)


def approved(office: Office, **asked: Any) -> str:
    id_ = office.file(**asked)
    with office.store.write() as session:
        session.get_one(Request, id_).status = "approved"
    return id_


def rows_of(store: Store) -> list[dict[str, Any]]:
    with store.read() as session:
        return list(trip_rows(session, Choice(), language_of("en")))


def given(store: Store, path: Path) -> Path:
    """The file of all trips, as the page gives it."""
    with store.read() as session:
        rows = trip_rows(session, Choice(), language_of("en"))
        head = {"totals": asdict(sums_of(session, Choice()))}
        written: dict[str, Callable[[], Iterator[bytes]]] = {
            "csv": lambda: csv_lines(TRIP_COLUMNS, rows),
            "xlsx": lambda: workbook_bytes(TRIP_COLUMNS, rows),
            "json": lambda: json_parts(head, "trips", rows),
        }
        path.write_bytes(b"".join(written[path.suffix[1:]]()))
    return path


def everything(office: Office) -> None:
    """Invented trips, trips that were only booked, and three that were asked for here."""
    with office.store.write() as session:
        fill(session, registrar(office.reference), None)
    approved(office, choice=BY_PLANE)
    approved(office, choice=BY_TRAIN, destination="Parijs")
    approved(office, choice=IN_CONFIDENCE, destination="Praag", nights="3")
    bring_in(
        office,
        "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;310,00;;",
        "8;reiziger;Parijs;2027-03-01;2027-03-03;plane;1;99,00;;",
        "9;reiziger;Praag;2027-03-01;2027-03-04;plane;1;;;",
        "10;;Keulen;2027-04-01;2027-04-02;dienstwagen;2;;;",
        "11;;Marseille;2027-04-01;2027-04-02;plane;2;400,00;;confidential",
        "12;;Berlijn;2019-04-01;2019-04-03;nachttrein;1;150,00;;",
    )


def test_every_figure_of_every_kind_of_file_comes_out_again_offline(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything(office)
    for kind in KINDS:
        path = given(office.store, tmp_path / f"trips.{kind}")
        assert main(["audit", str(path), "--check", "--lang", "en"]) == 0, capsys.readouterr().out
        assert "746 trips recomputed, 0 differences." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("co2e_kg", lambda v: round(v + 0.001, 3)),
        ("ttw_kg", lambda v: round(v + 0.001, 3)),
        ("co2e_low_kg", lambda v: round(v - 0.001, 3)),
        ("minutes", lambda v: v + 1),
        ("distance_km", lambda v: v + 0.1),
        ("verdict", lambda v: "complied"),
        ("verdict_of_day", lambda v: "complied"),
        ("outcome", lambda v: "free_choice"),
        ("avoidable_hours", lambda v: v + 0.01),
        ("scope", lambda v: "1"),
        ("tier", lambda v: 1),
        ("deviates", lambda v: not v),
    ],
)
def test_one_figure_changed_in_a_file_is_found(
    office: Office,
    column: str,
    change: Callable[[Any], Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    approved(office, choice=BY_PLANE)
    bring_in(office, "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;310,00;;")
    path = given(office.store, tmp_path / "trips.json")
    whole = json.loads(path.read_text("utf-8"))
    whole["trips"][0][column] = change(whole["trips"][0][column])
    path.write_text(json.dumps(whole), "utf-8")
    assert main(["audit", str(path), "--check", "--lang", "en"]) == 1
    assert f"{column} is" in capsys.readouterr().out


def test_a_decision_changed_in_a_file_is_found(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The frozen decision is made again from its facts: a softer one does not pass."""
    approved(office, choice=BY_TRAIN)
    bring_in(office, "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;310,00;;")
    path = given(office.store, tmp_path / "trips.json")
    whole = json.loads(path.read_text("utf-8"))
    trip = whole["trips"][0]
    trip["decision_evidence"]["parts"][0]["modes"]["plane"] = "allowed"
    trip |= {"verdict": "complied", "deviates": False}
    path.write_text(json.dumps(whole), "utf-8")
    assert main(["audit", str(path), "--check", "--lang", "en"]) == 1
    assert "decision_evidence" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["kg", "cost_cents", "trips", "minutes", "in_time"])
def test_a_total_that_is_not_the_sum_of_the_rows_is_found(
    office: Office, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in(office, "7;;Berlijn;2027-03-01;2027-03-03;plane;1;310,00;;")
    path = given(office.store, tmp_path / "trips.json")
    whole = json.loads(path.read_text("utf-8"))
    whole["totals"][name] += 1
    path.write_text(json.dumps(whole), "utf-8")
    assert main(["audit", str(path), "--check", "--lang", "en"]) == 1
    assert f"{name} is" in capsys.readouterr().out


def test_any_other_file_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("[1, 2]", "utf-8")
    assert main(["audit", str(path), "--check", "--lang", "en"]) == 2


def test_a_row_of_a_request_tells_when_it_was_asked_agreed_and_by_which_role(
    office: Office,
) -> None:
    id_ = office.file(choice=BY_PLANE)
    with office.store.write() as session:
        request = session.get_one(Request, id_)
        for step in request.current.steps:
            step.decision, step.decided_at = "approved", request.filed_at
        request.status = "approved"
        roles = [step.function for step in request.current.steps if step.function != "hr"]
    bring_in(office, "7;reiziger;Berlijn;2027-03-01;2027-03-03;plane;1;310,00;;")
    (row,) = rows_of(office.store)
    today = request.filed_at.date().isoformat()
    assert (row["request_date"], row["approval_date"]) == (today, today)
    assert (row["decision"], row["approver_role"]) == ("approved", roles[-1])
    assert (row["funder"], row["booking_date"]) == ("city", None)
    assert (row["verdict"], row["verdict_of_day"]) == ("exception", "deviated")
    assert (row["reason"], row["deviates"], row["cost_kind"]) == ("strike", True, "booked")


def test_a_row_of_a_file_tells_of_its_source_its_way_and_nothing_that_is_not_known(
    office: Office,
) -> None:
    bring_in(
        office,
        "7;x;Wenen;2027-03-01;2027-03-02;nachttrein;1;310,00;;",
        "8;x;Berlijn;2027-03-02;2027-03-05;train;2;;;",
        "9;y;Berlijn;2027-03-03;;train;1;;;",
    )
    night, train, no_return = rows_of(office.store)
    assert re.fullmatch(r"[0-9a-f]{64}", night["source_file_hash"])
    assert [row["source_row"] for row in (night, train, no_return)] == ["2", "3", "4"]
    assert night["source_file_hash"] == train["source_file_hash"]
    assert (night["origin"], night["destination"]) == ("Ghent", "Vienna")
    assert (night["nights"], night["nights_on_train"], night["hotel_nights"]) == (1, 2, 0)
    assert (train["days"], train["nights"], train["nights_on_train"]) == (4, 3, 0)
    assert train["hotel_nights"] is None  # nobody told where they slept
    assert (no_return["days"], no_return["nights"]) == (None, None)
    assert (train["cost_eur"], train["cost_kind"], train["carbon_price_eur"]) == (None, "", None)
    assert train["distance_km"] == pytest.approx(2 * 820, abs=40)
    assert (train["distance_source"], train["method"]) == ("planned", "distance")
    assert (train["factors"], train["tier"]) == ("travelplan-2026.1", 3)
    assert train["minutes"] == 2 * sum(leg["min"] * leg["times"] for leg in train["legs"])
    assert night["traveller_key"] == train["traveller_key"] != no_return["traveller_key"]
    assert (train["request_date"], train["approver_role"]) == (None, None)


def test_the_key_of_a_traveller_holds_within_one_file_only(office: Office) -> None:
    bring_in(office, "7;x;Wenen;2027-03-01;2027-03-02;train;1;;;")
    with office.store.read() as session:
        pseudonym = session.scalars(select(MadeTrip.traveller)).one()
    first, second = rows_of(office.store)[0], rows_of(office.store)[0]
    assert first["traveller_key"] != second["traveller_key"]
    assert pseudonym not in json.dumps(first)


def test_what_the_vehicles_emit_stands_apart_from_what_their_energy_took(office: Office) -> None:
    """A flight burns most of it itself; a train on electricity burns nothing."""
    bring_in(
        office,
        "7;;Berlijn;2027-03-01;2027-03-03;plane;1;;;",
        "8;;Parijs;2027-03-01;2027-03-03;car;1;;;",
    )
    plane, car = rows_of(office.store)
    for row in (plane, car):
        assert 0.6 * row["co2e_kg"] < row["ttw_kg"] < row["co2e_kg"]


def test_what_a_traveller_told_is_what_was_paid(office: Office) -> None:
    id_ = approved(office)
    with office.store.write() as session:
        request = session.get_one(Request, id_)
        DESK.travelled(session, request, request.traveller, Made("train", "train", "", 12050))
        register_travelled(session, request, registrar(office.reference))
    (row,) = rows_of(office.store)
    assert (row["cost_eur"], row["cost_kind"], row["matched"]) == (120.5, "paid", "own")
    assert (row["source_file_hash"], row["source_row"]) == (None, "")


def test_a_levy_of_the_scheme_is_a_carbon_price(store: Store, reference: Reference) -> None:
    """UGent asked 50 euro a tonne until 2024; what it asks since has no published price."""
    known = replace(reference, scheme=load_scheme("ugent"))
    row = {"destination": "Berlijn", "mode": "plane", "travellers": 2}
    days = [("2024-03-01", "2024-03-03"), ("2027-03-01", "2027-03-03")]
    rows = [{**row, "depart": depart, "return": back} for depart, back in days]
    then, now = (
        registrar(known).row(judged)
        for judged in audit_rows(rows, known, load_trip_words())
        if isinstance(judged, Audited)
    )
    assert then["record"]["levy_cents"] == pytest.approx(then["wtw_kg"] * 5, abs=1)
    assert "levy_cents" not in now["record"]


def test_the_docs_name_every_column_of_every_file_once_and_no_other() -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")
    for head, columns in (
        ("## Trips", TRIP_COLUMNS),
        ("## The answer to the council", COUNCIL_COLUMNS),
        ("## The inventory", INVENTORY_COLUMNS),
        ("## Open data", OPEN_COLUMNS),
    ):
        part = text.split(f"{head}\n")[1].split("\n## ")[0]
        named = [
            name
            for line in part.splitlines()
            if line.startswith("| `")
            for name in re.findall(r"`([a-z0-9_]+)`", line.split(" | ")[0])
        ]
        assert sorted(named) == sorted(columns), head


def test_a_file_holds_its_columns_in_their_order(store: Store) -> None:
    store_trips(store, [made()])
    with store.read() as session:
        rows = trip_rows(session, Choice(), language_of("nl"))
        text = b"".join(csv_lines(TRIP_COLUMNS, rows)).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert head == list(TRIP_COLUMNS)
    assert len(row) == len(head)
