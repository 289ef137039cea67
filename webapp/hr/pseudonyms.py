"""Who travelled, without a name: a keyed hash that cannot be undone without the key.

The key never stands in the database. Whoever has an export cannot try out staff numbers, and
whoever deletes the key makes every pseudonym anonymous.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from sqlalchemy import make_url

from travelplan import FieldProblem, InputError
from travelplan.language import message
from webapp.store.tables import Person

KEY_BYTES = 32


class Pseudonyms:
    """Makes pseudonyms with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, name: str) -> str:
        """Return the pseudonym of a staff number or a name as a file gives it; "" for none.

        Case and spaces make no difference.
        """
        written = " ".join(name.casefold().split())
        return self.sealed(f"person\n{written}") if written else ""

    def of_person(self, person: Person) -> str:
        """Return the pseudonym of somebody with an account: that of the sign-in name."""
        return self.of(person.subject)

    def all_of(self, person: Person) -> frozenset[str]:
        """Return every pseudonym that a file may have given somebody."""
        names = (person.subject, person.name, person.email)
        return frozenset(self.of(name) for name in names if name)

    def sealed(self, text: str) -> str:
        """Return the HMAC-SHA-256 of a text, in hexadecimal."""
        return hmac.digest(self._key, text.encode(), "sha256").hex()


def pseudonyms_of(key: str, database: str) -> Pseudonyms:
    """Return what makes pseudonyms.

    Without a key, a random one is kept in a file beside the SQLite database, which only the
    owner may read.

    Raises:
        InputError: there is no key, and no file that one could stand in.
    """
    if key:
        return Pseudonyms(key.encode())
    url = make_url(database)
    if url.get_backend_name() != "sqlite":
        text = message("Give the key that pseudonyms are made with, a secret of its own.")
        raise InputError([FieldProblem("TRAVELPLAN_PSEUDONYM_KEY", "setting", text)])
    if not url.database or url.database == ":memory:":
        return Pseudonyms(secrets.token_bytes(KEY_BYTES))
    return Pseudonyms(_key_beside(Path(url.database)))


def _key_beside(database: Path) -> bytes:
    path = database.with_name(f"{database.name}.pseudonym-key")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key)
    return key
