"""From a scheme file to rules at work: resolves names, checks units, names every fault."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from itertools import pairwise

from travelplan.errors import DataError, Fault
from travelplan.places.normalise import normalise
from travelplan.scheme.conditions import ConditionCompiler
from travelplan.scheme.facts import FACTS, IN_LIST, Kind, Value
from travelplan.scheme.logic import ALWAYS, Condition
from travelplan.scheme.model import FactType, RuleInFile, SchemeInFile, VersionInFile
from travelplan.scheme.provide import Provider
from travelplan.scheme.rulebook import (
    EVERYWHERE,
    Further,
    Indication,
    Parameter,
    Presumed,
    Rule,
    Scheme,
    Variant,
    Version,
)
from travelplan.scheme.written import minutes_of
from travelplan.sourced import Text
from travelplan.strict import Document, Path

_KIND_OF: Mapping[FactType, Kind] = {
    "minutes": Kind.MINUTES,
    "km": Kind.KM,
    "number": Kind.NUMBER,
    "count": Kind.COUNT,
    "flag": Kind.FLAG,
    "name": Kind.NAME,
}


def compile_scheme(document: Document) -> Scheme:
    """Return the scheme that a file describes.

    Raises:
        DataError: naming every unknown fact, parameter, list, person or assumption, every bound
            that does not fit its fact, missing or misplaced last rules, and days out of order.
    """
    source = document.parse(SchemeInFile)
    faults: list[Fault] = []
    compilers = [_VersionCompiler(document, faults, source, i) for i in range(len(source.versions))]
    versions = tuple(compiler.compile() for compiler in compilers)
    faults += _misplaced(document, versions)
    if faults:
        raise DataError(document.file, faults)
    return Scheme(source.id, source.body.words, source.country, versions)


def _misplaced(document: Document, versions: tuple[Version, ...]) -> Iterator[Fault]:
    for i, (older, newer) in enumerate(pairwise(versions)):
        if newer.first_day <= older.first_day or (
            older.last_day is not None and newer.first_day <= older.last_day
        ):
            where: Path = ("versions", i + 1, "in_force", "from")
            text = f"this version starts on {newer.first_day}, while the one before it still holds."
            yield document.fault(where, text, "Put versions in order of their start.")
    for i, version in enumerate(versions):
        if version.last_day is not None and version.last_day < version.first_day:
            where = ("versions", i, "in_force")
            text = f"this version ends on {version.last_day}, before it starts."
            yield document.fault(where, text, "Correct 'from' or 'to'.")


class _VersionCompiler:
    """Compiles one version and notes its faults."""

    def __init__(
        self, document: Document, faults: list[Fault], scheme: SchemeInFile, index: int
    ) -> None:
        self._document = document
        self._faults = faults
        self._scheme = scheme
        self._source: VersionInFile = scheme.versions[index]
        self._path: Path = ("versions", index)
        self._kinds = {
            **FACTS,
            **{name: _KIND_OF[fact.type] for name, fact in self._source.facts.items()},
            **{IN_LIST + name: Kind.FLAG for name in self._source.lists},
        }

    def compile(self) -> Version:
        source = self._source
        parameters = dict(self._parameters())
        values = {name: parameter.value for name, parameter in parameters.items()}
        conditions = ConditionCompiler(self._kinds, values, self._note)
        rules = self._rules(conditions, source.rules, "rules")
        gates = self._rules(conditions, source.gates, "gates")
        self._check_rules()
        provider = Provider(source, conditions, self._note)
        return Version(
            scheme=self._scheme.id,
            body=self._scheme.body.words,
            country=self._scheme.country,
            list_authority=self._scheme.list_authority,
            version=source.version,
            first_day=source.in_force.from_,
            last_day=source.in_force.to,
            start_assumed=source.in_force.basis == "assumption",
            sources=tuple(source.sources),
            partial=source.completeness == "partial",
            note=source.note.words if source.note else None,
            judged=source.judged,
            further=dict(self._further()),
            presumed=dict(self._presumed()),
            parameters=parameters,
            scope=self._scope(conditions),
            scope_because=source.scope.because.words if source.scope else None,
            lists={name: _list(entries) for name, entries in source.lists.items()},
            list_names={
                name: {land: tuple(names) for land, names in entries.items()}
                for name, entries in source.lists.items()
            },
            gates=gates,
            rules=rules,
            indications=tuple(self._indications()),
            variants=tuple(self._variants(parameters, values)),
            modes={str(outcome): verdicts for outcome, verdicts in source.modes.items()},
            people={name: text.words for name, text in source.people.items()},
            reasons=tuple(provider.reasons()),
            approvals=tuple(provider.approvals()),
            classes=tuple(provider.classes()),
            levies=tuple(provider.levies()),
            statements=tuple(text.words for text in source.statements),
        )

    def _note(self, path: Path, problem: str, advice: str) -> None:
        self._faults.append(self._document.fault((*self._path, *path), problem, advice))

    def _parameters(self) -> Iterator[tuple[str, Parameter]]:
        for name, given in self._source.parameters.items():
            assumed = given.basis == "assumption"
            if assumed and given.because is None:
                text = f"the assumption '{name}' does not say why."
                self._note(("parameters", name), text, "Add 'because' in nl, fr and en.")
            others = given.plausible if assumed else []
            yield (
                name,
                Parameter(
                    name,
                    None if given.value is None else _plain(given.value),
                    assumed,
                    tuple(_plain(other) for other in others),
                    given.because.words if given.because else None,
                ),
            )

    def _further(self) -> Iterator[tuple[str, Further]]:
        for name, fact in self._source.facts.items():
            if name in FACTS:
                text = f"every scheme knows the fact '{name}'."
                self._note(("facts", name), text, "Take it out, or give it another name.")
            yield name, Further(_KIND_OF[fact.type], fact.text.words, tuple(fact.values))

    def _presumed(self) -> Iterator[tuple[str, Presumed]]:
        for name, given in self._source.presume.items():
            where: Path = ("presume", name)
            because = given.because.words if given.because else None
            kind = self._kinds.get(name)
            if kind is None:
                advice = f"Known facts: {', '.join(self._kinds)}."
                self._note(where, f"there is no fact '{name}'.", advice)
            elif (given.value is None) == (given.same_as is None):
                text = f"it is not clear what counts where '{name}' is not given."
                self._note(where, text, "Give either 'value' or 'same_as'.")
            elif given.same_as is not None and self._kinds.get(given.same_as) is not kind:
                text = f"'{given.same_as}' cannot stand for '{name}'."
                self._note(where, text, "Name a fact of the same kind.")
            elif given.value is not None and isinstance(given.value, bool) != (kind is Kind.FLAG):
                text = f"'{given.value}' does not fit the fact '{name}'."
                self._note(where, text, "Use true or false for a flag, and a value for the rest.")
            value = None if given.value is None else _plain(given.value)
            yield name, Presumed(value, given.same_as or "", because)

    def _scope(self, conditions: ConditionCompiler) -> Condition | None:
        scope = self._source.scope
        return conditions.compile(scope.when, ("scope", "when")) if scope else None

    def _indications(self) -> Iterator[Indication]:
        for i, item in enumerate(self._source.indications):
            if item.list not in self._source.lists:
                text = f"there is no list '{item.list}'."
                self._note(("indications", i, "list"), text, "Add it under 'lists'.")
            yield Indication(item.list, item.outcome)

    def _rules(
        self, conditions: ConditionCompiler, sources: list[RuleInFile], room: str
    ) -> tuple[Rule, ...]:
        assumptions = self._source.assumptions
        return tuple(
            Rule(
                rule.id,
                conditions.compile(rule.when, (room, i, "when")) if rule.when else ALWAYS,
                rule.outcome,
                rule.because.words if rule.because else None,
                tuple(assumptions[name].words for name in rule.assumes if name in assumptions),
            )
            for i, rule in enumerate(sources)
        )

    def _variants(
        self, parameters: Mapping[str, Parameter], values: Mapping[str, Value | None]
    ) -> Iterator[Variant]:
        for name, parameter in parameters.items():
            for other in parameter.plausible:
                quiet = ConditionCompiler(self._kinds, {**values, name: other}, _ignore)
                yield Variant(name, other, self._rules(quiet, self._source.rules, "rules"))

    def _check_rules(self) -> None:
        rules = self._source.rules
        for i, rule in enumerate(rules):
            last = i == len(rules) - 1
            if last and rule.when:
                text = "the last rule has a condition, so some trips would fall through."
                self._note(("rules", i), text, "End with a rule without 'when'.")
            if not last and rule.when is None:
                text = f"the rule '{rule.id}' has no condition, so no rule after it is ever used."
                self._note(("rules", i), text, "Give it a 'when', or move it to the end.")
        for i, gate in enumerate(self._source.gates):
            if gate.when is None:
                text = f"the gate '{gate.id}' has no condition, so it stops every trip."
                self._note(("gates", i), text, "Give it a 'when'.")
        seen: set[str] = set()
        for room, sources in (("gates", self._source.gates), ("rules", rules)):
            for i, rule in enumerate(sources):
                if rule.id in seen:
                    text = f"there are two rules '{rule.id}'."
                    self._note((room, i, "id"), text, "Rename one.")
                seen.add(rule.id)
                self._check_rule(rule, (room, i))

    def _check_rule(self, rule: RuleInFile, path: Path) -> None:
        for name in rule.assumes:
            if name not in self._source.assumptions:
                text = f"there is no assumption '{name}'."
                self._note((*path, "assumes"), text, "Add it under 'assumptions'.")
        if rule.because:
            self._check_words(rule.because, (*path, "because"))

    def _check_words(self, text: Text, path: Path) -> None:
        known = {*self._kinds, *self._source.parameters}
        for language in ("nl", "fr", "en"):
            try:
                parts = list(string.Formatter().parse(getattr(text, language)))
            except ValueError as error:
                advice = "Write {name} with both braces, or double a brace that is meant."
                self._note((*path, language), f"a brace is not closed: {error}.", advice)
                continue
            for _, name, form, conversion in parts:
                if name is not None and (name not in known or form or conversion):
                    problem = f"'{{{name}}}' is neither a fact nor a parameter."
                    self._note((*path, language), problem, "Correct the name in braces.")


def _ignore(_path: Path, _problem: str, _advice: str) -> None:
    """Take down nothing: the fault was noted with the value that counts."""


def _plain(value: str | float | bool) -> Value:  # noqa: FBT001
    minutes = minutes_of(value)
    return value if minutes is None else minutes


def _list(entries: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Return in which countries each name stands on the list, names normalised."""
    found: dict[str, set[str]] = {}
    for country, names in entries.items():
        for name in names:
            key = EVERYWHERE if name == EVERYWHERE else normalise(name)
            found.setdefault(key, set()).add(country)
    return {name: frozenset(countries) for name, countries in found.items()}
