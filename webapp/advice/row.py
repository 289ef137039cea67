"""One option as the page shows it, in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from travelplan.emissions.figure import LegEstimate
from travelplan.journeys.doors import DoorToDoor, door_to_door
from travelplan.journeys.model import Journey, Leg
from travelplan.language import Kilograms, Language, Message, Minutes, message
from travelplan.recommendation import Option, Recommendation, travelled
from travelplan.report.emissions import figure_range
from travelplan.report.emissions_words import included_words
from travelplan.scheme.words import MODES, VERDICTS

NO_PRICE = message("no price known")


@dataclass(frozen=True)
class LegRow:
    """A leg in the reckoning: the way, its length, its figure one way, and the factors used."""

    way: str
    km: str
    kilograms: str
    factors: str


@dataclass(frozen=True)
class Row:
    """One option as the page shows it. `number` is that of the stretch, for links inside."""

    option: Option
    answer: Recommendation
    language: Language
    number: int = 1

    @property
    def key(self) -> str:
        """What tells it apart on the page."""
        return f"{self.number}-{self.option.key}"

    @property
    def journey(self) -> Journey:
        """The outward journey."""
        return self.option.journey

    @cached_property
    def mode(self) -> str:
        """The means of transport, or those out and back."""
        return self.language.say(self.option.title)

    @property
    def verdict(self) -> str:
        """What the scheme says of it, there and back; empty where it does not speak."""
        found = dict.fromkeys((self.option.verdict, self.option.back_verdict))
        return ", ".join(self.language.say(VERDICTS[verdict]) for verdict in found if verdict)

    @cached_property
    def door_to_door(self) -> str:
        """Time from door to door."""
        return self.language.duration(self.journey.door_to_door_min)

    @property
    def time_back(self) -> str:
        """Time back from door to door, where that is another way; else empty."""
        back = self.option.back
        return self.language.duration(back.door_to_door_min) if back else ""

    @cached_property
    def _doors(self) -> DoorToDoor:
        access_min = self.answer.reference.transport.rules.door.access_min
        return door_to_door(self.journey, access_min)

    @property
    def time_parts(self) -> list[str]:
        """The time to the station, in the vehicle, waiting and from the station; "–" for none."""
        return [self.language.duration(part) if part else "–" for part in self._minutes]

    @property
    def time_bar(self) -> list[tuple[float, float]]:
        """Start and width of each part of the time, as percentages of the longest option."""
        longest = max(option.journey.door_to_door_min for option in self.answer.options)
        bars, start = [], 0.0
        for part in self._minutes:
            width = part / longest * 100
            bars.append((round(start, 1), round(width, 1)))
            start += width
        return bars

    @property
    def _minutes(self) -> tuple[int, int, int, int]:
        doors = self._doors
        return doors.to_min, doors.riding_min, doors.waiting_min, doors.from_min

    @property
    def changes(self) -> str:
        """The changes, counted."""
        return self.language.counted(self.journey.changes, "{number} change", "{number} changes")

    @cached_property
    def kilograms(self) -> str:
        """The central estimate."""
        emissions = self.option.emissions
        if emissions is None:
            what = self.option.missing_factor
            return self.language.say(message("no factor for {what}", what=what))
        return self.language.say(Kilograms(figure_range(emissions, self.answer).central))

    @cached_property
    def kilograms_range(self) -> str:
        """The range of the estimate; empty where there is none."""
        emissions = self.option.emissions
        shown = figure_range(emissions, self.answer) if emissions else None
        if shown is None or shown.low == shown.high:
            return ""
        return self.language.span(shown.low, shown.high)

    @cached_property
    def non_co2(self) -> str:
        """The warming beside CO2; empty but for flights."""
        emissions = self.option.emissions
        if emissions is None or not emissions.non_co2.central:
            return ""
        if self.answer.non_co2 == "included":
            return self.language.say(included_words(self.answer.reference.factors))
        return "+ " + self.language.say(Kilograms(emissions.non_co2.central))

    @property
    def co2e_bar(self) -> tuple[float, float, float, float] | None:
        """Low, central, high and non-CO2 as percentages of the longest bar; None without any."""
        emissions = self.option.emissions
        longest = max((_kilograms_drawn(o, self.answer) for o in self.answer.options), default=0.0)
        if emissions is None or not longest:
            return None
        shown = figure_range(emissions, self.answer)
        beyond = 0.0 if self.answer.non_co2 == "included" else emissions.non_co2.central
        low, central, high, apart = (
            round(kg / longest * 100, 1) for kg in (shown.low, shown.central, shown.high, beyond)
        )
        return low, central, high, apart

    @property
    def price(self) -> str:
        """The price, which nobody has given us."""
        return self.language.say(NO_PRICE)

    @property
    def levies(self) -> list[str]:
        """What the scheme charges beside the fare, where it can be reckoned."""
        if self.answer.decision.outcome == "out_of_scope":
            return []
        return [
            self.language.say(
                message(
                    "+ {amount} {currency} levy",
                    amount=round(item.amount, 2),
                    currency=item.levy.currency,
                )
            )
            for way in travelled(self.option, self.answer)
            for item in self.answer.decision.levies(way)
            if item.amount
        ]

    @property
    def saves_hotel_night(self) -> bool:
        """Whether the night on the way takes the place of a night in a hotel."""
        return bool(self.journey.night and self.journey.night.hotel_night_saved)

    @property
    def notes(self) -> list[str]:
        """What the traveller must know of this way: a night on the way, days and hours."""
        back = self.option.back.notes if self.option.back else ()
        return [self.language.say(note) for note in (*self.journey.notes, *back)]

    @property
    def legs(self) -> list[str]:
        """The legs in words."""
        return [self.language.say(_leg_words(leg)) for leg in self._legs]

    @property
    def _legs(self) -> tuple[Leg, ...]:
        """The legs out, and those back where they are others."""
        return (*self.journey.legs, *(self.option.back.legs if self.option.back else ()))

    @property
    def reckoned(self) -> list[LegRow]:
        """The legs with their figures, one way."""
        emissions = self.option.emissions
        if emissions is None:
            return []
        pairs = zip_longest(self._legs, emissions.legs)
        return [self._leg_row(leg, figure) for leg, figure in pairs if leg and figure]

    def _leg_row(self, leg: Leg, figure: LegEstimate) -> LegRow:
        say, kg = self.language.say, figure.wtw
        amount = say(Kilograms(kg.central))
        if kg.low != kg.high:
            amount += f" ({self.language.span(kg.low, kg.high)})"
        return LegRow(
            f"{say(MODES.get(leg.mode, leg.mode))}: {say(leg.origin)} → {say(leg.destination)}",
            f"{self.language.number(round(leg.km))} km",
            amount,
            ", ".join(dict.fromkeys(part.factor for part in figure.parts)),
        )

    @property
    def by_country(self) -> str:
        """Kilometres by country, longest first."""
        split = sorted(self.journey.km_by_country.items(), key=lambda item: -item[1])
        return ", ".join(
            f"{self.language.country(code)} {self.language.number(round(km))} km"
            for code, km in split
        )


def _kilograms_drawn(option: Option, answer: Recommendation) -> float:
    """Return how far the bar of an option reaches: its range, and the non-CO2 beside it."""
    emissions = option.emissions
    if emissions is None:
        return 0.0
    shown = figure_range(emissions, answer)
    beyond = 0.0 if answer.non_co2 == "included" else emissions.non_co2.central
    return max(shown.high, shown.central + beyond)


def _leg_words(leg: Leg) -> Message:
    return message(
        "{mode}{operator}: {way}, {time}{wait}, {km} km",
        mode=MODES.get(leg.mode, leg.mode),
        operator=f" ({leg.operator})" if leg.operator else "",
        way=message("{origin} → {destination}", origin=leg.origin, destination=leg.destination),
        time=Minutes(leg.minutes),
        wait=message(" (before it {wait} waiting)", wait=Minutes(leg.wait_min))
        if leg.wait_min
        else "",
        km=round(leg.km),
    )
