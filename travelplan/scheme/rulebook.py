"""A scheme ready for use: names resolved, units checked, rules in the order of deciding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from travelplan.errors import FieldProblem, InputError
from travelplan.language import Words, message
from travelplan.scheme.facts import Value, Values
from travelplan.scheme.logic import Condition
from travelplan.scheme.model import MODES, Mode, Outcome, Verdict
from travelplan.sourced import Source

VERDICTS: Mapping[str, Mapping[Mode, Verdict]] = {
    "train_mandatory": {"train": "mandatory", "car": "justify", "plane": "not_allowed"},
    "train_recommended": {"train": "recommended"},
    "justify_otherwise": {"train": "recommended", "plane": "justify"},
    "free_choice": {},
    "plane_default": {"plane": "recommended"},
    "flight_forbidden": {"plane": "not_allowed"},
    "trip_not_approved": {**dict.fromkeys(MODES, "not_allowed"), "virtual": "recommended"},
}
"""What each outcome means for a mode unless the scheme says otherwise; the rest is allowed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named value of a version: minutes, a number, or the fact to measure."""

    name: str
    value: Value
    assumed: bool
    plausible: tuple[Value, ...]
    because: Words | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `assumes` are the assumptions that it rests on, in words."""

    id: str
    condition: Condition
    outcome: Outcome
    because: Words
    assumes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """The rules as they would be with another plausible value of one assumed parameter."""

    parameter: str
    value: Value
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of the closed list for which a person may ask to deviate."""

    id: str
    text: Words
    assumed: bool


@dataclass(frozen=True)
class Version:
    """The scheme of a body as it stood from one day on."""

    scheme: str
    body: Words
    list_authority: str
    version: date
    first_day: date
    last_day: date | None
    start_assumed: bool
    sources: tuple[Source, ...]
    partial: bool
    note: Words | None
    parameters: Mapping[str, Parameter]
    scope: Condition | None
    scope_because: Words | None
    lists: Mapping[str, frozenset[tuple[str, str]]]
    rules: tuple[Rule, ...]
    variants: tuple[Variant, ...]
    modes: Mapping[str, Mapping[Mode, Verdict]]
    reasons: tuple[Reason, ...]

    def verdicts(self, outcome: Outcome) -> dict[Mode, Verdict]:
        """Return the verdict for every mode; empty where the scheme does not speak."""
        if outcome in {"out_of_scope", "undetermined"}:
            return {}
        stated = {**VERDICTS[outcome], **self.modes.get(outcome, {})}
        return {mode: stated.get(mode, "allowed") for mode in MODES}

    def listed_in(self, values: Values, names: Collection[str]) -> set[str]:
        """Return the lists that hold the destination.

        Args:
            values: facts; `country` narrows the match where it is known.
            names: the destination's names, normalised.
        """
        country = values.get("country")
        return {
            name
            for name, entries in self.lists.items()
            if any(entry in names and country in (None, land) for land, entry in entries)
        }


@dataclass(frozen=True)
class Scheme:
    """The scheme of one body in all its versions, oldest first."""

    id: str
    body: Words
    country: str
    versions: tuple[Version, ...] = field(repr=False)

    @property
    def newest(self) -> Version:
        """The version that starts last, in force or not."""
        return self.versions[-1]

    def on(self, day: date) -> Version:
        """Return the version in force on a day.

        Raises:
            InputError: (field `depart`) the day lies before the first version or after the last.
        """
        version = self._holding(day)
        if version is None:
            raise InputError([self._not_in_force(day)])
        return version

    def is_in_force(self, day: date) -> bool:
        """Return whether one of its versions holds on a day."""
        return self._holding(day) is not None

    def _holding(self, day: date) -> Version | None:
        for version in reversed(self.versions):
            if version.first_day <= day and (version.last_day is None or day <= version.last_day):
                return version
        return None

    def _not_in_force(self, day: date) -> FieldProblem:
        first = self.versions[0].first_day
        if day < first:
            text = message(
                "The scheme of {body} holds from {first} on. It says nothing about {day}: "
                "choose a later day.",
                body=self.body,
                first=first,
                day=day,
            )
            return FieldProblem("depart", "before_scheme", text)
        text = message(
            "No version of the scheme of {body} is in force on {day}.", body=self.body, day=day
        )
        return FieldProblem("depart", "no_version", text)
