"""From a scheme file to rules at work: resolves names, checks units, names every fault."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from itertools import pairwise

from travelplan.errors import DataError, Fault
from travelplan.places.normalise import normalise
from travelplan.scheme.facts import FACTS, IN_LIST, Kind, Value
from travelplan.scheme.logic import ALWAYS, All, AnyOf, Condition, Not, Relative, Test
from travelplan.scheme.model import (
    AllInFile,
    AnyInFile,
    BoundInFile,
    ConditionInFile,
    NotInFile,
    RelativeBound,
    SchemeInFile,
    TestInFile,
    VersionInFile,
    minutes_of,
)
from travelplan.scheme.rulebook import Parameter, Reason, Rule, Scheme, Variant, Version
from travelplan.sourced import Text
from travelplan.strict import Document, Path

_BROKEN: Value = False
_ORDERED = ("at_most", "under", "at_least", "over")
_OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MINUTES: _ORDERED,
    Kind.KM: _ORDERED,
    Kind.COUNT: (*_ORDERED, "is"),
    Kind.FLAG: ("is",),
    Kind.NAME: ("is", "in"),
    Kind.NAMES: (),
}


def compile_scheme(document: Document) -> Scheme:
    """Return the scheme that a file describes.

    Raises:
        DataError: naming every unknown fact, parameter, list or assumption, every bound that does
            not fit its fact, missing or misplaced last rules, and versions out of order.
    """
    source = document.parse(SchemeInFile)
    faults: list[Fault] = []
    compilers = [_VersionCompiler(document, faults, source, i) for i in range(len(source.versions))]
    versions = tuple(compiler.compile() for compiler in compilers)
    for i, (older, newer) in enumerate(pairwise(versions)):
        if newer.first_day <= older.first_day or (
            older.last_day is not None and newer.first_day <= older.last_day
        ):
            where: Path = ("versions", i + 1, "in_force", "from")
            text = f"this version starts on {newer.first_day}, while the one before it still holds."
            faults.append(document.fault(where, text, "Put versions in order of their start."))
    for i, version in enumerate(versions):
        if version.last_day is not None and version.last_day < version.first_day:
            text = f"the version ends on {version.last_day}, before its first day."
            path: Path = ("versions", i, "in_force", "to")
            faults.append(document.fault(path, text, "Correct the days."))
    if faults:
        raise DataError(document.file, faults)
    return Scheme(source.id, source.body.words, source.country, versions)


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
        self._facts = {**FACTS, **{IN_LIST + name: Kind.FLAG for name in self._source.lists}}

    def compile(self) -> Version:
        source = self._source
        parameters = dict(self._parameters())
        values = {name: parameter.value for name, parameter in parameters.items()}
        rules = self._rules(values)
        self._check_rules()
        quiet = _VersionCompiler(self._document, [], self._scheme, int(self._path[1]))
        return Version(
            scheme=self._scheme.id,
            body=self._scheme.body.words,
            list_authority=self._scheme.list_authority,
            version=source.version,
            first_day=source.in_force.from_,
            last_day=source.in_force.to,
            start_assumed=source.in_force.basis == "assumption",
            sources=tuple(source.sources),
            partial=source.completeness == "partial",
            note=source.note.words if source.note else None,
            parameters=parameters,
            scope=self._scope(values),
            scope_because=source.scope.because.words if source.scope else None,
            lists={name: _list(entries) for name, entries in source.lists.items()},
            rules=rules,
            variants=tuple(
                Variant(name, other, quiet._rules({**values, name: other}))
                for name, parameter in parameters.items()
                for other in parameter.plausible
            ),
            modes={str(outcome): verdicts for outcome, verdicts in source.modes.items()},
            reasons=tuple(
                Reason(item.id, item.text.words, item.basis == "assumption")
                for item in source.exceptions
            ),
        )

    def _note(self, path: Path, problem: str, advice: str) -> None:
        self._faults.append(self._document.fault((*self._path, *path), problem, advice))

    def _parameters(self) -> Iterator[tuple[str, Parameter]]:
        for name, given in self._source.parameters.items():
            assumed = given.basis == "assumption"
            if assumed and given.because is None:
                text = f"the assumption '{name}' does not say why."
                self._note(("parameters", name), text, "Add 'because' in nl, fr and en.")
            yield (
                name,
                Parameter(
                    name,
                    self._plain(given.value),
                    assumed,
                    tuple(self._plain(other) for other in given.plausible) if assumed else (),
                    given.because.words if given.because else None,
                ),
            )

    @staticmethod
    def _plain(value: str | float) -> Value:
        minutes = minutes_of(value)
        return value if minutes is None else minutes

    def _scope(self, values: Mapping[str, Value]) -> Condition | None:
        scope = self._source.scope
        return self._condition(scope.when, values, ("scope", "when")) if scope else None

    def _rules(self, values: Mapping[str, Value]) -> tuple[Rule, ...]:
        assumptions = self._source.assumptions
        return tuple(
            Rule(
                rule.id,
                self._condition(rule.when, values, ("rules", i, "when")) if rule.when else ALWAYS,
                rule.outcome,
                rule.because.words,
                tuple(assumptions[name].words for name in rule.assumes if name in assumptions),
            )
            for i, rule in enumerate(self._source.rules)
        )

    def _check_rules(self) -> None:
        rules = self._source.rules
        seen: set[str] = set()
        for i, rule in enumerate(rules):
            last = i == len(rules) - 1
            if last and rule.when:
                text = "the last rule has a condition, so some trips would fall through."
                self._note(("rules", i), text, "End with a rule without 'when'.")
            if not last and rule.when is None:
                text = f"the rule '{rule.id}' has no condition, so no rule after it is ever used."
                self._note(("rules", i), text, "Give it a 'when', or move it to the end.")
            if rule.id in seen:
                self._note(("rules", i, "id"), f"there are two rules '{rule.id}'.", "Rename one.")
            seen.add(rule.id)
            for name in rule.assumes:
                if name not in self._source.assumptions:
                    text = f"there is no assumption '{name}'."
                    self._note(("rules", i, "assumes"), text, "Add it under 'assumptions'.")
            self._check_words(rule.because, ("rules", i, "because"))

    def _check_words(self, text: Text, path: Path) -> None:
        known = {*self._facts, *self._source.parameters}
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

    def _condition(
        self, source: ConditionInFile, values: Mapping[str, Value], path: Path
    ) -> Condition:
        match source:
            case AllInFile():
                return All(self._parts(source.all, values, (*path, "all")))
            case AnyInFile():
                return AnyOf(self._parts(source.any, values, (*path, "any")))
            case NotInFile():
                return Not(self._condition(source.not_, values, (*path, "not")))
        return self._test(source, values, path)

    def _parts(
        self, sources: list[ConditionInFile], values: Mapping[str, Value], path: Path
    ) -> tuple[Condition, ...]:
        return tuple(self._condition(part, values, (*path, i)) for i, part in enumerate(sources))

    def _test(self, source: TestInFile, values: Mapping[str, Value], path: Path) -> Test:
        fact = source.fact
        if fact in values:
            fact = str(values[fact])
        kind = self._facts.get(fact)
        operator, bound = source.comparison
        if kind is None:
            advice = f"Known facts: {', '.join(self._facts)}."
            self._note((*path, "fact"), f"there is no fact '{source.fact}'.", advice)
            return Test(fact, operator, _BROKEN)
        parameter = bound if isinstance(bound, str) and bound in values else ""
        resolved = (
            _parameter_bound(values[parameter], kind)
            if parameter
            else self._bound(bound, kind, operator)
        )
        if resolved is None or operator not in _OPERATORS[kind]:
            text = f"'{operator}: {bound}' does not fit the fact '{fact}'."
            self._note((*path, operator), text, _ADVICE[kind])
            return Test(fact, operator, _BROKEN)
        return Test(fact, operator, resolved, parameter)

    def _bound(self, bound: BoundInFile, kind: Kind, operator: str) -> Value | Relative | None:
        match bound:
            case RelativeBound() if kind is Kind.MINUTES:
                known = self._facts.get(bound.fact) is Kind.MINUTES
                return Relative(bound.fact, bound.plus) if known else None
            case bool():
                return bound if kind is Kind.FLAG else None
            case int() | float():
                return bound if kind in {Kind.KM, Kind.COUNT} else None
            case str() if kind is Kind.MINUTES:
                return minutes_of(bound)
            case str():
                return bound if kind is Kind.NAME and operator == "is" else None
            case list():
                return tuple(bound) if kind is Kind.NAME and operator == "in" else None
        return None


def _parameter_bound(value: Value, kind: Kind) -> Value | None:
    """Return a parameter as a bound: durations were read into whole minutes, numbers are floats."""
    wanted = {Kind.MINUTES: int, Kind.KM: float, Kind.COUNT: float, Kind.NAME: str}.get(kind)
    return value if wanted and isinstance(value, wanted) else None


def _list(entries: Mapping[str, list[str]]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (country, normalise(name)) for country, names in entries.items() for name in names
    )


_ADVICE = {
    Kind.MINUTES: "Use at_most, under, at_least or over with a duration such as 8 h, 7 h 36 or "
    "45 min, the name of a parameter, or {fact: ..., plus: 2 h}.",
    Kind.KM: "Use at_most, under, at_least or over with a number of kilometres.",
    Kind.COUNT: "Use is, at_most, under, at_least or over with a whole number.",
    Kind.FLAG: "Use 'is: true' or 'is: false'.",
    Kind.NAME: "Use 'is: name' or 'in: [name, name]'.",
    Kind.NAMES: "This fact cannot be tested in a rule.",
}
