"""What can go wrong, as one tree. The facts of an error are attributes; its sentence is for people.

Two families: `InputError` is about what a person or a program asked, and names every wrong field
at once; `DataError` is about a file of ours or of an organisation, with the line and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from travelplan.language import Message


class TravelplanError(Exception):
    """The root: whatever this library raises on purpose."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant, for the person to choose from.

    `id` can be given back as the answer; `label` is its name with region and country.
    """

    id: str
    label: Message


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One wrong field of the input.

    `code` is stable and meant for programs, `message` says what is wrong and what to do.
    """

    field: str
    code: str
    message: Message
    candidates: tuple[Candidate, ...] = ()


class InputError(TravelplanError):
    """The question cannot be answered as asked. `problems` holds every wrong field."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in self.problems))


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a data file: the line (1 for the first), where in the structure, and advice."""

    line: int
    where: str
    problem: str
    advice: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"line {self.line}" + (f", {self.where}" if self.where else "")
        return f"{place}: {self.problem}" + (f" {self.advice}" if self.advice else "")


class DataError(TravelplanError):
    """A data file is refused. `file` is its name, `faults` what is wrong in it."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{file}, {fault}" for fault in self.faults))


class GeocoderError(TravelplanError):
    """An online geocoder did not answer, or not with places. `server` is its address."""

    def __init__(self, server: str, reason: str) -> None:
        self.server = server
        super().__init__(f"{server}: {reason}")
