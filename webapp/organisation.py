"""The organisation: its units, who holds which function, and who has which role."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from travelplan.files import read_document
from travelplan.sourced import FileModel, Text

GivenRole = Literal["booker", "hr", "administrator"]
Holders = dict[str, list[str]]


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

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        bodies, units = {body.id for body in self.bodies}, {unit.id for unit in self.units}
        for unit in self.units:
            if unit.body not in bodies:
                raise ValueError(f"unit {unit.id} belongs to an unknown body: {unit.body}")
            if unit.part_of and unit.part_of not in units:
                raise ValueError(f"unit {unit.id} is part of an unknown unit: {unit.part_of}")
            if unit.id in {above.id for above in self._above(unit)}:
                raise ValueError(f"unit {unit.id} is part of itself")
        for person in self.people:
            if person.unit not in units:
                raise ValueError(f"{person.subject} is in an unknown unit: {person.unit}")
        return self

    def _above(self, unit: Unit) -> list[Unit]:
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
        rooms = [unit.holders, *(above.holders for above in self._above(unit))]
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
    return read_document(path).parse(Organisation)
