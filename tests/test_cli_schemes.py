"""Commands about schemes: check, draw, diff, and decide with names and files."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from cases_reader import SCHEMES
from scheme_world import small

from travelplan import load_reference, parse_trip, recommend
from travelplan.cli import main
from travelplan.files import load_scheme
from travelplan.report.record import recommendation_record

SHORT = "{id: short, when: {fact: rail_min, under: 6 h}, outcome: train_mandatory}"


def judged(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    facts: dict[str, object],
    *more: str,
) -> dict[str, Any]:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(facts)))
    assert main(["decide", "--scheme", scheme, "--facts", "-", "--json", *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    ("scheme", "facts", "outcome"),
    [
        ("uni-giessen", {"destination": "Parijs"}, "train_mandatory"),
        ("uni-giessen", {"destination": "Madrid"}, "free_choice"),
        ("uni-giessen", {"destination": "Bern"}, "train_mandatory"),
        ("oxford", {"destination": "Edinburgh"}, "train_mandatory"),
        ("oxford", {"destination": "Brussel"}, "train_mandatory"),
        ("oxford", {"destination": "Berlijn"}, "free_choice"),
        ("fau-eelisa", {"destination": "Boekarest"}, "plane_default"),
        ("rijksoverheid", {"destination": "Luxemburg"}, "free_choice"),
        ("ulb", {"destination": "Kinshasa"}, "free_choice"),
        ("tu-delft-ceg", {"destination": "Hamburg"}, "train_mandatory"),
        ("ugent-2018", {"destination": "Keulen"}, "train_mandatory"),
    ],
)
def test_a_typed_destination_tells_its_country_and_its_other_names(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    facts: dict[str, object],
    outcome: str,
) -> None:
    assert judged(capsys, monkeypatch, scheme, facts)["outcome"] == outcome


def test_a_decision_names_what_goes_with_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {"rail_min": 300, "role": "elected", "nights": 2, "reason": ["strike"]}
    found = judged(capsys, monkeypatch, "stad-gent", facts)
    assert found["outcome"] == "train_mandatory"
    assert [step["id"] for step in found["approvals"][0]["chain"]] == ["college"]
    assert found["exceptions"]["given"] == ["strike"]
    assert found["exceptions"]["applied"] is None
    assert "confidential" in [item["id"] for item in found["exceptions"]["would_apply"]]
    ugent = judged(capsys, monkeypatch, "ugent", {"rail_min": 300})
    assert {"mode": "train", "class": "first", "decides": None, "sure": True} in ugent["classes"]
    assert ugent["levies"][0]["prices"] == [{"from": "2022-01-01", "amount": 50.0}]


def test_an_exception_that_applies_stands_in_the_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = {"distance_km": 100, "reason": ["disproportionate"]}
    found = judged(capsys, monkeypatch, "vlaamse-overheid", facts)
    assert found["outcome"] == "free_choice"
    assert found["exceptions"]["applied"]["decides"] == "The line manager"


def test_what_was_taken_for_a_fact_stands_in_the_grounds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = judged(capsys, monkeypatch, "epfl", {"rail_min": 300})
    assert found["grounds"]["taken_as"] == {"domestic": False, "rail_door_min": 300}


@pytest.mark.parametrize("lang", ["nl", "fr", "en"])
@pytest.mark.parametrize("scheme", ["ugent", "epfl", "unil", "vlaamse-overheid", "osmf"])
def test_a_decision_is_said_in_every_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, scheme: str, lang: str
) -> None:
    facts = '{"rail_min": 300, "reason": ["x"], "distance_km": 400}'
    monkeypatch.setattr("sys.stdin", io.StringIO(facts))
    assert main(["decide", "--scheme", scheme, "--facts", "-", "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert "{" not in text
    assert "“x”" in text or "« x »" in text


def test_check_finds_nothing_in_a_whole_file_and_names_the_line_in_another(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(small(rules=SHORT), encoding="utf-8")
    assert main(["schemes", "check", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["faults"] == []
    path.write_text(small(rules=f"{SHORT}\n{SHORT.replace('short', 'again')}"), encoding="utf-8")
    assert main(["schemes", "check", str(path), "--json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["line"], fault["where"]) == (11, "versions.0.rules.1")
    assert fault["problem"]
    assert fault["advice"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("id: x\n", 1), (small(rules=SHORT.replace("rail_min", "rail")), 10), ("a: [\n...\n", 2)],
)
def test_check_names_the_faults_of_a_file_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, line: int
) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    assert main(["schemes", "check", str(path), "--json"]) == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert faults[0]["line"] == line
    assert faults[0]["advice"]


def test_check_of_a_file_that_does_not_exist_is_a_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["schemes", "check", str(tmp_path / "none.yaml")]) == 1
    assert "none.yaml" in capsys.readouterr().out


def test_draw_marks_the_path_of_a_trip_and_writes_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    facts = tmp_path / "trip.json"
    facts.write_text('{"rail_min": 300, "nights": 2}', encoding="utf-8")
    out = tmp_path / "drawn.svg"
    arguments = ["schemes", "draw", "stad-gent", "--facts", str(facts), "--out", str(out)]
    assert main([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    svg = out.read_text("utf-8")
    assert svg.startswith("<svg ")
    assert "► Trein verplicht" in svg
    assert "Deze reis: Trein verplicht." in told["text"]


def test_draw_prints_the_drawing_or_the_same_in_text(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SCHEMES / "ugent.yaml")
    assert main(["schemes", "draw", path]) == 0
    assert capsys.readouterr().out.startswith("<svg ")
    assert main(["schemes", "draw", path, "--text", "--lang", "en"]) == 0
    assert "yes → Train required" in capsys.readouterr().out


def test_draw_and_diff_refuse_a_day_on_which_nothing_is_in_force(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["schemes", "draw", "ugent", "--on", "2001-01-01", "--json"]) == 2
    assert main(["schemes", "diff", "ugent", "2001-01-01", "2025-01-01", "--json"]) == 2
    assert "errors" in capsys.readouterr().out


def test_the_difference_between_days_of_one_version_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["schemes", "diff", "ugent", "2024-01-01", "2025-01-01"]
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []
    assert main([*arguments, "--lang", "en"]) == 0
    assert "Nothing changed" in capsys.readouterr().out


def test_the_levy_on_a_flight_stands_beside_it() -> None:
    reference = load_reference(scheme="uni-oldenburg")
    fields = {"destination": "Barcelona", "depart": "2027-03-01", "nights": "2"}
    record = recommendation_record(recommend(parse_trip(fields, reference.places), reference))
    plane = next(option for option in record["options"] if option["mode"] == "plane")
    levies = {item["id"]: item["amount"] for item in plane["levies"]}
    kg = plane["emissions"]["wtw_kg"]["central"]
    assert levies["co2-price"] == pytest.approx(kg * 55 / 1000, abs=0.01)
    assert "short-flight" not in levies
    train = next(option for option in record["options"] if option["mode"] == "train")
    assert train["levies"] == []


def test_a_tour_is_judged_as_a_whole_where_the_scheme_says_so() -> None:
    reference = load_reference(scheme="lund")
    fields = {"origin": "Lund", "destination": "Stockholm", "via": ["Göteborg"]}
    trip = parse_trip({**fields, "depart": "2027-03-01", "nights": "3"}, reference.places)
    answer = recommend(trip, reference)
    assert answer.whole
    assert answer.outcome == answer.decision.outcome
    parts = [part.facts.values["rail_door_min"] for part in answer.parts]
    assert answer.facts.values["rail_door_min"] == sum(float(str(m)) for m in parts)
    assert load_scheme("lund").newest.judged == "trip"
    by_part = load_reference(scheme="kth")
    assert not recommend(trip, by_part).whole
