"""Trips from Ghent that were looked at one by one, and those that must come out sensibly."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from cases_reader import case_file
from journey_world import shipped

from travelplan import (
    Recommendation,
    Reference,
    load_language,
    load_places,
    parse_trip,
    recommend,
)
from travelplan.cli import main
from travelplan.errors import InputError
from travelplan.journeys.model import Journey
from travelplan.journeys.plan import Planned, plan_journeys
from travelplan.places.model import Place
from travelplan.report.text import recommendation_text
from travelplan.scheme.facts import number

GOLDEN = case_file("journeys/golden_flights.yaml")["cases"]


def place(typed: str) -> Place:
    found = load_places().find(typed).place
    assert found, typed
    return found


def planned(typed: str, origin: str = "Gent", travellers: int = 1) -> Planned:
    return plan_journeys(place(origin), place(typed), travellers=travellers, transport=shipped())


def flights(journey: Journey | None) -> list[str]:
    if journey is None:
        return []
    legs = [leg for leg in journey.legs if leg.mode == "plane"]
    ends = [legs[0].origin.en, *(leg.destination.en for leg in legs)]
    return [end[-4:-1] for end in ends]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["to"])
def test_a_destination_that_was_looked_at(case: dict[str, Any]) -> None:
    found = planned(case["to"])
    plane = next((j for j in found.journeys if j.mode == "plane"), None)
    assert flights(plane) == case["flights"]
    assert found.served_by_rail is case.get("served", True)
    if "ships" in case:
        assert found.rail
        assert any(leg.mode == "ferry" for leg in found.rail.legs) is case["ships"]
    trains = {journey.night.train for journey in found.night_trains if journey.night}
    assert (case["night"] in trains) if case["night"] else not trains


def test_the_golden_set_is_large_enough() -> None:
    assert len(GOLDEN) >= 60
    overseas = [c for c in GOLDEN if place(c["to"]).continent != "EU"]
    assert len(overseas) >= 15
    assert all(case["because"] for case in GOLDEN)


def answer(reference: Reference, **fields: object) -> Recommendation:
    asked = {"depart": "2027-03-01", **fields}
    return recommend(parse_trip(asked, reference.places, today=date(2026, 12, 1)), reference)


def modes(found: Recommendation) -> set[str]:
    return {option.mode for option in found.options}


def test_terneuzen_overnight_has_no_train_and_no_plane(reference: Reference) -> None:
    found = answer(reference, destination="Terneuzen", nights="1")
    assert modes(found) == {"coach", "car", "carpool", "bike"}
    assert found.facts.values["served_by_rail"] is False


def test_lille_is_out_of_scope_by_day_and_a_train_overnight(reference: Reference) -> None:
    assert answer(reference, destination="Rijsel", nights="0").outcome == "out_of_scope"
    assert answer(reference, destination="Rijsel", nights="1").outcome == "train_mandatory"


def test_luxembourg_is_the_city(reference: Reference) -> None:
    found = answer(reference, destination="Luxemburg", nights="1")
    assert found.trip.destination.country == "LU"
    assert found.outcome == "train_mandatory"


@pytest.mark.parametrize("typed", ["Brussel", "Luik"])
def test_belgium_is_out_of_scope(reference: Reference, typed: str) -> None:
    assert answer(reference, destination=typed, nights="1").outcome == "out_of_scope"


def test_dublin_by_rail_and_ship_beside_the_plane(reference: Reference) -> None:
    found = answer(reference, destination="Dublin", nights="2")
    assert modes(found) >= {"train", "plane", "car"}
    train = next(option for option in found.options if option.mode == "train")
    assert {"ferry", "train"} <= {leg.mode for leg in train.journey.legs}
    assert train.emissions
    assert found.outcome == "free_choice"


def test_reykjavik_by_plane_only(reference: Reference) -> None:
    found = answer(reference, destination="Reykjavík", nights="3")
    assert modes(found) == {"plane"}
    (plane,) = found.options
    assert "no way over land or sea" in str(plane.journey.notes[-1])


def test_kanazawa_by_train_to_the_airport_and_from_tokyo(reference: Reference) -> None:
    found = answer(reference, destination="Kanazawa", nights="6")
    (plane,) = found.options
    assert [leg.mode for leg in plane.journey.legs] == ["train", "plane", "train"]
    assert found.outcome == "free_choice"


def test_a_tour_is_judged_leg_by_leg(reference: Reference) -> None:
    found = answer(reference, destination="Praag", via=["Wenen"])
    outcomes = [(part.trip.destination.names.nl, part.outcome) for part in found.parts]
    assert outcomes == [
        ("Wenen", "free_choice"),
        ("Praag", "train_mandatory"),
        ("Gent", "free_choice"),
    ]
    assert found.outcome == "per_leg"
    assert all(part.options for part in found.parts)


def test_twelve_people_share_cars_and_may_take_a_coach(reference: Reference) -> None:
    found = answer(reference, destination="Straatsburg", nights="2", travellers="12")
    shared = next(option for option in found.options if option.mode == "carpool")
    assert shared.journey.occupants == 4
    assert "coach" in modes(found)


def test_a_night_train_saves_a_hotel_night(reference: Reference) -> None:
    fields = {"destination": "Berlijn", "depart": "2027-03-01", "return": "2027-03-04"}
    found = answer(reference, **fields)
    night = next(option for option in found.options if option.mode == "night_train")
    train = next(option for option in found.options if option.mode == "train")
    assert night.hotel
    assert train.hotel
    assert night.hotel == train.hotel, "avoided nights are never netted"
    assert night.hotel_avoided
    assert night.hotel_avoided.central == pytest.approx(train.hotel.central * 2 / 3)
    assert train.hotel_avoided is None
    assert found.facts.values["night_train"] is True


def test_no_night_train_that_evening_is_a_fact(reference: Reference) -> None:
    found = answer(reference, destination="Berlijn", depart="2027-03-06", nights="2")
    assert found.facts.values["night_train"] is False
    night = next(option for option in found.options if option.mode == "night_train")
    assert night.journey.night
    assert night.journey.night.evening == date(2027, 3, 7)


def test_a_place_within_a_day_is_reachable_in_a_day_or_night(reference: Reference) -> None:
    for typed, expected in (("Wenen", True), ("Athene", False), ("Kinshasa", False)):
        values = answer(reference, destination=typed, nights="2").facts.values
        assert values["one_day_or_night"] is expected


def test_lines_that_we_know_less_well_have_a_wider_tolerance(reference: Reference) -> None:
    sure, unsure = (
        answer(reference, destination=typed, nights="2").facts for typed in ("Keulen", "Boekarest")
    )
    shares = [facts.swings[0].up / number(facts.values["rail_min"]) for facts in (sure, unsure)]
    assert shares[0] == pytest.approx(0.10, abs=0.005)
    assert shares[1] > 0.11


def test_the_answer_tells_of_the_night_train_in_words(reference: Reference) -> None:
    found = answer(reference, destination="Wenen", depart="2027-03-02", nights="2")
    text = recommendation_text(found, load_language("nl"))
    assert "Nightjet 469: Brussel-Zuid 19:06 → Wenen 10:13 de volgende ochtend." in text
    assert "Je hebt een hotelnacht minder nodig." in text


# What is typed wrongly.


def ask(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, Any]:
    status = main([*command, "--json"])
    return status, json.loads(capsys.readouterr().out)


def codes(record: Any) -> set[tuple[str, str]]:
    return {(error["field"], error["code"]) for error in record["errors"]}


def test_an_unknown_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, record = ask(capsys, "journeys", "Gent", "Xyzzyburg")
    assert (status, codes(record)) == (2, {("destination", "not_found")})


def test_the_same_place_twice(capsys: pytest.CaptureFixture[str]) -> None:
    status, record = ask(capsys, "journeys", "Gent", "Gand")
    assert (status, codes(record)) == (2, {("destination", "same_place")})


def test_the_same_stop_twice(capsys: pytest.CaptureFixture[str]) -> None:
    status, record = ask(capsys, "recommend", "Praag", "--via", "Wenen", "--via", "Vienna")
    assert (status, codes(record)) == (2, {("via", "same_place")})


def test_two_stops_on_the_way_make_four_parts(capsys: pytest.CaptureFixture[str]) -> None:
    status, record = ask(capsys, "recommend", "Praag", "--via", "Keulen", "--via", "Wenen")
    assert status == 0
    assert [part["trip"]["destination"]["names"]["nl"] for part in record["parts"]] == [
        "Keulen",
        "Wenen",
        "Praag",
        "Gent",
    ]


def test_a_day_in_the_past(capsys: pytest.CaptureFixture[str]) -> None:
    past = ("--depart", "2021-03-01", "--lang", "en")
    question = "This day lies in the past: has the trip been made already?"
    assert main(["journeys", "Gent", "Wenen", *past]) == 0
    assert question in capsys.readouterr().err
    assert main(["recommend", "Wenen", *past]) == 0
    assert question in capsys.readouterr().out
    assert main(["recommend", "Wenen", *past, "--scheme", "all"]) == 0
    assert capsys.readouterr().out.startswith(question)
    status, record = ask(capsys, "recommend", "Wenen", *past)
    assert (status, record["trip"]["in_past"]) == (0, True)
    assert record["remarks"] == [question]


def test_a_day_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    status, record = ask(capsys, "journeys", "Gent", "Wenen", "--depart", "2027-02-30")
    assert (status, codes(record)) == (2, {("depart", "no_such_day")})


def test_an_island_without_ferry_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    status, record = ask(capsys, "journeys", "Gent", "Funchal")
    assert status == 0
    assert [journey["mode"] for journey in record] == ["plane"]
    assert "no way over land or sea" in record[0]["notes"][-1]


def test_overnight_needed_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    status, record = ask(capsys, "journeys", "Gent", "Athene")
    train = next(journey for journey in record if journey["mode"] == "train")
    assert status == 0
    assert train["overnight_needed"] is True
    assert train["notes"][0].startswith("Overnight needed")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [("Terneuzen", "No train goes there."), ("Kyiv", "Trains there: not known.")],
)
def test_no_train_is_said(capsys: pytest.CaptureFixture[str], place: str, sentence: str) -> None:
    assert main(["journeys", "Gent", place, "--lang", "en"]) == 0
    assert sentence in capsys.readouterr().out


def test_beyond_a_day_by_rail_is_a_fact_a_note_and_a_sentence(
    reference: Reference, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(reference, destination="Athene", nights="3")
    assert found.facts.values["rail_overnight"] is True
    _, record = ask(capsys, "recommend", "Athene", "--depart", "2027-03-01", "--nights", "3")
    train = next(option for option in record["options"] if option["mode"] == "train")
    assert record["facts"]["rail_overnight"] is True
    assert train["overnight_needed"] is True
    text = recommendation_text(found, load_language("fr"))
    assert "Nuit en route nécessaire : le trajet dure plus de 16 h." in text
    within = answer(reference, destination="Wenen", nights="2")
    assert within.facts.values["rail_overnight"] is False


def test_alternatives_and_nights_are_in_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    _, record = ask(capsys, "journeys", "Gent", "Wenen", "--depart", "2027-03-02")
    by_mode = {journey["mode"]: journey for journey in record}
    assert "alternatives" in by_mode["train"]
    night = by_mode["night_train"]["night"]
    assert (night["train"], night["evening"]) == ("Nightjet 469", "2027-03-02")
    assert by_mode["night_train"]["others"]


def test_nowhere_is_refused_by_the_library() -> None:
    with pytest.raises(InputError):
        planned("Gent")
