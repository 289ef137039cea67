"""The units of the organisation as a form offers them."""

from __future__ import annotations

from travelplan.language import Words
from webapp.organisation import Organisation


def units_by_body(organisation: Organisation) -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Return the units under the name of their body."""
    return [
        (
            body.name.words,
            [(unit.id, unit.name.words) for unit in organisation.units if unit.body == body.id],
        )
        for body in organisation.bodies
    ]


def unit_of(subject: str, organisation: Organisation) -> str:
    """Return the unit of somebody by sign-in name; "" if it is not known."""
    return next((person.unit for person in organisation.people if person.subject == subject), "")
