"""What is given out: no cell a formula, no name, no confidential code, every figure again."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from filing_site import FilingSite, Someone
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook
from register_world import by_train, made, store_trips

from webapp.hr.exports_files import csv_lines, workbook_bytes

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
PAYLOADS = (
    *("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", '"=1', "'=1"),
    *("＝1+1", "＋1", "－1", "＠A", "\u00a0=1", "\u200b=1", "\ufeff=1", "\n=1", "\x00=1"),
)


@pytest.fixture
def hr(filing_site: FilingSite) -> Someone:
    return filing_site.somebody("hr")


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet takes a cell of a CSV file for a formula."""
    bare = cell.lstrip(' \u00a0\u200b\ufeff"\x00')
    return bare.startswith(FORMULAS)


def written(cells: list[object]) -> list[str]:
    columns = [str(number) for number in range(len(cells))]
    row = dict(zip(columns, cells, strict=True))
    return csv_rows(b"".join(csv_lines(columns, [row])))[1]


@given(st.sampled_from(FORMULAS), st.text(max_size=20), st.sampled_from(["", " ", "'", '"']))
@settings(max_examples=500)
def test_no_text_becomes_a_formula(sign: str, rest: str, before: str) -> None:
    (cell,) = written([f"{before}{sign}{rest}x"])
    assert not is_formula(cell)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_known_payload_becomes_a_formula(payload: str) -> None:
    assert not is_formula(written([payload])[0]) or written([payload])[0].lstrip("-+").isdecimal()


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5))
def test_numbers_stay_numbers_in_csv_and_workbook(numbers: list[int]) -> None:
    assert [int(cell) for cell in written(list(numbers))] == numbers
    columns = [str(n) for n in range(len(numbers))]
    row = dict(zip(columns, numbers, strict=True))
    book = b"".join(workbook_bytes(columns, [row]))
    sheet = load_workbook(io.BytesIO(book)).get_sheet_by_index(0)
    assert sheet.to_python()[1] == numbers


def test_a_workbook_has_neither_formulas_nor_links() -> None:
    rows = [
        {"a": payload, "b": f"https://example.invalid/{n}"} for n, payload in enumerate(PAYLOADS)
    ]
    book = b"".join(workbook_bytes(("a", "b"), rows))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_formulas_of_a_file_of_bookings_leave_as_text(filing_site: FilingSite, hr: Someone) -> None:
    store_trips(filing_site.store, [made(unit="=HYPERLINK(1)", trip_id="@A1", reason="+1 x")])
    for kind in ("trips", "council"):
        cells = csv_rows(hr.get(f"/hr/{kind}.csv").data)[1]
        assert not any(is_formula(cell) for cell in cells), kind
    assert "=HYPERLINK(1)" in hr.get("/hr/trips.json").get_data(as_text=True)


def test_no_file_names_who_travelled_or_a_confidential_reason(
    filing_site: FilingSite, hr: Someone
) -> None:
    trip = made(traveller="pseudonym-of-somebody", reason="confidential", verdict="exception")
    store_trips(filing_site.store, [trip])
    for name in ("trips.csv", "trips.json", "council.csv", "council.json", "inventory.csv"):
        text = hr.get(f"/hr/{name}").get_data(as_text=True)
        assert "pseudonym-of-somebody" not in text, name
        assert "confidential" not in text, name
        assert "ertrouwelijk" not in text, name


def test_the_files_hold_the_trips_that_the_address_asks_for(
    filing_site: FilingSite, hr: Someone
) -> None:
    store_trips(filing_site.store, [made(), by_train(), made(depart=date(2023, 5, 5))])
    assert len(csv_rows(hr.get("/hr/trips.csv").data)) == 4
    assert len(csv_rows(hr.get("/hr/trips.csv?year=2024").data)) == 3
    assert len(csv_rows(hr.get("/hr/council.csv?year=2024").data)) == 2
    book = load_workbook(io.BytesIO(hr.client.get("/hr/trips.xlsx?mode=train").data))
    head, row = book.get_sheet_by_index(0).to_python()
    assert row[head.index("cost_eur")] == 120.5
    assert row[head.index("co2e_kg")] == 10


@pytest.mark.parametrize("path", ["trips.exe", "council.html", "open-data.xls", "inventory.pdf"])
def test_there_is_no_other_kind_of_file(hr: Someone, path: str) -> None:
    assert hr.get(f"/hr/{path}").status_code == 404


@pytest.mark.parametrize("name", ["trips.csv", "council.xlsx", "trips.json"])
def test_a_wrong_choice_gives_a_page_that_says_so_and_no_file(hr: Someone, name: str) -> None:
    response = hr.client.get(f"/hr/{name}?year=volgend")
    assert response.status_code == 422
    assert "is geen jaar" in response.get_data(as_text=True)
