"""The answer for one stretch of a trip, each thing in the words of the reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from travelplan.language import Language, message
from travelplan.recommendation import Recommendation
from travelplan.report.emissions_words import (
    beside_lines,
    comparison_lines,
    set_words,
    warnings,
)
from travelplan.report.provisions import class_lines, levy_lines
from travelplan.scheme.diagram import Step, steps_of
from travelplan.scheme.outline import ONLY_DEVIATIONS, chain_words
from travelplan.scheme.words import (
    MODES,
    assumed_values,
    cause_sentence,
    fact_name,
    outcome_label,
    reason,
    rule_assumptions,
)
from webapp.advice.grounds import condition_lines
from webapp.advice.row import Row


@dataclass(frozen=True)
class Stretch:
    """The answer for one stretch of a trip. `number` counts from 1."""

    answer: Recommendation
    language: Language
    number: int = 1

    @property
    def title(self) -> str:
        """From where to where."""
        trip, say = self.answer.trip, self.language.say
        return f"{say(trip.origin.names)} → {say(trip.destination.names)}"

    @property
    def level(self) -> str:
        """The level in words."""
        return self.language.say(outcome_label(self.answer.decision, self.answer.facts.values))

    @property
    def reason(self) -> str:
        """Why, in a sentence or two, with value and limit."""
        answer = self.answer
        place = answer.trip.destination.names
        return reason(answer.decision, answer.facts.values, place, self.language)

    @property
    def grounds(self) -> str:
        """Whose rule, which version, and from when the timetable is."""
        decision = self.answer.decision
        rule = decision.rule
        return self.language.say(
            message(
                "Scheme of {body}, version of {version}{rule}. Train times of {edition}.",
                body=decision.version.body,
                version=decision.version.version,
                rule=message(", rule {id}", id=rule.id) if rule else "",
                edition=self.answer.reference.transport.network.head.as_of,
            )
        )

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
    def taken_as_in_scope(self) -> str:
        """The scope facts that nobody gave."""
        decision = self.answer.decision
        names = [name for name in decision.assumed if name != "destination"]
        return ", ".join(self._say(fact_name(name, decision.version)) for name in names)

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Each test with its value, limit and result."""
        return condition_lines(self.answer.decision, self.language)

    @cached_property
    def steps(self) -> list[Step]:
        """The scheme step by step, with the path of this trip."""
        decision = self.answer.decision
        return steps_of(decision.version, self.language, decision)

    @cached_property
    def rows(self) -> list[Row]:
        """The options, best first."""
        return [
            Row(option, self.answer, self.language, self.number) for option in self.answer.options
        ]

    @cached_property
    def best(self) -> Row | None:
        """The option to take first; None where no way is known or the trip is not allowed."""
        if not self.rows or self.answer.decision.outcome == "trip_not_approved":
            return None
        return self.rows[0]

    @property
    def meaning(self) -> list[tuple[str, list[str]]]:
        """What it means for the traveller: a heading and sentences each."""
        found = [
            (message("Class"), self._classes()),
            (message("Night train"), self._night_train()),
            (message("Who agrees"), self._agree()),
            (message("Levy"), self._levies()),
            (message("Does it not fit?"), self._not_fit()),
        ]
        return [(self.language.say(head), lines) for head, lines in found if lines]

    @property
    def set_line(self) -> str:
        """By which factor set the figures are."""
        return self.language.say(set_words(self.answer.reference.factors))

    @cached_property
    def warnings(self) -> list[str]:
        """What a reader must know of the set, such as another order of the options."""
        return list(warnings(self.answer, self.language))

    @cached_property
    def comparison(self) -> list[str]:
        """How surely the train emits less."""
        return list(comparison_lines(self.answer, self.language))

    @property
    def beside(self) -> list[str]:
        """What stands beside the figures: comparison, hotel, making of vehicles, video meeting."""
        shown = {self.set_line, *self.warnings}
        return [line for line in beside_lines(self.answer, self.language) if line not in shown]

    def _classes(self) -> list[str]:
        lines = list(class_lines(self.answer.decision, self.language))
        return lines or [self._say(message("The scheme says nothing of the class."))]

    def _night_train(self) -> list[str]:
        if self.answer.planned is None or self.answer.planned.rail is None:
            return []
        for row in self.rows:
            night = row.journey.night
            if night:
                text = message(
                    "{train}: you leave at about {leave} and are there at about {there}.",
                    train=night.train,
                    leave=night.leave_home,
                    there=night.be_there,
                )
                saved = message("It saves a hotel night.") if night.hotel_night_saved else ""
                return [f"{self._of_leg()}{self._say(text)} {self._say(saved)}".rstrip()]
        return [self._of_leg() + self._say(message("We know of none on this way."))]

    def _of_leg(self) -> str:
        """Return which stretch is meant, where there are more."""
        return "" if self.answer.there_and_back else f"{self.title}: "

    def _agree(self) -> list[str]:
        lines = []
        for approval in self.answer.decision.approvals:
            who = chain_words(approval, self.language)
            if approval.only_deviations:
                who += f" ({self._say(ONLY_DEVIATIONS)})"
            if approval.modes:
                who = f"{', '.join(self._say(MODES[mode]) for mode in approval.modes)}: {who}"
            lines.append(f"{who}." + (f" {self._say(approval.text)}" if approval.text else ""))
        return lines or [self._say(message("The scheme does not say. Ask your manager."))]

    def _levies(self) -> list[str]:
        if self.answer.decision.outcome == "out_of_scope":
            return []
        return list(levy_lines(self.answer.decision, self.language))

    def _not_fit(self) -> list[str]:
        decision = self.answer.decision
        if decision.outcome == "undetermined":
            return [self._say(message("Ask HR before you book."))]
        reasons = [self._say(item.text) for item in decision.may_apply]
        if not reasons:
            return []
        text = message(
            "Choose one of these reasons when you file the trip: {reasons}.",
            reasons="; ".join(reasons),
        )
        return [self._say(text)]

    def _say(self, text: object) -> str:
        return self.language.say(text)
