"""Sends what is queued, over SMTP. A dead server loses nothing; several senders share the queue.

A mail is claimed before it is sent: its next try is put off in a transaction of its own, so that
no other process takes it meanwhile. If a process dies after the server has taken a mail and before
that is noted, the mail goes out a second time when the claim has run out, under the same
Message-ID. That is the one case in which somebody can receive it twice.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import select

from webapp.config import MailServer
from webapp.mail.letter import UnusableAddressError, letter
from webapp.store import Store
from webapp.store.columns import now
from webapp.store.tables import Mail

CLAIM = timedelta(minutes=15)
"""Longer than a conversation with a server can take: a dozen steps of TIMEOUT_S each."""
TIMEOUT_S = 30
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_PAUSE = timedelta(hours=4)
_log = logging.getLogger("travelplan.mail")


class _RefusedError(Exception):
    """This mail can never go out; another try is of no use."""


class _UnreachableError(Exception):
    """The server does not answer or will not talk now; a later try may do."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends the queue of a store through a mail server."""

    store: Store
    server: MailServer
    clock: Callable[[], datetime] = now

    def send_due(self) -> int:
        """Send what is due; return how many went out.

        When the server cannot be reached, the rest waits for the next call.
        """
        sent = 0
        while (mail := self._claim()) is not None:
            try:
                self._send(mail)
            except _RefusedError as refusal:
                self._note(mail, str(refusal), again=False)
            except _UnreachableError as fault:
                self._note(mail, str(fault), again=True)
                break
            else:
                self._done(mail)
                sent += 1
        return sent

    def _claim(self) -> Mail | None:
        """Take one mail that is due, so that no other sender takes it."""
        moment = self.clock()
        with self.store.write() as session:
            mail = session.scalars(
                select(Mail)
                .where(Mail.sent_at.is_(None), Mail.next_try_at <= moment)
                .order_by(Mail.next_try_at)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).first()
            if mail:
                mail.tries += 1
                mail.next_try_at = moment + CLAIM
        return mail

    def _send(self, mail: Mail) -> None:
        server = self.server
        try:
            message = letter(mail, server.sender)
        except UnusableAddressError as error:
            raise _RefusedError("no address of mail") from error
        try:
            with smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S) as line:
                if server.starttls:
                    line.starttls(context=ssl.create_default_context())
                if server.user:
                    line.login(server.user, server.password)
                _hand_over(line, message, server.sender, mail.recipient)
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise _UnreachableError(str(error) or type(error).__name__) from error

    def _done(self, mail: Mail) -> None:
        with self.store.write() as session:
            row = session.get_one(Mail, mail.id, with_for_update=True)
            row.sent_at, row.next_try_at, row.fault = self.clock(), None, ""

    def _note(self, mail: Mail, fault: str, *, again: bool) -> None:
        moment = self.clock()
        last_try = mail.queued_at + GIVE_UP_AFTER
        gives_up = not again or moment >= last_try
        _log.warning("mail %s: %s%s", mail.id, _one_line(fault), ", given up" if gives_up else "")
        with self.store.write() as session:
            row = session.get_one(Mail, mail.id, with_for_update=True)
            row.fault = _one_line(fault)
            row.next_try_at = None if gives_up else min(moment + pause(row.tries), last_try)


def pause(tries: int) -> timedelta:
    """Return how long to wait after so many tries: a minute, then twice as long each time."""
    return min(timedelta(minutes=2 ** min(tries - 1, 10)), LONGEST_PAUSE)


def _hand_over(line: smtplib.SMTP, message: EmailMessage, sender: str, recipient: str) -> None:
    """Hand a message over; what the server says of this message alone is told apart."""
    try:
        line.send_message(message, sender, [recipient])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _verdict(code, answer) from error
    except smtplib.SMTPDataError as error:
        raise _verdict(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise _RefusedError(str(error)) from error


def _verdict(code: int, answer: bytes | str) -> _RefusedError | _UnreachableError:
    """Return whether an answer of the server is for good (5xx) or for now (4xx)."""
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    text = f"{code} {said}"
    return _RefusedError(text) if code >= 500 else _UnreachableError(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
