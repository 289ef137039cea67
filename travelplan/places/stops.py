"""Stations, airports and their codes: names that mean a town without being its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast

from travelplan.places.normalise import normalise
from travelplan.places.table import read_table

COLUMNS = ("name", "kind", "place", "label")
CODE_LENGTH = 3

StopKind = Literal["station", "airport", "city code"]


@dataclass(frozen=True, slots=True)
class Stop:
    """What a person typed that is no town: its kind, what it is called, and the town it serves."""

    kind: StopKind
    label: str
    place_id: str


class Stops:
    """The table of stations, airports and codes, read when it is first asked."""

    def __init__(self, table: str, words: Sequence[str]) -> None:
        self._table = table
        self._words = frozenset(normalise(word) for word in words)

    def called(self, typed: str) -> list[Stop]:
        """Return the stops of a name or a code, one for each town; case does not matter."""
        return self._by_name.get(normalise(typed), [])

    def without_words(self, typed: str) -> str:
        """Return what was typed without words such as station and airport, and without a postcode.

        Empty if nothing is left; the text itself if there is no such word.
        """
        words = _without_postcode(typed.replace(",", " , ").split())
        kept = [word for word in words if normalise(word) not in self._words]
        if len(kept) < len(words):
            while kept and (kept[0] == "," or normalise(kept[0]) in _JOINING):
                del kept[0]
        return " ".join(kept)

    @cached_property
    def _by_name(self) -> dict[str, list[Stop]]:
        found: dict[str, list[Stop]] = {}
        for row in read_table(self._table, "stops.csv", COLUMNS):
            stop = Stop(cast("StopKind", row["kind"]), row["label"], row["place"])
            found.setdefault(normalise(row["name"]), []).append(stop)
        return found


_JOINING = frozenset({"de", "d", "du", "la", "le", "van", "of", "in", "te"})


def _without_postcode(words: list[str]) -> list[str]:
    """Return the words without a postcode: 9000, B-1000, 75001, 1012 AB."""
    kept: list[str] = []
    after_four = False
    for word in words:
        digits = word.rpartition("-")[2]
        is_code = digits.isdecimal() and len(digits) in (4, 5)
        if not is_code and not (after_four and len(word) == len("AB") and word.isupper()):
            kept.append(word)
        after_four = is_code and len(digits) == len("1012")
    return kept
