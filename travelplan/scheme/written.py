"""Conditions and durations as a scheme file writes them, before names and units are checked."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from travelplan.sourced import FileModel

OPERATORS = ("at_most", "under", "at_least", "over", "is", "in")

_DURATION = re.compile(r"(?:(?P<h>\d{1,3}) h)?(?: ?(?P<min>\d{1,3})(?: min)?)?")


def minutes_of(text: object) -> int | None:
    """Return the minutes of a duration as people write it (8 h, 7 h 36, 45 min); None if not one.

    A bare number is not a duration: it does not say whether it counts hours or minutes.
    """
    if not isinstance(text, str) or text.isdigit():
        return None
    match = _DURATION.fullmatch(text)
    if not match or not text:
        return None
    return int(match["h"] or 0) * 60 + int(match["min"] or 0)


def _amount(value: Any) -> float | str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if minutes_of(value) is None:
        raise ValueError(f"{value!r} is neither a duration (8 h, 7 h 36, 45 min) nor a number")
    return str(value)


Amount = Annotated[
    float | str,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["string", "number"], "description": "2 h, 7 h 36, 45 min; or km"}),
]


class RelativeBound(FileModel):
    """Another fact, times a number, plus an amount: `{fact: flight_min, times: 2, plus: 2 h}`."""

    fact: str
    times: float = Field(default=1, gt=0)
    plus: Amount = 0


BoundInFile = bool | int | float | str | list[str] | RelativeBound


class TestInFile(FileModel):
    """One fact (or the sum of several), one operator, one bound.

    `{fact: rail_min, at_most: 8 h}`, `{sum: [rail_min, rail_back_min], over: 6 h}`.
    """

    fact: str | None = None
    sum: list[str] | None = Field(default=None, min_length=2)
    at_most: BoundInFile | None = None
    under: BoundInFile | None = None
    at_least: BoundInFile | None = None
    over: BoundInFile | None = None
    is_: BoundInFile | None = Field(default=None, alias="is")
    in_: BoundInFile | None = Field(default=None, alias="in")

    @model_validator(mode="after")
    def _one_operator(self) -> Self:
        if (self.fact is None) == (self.sum is None):
            raise ValueError("give either 'fact' or 'sum'")
        if len(self._given()) != 1:
            raise ValueError(f"give exactly one of {', '.join(OPERATORS)}")
        return self

    def _given(self) -> dict[str, BoundInFile]:
        values = {
            name: getattr(self, name if name not in {"is", "in"} else name + "_")
            for name in OPERATORS
        }
        return {name: value for name, value in values.items() if value is not None}

    @property
    def facts(self) -> tuple[str, ...]:
        """The fact, or all that are summed."""
        return tuple(self.sum) if self.sum else (str(self.fact),)

    @property
    def comparison(self) -> tuple[str, BoundInFile]:
        """The operator and its bound."""
        return next(iter(self._given().items()))


class AllInFile(FileModel):
    """Every part must hold."""

    all: list[ConditionInFile] = Field(min_length=1)


class AnyInFile(FileModel):
    """One part must hold."""

    any: list[ConditionInFile] = Field(min_length=1)


class NotInFile(FileModel):
    """The part must not hold."""

    not_: ConditionInFile = Field(alias="not")


def _which(value: Any) -> str:
    keys = value if isinstance(value, dict) else {}
    return next((key for key in ("all", "any", "not") if key in keys), "test")


ConditionInFile = Annotated[
    Annotated[AllInFile, Tag("all")]
    | Annotated[AnyInFile, Tag("any")]
    | Annotated[NotInFile, Tag("not")]
    | Annotated[TestInFile, Tag("test")],
    Discriminator(_which),
]
