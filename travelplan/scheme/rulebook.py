"""A scheme ready for use: names resolved, units checked, rules in the order of deciding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from travelplan.errors import FieldProblem, InputError
from travelplan.language import Words, message
from travelplan.scheme.facts import FACTS, IN_LIST, PRESUMED, Kind, Value, Values
from travelplan.scheme.levy import Levy
from travelplan.scheme.logic import Condition, Test
from travelplan.scheme.rights import Approval, Entitlement, Reason
from travelplan.scheme.verdicts import MODES, Mode, Outcome, Verdict
from travelplan.sourced import Source

EVERYWHERE = "*"
"""Stands on a list for every place of a country."""

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
    """A named value of a version: minutes, a number, or the fact to measure; None while open."""

    name: str
    value: Value | None
    assumed: bool
    plausible: tuple[Value, ...]
    because: Words | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `assumes` are the assumptions that it rests on, in words.

    `because` is None where the words are made from the condition.
    """

    id: str
    condition: Condition
    outcome: Outcome
    because: Words | None
    assumes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """The rules as they would be with another plausible value of one assumed parameter."""

    parameter: str
    value: Value
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Further:
    """A fact that only this scheme asks for: what it holds, its name, and the names it may have."""

    kind: Kind
    text: Words
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Presumed:
    """What counts where a fact is not given: a value, or another fact (`same_as`) in its place."""

    value: Value | None
    same_as: str
    because: Words | None


@dataclass(frozen=True, slots=True)
class Indication:
    """A list that answers only where the rules cannot decide."""

    list: str
    outcome: Outcome


@dataclass(frozen=True)
class Version:
    """The scheme of a body as it stood from one day on."""

    scheme: str
    body: Words
    country: str
    list_authority: str
    version: date
    first_day: date
    last_day: date | None
    start_assumed: bool
    sources: tuple[Source, ...]
    partial: bool
    note: Words | None
    judged: str
    further: Mapping[str, Further]
    presumed: Mapping[str, Presumed]
    parameters: Mapping[str, Parameter]
    scope: Condition | None
    scope_because: Words | None
    lists: Mapping[str, Mapping[str, frozenset[str]]]
    list_names: Mapping[str, Mapping[str, tuple[str, ...]]]
    gates: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    indications: tuple[Indication, ...]
    variants: tuple[Variant, ...]
    modes: Mapping[str, Mapping[Mode, Verdict]]
    people: Mapping[str, Words]
    reasons: tuple[Reason, ...]
    approvals: tuple[Approval, ...]
    classes: tuple[Entitlement, ...]
    levies: tuple[Levy, ...]
    statements: tuple[Words, ...]

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """Every test of the rules and of their variants."""
        rules = [*self.rules, *(rule for variant in self.variants for rule in variant.rules)]
        return tuple(dict.fromkeys(test for rule in rules for test in rule.condition.leaves()))

    def limits(self, fact: str) -> list[float]:
        """Return the fixed limits that the rules set on a fact alone, in its unit, ascending."""
        found = {
            float(test.bound)
            for rule in (*self.gates, *self.rules)
            for test in rule.condition.leaves()
            if test.facts == (fact,)
            and isinstance(test.bound, int | float)
            and not isinstance(test.bound, bool)
        }
        return sorted(found)

    @cached_property
    def scope_tests(self) -> tuple[Test, ...]:
        """Every test of the scope."""
        return tuple(self.scope.leaves()) if self.scope else ()

    @cached_property
    def turning(self) -> tuple[tuple[Variant, tuple[tuple[Test, Test], ...]], ...]:
        """Each variant with the tests that it changes, as they are and as they would be."""
        ours = [test for rule in self.rules for test in rule.condition.leaves()]
        found = []
        for variant in self.variants:
            theirs = [test for rule in variant.rules for test in rule.condition.leaves()]
            pairs = tuple((a, b) for a, b in zip(ours, theirs, strict=True) if a != b)
            found.append((variant, pairs))
        return tuple(found)

    @cached_property
    def moving(self) -> dict[tuple[str, ...], tuple[tuple[Test, float], ...]]:
        """Which tests move with which facts; filled by the borderline check when first asked."""
        return {}

    @cached_property
    def usual(self) -> Mapping[str, Value]:
        """What counts for the facts that it tests when the return is not known."""
        asked = {name for test in self.tests for name in test.needs}
        conditions = [gate.condition for gate in self.gates]
        conditions += [approval.condition for approval in self.approvals]
        conditions += [item.condition for item in self.classes]
        asked |= {n for part in conditions for test in part.leaves() for n in test.needs}
        return {name: value for name, value in PRESUMED.items() if name in asked}

    @cached_property
    def _verdicts(self) -> Mapping[str, Mapping[Mode, Verdict]]:
        found: dict[str, Mapping[Mode, Verdict]] = {"out_of_scope": {}, "undetermined": {}}
        for outcome, common in VERDICTS.items():
            stated = {**common, **self.modes.get(outcome, {})}
            found[outcome] = {mode: stated.get(mode, "allowed") for mode in MODES}
        return found

    def verdicts(self, outcome: Outcome) -> Mapping[Mode, Verdict]:
        """Return the verdict for every mode; empty where the scheme does not speak."""
        return self._verdicts[outcome]

    def kind(self, fact: str) -> Kind | None:
        """Return what a fact holds, the scheme's own facts included."""
        if fact.startswith(IN_LIST):
            return Kind.FLAG
        return self.further[fact].kind if fact in self.further else FACTS.get(fact)

    def listed_in(self, values: Values, names: Collection[str]) -> dict[str, bool | None]:
        """Return for each list whether it holds the destination; None if that is not known.

        Args:
            values: facts; `country` narrows the match where it is known.
            names: the destination's names, normalised.
        """
        country = values.get("country")
        return {name: _on(entries, country, names) for name, entries in self.lists.items()}


def _on(
    entries: Mapping[str, frozenset[str]], country: Value | None, names: Collection[str]
) -> bool | None:
    """Return whether a list holds one of the names in a country; EVERYWHERE is the whole of it."""
    for name in names:
        if name in entries and (country is None or country in entries[name]):
            return True
    whole = entries.get(EVERYWHERE, frozenset())
    if country is None and whole and names:
        return None
    return country in whole


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
