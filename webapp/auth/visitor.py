"""Who makes the request at hand, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import g

from webapp.auth.permission import ADMINISTRATOR, APPROVER, BOOKER, HR, SIGNED_IN, Role
from webapp.organisation import GivenRole, Organisation
from webapp.store.tables import Person

_GIVEN: tuple[GivenRole, ...] = (BOOKER, HR, ADMINISTRATOR)  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person with their roles."""

    person: Person
    roles: frozenset[Role]

    @property
    def id(self) -> str:
        """The id of the person."""
        return self.person.id


def roles_of(person: Person, organisation: Organisation, *, stands_in: bool) -> frozenset[Role]:
    """Return the roles of a person; who holds a function, or stands in for one, is an approver."""
    roles: set[Role] = {SIGNED_IN}
    roles |= {role for role in _GIVEN if organisation.has_role(person.subject, role)}
    if stands_in or organisation.holds_a_function(person.subject):
        roles.add(APPROVER)
    return frozenset(roles)


def visitor() -> Visitor:
    """Return who makes this request; only for routes that need somebody.

    Raises:
        LookupError: nobody is signed in.
    """
    found = visitor_or_none()
    if found is None:
        raise LookupError("this route is open to the public: ask visitor_or_none")
    return found


def visitor_or_none() -> Visitor | None:
    """Return who makes this request, if somebody is signed in."""
    return cast("Visitor | None", g.get("visitor"))
