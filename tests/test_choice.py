"""What there is to choose for each way, and what was chosen emits."""

from __future__ import annotations

import pytest

from travelplan import Recommendation, Reference, parse_trip, recommend
from travelplan.report.choice import chosen_emissions, reasons_for, ways_of


def answer(reference: Reference, **asked: object) -> Recommendation:
    fields = {"destination": "Berlijn", "depart": "2027-03-01", "nights": "2", **asked}
    return recommend(parse_trip(fields, reference.places), reference)


def test_out_and_back_are_chosen_apart(reference: Reference) -> None:
    out, back = ways_of(answer(reference))

    assert (out.origin, out.destination) == (back.destination, back.origin)
    assert out.options[0].mode == "train"
    assert out.option("train")
    assert out.option("rocket") is None
    assert (out.deviates("train"), out.deviates("plane")) == (False, True)


def test_a_tour_is_chosen_part_by_part(reference: Reference) -> None:
    tour = answer(reference, destination="Praag", via=["Wenen"])
    ways = ways_of(tour)

    assert len(ways) == 3
    first = ["train" for _ in ways]
    figures = [way.option("train").emissions for way in ways]  # type: ignore[union-attr]
    whole = chosen_emissions(tour, first)
    assert whole
    assert whole.wtw.central == pytest.approx(sum(f.wtw.central for f in figures if f))


def test_there_and_back_by_one_vehicle_is_the_figure_of_the_answer(reference: Reference) -> None:
    found = answer(reference)
    best = found.options[0]

    assert chosen_emissions(found, ["train", "train"]) == best.emissions


def test_another_way_back_is_the_option_that_was_asked_for(reference: Reference) -> None:
    asked = answer(reference, out_by="train", return_by="plane")

    assert chosen_emissions(asked, ["train", "plane"]) == asked.options[-1].emissions
    plain = chosen_emissions(answer(reference), ["train", "plane"])
    assert plain
    assert asked.options[-1].emissions
    assert plain.wtw.central == pytest.approx(asked.options[-1].emissions.wtw.central, rel=0.02)


def test_reasons_are_those_of_the_ways_that_deviate(reference: Reference) -> None:
    ways = ways_of(answer(reference))

    assert reasons_for(ways, ["train", "train"]) == ()
    codes = [reason.code for reason in reasons_for(ways, ["train", "plane"])]
    assert "confidential" in codes
    assert len(codes) == len(set(codes)) <= 10
