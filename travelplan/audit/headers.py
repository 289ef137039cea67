"""What a header of a file means: read word by word, so that no list of phrases is ever complete.

"Terugkeerdatum", "Date du retour" and "Return date" are all a return and a date. A header whose
words are not all known, or do not add up to one column, means nothing to us: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from travelplan.places.normalise import normalise
from travelplan.sourced import FileModel

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
Name = TypeVar("Name", bound=str)
Names = list[Annotated[str, Field(min_length=1)]]
_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORTEST_PART = 2
_LINKING = "s"


class HeadersInFile(FileModel):
    """How headers are put together: words by what they mean, and columns by these meanings.

    `filler` are words that add nothing. `whole` are headers that are read as they stand.
    """

    filler: Names
    meanings: dict[str, Names]
    columns: dict[ColumnName, Names]
    whole: dict[ColumnName, Names]

    @model_validator(mode="after")
    def _clear(self) -> Self:
        taken: dict[str, str] = {}
        pairs = [*self.meanings.items(), ("filler", self.filler)]
        for meaning, spellings in pairs:
            for spelling in map(normalise, spellings):
                if taken.setdefault(spelling, meaning) != meaning:
                    raise ValueError(f"'{spelling}' is both {taken[spelling]} and {meaning}")
        sums: dict[frozenset[str], str] = {}
        for column, written in self.columns.items():
            for added in (frozenset(text.split()) for text in written):
                if unknown := added - self.meanings.keys():
                    raise ValueError(f"{column}: no meaning is called {', '.join(unknown)}")
                if sums.setdefault(added, column) != column:
                    raise ValueError(f"{column}: this is {sums[added]} already")
        return self


class Headers:
    """Tells which column a header is."""

    def __init__(self, file: HeadersInFile) -> None:
        self._meaning = {
            normalise(spelling): meaning
            for meaning, spellings in file.meanings.items()
            for spelling in spellings
        }
        self._filler: Collection[str] = frozenset(map(normalise, file.filler))
        self._sums = {
            frozenset(text.split()): str(column)
            for column, written in file.columns.items()
            for text in written
        }
        self._whole = {
            normalise(spelling): str(column)
            for column, spellings in file.whole.items()
            for spelling in spellings
        }

    def column_of(self, header: str) -> str:
        """Return the column that a header means, "" for none; brackets may be left out."""
        for text in (header, _BRACKETED.sub(" ", header)):
            column = self._whole.get(normalise(text)) or self._added(text)
            if column:
                return column
        return ""

    def _added(self, header: str) -> str:
        meanings: set[str] = set()
        for word in normalise(_HUMP.sub(" ", header.replace("#", " nr "))).split():
            if word in self._filler:
                continue
            parts = self._parts(word)
            if parts is None:
                return ""
            meanings.update(self._meaning[part] for part in parts if part in self._meaning)
        return self._sums.get(frozenset(meanings), "")

    def _parts(self, word: str) -> list[str] | None:
        """Return the known words of which a word is made, as Dutch does; None if it is not."""
        if word in self._meaning:
            return [word]
        for first, rest in _cuts(word):
            if first in self._meaning:
                left = self._parts(rest)
                if left is not None:
                    return [first, *left]
        return None


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """Yield a word cut in two, the longest first part first, also without the linking letter."""
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        first, rest = word[:at], word[at:]
        yield first, rest
        if rest.startswith(_LINKING) and len(rest) > _SHORTEST_PART:
            yield first, rest[1:]


def spelled(names: Mapping[Name, Names]) -> dict[str, str]:
    """Return each spelling with what it means; the code itself is one of them."""
    found: dict[str, str] = {}
    for meaning, spellings in names.items():
        for spelling in (str(meaning), *spellings):
            found[normalise(spelling)] = meaning
    return found
