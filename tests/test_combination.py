"""One mode out and another back: planned both ways, judged once, summed."""

from __future__ import annotations

from datetime import date

import pytest
from cases_reader import codes

from travelplan import InputError, Recommendation, Reference, combine, parse_trip, recommend
from travelplan.emissions.estimate import estimate
from travelplan.files import load_reference
from travelplan.report.emissions import comparisons
from travelplan.report.record import option_record

TODAY = date(2026, 11, 22)


def answer(reference: Reference, **asked: object) -> Recommendation:
    fields = {"destination": "Barcelona", "depart": "2027-03-01", "return": "2027-03-04", **asked}
    return recommend(parse_trip(fields, reference.places, today=TODAY), reference)


def test_the_figures_are_those_of_one_way_each(reference: Reference) -> None:
    found = answer(reference)
    both = combine(found, "train", "plane")
    by_mode = {option.mode: option for option in found.options}
    halves = [by_mode[mode].emissions for mode in ("train", "plane")]

    assert both.emissions
    assert both.back
    assert halves[0]
    assert halves[1]
    back = estimate(both.back, reference.factors)
    assert both.emissions.wtw.central == pytest.approx(halves[0].wtw.central / 2 + back.wtw.central)
    assert back.wtw.central == pytest.approx(halves[1].wtw.central / 2, rel=0.02)
    assert both.emissions.non_co2.central == pytest.approx(back.non_co2.central)
    assert both.emissions.wtw.low < both.emissions.wtw.central < both.emissions.wtw.high


def test_the_same_mode_both_ways_comes_to_what_the_answer_shows(reference: Reference) -> None:
    found = answer(reference)
    for option in found.options:
        if option.mode in {"train", "plane", "car"}:
            both = combine(found, option.mode, option.mode)
            assert both.emissions
            assert option.emissions
            kg = option.emissions.wtw.central
            assert both.emissions.wtw.central == pytest.approx(kg, rel=0.02)


def test_the_way_back_is_planned_the_other_way_round(reference: Reference) -> None:
    back = combine(answer(reference, destination="Londen"), "train", "train").back
    assert back
    assert back.legs[0].origin.en.startswith("London")
    assert back.legs[-1].destination.en.startswith("Ghent")


def test_the_night_train_back_leaves_in_the_evening_of_the_return(reference: Reference) -> None:
    found = answer(
        reference, destination="Berlijn", depart="2027-03-01", **{"return": "2027-03-04"}
    )
    both = combine(found, "night_train", "night_train")
    assert both.journey.night
    assert both.back
    assert both.back.night
    assert both.journey.night.evening == date(2027, 3, 1)
    assert both.back.night.evening is not None
    assert both.back.night.evening >= date(2027, 3, 4)
    assert both.hotel_avoided
    one = combine(found, "train", "night_train").hotel_avoided
    assert one
    assert both.hotel_avoided.central == pytest.approx(2 * one.central)
    assert combine(found, "train", "plane").hotel_avoided is None


def test_each_way_has_the_verdict_of_its_own_mode(reference: Reference) -> None:
    both = combine(answer(reference, destination="Nantes"), "train", "plane")
    assert (both.verdict, both.back_verdict) == ("mandatory", "not_allowed")


def test_the_departure_decides_for_the_way_back_under_a_new_version(reference: Reference) -> None:
    asked = {"destination": "Parijs", "role": "elected", "depart": "2020-11-20"}
    found = answer(reference, **asked, **{"return": "2020-11-26"})
    both = combine(found, "train", "train")
    assert (both.verdict, both.back_verdict) == (None, None)


def test_a_trip_that_asks_for_it_has_one_option_more(reference: Reference) -> None:
    plain, asked = answer(reference), answer(reference, return_by="plane")
    assert len(asked.options) == len(plain.options) + 1
    assert asked.plain_options == plain.options
    assert asked.options[-1] == combine(plain, "train", "plane")
    assert asked.best == plain.best
    assert len(comparisons(asked)) == len(comparisons(plain))


def test_the_mode_out_alone_counts_for_both_ways(reference: Reference) -> None:
    both = answer(reference, out_by="plane").options[-1]
    assert both.back
    assert (both.mode, both.back.mode) == ("plane", "plane")


def test_a_hired_coach_out_and_the_train_back(reference: Reference) -> None:
    found = answer(reference, destination="Straatsburg", travellers="12")
    both = combine(found, "chartered_coach", "train")
    assert both.journey.occupants == 12
    assert str(both.title) == "Out: Chartered coach, back: Train"


@pytest.mark.parametrize(
    ("out_by", "return_by", "wrong"),
    [
        ("rocket", "plane", {("out_by", "unknown")}),
        ("train", "rocket", {("return_by", "unknown")}),
        ("rocket", "boat", {("out_by", "unknown"), ("return_by", "unknown")}),
    ],
)
def test_a_way_that_is_not_there_is_refused_with_those_that_are(
    reference: Reference, out_by: str, return_by: str, wrong: set[tuple[str, str]]
) -> None:
    with pytest.raises(InputError) as caught:
        answer(reference, out_by=out_by, return_by=return_by)
    assert codes(caught.value) == wrong
    assert "night_train" in str(caught.value)


def test_a_tour_is_chosen_part_by_part(reference: Reference) -> None:
    asked = {"destination": "Praag", "via": ["Wenen"]}
    with pytest.raises(InputError) as caught:
        answer(reference, **asked, return_by="plane")
    assert codes(caught.value) == {("return_by", "tour")}
    with pytest.raises(InputError):
        combine(answer(reference, **asked), "train", "train")


def test_the_record_keeps_the_contract_and_adds_the_way_back(reference: Reference) -> None:
    found = answer(reference, return_by="plane")
    plain, both = (option_record(found.options[i], found) for i in (0, -1))
    assert set(plain) - {"alternatives"} == set(both) - {"alternatives"}
    assert plain["return"] is None
    assert set(both["return"]) >= {"mode", "verdict", "duration_min", "legs", "changes", "km"}
    assert both["emissions"]["ways"] == 2
    assert both["emissions"]["one_way_kg"] is None
    assert len(both["emissions"]["legs"]) == len(both["legs"]) + len(both["return"]["legs"])


def test_a_levy_on_flights_is_asked_for_the_flight_back_only() -> None:
    reference = load_reference(scheme="uzh-mnf")
    found = answer(reference, return_by="plane")
    whole = next(option for option in found.options if option.mode == "plane")
    (both_ways,), (one_way,) = (
        option_record(option, found)["levies"] for option in (whole, found.options[-1])
    )
    assert both_ways["id"] == one_way["id"]
    assert one_way["amount"] == pytest.approx(both_ways["amount"] / 2, abs=0.02)


def test_a_return_without_a_day_takes_any_night(reference: Reference) -> None:
    fields = {"destination": "Berlijn", "depart": "2027-03-01"}
    found = recommend(parse_trip(fields, reference.places, today=TODAY), reference)
    back = combine(found, "train", "night_train").back
    assert back
    assert back.night
    assert back.night.evening is None
