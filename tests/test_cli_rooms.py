"""The other commands as a contract: decide, journeys, emissions, places, schemes, destinations."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from cli_runner import MARCH, run

from travelplan.cli import main


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
    assert set(answer) >= {"outcome", "borderline", "borderline_because", "grounds", "modes"}


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
    status, options = run(capsys, "journeys", "Gent", "Lyon")

    assert status == 0
    train = options[0]
    assert train["mode"] == "train"
    assert train["legs"][0]["from"].startswith("Ghent")
    assert train["legs"][-1]["to"] == "Lyon"
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
    assert set(days) >= {"stad-gent", "ugent", "ugent-2018", "vlaamse-overheid"}
    countries = {scheme["id"]: scheme["country"] for scheme in schemes}
    assert (countries["stad-gent"], countries["uni-giessen"]) == ("BE", "DE")


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
