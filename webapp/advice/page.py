"""What the answer page shows, each thing in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from travelplan.journeys.model import Journey
from travelplan.language import Kilograms, Language, Minutes, message
from travelplan.places import Place, Places
from travelplan.recommendation import Option, Recommendation
from travelplan.report.record import versions
from travelplan.scheme.words import (
    FACT_NAMES,
    MODES,
    OPERATORS,
    OUTCOMES,
    VERDICTS,
    assumed_values,
    cause_sentence,
    fact_value,
    outcome_label,
    reason,
    rule_assumptions,
)

_MARKS = {True: message("holds"), False: message("does not hold"), None: message("unknown")}


def words_leading_to(place: Place, places: Places, language: Language) -> str:
    """Return the shortest words that a search takes for this place; its id if none do."""
    name = language.say(place.names)
    for typed in (name, f"{name}, {language.country(place.country)}", f"{name}, {place.region}"):
        if places.find(typed).place == place:
            return typed
    return place.id


@dataclass(frozen=True)
class AnswerPage:
    """One answer, for the template to lay out. `day_assumed` if no day of departure was given."""

    answer: Recommendation
    language: Language
    day_assumed: bool

    @property
    def stretches(self) -> list[Stretch]:
        """The answer by stretch: one, unless the trip has more destinations."""
        return [Stretch(part, self.language) for part in self.answer.parts or (self.answer,)]

    @property
    def level(self) -> str:
        """The heading."""
        if self.answer.parts:
            return self.language.say(OUTCOMES[self.answer.outcome])
        return self.stretches[0].level

    @property
    def way(self) -> str:
        """From where to where, over which places."""
        trip = self.answer.trip
        stops = [trip.origin, *trip.via, trip.destination]
        return " → ".join(self.language.say(place.names) for place in stops)

    @property
    def when(self) -> str:
        """The days and the number of travellers."""
        trip, say = self.answer.trip, self.language
        parts = [say.date(trip.depart)]
        if trip.back and trip.back != trip.depart:
            parts[0] = say.say(message("{depart} to {back}", depart=trip.depart, back=trip.back))
        if trip.nights is not None:
            parts.append(say.counted(trip.nights, "{number} night", "{number} nights"))
        parts.append(say.counted(trip.travellers, "{number} traveller", "{number} travellers"))
        return ", ".join(parts)

    @property
    def question(self) -> dict[str, object]:
        """The whole question, for a link that can be shared."""
        trip = self.answer.trip
        asked: dict[str, object] = {
            "origin": self._typed(trip.origin),
            "destination": self._typed(trip.destination),
            "depart": trip.depart.isoformat(),
            "travellers": trip.travellers,
        }
        if trip.via:
            asked["via"] = [self._typed(place) for place in trip.via]
        if trip.back:
            asked["return"] = trip.back.isoformat()
            if trip.nights != (trip.back - trip.depart).days:
                asked["nights"] = trip.nights
        return asked

    @property
    def versions(self) -> dict[str, str]:
        """The edition of everything that the answer rests on."""
        return versions(self.answer)

    def _typed(self, place: Place) -> str:
        return words_leading_to(place, self.answer.reference.places, self.language)


@dataclass(frozen=True)
class Stretch:
    """The answer for one stretch of a trip."""

    answer: Recommendation
    language: Language

    @property
    def title(self) -> str:
        """From where to where."""
        trip = self.answer.trip
        return (
            f"{self.language.say(trip.origin.names)} → {self.language.say(trip.destination.names)}"
        )

    @property
    def level(self) -> str:
        """The level in words."""
        values = self.answer.facts.values
        return self.language.say(outcome_label(self.answer.decision, values))

    @property
    def reason(self) -> str:
        """Why, in a sentence or two, with value and limit."""
        answer = self.answer
        place = answer.trip.destination.names
        return reason(answer.decision, answer.facts.values, place, self.language)

    @property
    def causes(self) -> list[str]:
        """What would change the outcome."""
        decision = self.answer.decision
        return [cause_sentence(c, decision.version, self.language) for c in decision.causes]

    @property
    def assumed_values(self) -> list[str]:
        """The assumed parameters with which the decision was made."""
        return list(assumed_values(self.answer.decision, self.language))

    @property
    def assumptions(self) -> list[str]:
        """What else the deciding rule takes for granted."""
        return list(rule_assumptions(self.answer.decision, self.language))

    @property
    def grounds(self) -> str:
        """Whose rule, which version, and from when the timetable is."""
        decision = self.answer.decision
        return self.language.say(
            message(
                "Scheme of {body}, version of {version}{rule}. Train times of {edition}.",
                body=decision.version.body,
                version=decision.version.version,
                rule=self._rule(),
                edition=self.answer.reference.transport.network.head.as_of,
            )
        )

    @property
    def taken_as_in_scope(self) -> str:
        """The scope facts that nobody gave."""
        names = [name for name in self.answer.decision.assumed if name != "destination"]
        return ", ".join(self.language.say(FACT_NAMES[name]) for name in names)

    def _rule(self) -> str:
        rule = self.answer.decision.rule
        return self.language.say(message(", rule {id}", id=rule.id)) if rule else ""

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Each test with its value, limit and result."""
        rows = []
        for test in self.answer.decision.tested:
            name = self.language.say(FACT_NAMES.get(test.fact, test.fact))
            value = self._said(test.fact, test.value)
            bound = self._said(test.fact, test.bound)
            operator = self.language.say(OPERATORS[test.operator])
            rows.append(
                (f"{name}: {value} ({operator} {bound})", self.language.say(_MARKS[test.result]))
            )
        return rows

    @property
    def rows(self) -> list[Row]:
        """The options of the table, best first."""
        return [Row(option, self.language) for option in self.answer.options]

    def _said(self, fact: str, value: object) -> str:
        if value is None:
            return "?"
        if value == float("inf"):
            return self.language.say(message("no train"))
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return self.language.say(fact_value(fact, value))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Row:
    """One option as the table and the details show it."""

    option: Option
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
        return self.language.say(Kilograms(emissions.wtw.central))

    @property
    def kilograms_range(self) -> str:
        """The range of the estimate; empty where there is none."""
        emissions = self.option.emissions
        if emissions is None or emissions.wtw.low == emissions.wtw.high:
            return ""
        return self.language.span(emissions.wtw.low, emissions.wtw.high)

    @property
    def non_co2(self) -> str:
        """The warming beside CO2; empty but for flights."""
        emissions = self.option.emissions
        if emissions is None or not emissions.non_co2.central:
            return ""
        return self.language.say(Kilograms(emissions.non_co2.central))

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
