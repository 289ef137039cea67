"""Who is told what by mail: the outcome and a link, never a reason and never a justification."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from travelplan.language import Language, Message, Words, message
from webapp.calendar.trip import calendar_of
from webapp.mail.outbox import queue_mail
from webapp.requests.status import STATUSES
from webapp.store.tables import Person, Request, Step


@dataclass(frozen=True, slots=True)
class Notices:
    """Writes the mails of requests. `address` is the public address of the application."""

    language: Language
    address: str

    def step_waits(
        self, session: Session, request: Request, step: Step, people: Iterable[Person]
    ) -> None:
        """Tell those who may decide that a request waits for them."""
        subject = message("Request {reference} waits for you", reference=request.reference)
        self._to_deciders(session, request, step, people, subject)

    def reminder(
        self, session: Session, request: Request, step: Step, people: Iterable[Person]
    ) -> None:
        """Tell them again."""
        subject = message(
            "Reminder: request {reference} still waits for you", reference=request.reference
        )
        self._to_deciders(session, request, step, people, subject)

    def status(self, session: Session, request: Request) -> None:
        """Tell the traveller, and who filed for them, where a request stands now.

        With it goes the trip for their calendar, or that it is off.
        """
        subject = message(
            "Request {reference}: {status}",
            reference=request.reference,
            status=STATUSES[request.status],
        )
        session.flush()
        last = max((event.id or 0 for event in request.events), default=0)
        calendar = calendar_of(request, self.language, self.address)
        for person in {p.id: p for p in (request.traveller, request.filer)}.values():
            self._mail(
                session,
                key=f"status:{request.id}:{request.status}:{last}:{person.id}",
                person=person,
                request=request,
                subject=subject,
                path=f"/requests/{request.id}",
                calendar=calendar,
            )

    def _to_deciders(
        self,
        session: Session,
        request: Request,
        step: Step,
        people: Iterable[Person],
        subject: Message,
    ) -> None:
        for person in people:
            self._mail(
                session,
                key=f"waits:{step.id}:{step.reminders}:{person.id}",
                person=person,
                request=request,
                subject=subject,
                path=f"/approvals/{request.id}",
            )

    def _mail(
        self,
        session: Session,
        *,
        key: str,
        person: Person,
        request: Request,
        subject: Message,
        path: str,
        calendar: str = "",
    ) -> None:
        say = self.language.say
        version = request.current
        lines = [
            say(subject) + ".",
            "",
            f"{say(Words(**version.destination))}, {say(version.depart)}",
            f"{self.address}{path}",
        ]
        queue_mail(
            session,
            key=key,
            recipient=person.email,
            subject=say(subject),
            text="\n".join(lines) + "\n",
            calendar=calendar,
        )
