"""The organisation: its units, who holds which function, and who has which role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from travelplan import DataError
from travelplan.files import read_document
from travelplan.sourced import FileModel, Text

GivenRole = Literal["booker", "hr", "administrator"]
Holders = dict[str, list[str]]
_Fault = tuple[tuple[str | int, ...], str, str]
"""Where in the file, what is wrong, and what to do."""
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


class Body(FileModel):
    """A body with its own decisions; `decides` is who decides on trips, as the body calls it."""

    id: str
    name: Text
    decides: Text
    holders: Holders = {}


class Unit(FileModel):
    """A unit of a body; `part_of` is the unit above it. `holders` are sign-in names by function."""

    id: str
    name: Text
    body: str
    part_of: str = ""
    holders: Holders = {}


class KnownPerson(FileModel):
    """Somebody who can be reached before they have signed in. `subject` is the sign-in name."""

    subject: str
    name: str
    email: str
    unit: str


class Organisation(FileModel):
    """Who may do what in an organisation.

    Functions are those that the approvals of the scheme name. A function is looked up in the unit,
    then in the units above it, then in the body.
    """

    bodies: list[Body] = Field(min_length=1)
    units: list[Unit] = Field(min_length=1)
    roles: dict[GivenRole, list[str]] = {}
    people: list[KnownPerson] = []

    def above(self, unit: Unit) -> list[Unit]:
        """Return the units above a unit, the nearest first; a circle is walked once."""
        by_id = {unit.id: unit for unit in self.units}
        above: list[Unit] = []
        here = by_id.get(unit.part_of)
        while here and here not in above:
            above.append(here)
            here = by_id.get(here.part_of)
        return above

    def unit(self, id_: str) -> Unit | None:
        """Return a unit by its id."""
        return next((unit for unit in self.units if unit.id == id_), None)

    def body(self, id_: str) -> Body | None:
        """Return a body by its id."""
        return next((body for body in self.bodies if body.id == id_), None)

    def holders(self, function: str, unit_id: str) -> tuple[str, ...]:
        """Return the sign-in names of those who hold a function for a unit; empty if nobody."""
        unit = self.unit(unit_id)
        if unit is None:
            return ()
        body = self.body(unit.body)
        rooms = [unit.holders, *(above.holders for above in self.above(unit))]
        rooms.append(body.holders if body else {})
        return next((tuple(room[function]) for room in rooms if room.get(function)), ())

    def holds_a_function(self, subject: str) -> bool:
        """Return whether somebody holds any function anywhere."""
        rooms = [*(unit.holders for unit in self.units), *(body.holders for body in self.bodies)]
        return any(subject in names for room in rooms for names in room.values())

    def has_role(self, subject: str, role: GivenRole) -> bool:
        """Return whether somebody has a role that the file gives."""
        return subject in self.roles.get(role, [])


def load_organisation(path: Path) -> Organisation:
    """Read the file of an organisation.

    Raises:
        DataError: it is missing or has faults; each is named with its line.
    """
    document = read_document(path)
    organisation = document.parse(Organisation)
    faults = [document.fault(*fault) for fault in _faults(organisation)]
    if faults:
        raise DataError(document.file, faults)
    return organisation


def _faults(organisation: Organisation) -> Iterator[_Fault]:
    yield from _faults_of_units(organisation)
    yield from _faults_of_people(organisation)
    rooms: dict[str, Sequence[Body | Unit]] = {
        "bodies": organisation.bodies,
        "units": organisation.units,
    }
    for room, entries in rooms.items():
        for index, id_ in _repeated([entry.id for entry in entries]):
            yield (room, index, "id"), f"“{id_}” stands twice.", "Give each its own id."
        for index, entry in enumerate(entries):
            yield from _faults_of_names((room, index, "holders"), entry.holders)
    yield from _faults_of_names(("roles",), organisation.roles)


def _faults_of_units(organisation: Organisation) -> Iterator[_Fault]:
    for index, unit in enumerate(organisation.units):
        at = ("units", index)
        above = organisation.unit(unit.part_of)
        if organisation.body(unit.body) is None:
            known = ", ".join(body.id for body in organisation.bodies)
            yield (*at, "body"), f"there is no body “{unit.body}”.", f"Choose one of: {known}."
        if unit.part_of and above is None:
            advice = "Write the id of a unit of this file."
            yield (*at, "part_of"), f"there is no unit “{unit.part_of}”.", advice
        elif above and unit.id in {other.id for other in organisation.above(unit)}:
            advice = "Leave part_of out of the highest unit."
            yield (*at, "part_of"), f"unit “{unit.id}” is part of itself.", advice
        elif above and above.body != unit.body:
            text = f"unit “{unit.id}” and the unit above it belong to different bodies."
            yield (*at, "part_of"), text, "Units of one line belong to one body."


def _faults_of_people(organisation: Organisation) -> Iterator[_Fault]:
    people = organisation.people
    for index, subject in _repeated([person.subject for person in people]):
        yield ("people", index, "subject"), f"“{subject}” stands twice.", "Take one of them out."
    for index, person in enumerate(people):
        if organisation.unit(person.unit) is None:
            advice = "Write the id of a unit of this file."
            yield ("people", index, "unit"), f"there is no unit “{person.unit}”.", advice
        if person.email and not _EMAIL.fullmatch(person.email):
            text = f"“{person.email}” is no address of mail."
            yield ("people", index, "email"), text, "Correct it, or write '' if there is none."


def _faults_of_names(
    at: tuple[str | int, ...], names: Mapping[GivenRole, list[str]] | Holders
) -> Iterator[_Fault]:
    for key, subjects in names.items():
        for index, subject in _repeated(subjects):
            yield (*at, key, index), f"“{subject}” stands twice.", "Take one of them out."
        for index, subject in enumerate(subjects):
            if not subject.strip():
                yield (*at, key, index), "an empty sign-in name.", "Write a name, or leave it out."


def _repeated(names: Sequence[str]) -> Iterator[tuple[int, str]]:
    return ((index, name) for index, name in enumerate(names) if name in names[:index])
