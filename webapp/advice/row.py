"""One option as the table and the details show it, in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from travelplan.journeys.model import Journey
from travelplan.language import Kilograms, Language, Minutes, message
from travelplan.recommendation import Option, Recommendation
from travelplan.report.emissions import figure_range
from travelplan.report.emissions_words import included_words
from travelplan.scheme.words import MODES, VERDICTS


def _kilograms_drawn(option: Option) -> float:
    emissions = option.emissions
    return emissions.wtw.central + emissions.non_co2.central if emissions else 0.0


@dataclass(frozen=True)
class Row:
    """One option as the table and the details show it."""

    option: Option
    answer: Recommendation
    language: Language

    @property
    def journey(self) -> Journey:
        """The outward journey."""
        return self.option.journey

    @property
    def mode(self) -> str:
        """The means of transport."""
        return self.language.say(MODES[self.option.mode])

    @property
    def verdict(self) -> str:
        """What the scheme says of it."""
        return self.language.say(VERDICTS[self.option.verdict]) if self.option.verdict else "–"

    @property
    def door_to_door(self) -> str:
        """Time from door to door."""
        return self.language.duration(self.journey.door_to_door_min)

    @property
    def kilograms(self) -> str:
        """The central estimate."""
        emissions = self.option.emissions
        if emissions is None:
            what = self.option.missing_factor
            return self.language.say(message("no factor for {what}", what=what))
        return self.language.say(Kilograms(figure_range(emissions, self.answer).central))

    @property
    def kilograms_range(self) -> str:
        """The range of the estimate; empty where there is none."""
        emissions = self.option.emissions
        shown = figure_range(emissions, self.answer) if emissions else None
        if shown is None or shown.low == shown.high:
            return ""
        return self.language.span(shown.low, shown.high)

    @property
    def non_co2(self) -> str:
        """The warming beside CO2; empty but for flights."""
        emissions = self.option.emissions
        if emissions is None or not emissions.non_co2.central:
            return ""
        if self.answer.non_co2 == "included":
            return self.language.say(included_words(self.answer.reference.factors))
        return "+ " + self.language.say(Kilograms(emissions.non_co2.central))

    @property
    def bar(self) -> tuple[float, float] | None:
        """The CO2e and the non-CO2 warming as percentages of the longest bar of the table."""
        emissions = self.option.emissions
        longest = max(_kilograms_drawn(option) for option in self.answer.options)
        if emissions is None or not longest:
            return None
        drawn = (emissions.wtw.central, emissions.non_co2.central)
        return round(drawn[0] / longest * 100, 1), round(drawn[1] / longest * 100, 1)

    @property
    def legs(self) -> list[str]:
        """The legs in words."""
        return [self._leg(i) for i in range(len(self.journey.legs))]

    @property
    def notes(self) -> list[str]:
        """What the traveller must know of this way: a night on the way, days and hours."""
        return [self.language.say(note) for note in self.journey.notes]

    @property
    def by_country(self) -> str:
        """Kilometres by country, longest first."""
        split = sorted(self.journey.km_by_country.items(), key=lambda item: -item[1])
        return ", ".join(
            f"{self.language.country(code)} {self.language.number(round(km))} km"
            for code, km in split
        )

    def _leg(self, index: int) -> str:
        leg = self.journey.legs[index]
        way = f"{self.language.say(leg.origin)} → {self.language.say(leg.destination)}"
        operator = f" ({leg.operator})" if leg.operator else ""
        return self.language.say(
            message(
                "{mode}{operator}: {way}, {time}, {km} km",
                mode=MODES.get(leg.mode, leg.mode),
                operator=operator,
                way=way,
                time=Minutes(leg.minutes),
                km=round(leg.km),
            )
        )
