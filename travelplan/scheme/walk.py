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


def possible_outcomes(rules: Sequence[Rule], values: Values, *, most: int = 2) -> set[Outcome]:
    """Return the outcomes that the unknown facts leave open; it stops when `most` are found.

    Rules that are too entangled to try count as leaving two outcomes open.
    """
    found: set[Outcome] = set()
    try:
        walk = first_rules(rules, [Cell.of(values)], Splitter(MOST_STEPS_OF_ONE_DECISION))
        for number, _ in walk:
            found.add(rules[number].outcome if number < len(rules) else "undetermined")
            if len(found) >= most:
                break
    except TooEntangledError:
        return {"undetermined", "free_choice"}
    return found


def _asked_from(rules: Sequence[Rule]) -> list[frozenset[str]]:
    asked = frozenset({"served_by_rail"})
    found = [asked]
    for rule in reversed(rules):
        asked |= {_plain(name) for leaf in rule.condition.leaves() for name in leaf.needs}
        found.append(asked)
    return found[::-1]


def _plain(name: str) -> str:
    return "multi_day" if name == "same_day_return" else name
