"""Walking the rules of a scheme over all cases at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from travelplan.scheme.cells import Cell, Splitter, TooEntangledError
from travelplan.scheme.facts import Values
from travelplan.scheme.rulebook import Rule
from travelplan.scheme.verdicts import Outcome

MOST_STEPS_OF_ONE_DECISION = 20_000


def first_rules(
    rules: Sequence[Rule], cells: Iterable[Cell], splitter: Splitter
) -> Iterator[tuple[int, Cell]]:
    """Yield the cells in which each rule is the first that applies, with the number of the rule.

    Cells that only differ in facts which no later rule asks for are walked once. A cell that no
    rule catches comes with the number after the last.
    """
    later = _asked_from(rules)
    seen: set[object] = set()
    waiting = [(0, cell) for cell in cells]
    while waiting:
        number, cell = waiting.pop()
        if number == len(rules):
            yield number, cell
            continue
        for truth, part in splitter.split(rules[number].condition, cell):
            if truth:
                yield number, part
                continue
            mark = (number + 1, part.kept(later[number + 1]).key)
            if mark not in seen:
                seen.add(mark)
                waiting.append((number + 1, part))


def can_decide(
    rules: Sequence[Rule], place: int, cells: Iterable[Cell], splitter: Splitter
) -> bool:
    """Return whether a rule is the first that applies in some case.

    Starts from the cases in which it applies and looks for one that passes all rules before it:
    the first that is found settles the matter.
    """
    hopeless: set[object] = set()
    later = _asked_from(rules[:place])

    def passes(number: int, cell: Cell) -> bool:
        if number == place:
            return True
        mark = (number, cell.kept(later[number]).key)
        if mark in hopeless:
            return False
        for truth, part in splitter.split(rules[number].condition, cell):
            if not truth and passes(number + 1, part):
                return True
        hopeless.add(mark)
        return False

    for cell in cells:
        for truth, part in splitter.split(rules[place].condition, cell):
            if truth and passes(0, part):
                return True
    return False


def possible_outcomes(rules: Sequence[Rule], values: Values, *, most: int = 2) -> set[Outcome]:
    """Return the outcomes that the unknown facts leave open; it stops when `most` are found.

    Rules that are too entangled to try count as leaving two outcomes open.
    """
    asked = {name for rule in rules for leaf in rule.condition.leaves() for name in leaf.needs}
    asked |= {"served_by_rail", "multi_day"}
    start = Cell.of({name: values[name] for name in asked if name in values})
    found: set[Outcome] = set()
    try:
        for outcome in _outcomes(rules, 0, start, Splitter(MOST_STEPS_OF_ONE_DECISION)):
            found.add(outcome)
            if len(found) >= most:
                break
    except TooEntangledError:
        return {"undetermined", "free_choice"}
    return found


def _outcomes(
    rules: Sequence[Rule], number: int, cell: Cell, splitter: Splitter
) -> Iterator[Outcome]:
    if number == len(rules):
        yield "undetermined"
        return
    for truth, part in splitter.split(rules[number].condition, cell):
        if truth:
            yield rules[number].outcome
        else:
            yield from _outcomes(rules, number + 1, part, splitter)


def _asked_from(rules: Sequence[Rule]) -> list[frozenset[str]]:
    asked = frozenset({"served_by_rail"})
    found = [asked]
    for rule in reversed(rules):
        asked |= {_plain(name) for leaf in rule.condition.leaves() for name in leaf.needs}
        found.append(asked)
    return found[::-1]


def _plain(name: str) -> str:
    return "multi_day" if name == "same_day_return" else name
