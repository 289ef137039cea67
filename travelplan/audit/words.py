"""How people and suppliers write trips: headers, modes, classes, roles. The words are data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from travelplan.places.normalise import normalise
from travelplan.sourced import Basis, FileModel
from travelplan.strict import Document

COLUMNS = (
    *("trip_id", "origin", "destination", "depart", "return", "mode", "class"),
    *("travellers", "cost_eur", "unit", "role", "reason"),
)
"""The columns of a file of trips; see `FURTHER` for those that it may have beside them."""
FURTHER = ("leg_no", "traveller", "request")
ALL_COLUMNS = (*COLUMNS, *FURTHER)

ColumnName = Literal[
    "trip_id",
    "origin",
    "destination",
    "depart",
    "return",
    "mode",
    "class",
    "travellers",
    "cost_eur",
    "unit",
    "role",
    "reason",
    "leg_no",
    "traveller",
    "request",
]
ModeName = Literal[
    "train", "night_train", "plane", "coach", "car", "carpool", "ferry", "bike", "virtual"
]
ClassName = Literal[
    "economy", "premium_economy", "business", "first", "second", "seat", "couchette", "sleeper"
]
RoleName = Literal["staff", "elected", "guest", "student"]
DecimalMark = Literal["comma", "point"]
_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]")
Name = TypeVar("Name", bound=str)
Names = list[Annotated[str, Field(min_length=1)]]


class WorkbookLimits(FileModel):
    """How large a workbook may be, packed and unpacked, before anything of it is read."""

    packed_mb: int = Field(gt=0)
    unpacked_mb: int = Field(gt=0)
    ratio: int = Field(gt=0)
    parts: int = Field(gt=0)


class TripWordsInFile(FileModel):
    """All of trips.yaml."""

    basis: Basis
    columns: dict[ColumnName, Names]
    modes: dict[ModeName, Names]
    classes: dict[ClassName, Names]
    roles: dict[RoleName, Names]
    no_request: Names
    nothing: Names
    workbook: WorkbookLimits
    most_cost_eur: int = Field(gt=0)


class SupplierWords(FileModel):
    """What one organisation or supplier writes differently; its words go before the shipped ones.

    `decimal` says which mark stands before the cents, where the file itself does not tell.
    """

    supplier: str = ""
    columns: dict[ColumnName, Names] = {}
    modes: dict[ModeName, Names] = {}
    classes: dict[ClassName, Names] = {}
    roles: dict[RoleName, Names] = {}
    decimal: DecimalMark | None = None


@dataclass(frozen=True)
class TripWords:
    """The words at work: each normalised spelling with what it means.

    `chosen` says of normalised headers, one by one, which column they are; "" for none.
    """

    columns: Mapping[str, str]
    modes: Mapping[str, str]
    classes: Mapping[str, str]
    roles: Mapping[str, str]
    no_request: Collection[str]
    nothing: Collection[str]
    workbook: WorkbookLimits
    most_cost_eur: int
    decimal: DecimalMark | None = None
    own_columns: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, shipped: Document, own: Document | None = None) -> TripWords:
        """Return the words of trips.yaml, with those of an organisation before them.

        Raises:
            DataError: a file has faults, each named with its line.
        """
        words = shipped.parse(TripWordsInFile)
        more = own.parse(SupplierWords) if own else SupplierWords()
        return cls(
            columns={**_meanings(words.columns), **_meanings(more.columns)},
            modes={**_meanings(words.modes), **_meanings(more.modes)},
            classes={**_meanings(words.classes), **_meanings(more.classes)},
            roles={**_meanings(words.roles), **_meanings(more.roles)},
            no_request=frozenset(map(normalise, words.no_request)),
            nothing=frozenset(map(normalise, words.nothing)),
            workbook=words.workbook,
            most_cost_eur=words.most_cost_eur,
            decimal=more.decimal,
            own_columns=_meanings(more.columns),
        )

    def columns_of(self, header: Iterable[str]) -> dict[str, int]:
        """Return where each known column stands.

        What was chosen for a header goes first, then the organisation's own names, the canonical
        names and the shipped ones; of two headers for one column the first counts. What stands in
        brackets may be left out.
        """
        written = [(normalise(name), normalise(_BRACKETED.sub("", name))) for name in header]
        found: dict[str, int] = {}
        for i, (whole, _) in enumerate(written):
            if self.chosen.get(whole):
                found.setdefault(self.chosen[whole], i)
        canonical = {normalise(name): name for name in ALL_COLUMNS}
        for names in (self.own_columns, canonical, self.columns):
            for i, (whole, bare) in enumerate(written):
                known = names.get(whole) or names.get(bare)
                column = "" if whole in self.chosen else known
                if column and column not in found and i not in found.values():
                    found[column] = i
        return found


def _meanings(names: Mapping[Name, Names]) -> dict[str, str]:
    """Return each spelling with what it means; the code itself is one of them."""
    found: dict[str, str] = {}
    for meaning, spellings in names.items():
        for spelling in (str(meaning), *spellings):
            found[normalise(spelling)] = meaning
    return found
