"""Files of trips as people and suppliers write them."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import yaml
from audit_world import HEAD, WORDS, judged, results, table
from hypothesis import given
from hypothesis import strategies as st

from travelplan import Faulty, InputError, Reference, audit_rows, load_trip_words
from travelplan.audit.cells import RowReader
from travelplan.audit.money import money_cents, plain_cents
from travelplan.audit.table import csv_table
from travelplan.audit.words import ALL_COLUMNS
from travelplan.errors import DataError
from travelplan.files import load_places

CASES = Path(__file__).parent / "cases"


def problems(reference: Reference, row: str) -> dict[str, str]:
    (result,) = results(reference, row)
    assert isinstance(result, Faulty)
    return {problem.field: problem.code for problem in result.problems}


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "Reisnummer;Bestemming;Vertrekdatum;Datum terug",
            ["trip_id", "destination", "depart", "return"],
        ),
        ("N° de dossier;Ville de destination;Date de départ", ["trip_id", "destination", "depart"]),
        ("BOOKING REFERENCE;Arrival city;Departure date", ["trip_id", "destination", "depart"]),
        ("vertrek;vertrekplaats;naar", ["depart", "origin", "destination"]),
        (
            "return;depart;destination;Kostprijs (€)",
            ["return", "depart", "destination", "cost_eur"],
        ),
    ],
)
def test_headers_in_three_languages_are_understood(header: str, columns: list[str]) -> None:
    found = table(header + "\n").columns
    assert [name for name, _ in sorted(found.items(), key=lambda item: item[1])] == columns


HEADERS = yaml.safe_load((CASES / "audit" / "headers.yaml").read_text(encoding="utf-8"))["columns"]


@pytest.mark.parametrize(
    ("header", "column"),
    [(header, column) for column, headers in HEADERS.items() for header in headers],
)
def test_a_header_means_what_people_mean_by_it(header: str, column: str) -> None:
    assert WORDS.headers.column_of(header) == ("" if column == "none" else column)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/3/24", "2024-03-05"),
        ("05.03.24 10:30", "2024-03-05"),
        ("5-mrt-24", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("2024/03/05", "2024-03-05"),
        ("di 5/3/2024", "2024-03-05"),
        ("45356", "2024-03-05"),
        ("vanaf 5/3/2024", "not_a_date"),
        ("24/3/5", "not_a_date"),
        ("5/3-24", "not_a_date"),
        ("20240230", "no_such_day"),
        ("30/2/24", "no_such_day"),
        ("5/5/0203", "too_early"),
        ("5/3/2099", "too_far"),
    ],
)
def test_days_are_read_as_systems_write_them(reference: Reference, typed: str, day: str) -> None:
    (result,) = results(reference, f"1;;;Parijs;{typed};;trein;;;;;")
    found = result.problems[0].code if isinstance(result, Faulty) else str(result.depart)
    assert found == day


def test_second_class_in_a_plane_is_economy(reference: Reference) -> None:
    (result,) = judged(reference, "1;;;Parijs;1/3/2024;3/3/2024;vliegtuig;2e klasse;1;100;;")
    (ride,) = result.trip.stretches[0].rides
    assert ride.cabin == "economy"


def test_every_canonical_header_means_itself() -> None:
    assert set(table(",".join(ALL_COLUMNS) + "\n").columns) == set(ALL_COLUMNS)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8-SIG"), ("cp1252", "CP1252"), ("utf-16", "UTF-16")],
)
def test_the_encoding_is_found_and_said(encoding: str, said: str) -> None:
    found = table("Bestemming;Départ\nLiège – Guillemins;1/3/2024\n", encoding)
    assert found.encoding == said
    assert [cells for _, cells in found.rows()] == [["Liège – Guillemins", "1/3/2024"]]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_semicolons_commas_and_tabs_separate(delimiter: str) -> None:
    text = delimiter.join(("destination", "depart", "note")) + "\n"
    text += delimiter.join(("Lyon", "2024-03-01", "x")) + "\n"
    assert [cells for _, cells in table(text).rows()] == [["Lyon", "2024-03-01", "x"]]
    assert table(text).unused == ("note",)


def test_rows_keep_their_number_through_blank_lines_and_cells_of_several_lines() -> None:
    text = 'destination;depart;note\n\nLyon;1/3/2024;"two\nlines"\n;;\nParis;2/3/2024\n'
    assert [number for number, _ in table(text).rows()] == [3, 5]


def test_a_quote_that_never_closes_takes_no_other_row_with_it() -> None:
    rows = "".join(f"Lyon;{day}/3/2024;x\n" for day in range(1, 29))
    text = f'destination;depart;note\n"Paris;1/3/2024;x\n{rows}'
    found = list(table(text).rows())
    assert found[0] == (2, None)
    assert [cells[1] for _, cells in found[1:] if cells] == [f"{d}/3/2024" for d in range(1, 29)]


def test_a_file_without_the_needed_columns_is_refused() -> None:
    with pytest.raises(InputError) as error:
        table("where;when\nLyon;1/3/2024\n")
    assert error.value.problems[0].code == "missing_column"


# --- Cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "decimal", "cents"),
    [
        ("12", None, 1200),
        ("12,5", "comma", 1250),
        ("1234,50", "comma", 123450),
        ("1.234,56", None, 123456),
        ("1,234.56", None, 123456),
        ("1 234,56", None, 123456),
        ("€ 1.234", "comma", 123400),
        ("1,234", "point", 123400),
        ("120 EUR", None, 12000),
        ("-4,5", "comma", -450),
        ("210.09999999", None, 21010),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, decimal: str | None, cents: int) -> None:
    assert money_cents(typed, decimal) == (cents, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "decimal"), [("1.234", None), ("1,234", "comma"), ("abc", None), ("1,2,3.4", None)]
)
def test_an_amount_that_is_not_clear_is_not_guessed(typed: str, decimal: str | None) -> None:
    cents, problem = money_cents(typed, decimal)  # type: ignore[arg-type]
    assert cents is None
    assert problem is not None


@given(st.integers(0, 99_999), st.integers(0, 99), st.sampled_from(",."))
def test_the_short_way_to_read_an_amount_agrees_with_the_long_one(
    euros: int, cents: int, mark: str
) -> None:
    typed = f"{euros}{mark}{cents:02}"
    assert (plain_cents(typed), None) == money_cents(typed, None)


@pytest.mark.parametrize(
    "typed",
    [
        "5/3/2024",
        "2024-03-05",
        "5 maart 2024",
        "mardi 5 mars 2024",
        "45356",
        "2024-03-05T08:15",
        "05/03/2024 08:15",
        "2024-03-05 00:00:00",
    ],
)
def test_days_are_read_as_people_and_excel_write_them(reference: Reference, typed: str) -> None:
    (trip,) = judged(reference, f"1;;;Lyon;{typed};;trein;;;;;")
    assert trip.depart == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("typed", "mode"),
    [("trein", "train"), ("TGV 6123", "train"), ("Vlucht KL1724", "plane"), ("avion", "plane"),
     ("KLM", "plane"), ("Nightjet", "night_train"), ("eigen wagen", "car"),
     ("covoiturage", "carpool"),
     ("NIGHT_TRAIN", "night_train"), ("visioconférence", "virtual")],
)  # fmt: skip
def test_modes_are_read_in_three_languages(reference: Reference, typed: str, mode: str) -> None:
    (trip,) = judged(reference, f"1;;;Wenen;1/3/2024;3/3/2024;{typed};;;;;")
    assert trip.trip.mode == mode


def test_two_modes_in_one_cell_are_not_chosen_between(reference: Reference) -> None:
    assert problems(reference, "1;;;Wenen;1/3/2024;;trein of vliegtuig;;;;;") == {
        "mode": "unknown_mode"
    }


def test_every_wrong_cell_of_a_row_is_named_at_once(reference: Reference) -> None:
    assert problems(reference, "1;;;Xyzzyq;31/2/2024;;;tweede;veel;-5;=1+1;") == {
        "destination": "not_found",
        "depart": "no_such_day",
        "mode": "missing",
        "class": "unknown",
        "travellers": "not_a_number",
        "cost_eur": "negative",
        "reason": "formula",
    }


@pytest.mark.parametrize(
    "typed",
    ['=HYPERLINK("http://x")', "@SUM(A1)", "+SUM(1;1)", "-2+3+cmd|' /C calc'!A0", " =1+1", "'=1"],
)
def test_a_formula_in_any_cell_is_said(reference: Reference, typed: str) -> None:
    head = "trip_id\tdestination\tdepart\tmode\tunit"
    for row in (f"{typed}\tLyon\t1/3/2024\ttrein\tX", f"1\tLyon\t1/3/2024\ttrein\t{typed}"):
        (result,) = results(reference, row, head=head)
        assert isinstance(result, Faulty)
        assert [problem.code for problem in result.problems] == ["formula"]


@pytest.mark.parametrize("typed", ["- overleg in Lyon", "+32 9 123 45 67", "-", "n.v.t.", "A=B"])
def test_what_only_looks_a_little_like_a_formula_is_text(reference: Reference, typed: str) -> None:
    assert judged(reference, f"1;;;Lyon;1/3/2024;;trein;;;;{typed};")


def test_two_places_of_one_name_are_asked_about_with_candidates(reference: Reference) -> None:
    (result,) = results(reference, "1;;;Melle;1/3/2024;;trein;;;;;")
    assert isinstance(result, Faulty)
    assert result.doubtful
    (problem,) = result.problems
    assert problem.code == "ambiguous"
    labels = {str(candidate.label) for candidate in problem.candidates}
    assert {"Melle (Oost-Vlaanderen, BE)", "Melle (Niedersachsen, DE)"} <= labels


def test_a_supplier_may_have_words_of_its_own(reference: Reference, tmp_path: Path) -> None:
    own = tmp_path / "agency.yaml"
    own.write_text(
        "supplier: agency\ncolumns: {destination: [Stad 2], depart: [Dag]}\n"
        "modes: {plane: [LUCHT-1]}\ndecimal: point\n...\n",
        encoding="utf-8",
    )
    words = load_trip_words(own)
    found = csv_table(io.BytesIO(b"Stad 2;Dag;vervoer;stad\nLyon;1/3/2024;LUCHT-1;x\n"), words)
    assert found.columns == {"destination": 0, "depart": 1, "mode": 2}
    assert found.decimal == "point"
    assert words.modes["lucht 1"] == "plane"


def test_a_faulty_file_of_words_is_refused_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "agency.yaml"
    own.write_text("columns: {where: [Stad]}\n...\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 1"):
        load_trip_words(own)


def test_rows_that_a_program_holds_are_judged_too(reference: Reference) -> None:
    rows = [{"destination": "Lyon", "depart": date(2024, 3, 5), "mode": "plane", "travellers": 2}]
    (result,) = audit_rows(rows, reference, WORDS)
    assert (result[0], getattr(result, "travellers", 0)) == ((1,), 2)


# --- Nothing that anybody writes stops an audit ---------------------------------------------------


@given(st.binary(max_size=400))
def test_no_bytes_stop_the_reading(content: bytes) -> None:
    handle = io.BytesIO(HEAD.encode() + b"\n" + content)
    for number, cells in csv_table(handle, WORDS).rows():
        assert number > 1
        assert cells is None or len(cells) >= 12


@given(st.dictionaries(st.sampled_from(ALL_COLUMNS), st.text(max_size=30)))
def test_no_text_in_a_cell_is_a_crash(cells: dict[str, str]) -> None:
    reader = RowReader(load_places(), WORDS, origin="Gent", today=date(2026, 1, 1))
    with suppress(InputError):
        assert reader.leg(2, cells).depart
