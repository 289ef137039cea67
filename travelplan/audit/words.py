"""How people and suppliers write trips: headers, modes, classes, roles. The words are data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from travelplan.audit.headers import ColumnName, Headers, HeadersInFile, Names, spelled
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
_CANONICAL = {normalise(name): name for name in ALL_COLUMNS}

ModeName = Literal[
    "train", "night_train", "plane", "coach", "car", "carpool", "ferry", "bike", "virtual"
]
ClassName = Literal[
    "economy", "premium_economy", "business", "first", "second", "seat", "couchette", "sleeper"
]
RoleName = Literal["staff", "elected", "guest", "student"]
DecimalMark = Literal["comma", "point"]


class WorkbookLimits(FileModel):
    """How large a workbook may be, packed and unpacked, before anything of it is read."""

    packed_mb: int = Field(gt=0)
    unpacked_mb: int = Field(gt=0)
    ratio: int = Field(gt=0)
    parts: int = Field(gt=0)


class TripWordsInFile(FileModel):
    """All of trips.yaml."""

    basis: Basis
    headers: HeadersInFile
    modes: dict[ModeName, Names]
    classes: dict[ClassName, Names]
    roles: dict[RoleName, Names]
    own_vehicles: Names
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
    own_vehicles: Names = []
    decimal: DecimalMark | None = None


@dataclass(frozen=True)
class TripWords:
    """The words at work: each normalised spelling with what it means.

    `own_vehicles` are the spellings of modes that name a vehicle of the organisation itself.
    `chosen` says of normalised headers, one by one, which column they are; "" for none.
    """

    headers: Headers
    modes: Mapping[str, str]
    classes: Mapping[str, str]
    roles: Mapping[str, str]
    own_vehicles: Collection[str]
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
            headers=Headers(words.headers),
            modes={**spelled(words.modes), **spelled(more.modes)},
            classes={**spelled(words.classes), **spelled(more.classes)},
            roles={**spelled(words.roles), **spelled(more.roles)},
            own_vehicles=frozenset(map(normalise, (*words.own_vehicles, *more.own_vehicles))),
            no_request=frozenset(map(normalise, words.no_request)),
            nothing=frozenset(map(normalise, words.nothing)),
            workbook=words.workbook,
            most_cost_eur=words.most_cost_eur,
            decimal=more.decimal,
            own_columns=spelled(more.columns),
        )

    def columns_of(self, header: Iterable[str]) -> dict[str, int]:
        """Return where each known column stands.

        What was chosen for a header goes first, then the organisation's own names, the canonical
        names and what its words mean; of two headers for one column the first counts.
        """
        headers = [(i, name, normalise(name)) for i, name in enumerate(header)]
        left = [one for one in headers if one[2] not in self.chosen]
        said = [
            *((i, self.chosen.get(key, "")) for i, _, key in headers),
            *((i, self.own_columns.get(key, "")) for i, _, key in left),
            *((i, _CANONICAL.get(key, "")) for i, _, key in left),
            *((i, self.headers.column_of(name)) for i, name, _ in left),
        ]
        found: dict[str, int] = {}
        for i, column in said:
            if column and column not in found and i not in found.values():
                found[column] = i
        return found

    def mode(self, typed: str) -> str:
        """Return the mode that is meant, with the number of a train or flight or without; or ""."""
        return next((self.modes[name] for name in _spellings(typed) if name in self.modes), "")

    def is_own(self, typed: str) -> bool:
        """Return whether a mode names a vehicle of the organisation itself."""
        return any(name in self.own_vehicles for name in _spellings(typed))


def _spellings(typed: str) -> tuple[str, str]:
    """Return how a mode is compared: as it is, and without the numbers of trains and flights."""
    whole = normalise(typed)
    return whole, " ".join(w for w in whole.split() if not any(map(str.isdigit, w)))
