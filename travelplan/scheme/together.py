"""The facts of a tour that a scheme judges as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from travelplan.scheme.facts import FACTS, Facts, Kind, Swing, Value, number


def together(stretches: Iterable[Facts]) -> Facts:
    """Return the facts of a tour that a scheme judges as a whole.

    Times and distances are summed and known only if every stretch has them; of the rest, what all
    stretches share is kept. The tolerances are summed too.
    """
    parts = list(stretches)
    shared = set.intersection(*(set(part.values) for part in parts))
    values: dict[str, Value] = {}
    for name in shared:
        found = [part.values[name] for part in parts]
        if FACTS.get(name) in {Kind.MINUTES, Kind.KM}:
            values[name] = sum(number(value) for value in found)
        elif len(set(found)) == 1:
            values[name] = found[0]
    swings = [swing for part in parts for swing in part.swings]
    if not swings or "rail_min" not in values:
        return Facts.of(values)
    down, up = sum(s.down for s in swings), sum(s.up for s in swings)
    return Facts.of(values, [Swing("rail_min", ("rail_min", "rail_door_min"), down, up)])
