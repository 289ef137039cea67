"""A real SMTP server on this machine that keeps what it gets, and can be made to fail."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from webapp.config import MailServer


@dataclass
class Inbox:
    """What arrived, and with which answer the server refuses what is to come."""

    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse_recipient: str = ""
    refuse_data: str = ""
    hang_up_after: int | None = None

    async def handle_RCPT(  # noqa: N802  (the server calls it so)
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take a recipient, or refuse it."""
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message, refuse it, or hang up without having taken it."""
        if self.refuse_data:
            return self.refuse_data
        if self.hang_up_after is not None and len(self.received) >= self.hang_up_after:
            server.transport.close()
            return "421 gone"
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@dataclass
class Post:
    """A mail server that can be stopped and started again on the same port."""

    inbox: Inbox
    port: int
    _controller: Controller | None = None

    @property
    def server(self) -> MailServer:
        """How to reach it."""
        return MailServer("127.0.0.1", self.port, "reizen@voorbeeld.invalid")

    def start(self) -> None:
        """Answer from now on."""
        self._controller = Controller(self.inbox, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Answer no more."""
        if self._controller:
            self._controller.stop()
            self._controller = None


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that runs."""
    found = Post(Inbox(), free_port())
    found.start()
    yield found
    found.stop()
