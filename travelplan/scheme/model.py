"""What a scheme file may say: its shape, before its names and units are checked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from travelplan.scheme.provisions import (
    ApprovalInFile,
    ClassInFile,
    ExceptionInFile,
    LevyInFile,
)
from travelplan.scheme.verdicts import MODES, Mode, Outcome, RuleOutcome, Verdict
from travelplan.scheme.written import ConditionInFile, minutes_of
from travelplan.sourced import Basis, FileModel, Source, Text

__all__ = ["MODES", "Mode", "Outcome", "RuleOutcome", "SchemeInFile", "Verdict", "minutes_of"]

FactType = Literal["minutes", "km", "number", "count", "flag", "name"]


class InForce(FileModel):
    """From and to which day, both included; `basis: assumption` if the day is not published."""

    from_: date = Field(alias="from")
    to: date | None = None
    basis: Basis = "published"


class ParameterInFile(FileModel):
    """A value that the rules use by name; `plausible` lists other values that it might have.

    Without a value it is open: what depends on it cannot be determined, and `check` says so.
    """

    value: str | float | None = None
    basis: Basis
    plausible: list[str | float] = []
    because: Text | None = None


class FactInFile(FileModel):
    """A further fact that this scheme asks for; `values` are the names that it may have."""

    type: FactType
    text: Text
    values: list[str] = []


class PresumedInFile(FileModel):
    """What counts where a fact is not given: a value, or another fact in its place."""

    value: bool | str | float | None = None
    same_as: str | None = None
    because: Text | None = None


class ScopeInFile(FileModel):
    """For which trips the scheme speaks. A fact that is not given counts as in scope."""

    when: ConditionInFile
    because: Text


class RuleInFile(FileModel):
    """One rule: a condition (none in the last), what follows, and why in words.

    `because` may name facts and parameters in braces; without it the words are made from the
    condition. `assumes` names assumptions of the version.
    """

    id: str
    when: ConditionInFile | None = None
    outcome: RuleOutcome
    because: Text | None = None
    assumes: list[str] = []


class IndicationInFile(FileModel):
    """A list that only indicates: it answers where the rules cannot decide."""

    list: str
    outcome: RuleOutcome


class VersionInFile(FileModel):
    """The scheme as it stood from one day on.

    `gates` come before the mode (is the trip needed at all); a gate that lacks its facts is open.
    `judged: trip` counts the times and distances of a tour together instead of part by part.
    """

    version: date
    in_force: InForce
    sources: list[Source] = Field(min_length=1)
    completeness: Literal["whole", "partial"] = "whole"
    note: Text | None = None
    judged: Literal["leg", "trip"] = "leg"
    facts: dict[str, FactInFile] = {}
    presume: dict[str, PresumedInFile] = {}
    parameters: dict[str, ParameterInFile] = {}
    assumptions: dict[str, Text] = {}
    scope: ScopeInFile | None = None
    lists: dict[str, dict[str, list[str]]] = {}
    gates: list[RuleInFile] = []
    rules: list[RuleInFile] = Field(min_length=1)
    indications: list[IndicationInFile] = []
    modes: dict[RuleOutcome, dict[Mode, Verdict]] = {}
    people: dict[str, Text] = {}
    exceptions: list[ExceptionInFile] = []
    approvals: list[ApprovalInFile] = []
    classes: list[ClassInFile] = []
    levies: list[LevyInFile] = []
    statements: list[Text] = []


class SchemeInFile(FileModel):
    """A whole scheme file."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    body: Text
    country: str = Field(pattern="^[A-Z]{2}$")
    list_authority: Literal["override", "indicative"]
    versions: list[VersionInFile] = Field(min_length=1)
