"""Whole files: planted faults, workbooks, bombs, what is written, and all of it recomputed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from audit_world import DUTCH, WORDS, as_written, demo_rows, judged, write_csv, write_xlsx
from hypothesis import given
from hypothesis import strategies as st

from travelplan import (
    Audited,
    AuditSummary,
    Faulty,
    InputError,
    Reference,
    audit_table,
    differences,
    load_factors,
    load_scheme,
    open_trips,
    read_trips,
)
from travelplan.files import load_language
from travelplan.report.audited import (
    COLUMNS,
    CsvLines,
    JsonLines,
    fault_record,
    record_of_cells,
    trip_cells,
)
from travelplan.report.harmless import harmless
from travelplan.report.workbook import write_workbook
from travelplan.sheets import MEGABYTE, workbook_rows

ENGLISH = load_language("en")
FAULTS = {
    "no_such_day": {DUTCH["depart"]: "31/2/2024"},
    "not_found": {DUTCH["destination"]: "Xyzzyqville"},
    "negative": {DUTCH["cost_eur"]: "-120,00"},
    "missing": {DUTCH["mode"]: ""},
    "ambiguous": {DUTCH["destination"]: "Melle"},
    "duplicate": {},
    "formula": {DUTCH["reason"]: '=HYPERLINK("http://example.org";"x")'},
}
PLANTED = 60


@pytest.fixture(scope="module")
def planted() -> tuple[list[dict[str, str]], dict[int, str]]:
    """Trips of which sixty rows are wrong, and which rows by their number in the file."""
    rows = as_written(demo_rows(2_500))
    expected: dict[int, str] = {}
    places = range(7, 2_400, 39)[:PLANTED]
    for i, place in enumerate(places):
        kind = list(FAULTS)[i % len(FAULTS)]
        if kind == "duplicate":
            rows[2_499 - i] = dict(rows[place])
            expected[2_499 - i + 2] = kind
        else:
            rows[place] = {**rows[place], **FAULTS[kind]}
            expected[place + 2] = kind
    return rows, expected


def audited(reference: Reference, path: Path) -> list[Audited | Faulty]:
    with open_trips(path, WORDS) as table:
        return list(audit_table(table, reference, WORDS))


def faults_of(results: list[Audited | Faulty]) -> dict[int, str]:
    return {r.row: r.problems[0].code for r in results if isinstance(r, Faulty)}


def test_exactly_the_planted_faults_come_back_explained(
    reference: Reference, planted: tuple[list[dict[str, str]], dict[int, str]], tmp_path: Path
) -> None:
    rows, expected = planted
    found = audited(reference, write_csv(tmp_path / "t.csv", rows))
    assert len(expected) == PLANTED
    assert faults_of(found) == expected
    assert all(len(r.problems) == 1 for r in found if isinstance(r, Faulty))
    assert sum(isinstance(r, Audited) for r in found) == 2_500 - PLANTED


def test_the_same_trips_as_a_workbook_come_to_the_same(
    reference: Reference, planted: tuple[list[dict[str, str]], dict[int, str]], tmp_path: Path
) -> None:
    rows, _ = planted
    text = JsonLines()
    lines = []
    for path in (write_csv(tmp_path / "t.csv", rows), write_xlsx(tmp_path / "t.xlsx", rows)):
        found = audited(reference, path)
        lines.append([text.line(r) if isinstance(r, Audited) else faults_of([r]) for r in found])
    assert lines[0] == lines[1]


@pytest.mark.parametrize("reckoned", [0, "", "Parijs", 120.5])
def test_the_formulas_of_a_workbook_are_named_whatever_they_came_to(
    reference: Reference, tmp_path: Path, reckoned: object
) -> None:
    import xlsxwriter  # noqa: PLC0415

    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("second").write_formula("A1", "=1")
        sheet = book.add_worksheet("first")
        book.worksheets_objs.reverse()
        sheet.write_row(2, 1, ["depart", "destination", "mode", "cost_eur", "remarks"])
        sheet.write_row(3, 1, ["2024-03-05", "Parijs", "trein", 120])
        sheet.write_formula(3, 5, "=E4*2", value=reckoned)
        sheet.write_row(4, 1, ["2024-03-06", "", "trein", 120])
        sheet.write_formula(4, 2, '=IF(1<2,"Par"&"ijs","")', value=reckoned)
        sheet.write_row(5, 1, ["2024-03-07", "Parijs", "trein"])
        sheet.write_formula(5, 4, "=SUM(E4:E5)", value=reckoned)
    found = audited(reference, path)
    assert [type(result) for result in found] == [Audited, Faulty, Faulty]
    problems = [
        (r.row, p.field, p.code) for r in found if isinstance(r, Faulty) for p in r.problems
    ]
    assert problems == [(5, "destination", "formula"), (6, "cost_eur", "formula")]


def test_a_workbook_with_real_days_and_numbers_is_read(
    reference: Reference, tmp_path: Path
) -> None:
    from datetime import date  # noqa: PLC0415

    import xlsxwriter  # noqa: PLC0415

    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(2, 0, ["Bestemming", "Vertrek", "Terug", "Vervoer", "Prijs", "Personen"])
        sheet.write(3, 0, "Lyon")
        sheet.write_datetime(3, 1, date(2024, 3, 1), day)
        sheet.write_number(3, 2, 45354)
        sheet.write(3, 3, "trein")
        sheet.write_number(3, 4, 120.125)
        sheet.write_number(3, 5, 2)
    (result,) = audited(reference, path)
    assert isinstance(result, Audited)
    assert result.rows == (4,)
    assert (result.depart, result.back) == (date(2024, 3, 1), date(2024, 3, 3))
    assert (result.cost_cents, result.travellers) == (12012, 2)


# --- Files that are refused ------------------------------------------------------------


def zipped(**parts: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "/", 1), content)
    return out


def refused(handle: io.BytesIO) -> str:
    handle.seek(0)
    with pytest.raises(InputError) as error:
        read_trips(handle, WORDS)
    return error.value.problems[0].code


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(xl_sheet1=b"0" * (WORDS.workbook.unpacked_mb * MEGABYTE + 1))
    assert len(bomb.getvalue()) < MEGABYTE
    assert refused(bomb) == "too_large"


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = b"0" * (20 * MEGABYTE)
    lying = zipped(xl_sheet1=content).getvalue()
    declared = len(content).to_bytes(4, "little")
    assert lying.count(declared) == 2
    assert (
        refused(io.BytesIO(lying.replace(declared, (1000).to_bytes(4, "little")))) == "unreadable"
    )


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl_vbaProject.bin", b"x", "not_plain"),
        ("xl_externalLinks/externalLink1.xml", b"<x/>", "not_plain"),
        (
            "xl_workbook.xml",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>',
            "not_plain",
        ),
        ("xl_nothing.xml", b"<x/>", "unreadable"),
    ],
)
def test_a_workbook_with_more_than_cells_is_refused(name: str, content: bytes, code: str) -> None:
    assert refused(zipped(**{name: content})) == code


def test_too_many_parts_are_refused() -> None:
    assert refused(zipped(**{f"xl_{n}": b"x" for n in range(65)})) == "too_large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and no more", "unreadable"),
        (b"\xd0\xcf\x11\xe0 an old one", "old"),
        (b"", "missing_column"),
        (b"%PDF-1.7", "no_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4", "no_table"),
        (b"<!DOCTYPE html><table><tr><td>destination", "no_table"),
        ("destination;depart\nParijs;2024-03-01".encode("utf-16-le"), "no_table"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    assert refused(io.BytesIO(content)) == code


def test_one_strange_byte_in_a_cell_does_not_refuse_the_file() -> None:
    rows = b"destination;depart\n" + b"Parijs;2024-03-01\n" * 20
    table = read_trips(io.BytesIO(rows + b"Par\0ijs;2024-03-01\n"), WORDS)
    assert sum(1 for _ in table.rows()) == 21


# --- What is written ------------------------------------------------------------

ROWS = (
    '1;;;Parijs;1/3/2024;3/3/2024;vlucht;;2;99,50;"a ""b"", c";A-1',
    "2;;;Barcelona;1/3/2024;3/3/2024;vlucht;business;1;;;",
    "3;;;Parijs;1/3/2019;3/3/2019;trein;;1;;;",
    "4;;;Keulen;1/3/2024;3/3/2024;carpool;;3;;;",
    "5;;;Parijs;1/3/2024;;trein;;;;;",
    "5;;Parijs;Londen;3/3/2024;;vlucht;;;;;",
    "5;;Londen;Gent;5/3/2024;;trein;;;;;",
    "6;;;Wenen;1/3/2024;3/3/2024;nachttrein;slaapwagen;;;;",
    "7;;;Lorient;1/3/2024;3/3/2024;fiets;;;;;",
    "8;;;Parijs;1/3/2024;3/3/2024;vlucht;;1;1;staking;A-1",
)


def records(reference: Reference, kind: str) -> Iterator[dict[str, object]]:
    """What came of ROWS, written in one of three forms and read again."""
    results = judged(reference, *ROWS)
    if kind == "json":
        return (json.loads(JsonLines().line(result)) for result in results)
    if kind == "csv":
        text = ",".join(COLUMNS) + "\n" + "".join(map(CsvLines().line, results))
        return map(record_of_cells, csv.DictReader(io.StringIO(text)))
    out = io.BytesIO()
    write_workbook(out, COLUMNS, map(trip_cells, results))
    header, *cells = workbook_rows(out, WORDS.workbook)
    return (record_of_cells(dict(zip(header, row, strict=False))) for row in cells)


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
@pytest.mark.parametrize("name", ["travelplan-2026.1", "desnz-2026", "ademe-2025"])
def test_every_outcome_and_figure_comes_out_again_from_the_rows_alone(
    reference: Reference, kind: str, name: str
) -> None:
    found = list(records(reference.by_factors(load_factors(name)), kind))
    assert len(found) == 8
    assert list(differences(found, load_scheme, load_factors)) == []


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("co2e_kg", 1.0),
        ("non_co2_kg", 0.001),
        ("avoidable_kg", 3.0),
        ("verdict", "complied"),
        ("outcome", "free_choice"),
        ("travellers", 3),
        ("factors", "desnz-2026"),
        ("version", "2020-02-08"),
    ],
)
def test_a_row_that_was_changed_is_found(reference: Reference, what: str, value: object) -> None:
    first = next(records(reference, "json"))
    assert first[what] != value
    found = list(differences([{**first, what: value}], load_scheme, load_factors))
    assert found
    assert all(item.row == 2 for item in found)


def test_csv_json_and_workbook_say_the_same(reference: Reference) -> None:
    by_json, by_csv, by_sheet = (list(records(reference, k)) for k in ("json", "csv", "xlsx"))
    for record in (*by_csv, *by_sheet):
        record["cost_eur"] = float(str(record["cost_eur"]) or 0)
    assert by_csv == by_sheet
    for one, other in zip(by_json, by_csv, strict=True):
        for name in ("verdict", "outcome", "evidence", "co2e_kg", "avoidable_hours", "reason"):
            assert (one[name] or None) == (other[name] or None)


@given(
    st.text(st.characters(codec="utf-8"), max_size=20), st.sampled_from(["", "=", "+", "-", "@"])
)
def test_no_text_becomes_a_formula(text: str, start: str) -> None:
    cell = harmless(start + text)
    assert isinstance(cell, str)
    is_number = cell.strip("+-").replace(",", "").replace(".", "").replace(" ", "").isdigit()
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) or is_number


@pytest.mark.parametrize("cell", [-4, -4.5, "-4,5", "+12", "-1 234,50"])
def test_negative_numbers_stay_numbers(cell: object) -> None:
    assert harmless(cell) == cell


def test_trip_numbers_and_units_in_an_export_are_no_formulas(reference: Reference) -> None:
    (result,) = judged(reference, "1;;;Parijs;1/3/2024;3/3/2024;trein;;;;;")
    risky = result._replace(trip_id="=1+1", unit="@SUM(A1), x")
    cells = next(csv.reader([CsvLines().line(risky)]))
    assert cells[2] == "'=1+1"
    assert cells[6] == "'@SUM(A1), x"
    assert trip_cells(risky)[2] == "'=1+1"


def test_a_fault_is_an_object_with_its_row_and_its_errors(reference: Reference) -> None:
    from audit_world import results  # noqa: PLC0415

    (fault,) = results(reference, "1;;;Melle;1/3/2024;3/3/2024;trein;;;;;")
    assert isinstance(fault, Faulty)
    record = fault_record(fault, ENGLISH)
    assert (record["row"], record["doubtful"]) == (2, True)
    assert record["errors"][0]["field"] == "destination"
    assert len(record["errors"][0]["candidates"]) > 1


def test_the_sums_are_those_of_the_rows(reference: Reference) -> None:
    results = judged(reference, *ROWS)
    summary = AuditSummary()
    assert list(summary.counted(iter(results))) == results
    lines = [json.loads(JsonLines().line(result)) for result in results]
    assert summary.trips == len(lines) == 8
    assert summary.rows == summary.matched == 10
    assert sum(summary.verdicts.values()) == 8
    sums = {
        "co2e_kg": sum(summary.kg.values()),
        "non_co2_kg": summary.non_co2_kg,
        "avoidable_kg": sum(place.kg for place in summary.avoidable),
    }
    for name, kg in sums.items():  # each row is rounded to the gram
        assert kg == pytest.approx(sum(line[name] or 0 for line in lines), abs=0.001 * len(lines))
    assert summary.cost_cents == 10050
    assert summary.without_kg == 1  # nobody cycles to Lorient
    assert summary.train_share == pytest.approx(2 / 8)


def test_another_list_of_requests_may_tell(reference: Reference) -> None:
    text = b"trip_id;destination;depart;return;mode;reason\n"
    text += (
        b"1;Parijs;1/3/2024;3/3/2024;vlucht;staking\n2;Parijs;1/3/2024;3/3/2024;vlucht;staking\n"
    )
    table = read_trips(io.BytesIO(text), WORDS)
    found = list(audit_table(table, replace(reference), WORDS, requested={"2"}))
    verdicts = [r.finding.verdict for r in found if isinstance(r, Audited)]
    assert verdicts == ["exception_without_request", "exception"]
