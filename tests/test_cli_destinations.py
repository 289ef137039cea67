"""The commands about the list, as a person types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from travelplan.cli import main
from travelplan.files import destinations_path, load_destinations, read_text

SHIPPED = read_text(destinations_path())
FIRST = SHIPPED[SHIPPED.index("minutes: ") :].split(",", 1)[0]
ON = ("--on", "2026-11-22")
VIENNA = "join:gn:2761369"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(SHIPPED.replace("stad-gent", "stad-waterdam"), encoding="utf-8")
    return path


@pytest.fixture
def trips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["demo", "trips"]) == 0
    path = tmp_path / "trips.csv"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(list(arguments))
    shown = capsys.readouterr()
    return status, shown.out + shown.err


def test_the_list_is_sorted_by_travel_time(capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, "destinations", "list", "--json")
    minutes = [entry.get("rail", {}).get("minutes", 10**9) for entry in json.loads(out)]

    assert minutes == sorted(minutes)
    assert len(minutes) == 16


def test_the_list_is_chosen_by_country_and_level(capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(
        capsys, "destinations", "list", "--country", "nl", "--level", "mandatory", "--json"
    )
    assert {entry["names"]["nl"] for entry in json.loads(out)} == {
        "Amsterdam",
        "Utrecht",
        "Den Haag",
    }

    _, out = run(capsys, "destinations", "list", "--country", "XX", "--lang", "en")
    assert out.strip() == "No entry of the list fits."


def test_the_list_as_csv_holds_every_entry_with_its_changes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out = run(capsys, "destinations", "list", "--csv", "--lang", "fr")
    rows = list(csv.DictReader(io.StringIO(out)))
    entries = load_destinations(destinations_path()).entries

    assert len(rows) == len(entries)
    by_id = {row["id"]: row for row in rows}
    for entry in entries:
        row = by_id[entry.place]
        assert row["name"] == entry.names.fr
        assert row["rail_min"] == (str(entry.rail.minutes) if entry.rail else "")
        assert all(change.why in row["changes"] for change in entry.history)
    assert by_id["gn:2988507"]["visits"] == "not_published"


def test_a_cell_that_looks_like_a_formula_is_made_harmless(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text(SHIPPED.replace("nl: Londen", 'nl: "=1+1"'), encoding="utf-8")
    _, out = run(capsys, "destinations", "list", "--csv", "--list", str(own))
    row = next(row for row in csv.DictReader(io.StringIO(out)) if row["id"] == "gn:2643743")

    assert row["name_nl"] == "'=1+1"
    assert row["lon"].startswith("-0.")


def test_the_changes_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    _, out = run(capsys, "destinations", "list", "--changes")
    assert out.count("2026-11-22 added: first list") == 16


def test_check_agrees_with_the_shipped_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "destinations", "check")[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (FIRST, "minutes: 1", "rail_min"),
        ("level: mandatory", "level: free", "level"),
        ('country: "NL"', 'country: "BE"', "country"),
        ("lat: 52.374", "lat: 53.374", "position"),
        ("gn:2759794", "gn:1", "place"),
        ("level: mandatory", "level: free\n    decided: {by: HR, day: 2026-01-01}", "reason"),
    ],
)
def test_check_fails_where_something_differs_without_a_reason(
    own: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, what: str
) -> None:
    own.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    status, out = run(capsys, "destinations", "check", "--list", str(own), "--json")

    assert status == 1
    assert [difference["what"] for difference in json.loads(out)] == [what]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "level: mandatory",
            "level: free\n    decided: {by: HR, day: 2026-01-01, why: werken op de lijn}",
        ),
        (
            FIRST + ", basis: network",
            "minutes: 150, basis: checked, checked_on: 2026-01-01, checked_by: An",
        ),
    ],
)
def test_check_accepts_a_difference_with_a_recorded_reason(
    own: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    own.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    assert run(capsys, "destinations", "check", "--list", str(own))[0] == 0


def test_a_list_with_a_fault_is_refused_with_its_line(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text(SHIPPED.replace("level: mandatory", "level: must", 1), encoding="utf-8")
    line = SHIPPED[: SHIPPED.index("level: mandatory")].count("\n") + 1
    for command in (["destinations", "list"], ["destinations", "check"], ["recommend", "Parijs"]):
        status, out = run(capsys, *command, "--list", str(own))
        assert status == 1
        assert f"own.yaml, line {line}" in out
    status, out = run(capsys, "destinations", "list", "--list", str(own.with_name("none.yaml")))
    assert status == 1
    assert "No such file" in out


def test_the_environment_names_the_list_and_an_argument_goes_before_it(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = own.read_text("utf-8")
    head, _, _ = text.partition("  - place: gn:2643743")
    own.write_text(head + "...\n", encoding="utf-8")
    monkeypatch.setenv("TRAVELPLAN_DESTINATIONS", str(own))

    assert len(json.loads(run(capsys, "destinations", "list", "--json")[1])) == 1
    shipped = str(destinations_path())
    assert (
        len(json.loads(run(capsys, "destinations", "list", "--list", shipped, "--json")[1])) == 16
    )


def test_a_list_of_its_own_decides_a_recommendation(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decided = "level: free\n    decided: {by: HR, day: 2026-01-01, why: werken op de lijn}"
    text = SHIPPED.replace("level: mandatory", decided, 1)
    question = ("recommend", "Amsterdam", "--depart", "2027-03-01", "--nights", "2", "--json")
    outcomes = []
    for changed in (text, text.replace("entries:", "authority: indicative\nentries:", 1)):
        own.write_text(changed, encoding="utf-8")
        outcomes.append(json.loads(run(capsys, *question, "--list", str(own))[1])["outcome"])

    assert outcomes == ["free_choice", "train_mandatory"]


def test_review_accept_and_refuse_from_trips_to_file(
    own: Path, trips: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--list", str(own), *ON)
    _, out = run(capsys, "destinations", "review", str(trips), *place, "--json")
    before = json.loads(out)
    assert VIENNA in {item["id"] for item in before["suggestions"]}
    assert before["parameters"]["join_visits"] == 4
    assert (before["from"], before["to"]) == ("2024-11-23", "2026-11-22")

    who = ("--by", "An", "--why", "veel bezocht")
    assert run(capsys, "destinations", "accept", VIENNA, str(trips), *who, *place)[0] == 0
    refusal = "leave:gn:3128760"
    assert run(capsys, "destinations", "refuse", refusal, str(trips), *who, *place)[0] == 0

    _, out = run(capsys, "destinations", "review", str(trips), *place, "--json")
    after = json.loads(out)
    left = {item["id"] for item in before["suggestions"]} - {VIENNA, refusal}
    assert {item["id"] for item in after["suggestions"]} == left
    assert after["refused"][0]["refused"]["why"] == "veel bezocht"
    assert run(capsys, "destinations", "check", "--list", str(own))[0] == 0

    status, out = run(capsys, "destinations", "accept", VIENNA, str(trips), *who, *place)
    assert status == 2
    assert VIENNA in out


def test_thresholds_can_be_given_for_one_run(
    trips: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = run(capsys, "destinations", "review", str(trips), *ON, "--join-visits", "9", "--json")
    joining = [item["id"] for item in json.loads(out)["suggestions"] if item["kind"] == "join"]

    assert joining == [VIENNA]
    status, _ = run(capsys, "destinations", "review", str(trips), "--window-months", "0")
    assert status == 2


def test_propose_prints_a_patch_and_changes_nothing(
    own: Path, trips: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = own.read_text("utf-8")
    _, out = run(
        capsys, "destinations", "propose", str(trips), "--by", "HR", "--list", str(own), *ON
    )

    assert out.startswith("--- a/own.yaml\n+++ b/own.yaml\n@@ ")
    assert "+      - {day: " in out
    assert own.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "Vaak genoeg"), ("fr", "Visitées"), ("en", "Visited")]
)
def test_the_review_speaks_three_languages(
    trips: Path, capsys: pytest.CaptureFixture[str], language: str, text: str
) -> None:
    assert text in run(capsys, "destinations", "review", str(trips), *ON, "--lang", language)[1]


def test_trips_that_are_not_there_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, "destinations", "review", "nowhere.csv")
    assert status == 2
    assert "nowhere.csv" in out
