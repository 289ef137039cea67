"""What if: the same trips by two schemes, as the command prints it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cases_reader import SCHEMES

from travelplan.cli import main

HEAD = "trip_id,origin,destination,depart,return,mode,class,travellers,cost_eur,unit,role,reason\n"
TRIPS = HEAD + "".join(
    f"{row}\n"
    for row in (
        "berlin,Gent,Berlijn,2025-03-03,2025-03-05,plane,economy,2,400,X,staff,",
        "barcelona,Gent,Barcelona,2025-03-03,2025-03-05,plane,,1,,X,staff,",
        "nowhere,Gent,Xyzzyq,2025-03-03,2025-03-05,plane,,1,,X,staff,",
        "rocket,Gent,Lyon,2025-03-03,2025-03-05,rocket,,1,,X,staff,",
        '=cmd(),Gent,Parijs,2025-03-03,2025-03-05,train,,1,,X,staff,"a, b"',
        "unsaid,Gent,Berlijn,2025-03-03,2025-03-05,,,1,,X,staff,",
        "wide,Gent,Parijs,2025-03-03,2025-03-05,train,,1,,X,staff,,more",
        "late,Gent,Parijs,,2025-03-05,train,,1,,X,staff,",
    )
)


@pytest.fixture
def shorter(tmp_path: Path) -> Path:
    """The scheme of Ghent with a working day of five hours, and trips beside it."""
    text = (SCHEMES / "stad-gent.yaml").read_text("utf-8").replace("value: 8 h", "value: 5 h")
    (tmp_path / "trips.csv").write_text(TRIPS, encoding="utf-8")
    path = tmp_path / "shorter.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str], shorter: Path, *more: str) -> str:
    trips = str(shorter.parent / "trips.csv")
    status = main(
        [
            "simulate",
            trips,
            "--scheme",
            "stad-gent",
            "--against",
            str(shorter),
            "--lang",
            "en",
            *more,
        ]
    )
    assert status == 0
    return capsys.readouterr().out


def test_outcomes_flights_tonnes_and_hours_change_together(
    capsys: pytest.CaptureFixture[str], shorter: Path
) -> None:
    found = json.loads(printed(capsys, shorter, "--json"))
    summary = found["summary"]
    assert (summary["rows"], summary["judged"], summary["bad"]) == (8, 4, 4)
    assert summary["changes"] == [{"from": "train_mandatory", "to": "free_choice", "trips": 2}]
    # two travellers there and back, and one whose trip does not say how it was made
    assert (summary["flights_added"], summary["flights_avoided"]) == (6, 0)
    assert summary["assumed_flights"] == 1
    assert summary["tonnes"] > 0
    assert summary["hours"] < 0
    trips = {trip["trip_id"]: trip for trip in found["trips"]}
    kg = sum(trips[name]["b"]["kg"] - trips[name]["a"]["kg"] for name in ("berlin", "unsaid"))
    assert summary["tonnes"] == pytest.approx(kg / 1000, abs=0.001)


def test_turned_round_the_same_flights_are_avoided(
    capsys: pytest.CaptureFixture[str], shorter: Path
) -> None:
    trips = str(shorter.parent / "trips.csv")
    arguments = ["simulate", trips, "--scheme", str(shorter), "--against", "stad-gent", "--json"]
    assert main(arguments) == 0
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert (summary["flights_added"], summary["flights_avoided"]) == (0, 6)
    assert summary["tonnes"] < 0 < summary["hours"]


def test_a_bad_row_is_explained_and_never_stops_the_next(
    capsys: pytest.CaptureFixture[str], shorter: Path
) -> None:
    trips = {t["trip_id"]: t for t in json.loads(printed(capsys, shorter, "--json"))["trips"]}
    fields = {name: [p["field"] for p in trip["problems"]] for name, trip in trips.items()}
    assert fields["nowhere"] == ["destination"]
    assert fields["rocket"] == ["mode"]
    assert fields["8"] == ["row"]  # the one with a cell too many: which is which is not known
    assert fields["late"] == ["depart"]
    assert fields["unsaid"] == []
    assert trips["late"]["line"] == 9


def test_the_text_names_the_changes_and_the_bad_rows(
    capsys: pytest.CaptureFixture[str], shorter: Path
) -> None:
    text = printed(capsys, shorter)
    assert "4 of 8 trips judged, 2 with another outcome." in text
    assert "Train required → Free choice: 2" in text
    assert "Flights avoided: 0. Flights added: 6." in text
    assert "Line 4 is not judged. destination: We do not know “Xyzzyq”." in text
    assert "berlin  Berlijn: Train required → Free choice (Train → Plane)" in text


def test_the_csv_has_a_row_a_trip_and_no_formulas(
    capsys: pytest.CaptureFixture[str], shorter: Path
) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(capsys, shorter, "--csv"))))
    assert len(rows) == 8
    assert rows[0]["outcome_a"] == "train_mandatory"
    assert rows[0]["outcome_b"] == "free_choice"
    assert rows[0]["flights"] == "4"
    assert rows[4]["trip_id"] == "'=cmd()"
    assert rows[2]["problem"].startswith("destination: ")


def test_semicolons_a_byte_order_mark_and_blank_lines_are_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    trips = tmp_path / "t.csv"
    text = "\ufeffDestination;Depart;Return\n\nParijs;2025-03-03;2025-03-05\n"
    trips.write_text(text, encoding="utf-8")
    assert main(["simulate", str(trips), "--scheme", "ugent", "--against", "vub", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["judged"] == 1


def test_a_reason_frees_where_a_scheme_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    trips = tmp_path / "t.csv"
    row = "x,Gent,Parijs,2025-03-03,2025-03-05,plane,business,1,,X,staff,crisis\n"
    trips.write_text(HEAD + row, encoding="utf-8")
    against = ["--scheme", "ugent", "--against", "gemeente-den-haag", "--json"]
    assert main(["simulate", str(trips), *against]) == 0
    (trip,) = json.loads(capsys.readouterr().out)["trips"]
    assert (trip["a"]["outcome"], trip["b"]["outcome"]) == ("train_mandatory", "free_choice")
    assert (trip["a"]["mode"], trip["b"]["mode"], trip["flights"]) == ("train", "plane", 2)


def test_a_day_outside_a_scheme_is_judged_by_its_newest_version_and_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    trips = tmp_path / "t.csv"
    trips.write_text("destination,depart,return\nParijs,2012-03-05,2012-03-07\n", encoding="utf-8")
    assert main(["simulate", str(trips), "--scheme", "ugent", "--against", "vub", "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert (summary["judged"], summary["version_not_in_force"]) == (1, 1)


def test_a_file_without_the_needed_columns_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    trips = tmp_path / "t.csv"
    trips.write_text("where,when\nParijs,2025-03-03\n", encoding="utf-8")
    assert main(["simulate", str(trips), "--scheme", "ugent", "--against", "vub", "--json"]) == 2
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert (error["field"], error["code"]) == ("file", "missing_column")
