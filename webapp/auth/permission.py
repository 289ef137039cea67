"""What each route needs, said beside the route. What says nothing is shut to all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

Role = Literal["public", "traveller", "booker", "approver", "hr", "administrator"]
PUBLIC: Role = "public"
SIGNED_IN: Role = "traveller"
BOOKER: Role = "booker"
APPROVER: Role = "approver"
HR: Role = "hr"
ADMINISTRATOR: Role = "administrator"

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "open_to_roles"
_BYTES = "takes_bytes"


def open_to(*roles: Role) -> Callable[[View], View]:
    """Declare who may use a route: one of the roles is enough; PUBLIC needs no account."""

    def declare(view: View) -> View:
        setattr(view, _DECLARED, frozenset(roles))
        return view

    return declare


def declared_roles(view: Callable[..., Any]) -> frozenset[Role]:
    """Return what a route declares; nothing if it declares nothing."""
    roles: frozenset[Role] = getattr(view, _DECLARED, frozenset())
    return roles


def takes_files(most_bytes: int) -> Callable[[View], View]:
    """Declare that a route takes files, and how many bytes a request to it may have."""

    def declare(view: View) -> View:
        setattr(view, _BYTES, most_bytes)
        return view

    return declare


def declared_bytes(view: Callable[..., Any]) -> int | None:
    """Return how many bytes a route takes; None if it declares nothing."""
    most: int | None = getattr(view, _BYTES, None)
    return most
