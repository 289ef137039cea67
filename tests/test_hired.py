"""A coach that a group hires as a whole: its emissions are those of the coach, shared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelplan import FactorMissingError, Leg, load_factors
from travelplan.emissions.estimate import estimate_legs
from travelplan.emissions.figure import Estimate
from travelplan.journeys.model import Hired
from travelplan.language import Words

NOWHERE = Words("", "", "")
LEG = Leg("coach", NOWHERE, NOWHERE, minutes=0, km=600)


def emitted(people: float, factors: str = "travelplan-2026.1") -> Estimate:
    leg = replace(LEG, hired=Hired(22, 28, 35, people))
    return estimate_legs([leg], load_factors(factors), cabin="economy", occupants=people)


def usual(factors: str = "travelplan-2026.1") -> Estimate:
    return estimate_legs([LEG], load_factors(factors), cabin="economy", occupants=1)


def test_twelve_share_what_the_whole_coach_emits() -> None:
    assert emitted(12).wtw.central == pytest.approx(600 * 0.036 * 28 / 12)
    assert emitted(28).wtw.central == pytest.approx(usual().wtw.central)


@given(st.floats(1, 50))
def test_the_coach_emits_the_same_however_many_are_on_board(people: float) -> None:
    assert emitted(people).wtw.central * people == pytest.approx(emitted(1).wtw.central)


def test_the_load_is_a_doubt_beside_that_of_the_factor() -> None:
    one, shared = usual().wtw, emitted(28).wtw
    assert shared.high / shared.central > one.high / one.central
    assert shared.low / shared.central < one.low / one.central
    drivers = {driver.name for part in emitted(12).legs[0].parts for driver in part.drivers}
    assert drivers == {"coach", "load of a hired vehicle"}


@pytest.mark.parametrize("factors", ["ademe-2025", "desnz-2026", "iso14083-strict-2026.1"])
def test_every_set_with_a_coach_knows_a_hired_one(factors: str) -> None:
    assert emitted(14, factors).wtw.central == pytest.approx(2 * usual(factors).wtw.central)


def test_a_set_without_a_coach_says_so() -> None:
    with pytest.raises(FactorMissingError):
        emitted(12, "tim-2")


def test_tank_to_wheel_and_making_the_vehicle_are_shared_too() -> None:
    one, shared = usual(), emitted(14)
    assert one.ttw_kg
    assert one.manufacture_kg
    assert shared.ttw_kg == pytest.approx(2 * one.ttw_kg)
    assert shared.manufacture_kg == pytest.approx(2 * one.manufacture_kg)
