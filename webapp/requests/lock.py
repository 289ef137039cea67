"""One request at a time is changed by one: whoever comes second waits, and then sees the change."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp.store.tables import Request


def locked(session: Session, request_id: str) -> Request | None:
    """Return a request as it is now, locked until the transaction ends; None if there is none.

    Call it before anything else is read in the transaction. On SQLite the transaction itself is
    the lock.
    """
    return session.get(Request, request_id, with_for_update=True, populate_existing=True)
