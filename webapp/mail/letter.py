"""A queued mail as the message that goes over the line."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from webapp.store.tables import Mail


class UnusableAddressError(Exception):
    """The recipient or the sender is no address of mail."""


def letter(mail: Mail, sender: str) -> EmailMessage:
    """Return the message of a queued mail: plain text, with the trip for a calendar beside it.

    Message-ID and Date are the same at every try, so that a mail server can see that it has the
    message. A recipient that is not exactly one address is refused: what a header says of a
    person can never add a recipient or a header.

    Raises:
        UnusableAddressError: recipient or sender is no address.
    """
    message = EmailMessage()
    message["From"] = _address(sender)
    message["To"] = _address(mail.recipient)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = format_datetime(mail.queued_at)
    message["Message-ID"] = f"<{mail.id}@{_address(sender).domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.calendar:
        message.add_attachment(
            mail.calendar.encode("utf-8"), maintype="text", subtype="calendar", filename="trip.ics"
        )
        part = list(message.iter_attachments())[-1]
        part.set_param("charset", "utf-8")
        part.set_param("method", "PUBLISH")
    return message


def _address(given: str) -> Address:
    try:
        address = Address(addr_spec=given)
    except (ValueError, HeaderParseError, IndexError) as error:
        raise UnusableAddressError from error
    if not address.username or not address.domain or set(given) & set(" \t\r\n,;<>"):
        raise UnusableAddressError
    return address
