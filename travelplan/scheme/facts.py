"""The facts that a rule may test: their names, what they hold, and how sure they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto
from math import inf
from typing import cast

from travelplan.errors import FieldProblem, InputError
from travelplan.language import Message, message

Value = float | bool | str | tuple[str, ...]
Values = Mapping[str, Value]

UNREACHABLE = inf
"""The minutes of a way that does not exist: known, and longer than any limit."""

IN_LIST = "in_list:"
"""Facts of this prefix say whether the destination is on the list of that name."""


class Kind(Enum):
    """What a fact holds."""

    MINUTES = auto()
    KM = auto()
    NUMBER = auto()
    COUNT = auto()
    FLAG = auto()
    NAME = auto()
    NAMES = auto()


KIND_NAMES: Mapping[Kind, Message] = {
    Kind.MINUTES: message("minutes"),
    Kind.KM: message("kilometres"),
    Kind.NUMBER: message("a number"),
    Kind.COUNT: message("a whole number"),
    Kind.FLAG: message("true or false"),
    Kind.NAME: message("a name"),
    Kind.NAMES: message("a list of names"),
}


FACTS: Mapping[str, Kind] = {
    "destination": Kind.NAME,
    "rail_min": Kind.MINUTES,
    "rail_changes": Kind.COUNT,
    "rail_overnight": Kind.FLAG,
    "served_by_rail": Kind.FLAG,
    "night_train": Kind.FLAG,
    "one_day_or_night": Kind.FLAG,
    "flight_min": Kind.MINUTES,
    "plane_door_min": Kind.MINUTES,
    "rail_door_min": Kind.MINUTES,
    "land_min": Kind.MINUTES,
    "shift_min": Kind.MINUTES,
    "distance_km": Kind.KM,
    "route_km": Kind.KM,
    "country": Kind.NAME,
    "continent": Kind.NAME,
    "domestic": Kind.FLAG,
    "multi_day": Kind.FLAG,
    "nights": Kind.COUNT,
    "stay_days": Kind.COUNT,
    "same_day_return": Kind.FLAG,
    "meeting_min": Kind.MINUTES,
    "travellers": Kind.COUNT,
    "role": Kind.NAME,
    "organisation": Kind.NAME,
    "reason": Kind.NAMES,
}

RAIL_TIMES = ("rail_min", "rail_door_min")
MEASURED = frozenset({Kind.MINUTES, Kind.KM, Kind.NUMBER, Kind.COUNT})
SCALES: Mapping[str, int] = {"stay_days": 24 * 60}
"""Minutes in one of what a fact counts, where it can be compared with a time."""

PRESUMED: Mapping[str, Value] = {"multi_day": True, "same_day_return": False}
"""What counts where the return is not known: a trip of several days; the answer says so."""
_COUNTRY_CODE_LENGTH = 2


def number(value: Value) -> float:
    """Return the value of a fact that is counted or measured."""
    return float(cast("float", value))


@dataclass(frozen=True, slots=True)
class Swing:
    """How far a measured cause may lie from its value, in minutes, and the facts that it moves."""

    cause: str
    facts: tuple[str, ...]
    down: int
    up: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one case. `values` lacks what is unknown; `swings` is empty for exact facts."""

    values: Values
    swings: tuple[Swing, ...] = ()

    @staticmethod
    def of(values: Values, swings: Iterable[Swing] = ()) -> Facts:
        """Complete the facts by what follows from them.

        A place without rail has rail times beyond any limit; a known rail time means that the
        place is served; the nights tell whether the trip takes several days.
        """
        known = dict(values)
        if known.get("served_by_rail") is False:
            known.update(dict.fromkeys(RAIL_TIMES, UNREACHABLE))
        elif any(name in known for name in RAIL_TIMES):
            known.setdefault("served_by_rail", True)
        if "nights" in known:
            known.setdefault("multi_day", number(known["nights"]) > 0)
        if "multi_day" in known:
            known.setdefault("same_day_return", not known["multi_day"])
        elif "same_day_return" in known:
            known["multi_day"] = not known["same_day_return"]
        return Facts(known, tuple(swings))

    def shifted(self, swing: Swing, minutes: int) -> Values:
        """Return the values with the facts of a swing moved by so many minutes."""
        moved = {
            name: number(self.values[name]) + minutes for name in swing.facts if name in self.values
        }
        return {**self.values, **moved}


def parse_facts(
    given: Mapping[str, object],
    lists: Iterable[str] = (),
    further: Mapping[str, Kind] | None = None,
) -> Facts:
    """Read facts that a person or a program gives by hand; they have no tolerance.

    Args:
        given: names and values, as JSON gives them.
        lists: the lists of the scheme, for which `in_list:<name>` may be given.
        further: the facts that the scheme declares beside those that all schemes know.

    Raises:
        InputError: an unknown fact, or a value that does not fit; every one is named.
    """
    known = {**FACTS, **{IN_LIST + name: Kind.FLAG for name in lists}, **(further or {})}
    problems: list[FieldProblem] = []
    values: dict[str, Value] = {}
    for name, value in given.items():
        if value is None:
            continue
        kind = known.get(name)
        if kind is None:
            problems.append(_unknown(name, known))
        elif not _fits(value, kind) or (name == "country" and not _is_country(value)):
            problems.append(_misfit(name, value, kind))
        else:
            values[name] = tuple(value) if isinstance(value, list) else cast("Value", value)
    problems += _contradictions(values)
    if problems:
        raise InputError(problems)
    return Facts.of(values)


def _contradictions(values: Values) -> Iterator[FieldProblem]:
    """Yield facts that cannot be true together."""
    if values.get("served_by_rail") is False and any(name in values for name in RAIL_TIMES):
        text = message("There is a train time, but the place is said not to be served by rail.")
        yield FieldProblem("served_by_rail", "contradiction", text)
    nights, multi_day = values.get("nights"), values.get("multi_day")
    same_day = values.get("same_day_return")
    several = multi_day is True or bool(nights)
    one_day = multi_day is False or same_day is True
    if (several and one_day) or (multi_day is False and same_day is False):
        text = message("The nights, the days and the return on the same day do not fit together.")
        yield FieldProblem("multi_day", "contradiction", text)


def _fits(value: object, kind: Kind) -> bool:
    match kind:
        case Kind.FLAG:
            return isinstance(value, bool)
        case Kind.NAME:
            return isinstance(value, str) and value != ""
        case Kind.NAMES:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case Kind.COUNT:
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= number(cast("Value", value)) < inf


def _is_country(value: object) -> bool:
    return isinstance(value, str) and len(value) == _COUNTRY_CODE_LENGTH and value.isupper()


def _unknown(name: str, known: Mapping[str, Kind]) -> FieldProblem:
    near = get_close_matches(name, known, n=1)
    if near:
        text = message("There is no fact “{name}”. Do you mean “{near}”?", name=name, near=near[0])
    else:
        text = message(
            "There is no fact “{name}”. Known are: {known}.", name=name, known=", ".join(known)
        )
    return FieldProblem(name, "unknown_fact", text)


def _misfit(name: str, value: object, kind: Kind) -> FieldProblem:
    text = message(
        "“{value}” does not fit the fact “{name}”: it takes {kind}.",
        value=str(value),
        name=name,
        kind="ISO 3166 alpha-2" if name == "country" else KIND_NAMES[kind],
    )
    return FieldProblem(name, "wrong_value", text)
