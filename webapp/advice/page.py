"""What the answer page shows, each thing in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass

from travelplan.files import factor_set_ids
from travelplan.language import Language, message
from travelplan.places import Place, Places
from travelplan.recommendation import Recommendation
from travelplan.report.emissions_words import beside_lines
from travelplan.report.record import versions
from travelplan.scheme.words import (
    FACT_NAMES,
    OPERATORS,
    OUTCOMES,
    assumed_values,
    cause_sentence,
    fact_value,
    outcome_label,
    reason,
    rule_assumptions,
)
from webapp.advice.row import Row

_MARKS = {True: message("met"), False: message("not met"), None: message("unknown")}


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
        factors, standard = self.answer.reference.factors, self.answer.reference.standard
        if standard and factors.id != standard.id:
            asked["factors"] = factors.id
        if self.answer.non_co2 == "included":
            asked["non_co2"] = self.answer.non_co2
        return asked

    @property
    def other_sets(self) -> list[tuple[str, dict[str, object]]]:
        """The other factor sets, each with the question that asks for it."""
        used = self.answer.reference.factors.id
        return [(id_, {**self.question, "factors": id_}) for id_ in factor_set_ids() if id_ != used]

    @property
    def other_non_co2(self) -> dict[str, object]:
        """The question with the non-CO2 warming in the figures, or apart again."""
        shown = "separate" if self.answer.non_co2 == "included" else "included"
        return {**self.question, "non_co2": shown}

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
            limit = f"{self.language.say(OPERATORS[test.operator])} {bound}"
            if isinstance(test.bound, bool):
                limit = self.language.say(message("asked: {answer}", answer=bound))
            rows.append((f"{name}: {value} ({limit})", self.language.say(_MARKS[test.result])))
        return rows

    @property
    def rows(self) -> list[Row]:
        """The options of the table, best first."""
        return [Row(option, self.answer, self.language) for option in self.answer.options]

    @property
    def beside(self) -> list[str]:
        """What stands beside the table: the factor set, comparison, hotel, video meeting."""
        return list(beside_lines(self.answer, self.language))

    def _said(self, fact: str, value: object) -> str:
        if value is None:
            return "?"
        if value == float("inf"):
            return self.language.say(message("no train"))
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return self.language.say(fact_value(fact, value))  # type: ignore[arg-type]
