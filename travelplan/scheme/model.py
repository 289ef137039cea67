"""What a scheme file may say: its shape, before its names and units are checked."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from travelplan.sourced import Basis, FileModel, Source, Text

Outcome = Literal[
    "train_mandatory",
    "train_recommended",
    "justify_otherwise",
    "free_choice",
    "plane_default",
    "flight_forbidden",
    "trip_not_approved",
    "out_of_scope",
    "undetermined",
]
Verdict = Literal["mandatory", "recommended", "allowed", "justify", "not_allowed"]
Mode = Literal[
    "train", "night_train", "coach", "car", "carpool", "ferry", "plane", "bike", "virtual"
]
RuleOutcome = Literal[
    "train_mandatory",
    "train_recommended",
    "justify_otherwise",
    "free_choice",
    "plane_default",
    "flight_forbidden",
    "trip_not_approved",
]
MODES: tuple[Mode, ...] = get_args(Mode)
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


def _duration(value: Any) -> int:
    minutes = minutes_of(value)
    if minutes is None:
        raise ValueError(f"{value!r} is not a duration; write 8 h, 7 h 36 or 45 min")
    return minutes


Duration = Annotated[int, BeforeValidator(_duration)]


class RelativeBound(FileModel):
    """Another fact plus a duration: `{fact: flight_min, plus: 2 h}`."""

    fact: str
    plus: Duration = 0


BoundInFile = bool | int | float | str | list[str] | RelativeBound


class TestInFile(FileModel):
    """One fact, one operator, one bound: `{fact: rail_min, at_most: 8 h}`."""

    fact: str
    at_most: BoundInFile | None = None
    under: BoundInFile | None = None
    at_least: BoundInFile | None = None
    over: BoundInFile | None = None
    is_: BoundInFile | None = Field(default=None, alias="is")
    in_: BoundInFile | None = Field(default=None, alias="in")

    @model_validator(mode="after")
    def _one_operator(self) -> Self:
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
    Annotated[TestInFile, Tag("test")]
    | Annotated[AllInFile, Tag("all")]
    | Annotated[AnyInFile, Tag("any")]
    | Annotated[NotInFile, Tag("not")],
    Discriminator(_which),
]


class InForce(FileModel):
    """From and to which day, both included; `basis: assumption` if the day is not published."""

    from_: date = Field(alias="from")
    to: date | None = None
    basis: Basis = "published"


class ParameterInFile(FileModel):
    """A value that the rules use by name; `plausible` lists other values that it might have."""

    value: str | float
    basis: Basis
    plausible: list[str | float] = []
    because: Text | None = None


class ScopeInFile(FileModel):
    """For which trips the scheme speaks. A fact that is not given counts as in scope."""

    when: ConditionInFile
    because: Text


class RuleInFile(FileModel):
    """One rule: a condition (none in the last), what follows, and why in words.

    `because` may name facts and parameters in braces. `assumes` names assumptions of the version.
    """

    id: str
    when: ConditionInFile | None = None
    outcome: RuleOutcome
    because: Text
    assumes: list[str] = []


class ExceptionInFile(FileModel):
    """A reason for which one may ask to deviate; a closed list."""

    id: str
    text: Text
    basis: Basis


class VersionInFile(FileModel):
    """The scheme as it stood from one day on."""

    version: date
    in_force: InForce
    sources: list[Source] = Field(min_length=1)
    completeness: Literal["whole", "partial"] = "whole"
    note: Text | None = None
    parameters: dict[str, ParameterInFile] = {}
    assumptions: dict[str, Text] = {}
    scope: ScopeInFile | None = None
    lists: dict[str, dict[str, list[str]]] = {}
    rules: list[RuleInFile] = Field(min_length=1)
    modes: dict[RuleOutcome, dict[Mode, Verdict]] = {}
    exceptions: list[ExceptionInFile] = []


class SchemeInFile(FileModel):
    """A whole scheme file."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    body: Text
    country: str = Field(pattern="^[A-Z]{2}$")
    list_authority: Literal["override", "indicative"]
    versions: list[VersionInFile] = Field(min_length=1)
