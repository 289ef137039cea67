"""What data can reach: the least and most of each fact, and the names that it may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from travelplan.scheme.written import Amount, minutes_of
from travelplan.sourced import Basis, FileModel
from travelplan.strict import Document


class ReachInFile(FileModel):
    """The file `limits.yaml`."""

    basis: Basis
    least: dict[str, Amount]
    most: dict[str, Amount]
    names: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and the most that data can give for a fact, and its closed set of names."""

    least: Mapping[str, float]
    most: Mapping[str, float]
    names: Mapping[str, frozenset[str]]

    @classmethod
    def from_document(cls, document: Document) -> Reach:
        """Return what a file says; raises DataError if it has faults."""
        given = document.parse(ReachInFile)
        return cls(
            {name: _number(value) for name, value in given.least.items()},
            {name: _number(value) for name, value in given.most.items()},
            {name: frozenset(names) for name, names in given.names.items()},
        )


def _number(value: float | str) -> float:
    minutes = minutes_of(value)
    return float(value) if minutes is None else minutes
