"""The queue of mail: a mail is queued in the same transaction as what it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.store.columns import now
from webapp.store.tables import Mail

MailStatus = Literal["sent", "waiting", "failed"]
LATEST = 200


def queue_mail(
    session: Session, *, key: str, recipient: str, subject: str, text: str, calendar: str = ""
) -> None:
    """Queue a mail, unless one with this key was queued before or there is no address."""
    if not recipient or session.scalar(select(Mail.id).where(Mail.key == key)):
        return
    one_line = " ".join(subject.split())[:200]
    session.add(Mail(key=key, recipient=recipient, subject=one_line, text=text, calendar=calendar))


def status_of(mail: Mail) -> MailStatus:
    """Return whether a mail was sent, still waits, or failed for good."""
    if mail.sent_at:
        return "sent"
    return "waiting" if mail.next_try_at else "failed"


def latest_mails(session: Session) -> list[Mail]:
    """Return the newest mails of the queue, those that failed first."""
    newest = select(Mail).order_by(Mail.queued_at.desc()).limit(LATEST)
    failed = select(Mail).where(Mail.sent_at.is_(None), Mail.next_try_at.is_(None))
    rows = [*session.scalars(failed.order_by(Mail.queued_at.desc())), *session.scalars(newest)]
    return list(dict.fromkeys(rows))


def try_failed_again(session: Session, moment: datetime | None = None) -> int:
    """Queue again all that failed, as if queued at this moment; return how many."""
    moment = moment or now()
    failed = session.scalars(
        select(Mail).where(Mail.sent_at.is_(None), Mail.next_try_at.is_(None)).with_for_update()
    ).all()
    for mail in failed:
        mail.next_try_at = mail.queued_at = moment
        mail.tries = 0
    return len(failed)
