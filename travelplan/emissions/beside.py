"""What stands beside a journey and is never in its figure: hotel, night saved, video meeting."""

from __future__ import annotations

from typing import Literal

from travelplan.emissions.factors import FactorSet
from travelplan.emissions.flight_factors import FleetFlight
from travelplan.emissions.parts import FactorMissingError
from travelplan.emissions.ranges import Range
from travelplan.errors import FieldProblem, InputError
from travelplan.language import message

NonCO2 = Literal["separate", "included"]
NON_CO2: tuple[NonCO2, ...] = ("separate", "included")
LONGEST_MEETING_H = 1_000


def hotel_kg(country: str, nights: int, factors: FactorSet) -> Range | None:
    """Return kg CO2e of a room for some nights; None where the set has no value for the country."""
    hotel = factors.hotel
    per_night = hotel.kg_room_night.get(country) if hotel else None
    if hotel is None or per_night is None:
        return None
    return Range(hotel.low_share, 1.0, hotel.high_share).scaled(per_night * nights)


def avoided_hotel_kg(mode: str, country: str, ways: int, factors: FactorSet) -> Range | None:
    """Return kg CO2e of the hotel nights that night trains save: one a way.

    It is a line of its own and is never taken off anything. None for other modes, and where the
    set has no value for the country.
    """
    return hotel_kg(country, ways, factors) if mode == "night_train" else None


def virtual_kg(hours: float, factors: FactorSet) -> Range:
    """Return kg CO2e of one participant in a video meeting.

    Raises:
        InputError: the hours are not above 0, or there are too many.
        FactorMissingError: the set has no factor for it.
    """
    if not 0 < hours <= LONGEST_MEETING_H:
        text = message("Give a number of hours above 0 and up to {most}.", most=LONGEST_MEETING_H)
        raise InputError([FieldProblem("hours", "out_of_range", text)])
    if factors.virtual is None:
        raise FactorMissingError(message("a video meeting"), factors.id)
    return factors.virtual.range.scaled(hours)


def non_co2_multiplier(factors: FactorSet) -> float | None:
    """Return the factor on burned CO2 with non-CO2 in the figure: 1.7 for an extra of 0.7.

    None where the set gives no such share, but its own extra per kilometre or nothing.
    """
    flight = factors.flight
    if isinstance(flight, FleetFlight) and flight.non_co2:
        return 1 + flight.non_co2.central
    return None
