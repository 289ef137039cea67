"""The ways to know who asks. Each gives an `Identity`; a later one (OIDC) has to do the same."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol

from flask import Request

from webapp.config import ProxyHeaders
from webapp.organisation import KnownPerson, Organisation


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, as their issuer says it. Issuer and subject name a person; mail does not."""

    issuer: str
    subject: str
    name: str
    email: str = ""


class UntrustedProxyError(Exception):
    """A request says who it is from, but does not come from the proxy that may say so."""


class SignIn(Protocol):
    """A way to know who asks.

    `by_session` says whether a person signs in once and the browser keeps a session; otherwise
    every request says by itself whose it is.
    """

    issuer: str
    by_session: bool

    def identity_of(self, request: Request) -> Identity | None:
        """Return who makes this request, where the request itself says so.

        Raises:
            UntrustedProxyError: it says so without being trusted to.
        """


class ProxySignIn:
    """An authenticating reverse proxy says in a header who asks; only its addresses may."""

    issuer = "proxy"
    by_session = False

    def __init__(self, headers: ProxyHeaders) -> None:
        self._headers = headers

    def identity_of(self, request: Request) -> Identity | None:
        """Return whom the proxy names."""
        subject = request.headers.get(self._headers.user, "").strip()
        if not subject:
            return None
        if not self._trusts(request.remote_addr):
            raise UntrustedProxyError
        name = request.headers.get(self._headers.name, "").strip()
        email = request.headers.get(self._headers.email, "").strip()
        return Identity(self.issuer, subject[:200], name[:200] or subject[:200], email[:320])

    def _trusts(self, address: str | None) -> bool:
        try:
            asking = ip_address(address or "")
        except ValueError:
            return False
        return any(asking in network for network in self._headers.trusted)


class TryOutSignIn:
    """A visitor chooses whom to be. Nothing is checked: for trying out only."""

    issuer = "try-out"
    by_session = True

    def __init__(self, organisation: Organisation) -> None:
        self._people = {person.subject: person for person in organisation.people}

    def identity_of(self, request: Request) -> Identity | None:  # noqa: ARG002
        """Return nobody: the session knows."""
        return None

    @property
    def people(self) -> list[KnownPerson]:
        """Whom a visitor can be."""
        return list(self._people.values())

    def identity(self, subject: str) -> Identity | None:
        """Return the identity of one of them."""
        person = self._people.get(subject)
        return Identity(self.issuer, subject, person.name, person.email) if person else None
