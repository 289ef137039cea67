"""The command audit, as people and scripts run it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from audit_world import HEAD, WORDS

from travelplan import open_trips
from travelplan.cli import main

ROWS = (
    "1;;;Parijs;1/3/2024;3/3/2024;vlucht;;2;100,50;;",
    "2;;;Berlijn;1/3/2024;3/3/2024;trein;;1;200;;",
    "3;;;Melle;1/3/2024;3/3/2024;trein;;1;50;;",
    "4;;;Parijs;31/2/2024;3/3/2024;;;1;-7;=1+1;",
    "5;;;Parijs;1/3/2024;;trein;;1;10;;",
    "5;;Parijs;Gent;31/2/2024;;trein;;1;10;;",
)


@pytest.fixture
def trips(tmp_path: Path) -> Path:
    path = tmp_path / "reizen.csv"
    path.write_bytes("\n".join((HEAD, *ROWS, "")).encode("cp1252"))
    return path


def test_json_is_one_object_a_line_and_the_counts_go_elsewhere(
    trips: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(trips), "--json", "--lang", "en"]) == 0
    printed = capsys.readouterr()
    lines = {record["row"]: record for record in map(json.loads, printed.out.splitlines())}
    assert sorted(lines) == [2, 3, 4, 5, 6, 7]
    assert (lines[2]["verdict"], lines[3]["verdict"]) == ("deviated", "complied")
    assert lines[2]["co2e_kg"] > lines[2]["avoidable_kg"] > 0
    assert (lines[2]["version"], lines[2]["factors"]) == ("2020-11-23", "travelplan-2026.1")
    assert lines[4]["doubtful"]
    fields = [error["field"] for error in lines[5]["errors"]]
    assert sorted(fields) == ["cost_eur", "depart", "mode", "reason"]
    assert (lines[6]["errors"], lines[6]["waits_for"]) == ([], [7])
    assert printed.err.splitlines() == [
        "6 rows: 2 in 2 trips, 1 doubtful, 2 wrong.",
        "1 more row waits for a wrong row of the same trip.",
    ]


def test_people_read_what_it_comes_to(trips: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(trips), "--lang", "nl"]) == 0
    text = capsys.readouterr().out
    for said in (
        "6 rijen: 2 in 2 reizen, 1 twijfelachtig, 2 fout.",
        "Nog 1 rij wacht op een foute rij van dezelfde reis.",
        "Met de trein: 50 % van de reizen.",
        "Gevlogen waar het keuzeschema de trein vraagt: 1 reis.",
        "Kosten: 300,5 euro in de beoordeelde reizen",
        "Rij 4: destination: Er is meer dan één “Melle”.",
        "De dag 31/2/2024 bestaat niet.",
        "Stad Gent",
    ):
        assert said in text, said


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_what_out_writes_can_be_checked(
    trips: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = trips.with_name("oordeel" + suffix)
    assert main(["audit", str(trips), "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["audit", str(out), "--check", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "2 trips recomputed, 0 differences.\n"


def test_a_check_finds_what_was_changed(trips: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = trips.with_name("oordeel.csv")
    assert main(["audit", str(trips), "--out", str(out)]) == 0
    out.write_text(out.read_text("utf-8").replace("deviated", "complied", 1), encoding="utf-8")
    capsys.readouterr()
    assert main(["audit", str(out), "--check", "--lang", "en"]) == 1
    text = capsys.readouterr().out
    assert "Row 2: verdict is complied, recomputed deviated." in text
    assert main(["audit", str(out), "--check", "--json"]) == 1
    (difference,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (difference["row"], difference["computed"]) == (2, "deviated")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_wrong_rows_come_back_with_the_reason_beside(
    trips: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = trips.with_name("fouten" + suffix)
    assert main(["audit", str(trips), "--faults", str(faults), "--lang", "nl"]) == 0
    with open_trips(faults, WORDS) as table:
        rows = [cells for _, cells in table.rows() if cells]
    assert [cells[0] for cells in rows] == ["3", "4", "5", "5"]
    assert table.header[-1] == "wat er fout is"
    reasons = [cells[len(HEAD.split(";"))] for cells in rows]
    assert "Melle (Oost-Vlaanderen, België) [gn:2791385]" in reasons[0]
    assert reasons[1].count("|") == 3
    assert reasons[2] == "Een andere rij van deze reis is fout: rij 7."
    assert rows[1][9] == "-7"  # a negative number stays one
    assert rows[1][10] == "'=1+1"
    capsys.readouterr()
    assert main(["audit", str(faults), "--json"]) == 0  # and can be audited again once corrected


def test_a_scheme_and_factors_can_be_chosen(
    trips: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--scheme", "ugent", "--factors", "desnz-2026", "--json"]
    assert main(["audit", str(trips), *options]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["scheme"], first["factors"].split()[0]) == ("ugent", "desnz-2026")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--out", "oordeel.pdf"], "unknown_kind"),
        (["--faults", "fouten.txt"], "unknown_kind"),
        (["--scheme", "nergens"], "unknown"),
        (["--factors", "nergens"], "unknown"),
        (["--check"], "not_an_audit"),
    ],
)
def test_what_cannot_be_asked_is_wrong_input(
    trips: Path,
    arguments: list[str],
    code: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(trips.parent)
    assert main(["audit", str(trips), *arguments, "--json"]) == 2
    printed = capsys.readouterr().out
    (error,) = json.loads(printed[printed.index('{\n  "errors"') :])["errors"]
    assert error["code"] == code


@pytest.mark.parametrize("content", [b"", b"where;when\n", b"PK\x03\x04"])
def test_a_file_that_cannot_be_read_is_wrong_input(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    assert main(["audit", str(path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["errors"][0]["field"] == "file"


def test_a_file_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(tmp_path / "nowhere.csv")]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_a_supplier_may_have_its_own_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns, path = tmp_path / "agency.yaml", tmp_path / "t.csv"
    columns.write_text("columns: {destination: [Doel], depart: [Wanneer]}\n...\n", encoding="utf-8")
    path.write_text("Doel,Wanneer,Mode\nParijs,2024-03-01,TGV\n", encoding="utf-8")
    assert main(["audit", str(path), "--columns", str(columns), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "complied"
    assert main(["audit", str(path), "--json"]) == 2


def test_the_csv_has_every_cell_of_every_trip(trips: Path) -> None:
    out = trips.with_name("oordeel.csv")
    assert main(["audit", str(trips), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["trip_id"] for row in rows] == ["1", "2"]
    assert all(None not in row and None not in row.values() for row in rows)
