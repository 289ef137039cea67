"""Signing in and out where the browser keeps a session.

The cookie is signed and holds a random token; the store knows its hash. A cookie without its row
is worth nothing: that is what signing out does. Nothing is written on a GET.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from flask import session as cookie
from sqlalchemy import delete

from webapp.store import Store
from webapp.store.columns import now
from webapp.store.tables import Person, SignedIn

IDLE = timedelta(minutes=30)
WARNED_BEFORE = timedelta(minutes=2)
LONGEST = timedelta(hours=10)
KEPT = timedelta(days=2)
_TOKEN, _SEEN = "token", "seen"


def begin_session(person: Person, store: Store) -> None:
    """Sign a person in: a new token, whatever the cookie held before is gone."""
    cookie.clear()
    token = secrets.token_urlsafe(32)
    with store.write() as session:
        session.execute(delete(SignedIn).where(SignedIn.since < now() - KEPT))
        session.add(SignedIn(token_hash=_hash(token), person_id=person.id))
    cookie[_TOKEN] = token
    cookie[_SEEN] = int(now().timestamp())


def end_session(store: Store) -> None:
    """Sign out: the row goes, and with it every copy of the cookie."""
    token = cookie.get(_TOKEN, "")
    cookie.clear()
    with store.write() as session:
        session.execute(delete(SignedIn).where(SignedIn.token_hash == _hash(token)))


def person_of_session(store: Store) -> Person | None:
    """Return who is signed in with this cookie, unless it was idle or signed in for too long."""
    token = cookie.get(_TOKEN)
    if not isinstance(token, str):
        return None
    moment = now()
    if moment.timestamp() - float(cookie.get(_SEEN, 0)) > IDLE.total_seconds():
        return None
    with store.read() as session:
        row = session.get(SignedIn, _hash(token))
        if row is None or moment - row.since > LONGEST:
            return None
        person = session.get(Person, row.person_id)
    cookie[_SEEN] = int(moment.timestamp())
    return person


def last_person(store: Store) -> str | None:
    """Return the id of who was signed in with this cookie last, idle or not, but not signed out."""
    token = cookie.get(_TOKEN)
    if not isinstance(token, str):
        return None
    with store.read() as session:
        row = session.get(SignedIn, _hash(token))
    return row.person_id if row else None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
