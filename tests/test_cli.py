"""The command line as a contract: what it prints as JSON, and its exit status."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from travelplan.cli import main

MARCH = ("--depart", "2027-03-01", "--nights", "2")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main([*arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("place", "outcome"),
    [
        ("Parijs", "train_mandatory"),
        ("Londen", "train_mandatory"),
        ("Amsterdam", "train_mandatory"),
        ("Utrecht", "train_mandatory"),
        ("Nantes", "train_mandatory"),
        ("Barcelona", "free_choice"),
        ("Wenen", "free_choice"),
        ("Kanazawa", "free_choice"),
        ("Reykjavik", "free_choice"),
        ("Brussel", "out_of_scope"),
        ("Luik", "out_of_scope"),
        ("Luxemburg", "train_mandatory"),
    ],
)
def test_ghent_decides(capsys: pytest.CaptureFixture[str], place: str, outcome: str) -> None:
    status, answer = run(capsys, "recommend", place, *MARCH)

    assert status == 0
    assert answer["outcome"] == outcome
    assert answer["grounds"]["scheme"] == "stad-gent"
    assert answer["grounds"]["version"] == "2020-11-23"
    assert answer["options"]


def test_an_answer_has_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer = run(capsys, "recommend", "Nantes", *MARCH)

    assert set(answer) == {
        *("trip", "outcome", "borderline", "borderline_because", "grounds", "modes"),
        *("facts", "options", "parts", "evidence"),
    }
    assert answer["modes"]["train"] == "mandatory"
    assert answer["modes"]["plane"] == "not_allowed"
    assert set(answer["grounds"]["conditions"][0]) >= {
        *("fact", "value", "operator", "bound", "result")
    }
    train = answer["options"][0]
    assert set(train) >= {
        *("mode", "duration_min", "door_to_door_min", "changes", "km", "legs", "emissions")
    }
    assert train["mode"] == "train"
    assert train["duration_min"] == answer["facts"]["rail_min"]
    assert set(train["km_by_country"]) == {"BE", "FR"}
    wtw = train["emissions"]["wtw_kg"]
    assert 0 < wtw["low"] < wtw["central"] < wtw["high"]
    assert train["emissions"]["factor_sets"] == ["travelplan-2026.1"]
    assert train["emissions"]["non_co2_kg"]["central"] == 0


def test_the_hash_is_that_of_the_answer_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer = run(capsys, "recommend", "Berlijn", *MARCH)
    stated = answer["evidence"].pop("sha256")

    canonical = json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert sha256(canonical.encode()).hexdigest() == stated


def test_berlin_is_borderline_and_every_cause_says_what_it_would_give(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, answer = run(capsys, "recommend", "Berlijn", *MARCH)

    assert answer["borderline"] is True
    assert 432 < answer["facts"]["rail_min"] < 528
    causes = {item["cause"]: item["outcome"] for item in answer["borderline_because"]}
    assert set(causes) >= {"rail_min", "working_day", "travel_time"}
    assert set(causes.values()) == {"free_choice"}
    assert answer["outcome"] == "train_mandatory"


def test_kanazawa_has_a_plane_with_a_stop_and_no_train(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer = run(capsys, "recommend", "Kanazawa", "--depart", "2027-03-01", "--nights", "6")

    modes = {option["mode"]: option for option in answer["options"]}
    assert "train" not in modes
    assert modes["plane"]["changes"] >= 1
    assert answer["facts"]["served_by_rail"] is False
    assert "rail_min" not in answer["facts"]
    assert modes["plane"]["emissions"]["hotel_kg"]["central"] == pytest.approx(6 * 39.0)


def test_a_day_trip_to_lille_is_out_of_scope_and_still_compared(
    capsys: pytest.CaptureFixture[str],
) -> None:
    day = "2027-03-01"
    _, answer = run(capsys, "recommend", "Rijsel", "--depart", day, "--return", day)

    assert answer["outcome"] == "out_of_scope"
    assert answer["modes"] == {}
    assert {option["mode"] for option in answer["options"]} >= {"train", "car"}
    assert all(option["emissions"]["wtw_kg"] for option in answer["options"])


def test_no_way_to_a_place_nearby_is_a_plane(capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("Terneuzen", "Rijsel", "Brussel", "Aalter"):
        _, answer = run(capsys, "recommend", place, *MARCH)
        assert "plane" not in {option["mode"] for option in answer["options"]}


def test_melle_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = run(capsys, "recommend", "Melle")

    assert status == 2
    (error,) = answer["errors"]
    assert (error["field"], error["code"]) == ("destination", "ambiguous")
    labels = [candidate["label"] for candidate in error["candidates"]]
    assert any("Duitsland" in label for label in labels)
    assert any("België" in label for label in labels)


def test_an_unknown_place_is_refused_with_suggestions(capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = run(capsys, "recommend", "Xyzzy")

    assert status == 2
    assert answer["errors"][0]["code"] == "not_found"
    assert answer["errors"][0]["candidates"]


def test_a_day_before_the_scheme_is_refused_with_its_first_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, answer = run(capsys, "recommend", "Parijs", "--depart", "2020-02-06", "--lang", "en")
    assert status == 2
    assert "7 February 2020" in answer["errors"][0]["message"]

    status, answer = run(capsys, "recommend", "Parijs", "--depart", "2020-02-07", "--nights", "1")
    assert status == 0
    assert answer["grounds"]["version"] == "2020-02-07"


def test_elected_members_are_in_scope_from_the_second_version_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    elected = ("recommend", "Parijs", "--nights", "1", "--role", "elected", "--depart")

    assert run(capsys, *elected, "2020-11-22")[1]["outcome"] == "out_of_scope"
    assert run(capsys, *elected, "2020-11-23")[1]["outcome"] == "train_mandatory"


def test_every_wrong_field_is_named_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    status, answer = run(
        capsys,
        *("recommend", "Melle", "--origin", "Xyzzy", "--depart", "31/2/2027"),
        *("--nights", "two", "--travellers", "0", "--role", "king"),
    )

    assert status == 2
    fields = [error["field"] for error in answer["errors"]]
    assert fields == ["origin", "destination", "depart", "nights", "travellers", "role"]


def test_a_tour_has_a_recommendation_a_leg(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("recommend", "Praag", "--via", "Wenen", "--depart", "2027-03-01")
    _, answer = run(capsys, *arguments, "--return", "2027-03-08")

    ways = [
        (p["trip"]["origin"]["name"], p["trip"]["destination"]["name"]) for p in answer["parts"]
    ]
    assert ways == [("Gent", "Vienna"), ("Vienna", "Prague"), ("Prague", "Gent")]
    assert answer["outcome"] == "per_leg"
    assert [part["outcome"] for part in answer["parts"]].count("train_mandatory") == 1
    assert {o["emissions"]["ways"] for p in answer["parts"] for o in p["options"]} == {1}


def test_every_scheme_at_once_is_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    _, answers = run(capsys, "recommend", "Berlijn", *MARCH, "--scheme", "all")

    schemes = {answer["grounds"]["scheme"] for answer in answers}
    assert schemes == {"stad-gent", "ugent", "vlaamse-overheid"}


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"rail_min": 360, "flight_min": 60}, "train_recommended"),
        ({"rail_min": 359, "flight_min": 60}, "train_mandatory"),
        ({"rail_min": 360, "flight_min": 240}, "train_mandatory"),
        ({"rail_min": 480, "flight_min": 60}, "free_choice"),
        ({"destination": "Manchester", "rail_min": 330, "flight_min": 75}, "train_recommended"),
    ],
)
def test_decide_reads_facts_from_standard_input(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    facts: dict[str, object],
    outcome: str,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(facts)))

    status, answer = run(capsys, "decide", "--scheme", "ugent-2018", "--facts", "-")

    assert status == 0
    assert answer["outcome"] == outcome
    assert set(answer) == {"outcome", "borderline", "borderline_because", "grounds", "modes"}


@pytest.mark.parametrize("text", ['{"rail": 300}', '{"rail_min": "long"}', "[1]", "{", ""])
def test_decide_refuses_what_is_not_a_set_of_facts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")

    status, answer = run(capsys, "decide", "--scheme", "stad-gent", "--facts", str(path))

    assert status == 2
    assert answer["errors"][0]["message"]


def test_journeys_prints_options_without_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    status, options = run(capsys, "journeys", "Gent", "Nantes")

    assert status == 0
    train = options[0]
    assert train["mode"] == "train"
    assert train["legs"][0]["from"].startswith("Ghent")
    assert train["legs"][-1]["to"] == "Nantes"
    assert all(leg["line"] for leg in train["legs"] if leg["mode"] == "train")
    assert sum(train["km_by_country"].values()) == pytest.approx(train["km"], abs=1)
    assert all("verdict" not in option for option in options)


def test_emissions_of_a_flight_follow_the_closed_form(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer = run(capsys, "emissions", "plane", "--km", "1000")

    assert answer["wtw_kg"]["central"] == pytest.approx(29.82 + 66.54 + 1.75)
    assert answer["non_co2_kg"]["central"] == pytest.approx(98.11 / 3.8359 * 3.16 * 0.7)
    assert (answer["per"], answer["ways"]) == ("passenger", 1)


@pytest.mark.parametrize(
    ("arguments", "fields"),
    [
        (("plane", "--km", "-5"), ["km"]),
        (("plane", "--km", "inf"), ["km"]),
        (("plane", "--km", "nan"), ["km"]),
        (("plane", "--km", "far"), ["km"]),
        (("train", "--km", "100"), ["country"]),
        (("train", "--km", "100", "--country", "QQ"), ["country"]),
        (("rocket", "--km", "0"), ["mode", "km"]),
        (("car", "--km", "100", "--occupants", "0"), ["occupants"]),
    ],
)
def test_emissions_refuses_what_cannot_be(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], fields: list[str]
) -> None:
    status, answer = run(capsys, "emissions", *arguments)

    assert status == 2
    assert [error["field"] for error in answer["errors"]] == fields


@pytest.mark.parametrize(
    ("query", "status"),
    [("Keulen", "found"), ("Melle", "ambiguous"), ("Xyzzy", "not_found")],
)
def test_places_answers_with_status_0(
    capsys: pytest.CaptureFixture[str], query: str, status: str
) -> None:
    exit_status, answer = run(capsys, "places", query)

    assert exit_status == 0
    assert answer["status"] == status
    assert (answer["place"] is not None) == (status == "found")


def test_schemes_are_listed_with_their_days(capsys: pytest.CaptureFixture[str]) -> None:
    _, schemes = run(capsys, "schemes", "list")

    days = {scheme["id"]: [v["from"] for v in scheme["versions"]] for scheme in schemes}
    assert days["stad-gent"] == ["2020-02-07", "2020-11-23"]
    assert set(days) == {"stad-gent", "ugent", "ugent-2018", "vlaamse-overheid"}
    assert all(scheme["country"] == "BE" for scheme in schemes)


@pytest.mark.parametrize(
    "arguments",
    [
        ("recommend", "Parijs", *MARCH),
        ("recommend", "Praag", "--via", "Wenen", *MARCH),
        ("recommend", "Parijs", "--scheme", "all"),
        ("journeys", "Gent", "Barcelona"),
        ("emissions", "plane", "--km", "900"),
        ("places", "Parijs"),
        ("schemes", "list"),
        ("schemes", "show", "stad-gent"),
        ("destinations", "list"),
        ("destinations", "check"),
        ("destinations", "review"),
        ("destinations", "list", "--csv"),
        ("trains",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_command_speaks_every_language(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], language: str
) -> None:
    assert main([*arguments, "--lang", language]) == 0

    printed = capsys.readouterr().out
    assert printed.strip()
    assert "{" not in printed


def test_what_does_not_exist_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--scheme", "--factors"):
        status, answer = run(capsys, "recommend", "Parijs", option, "nowhere")
        assert status == 2
        assert "nowhere" in answer["errors"][0]["message"]
