"""What was booked comes in through the pages: looked at first, confirmed, stored once."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import pytest
from bring_in_world import as_file, planted, send
from filing_site import FilingSite, Someone
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from travelplan.audit.recompute import differences
from travelplan.files import load_factors, load_scheme
from webapp.hr.bring_in_views import MOST_BYTES
from webapp.hr.registering import trip_record
from webapp.store.register import Batch, BroughtFile, ColumnMapping, MadeTrip

HEAD = (
    "Reisnummer;Reiziger;Bestemming;Vertrekdatum;Datum terugreis;Vervoermiddel;Kostprijs;Dienst\n"
)
TO_PARIS = "R1;1234;Parijs;1/3/2024;3/3/2024;trein;120,50;Voorbeelddienst\n"


def shown(text: str) -> list[tuple[int, str, str]]:
    """The rows of the table of what is left out: row, column and what is said."""
    rows = re.findall(r'<th role="rowheader".*?</tr>', text, re.DOTALL)
    found = []
    for row in rows:
        cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"</t[hd]>", row)]
        found.append((int(cells[0].split()[-1]), cells[2], cells[4]))
    return found


def counts(text: str) -> list[int]:
    return [int(number.replace(".", "")) for number in re.findall(r"<li><b>([\d.]+)</b>", text)]


def trips(site: FilingSite) -> list[MadeTrip]:
    with site.store.read() as session:
        return list(session.scalars(select(MadeTrip).order_by(MadeTrip.trip_id)))


def small(hr: Someone, rows: str = TO_PARIS, name: str = "boekingen.csv", head: str = HEAD) -> str:
    return send(hr, (head + rows).encode("cp1252"), name)


@pytest.fixture(params=["csv", "xlsx"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_sixty_planted_faults_come_back_and_nothing_else(
    filing_site: FilingSite, tmp_path: Path, kind: str
) -> None:
    hr = filing_site.somebody("hr")
    rows, wrong = planted()
    assert (len(rows), len(wrong)) == (2500, 60)
    page = send(hr, as_file(rows, tmp_path, kind), f"boekingen.{kind}")
    text = hr.text(page)
    right, doubtful, bad = counts(text)
    assert (right, doubtful, bad) == (2440, 12, 48)
    assert {row: column for row, column, _ in shown(text)} == wrong
    assert all(said for _, _, said in shown(text))
    assert trips(filing_site) == []
    assert hr.post(f"{page}/confirm").status_code == 303
    stored = trips(filing_site)
    assert len(stored) == 2440
    wanted = {row["Reisnummer"] for i, row in enumerate(rows) if i + 2 not in wrong}
    assert {trip.trip_id for trip in stored} == wanted


def test_a_workbook_gives_the_same_trips_as_csv(filing_site: FilingSite, tmp_path: Path) -> None:
    hr = filing_site.somebody("hr")
    rows = planted()[0][:200]
    first = send(hr, as_file(rows, tmp_path, "csv"), "boekingen.csv")
    hr.post(f"{first}/confirm")
    second = send(hr, as_file(rows, tmp_path, "xlsx"), "boekingen.xlsx")
    assert "Je hoeft niets te bevestigen" in hr.text(second)
    before = len(trips(filing_site))
    hr.post(f"{second}/confirm")
    assert len(trips(filing_site)) == before > 190


def test_the_same_file_twice_stores_nothing_twice(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    page = small(hr)
    for _ in range(2):
        assert hr.post(f"{page}/confirm").status_code == 303
    assert len(trips(filing_site)) == 1
    fields = {"supplier": "Ander", "file": (io.BytesIO((HEAD + TO_PARIS).encode()), "x.csv")}
    answer = hr.post("/hr/bring-in", fields, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Dit bestand is al ingelezen op" in unescape(answer.get_data(as_text=True))


def test_a_trip_that_another_file_told_of_is_not_stored_twice(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    hr.post(f"{small(hr)}/confirm")
    page = small(hr, TO_PARIS + "R2;1234;Lyon;1/4/2024;3/4/2024;trein;90;Voorbeelddienst\n")
    assert "1 ervan staat al in het register" in hr.text(page)
    hr.post(f"{page}/confirm")
    assert [trip.trip_id for trip in trips(filing_site)] == ["R1", "R2"]
    assert "1 reis stond er al in" in hr.text(page)


def test_nothing_of_the_file_stays_once_it_is_confirmed_or_thrown_away(
    filing_site: FilingSite,
) -> None:
    hr = filing_site.somebody("hr")
    page, other = small(hr), small(hr, TO_PARIS.replace("R1", "R9"))
    assert hr.get(f"{page}/wrong.csv").status_code == 200
    hr.post(f"{page}/confirm")
    hr.post(f"{other}/discard")
    with filing_site.store.read() as session:
        assert session.scalar(select(func.count()).select_from(BroughtFile)) == 0
        assert session.scalar(select(func.count()).select_from(Batch)) == 1
    assert hr.get(f"{page}/wrong.csv").headers["Location"] == page
    assert hr.get(other).status_code == 404


def test_no_name_stands_in_the_register(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    row = TO_PARIS.replace("1234", "Marie Proef").replace(";trein;", ";vliegtuig;")
    head = HEAD.replace("Dienst\n", "Dienst;Motivering\n")
    page = small(hr, row.replace("\n", ";haar arts raadt de trein af\n"), head=head)
    hr.post(f"{page}/confirm")
    (trip,) = trips(filing_site)
    assert re.fullmatch(r"[0-9a-f]{64}", trip.traveller)
    with filing_site.store.read() as session:
        kept = session.scalars(select(MadeTrip)).one()
        assert kept.grounds
        told = str([kept.record, kept.grounds.record, kept.reason, kept.unit])
    assert "Proef" not in told
    assert "arts" not in told


def test_the_figures_of_a_stored_trip_come_out_of_its_record(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    flights = "".join(
        f"R{n};7;{place};1/3/2024;3/3/2024;vliegtuig;120,50;Voorbeelddienst\n"
        for n, place in enumerate(("Parijs", "Wenen", "Madrid"))
    )
    hr.post(f"{small(hr, flights)}/confirm")
    with filing_site.store.read() as session:
        records = [trip_record(trip) for trip in session.scalars(select(MadeTrip))]
    assert len(records) == 3
    assert list(differences(records, load_scheme, load_factors)) == []
    assert {record["verdict"] for record in records} == {"deviated", "complied"}


def test_unknown_headers_are_asked_once_and_kept_for_the_supplier(
    filing_site: FilingSite,
) -> None:
    hr = filing_site.somebody("hr")
    head = HEAD.replace("Bestemming", "Waarheen").replace("Kostprijs", "Som in euro")
    page = small(hr, head=head)
    columns = f"{page}/columns"
    text = hr.text(page)
    assert "Wat staat in welke kolom?" in text
    assert "120,50" in text
    wrong = hr.post(columns, {"column-3": "", "column-7": "trip_id", "column-1": "trip_id"})
    said = unescape(wrong.get_data(as_text=True))
    assert wrong.status_code == 422
    assert "<title>Fout" in said
    assert "Reisnummer” is dit al" in said
    fields = dict.fromkeys((f"column-{n}" for n in range(1, 9)), "-")
    chosen = {"column-3": "destination", "column-4": "depart", "column-6": "mode"}
    answer = hr.post(columns, {**fields, **chosen, "column-7": "cost_eur"})
    assert answer.status_code == 303
    hr.post(f"{page}/confirm")
    (trip,) = trips(filing_site)
    assert (trip.destination["nl"], trip.cost_cents, trip.unit) == ("Parijs", 12050, "")
    with filing_site.store.read() as session:
        assert session.get(ColumnMapping, "Reisbureau")
    again = small(hr, TO_PARIS.replace("Parijs", "Lyon"), head=head)
    assert "Eerst bekijken" in hr.text(again)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"supplier": "", "file": (io.BytesIO(b"x"), "x.csv")}, "Zeg van wie het bestand komt"),
        ({"supplier": "A"}, "Kies een bestand"),
        ({"supplier": "A", "file": (io.BytesIO(b""), "x.csv")}, "Het bestand is leeg"),
        ({"supplier": "A", "file": (io.BytesIO(HEAD.encode()), "x.csv")}, "geen rijen"),
        ({"supplier": "A", "file": (io.BytesIO(b"PK\x03\x04rommel"), "x.xlsx")}, "beschadigd"),
        ({"supplier": "A", "file": (io.BytesIO(b"\xd0\xcf\x11\xe0"), "x.xls")}, "oud"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(
    filing_site: FilingSite, fields: dict[str, object], said: str
) -> None:
    hr = filing_site.somebody("hr")
    hr.get("/hr/bring-in")
    answer = hr.post("/hr/bring-in", fields, content_type="multipart/form-data")
    text = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert said in text
    assert "<title>Fout" in text


def test_too_many_rows_and_too_many_bytes_are_refused(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    hr.get("/hr/bring-in")
    rows = "Bestemming;Vertrekdatum\n" + "A;1\n" * 50_001
    fields = {"supplier": "A", "file": (io.BytesIO(rows.encode()), "x.csv")}
    answer = hr.post("/hr/bring-in", fields, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "python -m webapp.hr.bring_in" in answer.get_data(as_text=True)
    kind = "multipart/form-data; boundary=b"
    answer = hr.client.post("/hr/bring-in", data=b"x" * (MOST_BYTES + 1), content_type=kind)
    assert answer.status_code == 413
    assert "Dat is te veel ineens" in unescape(answer.get_data(as_text=True))


def test_the_wrong_rows_come_back_with_their_reason_and_no_formula(
    filing_site: FilingSite,
) -> None:
    hr = filing_site.somebody("hr")
    formula = TO_PARIS.replace("Parijs", "=1+1").replace("R1", "@SUM(A1)")
    page = small(hr, TO_PARIS + formula)
    lines = hr.get(f"{page}/wrong.csv").get_data().decode("utf-8-sig").splitlines()
    assert lines[0].endswith(";wat er fout is")
    assert len(lines) == 2
    assert lines[1].startswith("'@SUM(A1);1234;'=1+1;1/3/2024")
    assert "Bestemming: “=1+1” is een formule" in lines[1]
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(hr.client.get(f"{page}/wrong.xlsx").get_data())
    )
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Reisnummer", "'@SUM(A1)"]
    assert "formule" in str(rows[1][-1])


def test_only_hr_can_bring_in(filing_site: FilingSite) -> None:
    page = small(filing_site.somebody("hr"))
    traveller = filing_site.somebody("reiziger")
    for path in ("/hr/bring-in", page, f"{page}/columns", f"{page}/wrong.csv", "/hr/matches"):
        assert traveller.get(path).status_code == 403
    for path in ("/hr/bring-in", f"{page}/confirm", f"{page}/discard"):
        assert traveller.post(path).status_code == 403
    assert trips(filing_site) == []
