"""Ten thousand texts that begin like a formula, through every table that leaves: none is one."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date

import pytest
from filing_site import FilingSite, Someone
from python_calamine import load_workbook
from register_world import made, store_trips

from travelplan.report.audited import record_of_cells
from travelplan.report.harmless import harmless, harmless_in_csv
from webapp.hr.exports_files import csv_lines, json_parts, workbook_bytes

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
BEFORE = ("", " ", "'", '"', "  '", '" ', "\u00a0", "\u200b", "\ufeff", "\x00", "\u3000", "\t ")
MIDDLE = ("", "x;", "x,", 'x";"', "x\n", "x; '", "x\r\n")
PAGES = ("/hr/trips", "/hr/council", "/hr/inventory", "/hr/open-data")
STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")


def generated(count: int = 10_000) -> list[str]:
    dice = random.Random(20261122)  # noqa: S311  (the same each time)
    tails = ("1+1", "cmd|' /C calc'!A0", "HYPERLINK(1)", "SUM(A1)", "A1", "x" * 40)
    return [
        dice.choice(MIDDLE) + dice.choice(BEFORE) + dice.choice(SIGNS) + dice.choice(tails)
        for _ in range(count)
    ]


def starts_a_formula(cell: str) -> bool:
    """Whether nothing but blanks and quotes stands before a sign: an apostrophe makes it text."""
    return cell.lstrip(' \u00a0\u200b\ufeff\u3000\n"').startswith(STARTS)


def cells_of(data: bytes, mark: str) -> list[str]:
    """The cells of a CSV file as a spreadsheet of that country splits it."""
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(text, delimiter=mark) for cell in row]


def test_ten_thousand_texts_are_no_formulas_whatever_mark_splits_the_line() -> None:
    texts = generated()
    rows = [{"a": texts[n], "b": n, "c": texts[-n]} for n in range(0, len(texts), 2)]
    data = b"".join(csv_lines(("a", "b", "c"), rows))
    for mark in (",", ";"):
        found = [cell for cell in cells_of(data, mark) if starts_a_formula(cell)]
        assert found == [], mark


def test_ten_thousand_texts_are_texts_in_a_workbook() -> None:
    texts = generated()
    data = b"".join(workbook_bytes(("a",), [{"a": text} for text in texts]))
    sheet = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert len(sheet) == len(texts) + 1
    assert not [cell for (cell,) in sheet if starts_a_formula(str(cell))]


def test_json_is_left_as_it_is() -> None:
    texts = generated(500)
    data = b"".join(json_parts({}, "rows", [{"a": text} for text in texts]))
    assert [row["a"] for row in json.loads(data)["rows"]] == texts


@pytest.mark.parametrize("number", [-1, -0.5, 1e-9, -1234.56, 0])
def test_a_negative_number_stays_a_number(number: float) -> None:
    assert harmless(number) is number is harmless_in_csv(number)
    data = b"".join(workbook_bytes(("a",), [{"a": number}]))
    sheet = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert sheet[1] == [number]


def test_evidence_survives_its_cell() -> None:
    """JSON in a cell comes back as it was, also from a file that a semicolon splits."""
    evidence = [{"more_min": -12, "facts": {"reason": ["; =1+1", ",-2"]}}]
    data = b"".join(csv_lines(("evidence",), [{"evidence": evidence}]))
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert record_of_cells(row)["evidence"] == evidence
    assert ";" not in row["evidence"]


@pytest.mark.parametrize("page", PAGES)
def test_no_file_of_hr_holds_a_formula(page: str, filing_site: FilingSite) -> None:
    dice = random.Random(7)  # noqa: S311
    texts = [text.replace("\x00", "") for text in generated(300)]  # no database holds a NUL
    trips = [
        made(
            trip_id=dice.choice(texts)[:80],
            unit=dice.choice(texts)[:120],
            reason=dice.choice(texts)[:40],
            rule=dice.choice(texts)[:80],
            scheme_version=dice.choice(texts)[:80],
            place=dice.choice(texts),
            destination_id=str(n),
            depart=date(2024, 3, 1 + n % 28),
        )
        for n in range(200)
    ]
    trips = [
        {**t, **{k: v.replace("\x00", "") for k, v in t.items() if isinstance(v, str)}}
        for t in trips
    ]
    store_trips(filing_site.store, trips)
    hr: Someone = filing_site.somebody("hr")
    hr.get("/hr/open-data")
    hr.post("/hr/open-data/publish", {"year": "2024"})
    data = hr.client.get(f"{page}.csv").data
    for mark in (",", ";"):
        found = [c for c in cells_of(data, mark) if starts_a_formula(c) and not _is_number(c)]
        assert found == [], mark
    sheet = load_workbook(io.BytesIO(hr.client.get(f"{page}.xlsx").data)).get_sheet_by_index(0)
    cells = [cell for row in sheet.to_python() for cell in row if isinstance(cell, str)]
    assert not [cell for cell in cells if starts_a_formula(cell)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
