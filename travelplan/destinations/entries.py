"""What a list of destinations may say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from travelplan.scheme.decide import ListedLevel
from travelplan.scheme.model import Mode, Outcome
from travelplan.sourced import FileModel, Source, Text

DAYS_A_YEAR = 365.25

Level = Literal["mandatory", "recommended", "free"]

OUTCOME_OF_LEVEL: Mapping[Level, Outcome] = {
    "mandatory": "train_mandatory",
    "recommended": "train_recommended",
    "free": "free_choice",
}


class RailTime(FileModel):
    """Minutes by rail from the origin of the list, and how they are known.

    network: computed from our network. checked: a person looked them up; who, and on which day.
    """

    minutes: int = Field(gt=0)
    basis: Literal["network", "checked"]
    checked_on: date | None = None
    checked_by: str = ""

    @model_validator(mode="after")
    def _who_checked(self) -> Self:
        if self.basis == "checked" and not (self.checked_on and self.checked_by):
            raise ValueError("a checked time needs 'checked_on' and 'checked_by'")
        return self


class Visits(FileModel):
    """How often a place was visited: trips with a departure from `from` to `to`, both included."""

    count: int = Field(ge=0)
    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("'to' lies before 'from'")
        return self

    @property
    def per_year(self) -> float:
        """Visits a year, over the period."""
        return self.count * DAYS_A_YEAR / ((self.last - self.first).days + 1)


class Evidence(FileModel):
    """Why a place is on the list.

    `visits` is left out where visits are not the reason, and `not_published` where the source
    says that there were many and not how many.
    """

    why: Literal["most_visited", "partner_city", "network_seat", "trip", "decision"]
    text: Text
    source: Source
    visits: Visits | Literal["not_published"] | None = None


class LevelDecision(FileModel):
    """Who decided the level of an entry, when and why. Without it the level is a computed one."""

    by: str = Field(min_length=1)
    day: date
    why: str = ""


class Change(FileModel):
    """One change of an entry: what, from what to what, why, and by whom if that was noted."""

    day: date
    what: str = Field(min_length=1)
    was: str | int | None = Field(default=None, alias="from")
    now: str | int | None = Field(default=None, alias="to")
    why: str = Field(min_length=1)
    by: str = ""


class Refusal(FileModel):
    """A suggestion that a person refused. It stays away until the day `until`."""

    suggestion: str = Field(pattern=r"^[a-z-]+:gn:\d+$")
    day: date
    by: str = Field(min_length=1)
    why: str = Field(min_length=1)
    until: date
    evidence: str = ""


class Entry(FileModel):
    """One destination: the mode that it prescribes, how strictly, and why it is listed.

    `place` is an id of the gazetteer; the position is in decimal degrees. `rail` is
    left out where no train goes. A `candidate` is shown to HR and never decides.
    """

    place: str = Field(pattern=r"^gn:\d+$")
    names: Text
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
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

    @property
    def days(self) -> Iterator[date]:
        """The days on which anything about it changed."""
        yield self.added
        yield from (change.day for change in self.history)
        if self.decided:
            yield self.decided.day
        if self.rail and self.rail.checked_on:
            yield self.rail.checked_on

    def on(self, day: date) -> Entry | None:
        """Return the entry as it stood on a day; None before it was added.

        Status and level are taken back through the history; a level that a person decided later,
        and minutes that were looked up later, do not count yet.
        """
        if day < self.added:
            return None
        before: dict[str, object] = {}
        for change in sorted(self.history, key=lambda change: change.day, reverse=True):
            if change.day > day and change.what in ("status", "level") and change.was:
                before[change.what] = change.was
        if self.decided and self.decided.day > day:
            before["decided"] = None
        if self.rail and self.rail.checked_on and self.rail.checked_on > day:
            before["rail"] = RailTime(minutes=self.rail.minutes, basis="network")
        return self.model_copy(update=before) if before else self


class DestinationList(FileModel):
    """The list of one organisation. Rail minutes count from `origin` (a place id).

    `authority` may say that the list is only indicative: it then never decides, whatever the
    scheme says of lists. `review` changes what `review` uses; see `review.yaml`. `refused` are
    suggestions that a person did not want.
    """

    organisation: str
    origin: str = Field(pattern=r"^gn:\d+$")
    authority: Literal["override", "indicative"] = "override"
    review: Mapping[str, Annotated[int, Field(ge=0)]] = {}
    entries: list[Entry]
    refused: list[Refusal] = []

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

    def on(self, day: date) -> DestinationList:
        """Return the list as it stood on a day; what was decided later does not count."""
        then = (entry.on(day) for entry in self.entries)
        return self.model_copy(update={"entries": [entry for entry in then if entry]})

    @property
    def days(self) -> list[date]:
        """The days on which anything about an entry changed, in order: between them none did."""
        return sorted({day for entry in self.entries for day in entry.days})

    def deciding(self, entry: Entry | None) -> ListedLevel | None:
        """Return the level that an entry of this list decides, or None."""
        return entry.decides if entry and self.authority == "override" else None

    @property
    def listed_ids(self) -> frozenset[str]:
        """The places of all listed entries."""
        return frozenset(entry.place for entry in self.entries if entry.status == "listed")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stated value of an entry that the computed one does not bear out."""

    entry: Entry
    what: Literal["rail_min", "level", "country", "place", "position", "reason"]
    stated: str
    computed: str
