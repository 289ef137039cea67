"""`travelplan recommend` as a contract: what it prints as JSON, and its exit status."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from cli_runner import MARCH, run


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

    assert set(answer) >= {
        *("trip", "outcome", "borderline", "borderline_because", "grounds", "modes"),
        *("facts", "options", "parts", "evidence", "emissions"),
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
    assert set(causes) >= {"rail_min", "travel_time"}
    assert ("working_day" in causes) == (answer["facts"]["rail_min"] > 456)
    assert set(causes.values()) == {"free_choice"}
    assert answer["outcome"] == "train_mandatory"


def test_kanazawa_has_a_plane_and_no_train_all_the_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, answer = run(capsys, "recommend", "Kanazawa", "--depart", "2027-03-01", "--nights", "6")

    modes = {option["mode"]: option for option in answer["options"]}
    assert "train" not in modes
    assert modes["plane"]["legs"][-1]["from"] == "Tokyo (NRT)"
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


def test_the_ocmw_is_in_scope_from_the_second_version_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ocmw = ("recommend", "Parijs", "--nights", "1", "--organisation", "ocmw-gent", "--depart")

    status, before = run(capsys, *ocmw, "2020-11-22")
    assert (status, before["outcome"]) == (0, "out_of_scope")
    assert before["trip"]["organisation"] == "ocmw-gent"
    assert run(capsys, *ocmw, "2020-11-23")[1]["outcome"] == "train_mandatory"


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
    assert schemes >= {"stad-gent", "ugent", "vlaamse-overheid"}
    assert "ugent-2018" not in schemes
