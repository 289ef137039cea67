"""What a trip costs beside its fare: levies by tonne, by flight or by distance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from travelplan.language import Words
from travelplan.scheme.facts import Values
from travelplan.scheme.logic import Condition

KG_PER_TONNE = 1000


@dataclass(frozen=True, slots=True)
class Band:
    """What is paid up to a distance one way in km, included; None for any distance."""

    up_to_km: float | None
    amount: float


@dataclass(frozen=True, slots=True)
class Levy:
    """A levy of a version; see `LevyInFile` for the kinds. `prices` are dated, oldest first."""

    id: str
    kind: str
    modes: tuple[str, ...]
    currency: str
    prices: tuple[tuple[date, float], ...]
    bands: tuple[Band, ...]
    class_multiplier: Mapping[str, float]
    non_co2: bool
    condition: Condition
    first_day: date | None
    last_day: date | None
    voluntary: bool
    text: Words

    def price_on(self, day: date) -> float | None:
        """Return the price on a day of travel; None before the first."""
        return next((amount for start, amount in reversed(self.prices) if start <= day), None)

    def holds_on(self, day: date) -> bool:
        """Return whether the levy is asked on a day of travel."""
        begun = self.first_day is None or self.first_day <= day
        return begun and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Levied:
    """A levy on one trip of one traveller. `amount` is None where it cannot be reckoned."""

    levy: Levy
    amount: float | None


@dataclass(frozen=True, slots=True)
class Travelled:
    """What a levy is reckoned from: one traveller, there and back.

    `kg` and `non_co2_kg` of CO2e; `flights` taken; `distance_km` one way; `cabin` of the flight.
    None where it is not known.
    """

    mode: str
    day: date
    kg: float | None = None
    non_co2_kg: float | None = None
    flights: int | None = None
    distance_km: float | None = None
    cabin: str = "economy"


def levies_on(levies: Iterable[Levy], travelled: Travelled, values: Values) -> Iterator[Levied]:
    """Yield what is to be paid for a trip by one mode; nothing where no levy applies."""
    for levy in levies:
        applies = travelled.mode in levy.modes and levy.holds_on(travelled.day)
        truth = levy.condition.holds(values) if applies else False
        if truth is not False:
            yield Levied(levy, _amount(levy, travelled) if truth else None)


def _amount(levy: Levy, travelled: Travelled) -> float | None:
    price = levy.price_on(travelled.day)
    base: float | None = None
    if levy.kind == "per_tonne" and price is not None and travelled.kg is not None:
        extra = travelled.non_co2_kg if levy.non_co2 else 0.0
        base = None if extra is None else price * (travelled.kg + extra) / KG_PER_TONNE
    elif levy.kind == "per_flight" and price is not None and travelled.flights is not None:
        base = price * travelled.flights
    elif levy.kind == "per_band" and travelled.distance_km is not None:
        base = _band(levy.bands, travelled.distance_km)
    if base is None:
        return None
    return round(base * levy.class_multiplier.get(travelled.cabin, 1.0), 2)


def _band(bands: Iterable[Band], distance_km: float) -> float | None:
    fitting = (b for b in bands if b.up_to_km is None or distance_km <= b.up_to_km)
    return next((band.amount for band in fitting), None)
