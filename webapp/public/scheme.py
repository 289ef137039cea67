"""What the page of the scheme shows: one version, each rule as a sentence, and its drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus

from markupsafe import Markup

from travelplan import InputError, Scheme
from travelplan.errors import FieldProblem
from travelplan.language import Language, Message, message
from travelplan.scheme.changes import changes
from travelplan.scheme.diagram import diagram_svg
from travelplan.scheme.facts import Value
from travelplan.scheme.outline import (
    assumption_lines,
    list_lines,
    presumption_lines,
    provision_blocks,
    rule_sentences,
)
from travelplan.scheme.rulebook import Parameter, Version
from travelplan.scheme.verdicts import Outcome
from travelplan.scheme.words import (
    FACT_NAMES,
    MODES,
    OUTCOMES,
    VERDICTS,
    fact_name,
    parameter_value,
)
from travelplan.trip import read_day


@dataclass(frozen=True)
class Asked:
    """Which version a person asks for: that of a day, one by its own day, or the one of today.

    `typed` is what was typed as the day, kept for the form. `version` is None if there is a fault:
    `fault` then says which, and `status` is that of the answer.
    """

    typed: str
    version: Version | None
    fault: FieldProblem | None = None
    status: HTTPStatus = HTTPStatus.OK

    @classmethod
    def of(cls, arguments: Mapping[str, str], scheme: Scheme, today: date) -> Asked:
        """Read the address: `on` is a day as people write it, `version` the day of a version."""
        typed, named = arguments.get("on", "").strip(), arguments.get("version", "").strip()
        if typed and named:
            text = message("Choose a day or a version, not both.")
            return cls(typed, None, FieldProblem("on", "both", text), _UNUSABLE)
        if named:
            return cls._of_version(named, scheme)
        return cls._on_day(typed, scheme) if typed else cls("", in_force(scheme, today))

    @classmethod
    def _of_version(cls, named: str, scheme: Scheme) -> Asked:
        for version in scheme.versions:
            if named == version.version.isoformat():
                return cls("", version)
        text = message(
            "The scheme of {body} has no version “{typed}”. Choose one of the versions below.",
            body=scheme.body,
            typed=named[:60],
        )
        return cls("", None, FieldProblem("on", "no_version", text), HTTPStatus.NOT_FOUND)

    @classmethod
    def _on_day(cls, typed: str, scheme: Scheme) -> Asked:
        try:
            day = read_day("on", typed)
        except InputError as error:
            return cls(typed, None, error.problems[0], _UNUSABLE)
        try:
            return cls(typed, scheme.on(day))
        except InputError as error:
            fault = FieldProblem("on", error.problems[0].code, error.problems[0].message)
            return cls(typed, None, fault, HTTPStatus.NOT_FOUND)


_UNUSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


def in_force(scheme: Scheme, day: date) -> Version:
    """Return the version of a day; the newest where none holds on that day."""
    return scheme.on(day) if scheme.is_in_force(day) else scheme.newest


@dataclass(frozen=True)
class SchemePage:
    """One version of a scheme, in the words of the reader."""

    scheme: Scheme
    version: Version
    today: date
    language: Language

    @property
    def days(self) -> Message:
        """From when to when it holds."""
        return days_of(self.version)

    @property
    def holds_today(self) -> bool:
        """Whether it is the version of today."""
        return self.scheme.is_in_force(self.today) and self.scheme.on(self.today) is self.version

    @property
    def rules(self) -> list[tuple[str, list[str]]]:
        """Each rule as a sentence, with what it takes for granted."""
        return [
            (sentence, [self.language.say(words) for words in rule.assumes])
            for rule, sentence in rule_sentences(self.version, self.language)
        ]

    @property
    def drawing(self) -> Markup:
        """The scheme as a drawing; the library has made every text in it harmless."""
        return Markup(diagram_svg(self.version, self.language))  # noqa: S704

    @property
    def outcomes(self) -> list[Outcome]:
        """The levels that the rules can give, in their order."""
        ladder = (*self.version.gates, *self.version.rules)
        return list(dict.fromkeys(rule.outcome for rule in ladder))

    @property
    def outcome_names(self) -> list[Message]:
        """What those levels are called."""
        return [OUTCOMES[outcome] for outcome in self.outcomes]

    @property
    def verdicts(self) -> Iterator[tuple[Message, list[Message]]]:
        """What each level means for each means of transport."""
        by_outcome = [self.version.verdicts(outcome) for outcome in self.outcomes]
        for mode in by_outcome[0]:
            yield MODES[mode], [VERDICTS[verdicts[mode]] for verdicts in by_outcome]

    @property
    def assumed_values(self) -> list[tuple[str, str, str]]:
        """The values that were assumed: the value, the others that are possible, and why."""
        return [
            (
                self._value(parameter),
                ", ".join(self._said(parameter, value) for value in parameter.plausible),
                self.language.say(parameter.because) if parameter.because else "",
            )
            for parameter in self.version.parameters.values()
            if parameter.assumed
        ]

    @property
    def assumptions(self) -> list[str]:
        """What else was assumed."""
        told = {because for _, _, because in self.assumed_values}
        return [s for s in assumption_lines(self.version, self.language) if s not in told]

    @property
    def presumptions(self) -> list[str]:
        """What counts where a person does not say."""
        return list(presumption_lines(self.version, self.language))

    @property
    def lists(self) -> list[str]:
        """The lists of places that the rules ask for."""
        return list(list_lines(self.version, self.language))

    @property
    def provisions(self) -> list[tuple[str, list[str]]]:
        """What goes with the rules: reasons to deviate, who agrees, classes, levies."""
        blocks = provision_blocks(self.version, self.language)
        return [(head.rstrip(" :\u202f\xa0"), lines) for head, lines in blocks]

    @property
    def reasons_assumed(self) -> bool:
        """Whether the body has not published its reasons to deviate."""
        return any(reason.assumed for reason in self.version.reasons)

    @property
    def changes(self) -> list[str]:
        """What is different from the version before it; empty for the first."""
        place = self.scheme.versions.index(self.version)
        if not place:
            return []
        return changes(self.scheme.versions[place - 1], self.version, self.language)

    def _value(self, parameter: Parameter) -> str:
        return "?" if parameter.value is None else self._said(parameter, parameter.value)

    def _said(self, parameter: Parameter, value: Value) -> str:
        if isinstance(value, str) and value in FACT_NAMES:
            return self.language.say(fact_name(value))
        return self.language.say(parameter_value(replace(parameter, value=value), {}))


def days_of(version: Version) -> Message:
    """Return from when to when a version holds."""
    if version.last_day is None:
        return message("from {first} on", first=version.first_day)
    return message("from {first} to {last}", first=version.first_day, last=version.last_day)
