"""The queue of mail: a mail is queued in the same transaction as what it tells of."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store.tables import Mail


def queue_mail(
    session: Session, *, key: str, recipient: str, subject: str, text: str, calendar: str = ""
) -> None:
    """Queue a mail, unless one with this key was queued before or there is no address."""
    if not recipient or session.scalar(select(Mail.id).where(Mail.key == key)):
        return
    session.add(
        Mail(key=key, recipient=recipient, subject=subject[:200], text=text, calendar=calendar)
    )
