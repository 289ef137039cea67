"""From conditions as written to conditions at work: names resolved, units checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from travelplan.scheme.facts import SCALES, Kind, Value
from travelplan.scheme.logic import All, AnyOf, Bound, Condition, Not, Relative, Test
from travelplan.scheme.written import (
    AllInFile,
    AnyInFile,
    BoundInFile,
    ConditionInFile,
    NotInFile,
    RelativeBound,
    TestInFile,
    minutes_of,
)
from travelplan.strict import Path

Note = Callable[[Path, str, str], None]
"""Takes down a fault: where, what is wrong, what to do."""

_BROKEN: Value = False
_ORDERED = ("at_most", "under", "at_least", "over")
_OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.MINUTES: _ORDERED,
    Kind.KM: _ORDERED,
    Kind.NUMBER: _ORDERED,
    Kind.COUNT: (*_ORDERED, "is"),
    Kind.FLAG: ("is",),
    Kind.NAME: ("is", "in"),
    Kind.NAMES: (),
}
_MEASURES = frozenset({Kind.KM, Kind.NUMBER, Kind.COUNT})


class ConditionCompiler:
    """Compiles conditions of one version.

    Args:
        kinds: every fact that may be tested, and what it holds.
        values: the parameters; None for one that is open.
        note: takes down a fault.
    """

    def __init__(
        self, kinds: Mapping[str, Kind], values: Mapping[str, Value | None], note: Note
    ) -> None:
        self._kinds = kinds
        self._values = values
        self._note = note

    def compile(self, source: ConditionInFile, path: Path) -> Condition:
        """Return the condition at `path` of the version."""
        match source:
            case AllInFile():
                return All(self._parts(source.all, (*path, "all")))
            case AnyInFile():
                return AnyOf(self._parts(source.any, (*path, "any")))
            case NotInFile():
                return Not(self.compile(source.not_, (*path, "not")))
        return self._test(source, path)

    def _parts(self, sources: list[ConditionInFile], path: Path) -> tuple[Condition, ...]:
        return tuple(self.compile(part, (*path, i)) for i, part in enumerate(sources))

    def _test(self, source: TestInFile, path: Path) -> Test:
        facts = tuple(str(self._values.get(name) or name) for name in source.facts)
        operator, bound = source.comparison
        kind = self._kind_of(source, facts, path)
        if kind is None:
            return Test(facts[0], operator, _BROKEN)
        parameter = bound if isinstance(bound, str) and bound in self._values else ""
        resolved: Bound = None
        if not parameter:
            resolved = self._bound(bound, kind, operator, facts)
        elif self._values[parameter] is not None:
            resolved = _parameter_bound(self._values[parameter], kind)
        is_open = bool(parameter) and self._values[parameter] is None
        if (resolved is None and not is_open) or operator not in _OPERATORS[kind]:
            text = f"'{operator}: {_shown(bound)}' does not fit the fact '{' + '.join(facts)}'."
            self._note((*path, operator), text, _ADVICE[kind])
            return Test(facts[0], operator, _BROKEN)
        return Test(facts[0], operator, resolved, parameter, facts[1:], kind is Kind.COUNT)

    def _kind_of(self, source: TestInFile, facts: tuple[str, ...], path: Path) -> Kind | None:
        kinds = set()
        for written, fact in zip(source.facts, facts, strict=True):
            if fact not in self._kinds:
                advice = f"Known facts: {', '.join(self._kinds)}."
                where = (*path, "sum" if source.sum else "fact")
                self._note(where, f"there is no fact '{written}'.", advice)
                return None
            kinds.add(self._kinds[fact])
        if len(kinds) == 1 and (len(facts) == 1 or kinds <= {Kind.MINUTES, *_MEASURES}):
            return kinds.pop()
        text = f"'{' + '.join(facts)}' cannot be summed."
        self._note((*path, "sum"), text, "Sum times with times, or kilometres with kilometres.")
        return None

    def _bound(
        self, bound: BoundInFile, kind: Kind, operator: str, facts: tuple[str, ...]
    ) -> Bound:
        match bound:
            case RelativeBound():
                return self._relative(bound, kind, facts)
            case bool():
                return bound if kind is Kind.FLAG else None
            case int() | float():
                return bound if kind in _MEASURES else None
            case str() if kind is Kind.MINUTES:
                return minutes_of(bound)
            case str():
                return bound if kind is Kind.NAME and operator == "is" else None
            case list():
                return tuple(bound) if kind is Kind.NAME and operator == "in" else None
        return None

    def _relative(
        self, bound: RelativeBound, kind: Kind, facts: tuple[str, ...]
    ) -> Relative | None:
        base = str(self._values.get(bound.fact) or bound.fact)
        other = self._kinds.get(base)
        scale = 1 if kind is Kind.MINUTES else SCALES.get(facts[0], 0)
        if len(facts) == 1 and scale and other is Kind.MINUTES:
            plus = minutes_of(bound.plus) if bound.plus else 0
            return None if plus is None else Relative(base, plus, bound.times, scale)
        if kind not in _MEASURES or other is not kind or isinstance(bound.plus, str):
            return None
        return Relative(base, bound.plus, bound.times)


def _shown(bound: BoundInFile) -> str:
    if not isinstance(bound, RelativeBound):
        return str(bound)
    times = f"times: {bound.times:g}, " if bound.times != 1 else ""
    return f"{{fact: {bound.fact}, {times}plus: {bound.plus}}}"


def _parameter_bound(value: Value | None, kind: Kind) -> Value | None:
    """Return a parameter as a bound: durations were read into whole minutes, numbers are floats."""
    wanted = {Kind.MINUTES: int, Kind.NAME: str}.get(kind, float if kind in _MEASURES else None)
    return value if wanted and isinstance(value, wanted) else None


_NUMBERS = "Use at_most, under, at_least or over with a number"
_ADVICE = {
    Kind.MINUTES: "Use at_most, under, at_least or over with a duration such as 8 h, 7 h 36 or "
    "45 min, the name of a parameter, or {fact: ..., times: 2, plus: 2 h}.",
    Kind.KM: f"{_NUMBERS} of kilometres.",
    Kind.NUMBER: f"{_NUMBERS}, or {{fact: ..., times: 2, plus: 10}}.",
    Kind.COUNT: "Use is, at_most, under, at_least or over with a whole number.",
    Kind.FLAG: "Use 'is: true' or 'is: false'.",
    Kind.NAME: "Use 'is: name' or 'in: [name, name]'.",
    Kind.NAMES: "This fact cannot be tested in a rule.",
}
