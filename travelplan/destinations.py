"""The evolving list of most-visited destinations: its entries, stated against computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from travelplan.scheme.decide import ListedLevel
from travelplan.scheme.model import Mode, Outcome
from travelplan.sourced import FileModel, Source, Text

Level = Literal["mandatory", "recommended", "free"]

OUTCOME_OF_LEVEL: Mapping[Level, Outcome] = {
    "mandatory": "train_mandatory",
    "recommended": "train_recommended",
    "free": "free_choice",
}


class RailTime(FileModel):
    """Minutes by rail from the origin of the list, and how they are known."""

    minutes: int = Field(gt=0)
    basis: Literal["network", "checked"]
    checked_on: date | None = None
    checked_by: str = ""

    @model_validator(mode="after")
    def _who_checked(self) -> Self:
        if self.basis == "checked" and not (self.checked_on and self.checked_by):
            raise ValueError("a checked time needs 'checked_on' and 'checked_by'")
        return self


class Evidence(FileModel):
    """Why a place is on the list."""

    why: Literal["most_visited", "partner_city", "network_seat", "trip", "decision"]
    text: Text
    source: Source


class LevelDecision(FileModel):
    """Who decided the level of an entry, and when. Without it the level is a computed one."""

    by: str = Field(min_length=1)
    day: date


class Change(FileModel):
    """One change of an entry."""

    day: date
    what: str
    why: str


class Entry(FileModel):
    """One destination: the mode that it prescribes, how strictly, and why it is listed.

    `place` is an id of the gazetteer. `rail` is left out where no train goes. A `candidate` is
    shown to HR and never decides.
    """

    place: str = Field(pattern=r"^gn:\d+$")
    names: Text
    country: str = Field(pattern="^[A-Z]{2}$")
    mode: Mode
    level: Level
    status: Literal["listed", "candidate"]
    rail: RailTime | None = None
    decided: LevelDecision | None = None
    evidence: list[Evidence] = Field(min_length=1)
    note: Text | None = None
    added: date
    history: list[Change] = Field(min_length=1)

    @property
    def decides(self) -> ListedLevel | None:
        """The level as a decision of a person; None if it was computed or is only a candidate."""
        if self.status != "listed" or self.decided is None:
            return None
        return ListedLevel(OUTCOME_OF_LEVEL[self.level], self.place)


class DestinationList(FileModel):
    """The list of one organisation. Rail minutes count from `origin` (a place id)."""

    organisation: str
    origin: str = Field(pattern=r"^gn:\d+$")
    entries: list[Entry]

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        seen: set[str] = set()
        for entry in self.entries:
            if entry.place in seen:
                raise ValueError(f"{entry.names.en} ({entry.place}) stands on the list twice")
            seen.add(entry.place)
        return self

    def entry_for(self, place_id: str, origin_id: str) -> Entry | None:
        """Return the listed entry for a place; None without one or from another origin."""
        if origin_id != self.origin:
            return None
        listed = (e for e in self.entries if e.place == place_id and e.status == "listed")
        return next(listed, None)

    @property
    def listed_ids(self) -> frozenset[str]:
        """The places of all listed entries."""
        return frozenset(entry.place for entry in self.entries if entry.status == "listed")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stated value of an entry that the computed one does not bear out."""

    entry: Entry
    what: Literal["rail_min", "level", "country", "place"]
    stated: str
    computed: str
