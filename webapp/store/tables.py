"""The tables. What names a person stands apart from what a trip was.

A request has versions: a change of the trip makes a new one, with its own decision, evidence and
steps. Nothing is overwritten; what happened is added to the events.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from webapp.store.columns import JsonText, UtcTime, new_id, now


class Table(DeclarativeBase):
    """The base of every table; constraints have names, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcTime,
        date: Date,
        dict[str, Any]: JsonText,
        list[Any]: JsonText,
    }


def _id() -> Mapped[str]:
    return mapped_column(String(32), primary_key=True, default=new_id)


class Person(Table):
    """Somebody who signed in, or whom a request names; known by issuer and subject, never by mail.

    `subject` is the sign-in name.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = _id()
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320), default="")


class SignedIn(Table):
    """One signed-in browser. The row goes at signing out; the cookie is then worth nothing."""

    __tablename__ = "signed_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime] = mapped_column(default=now)


class KeptForm(Table):
    """What a form held when its page or its session had expired; shown again after signing in."""

    __tablename__ = "kept_form"

    id: Mapped[str] = _id()
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    path: Mapped[str] = mapped_column(String(300))
    fields: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime] = mapped_column(default=now)


class Draft(Table):
    """What somebody has filled in of a request that is not yet sent.

    `question` is the question of the advice, `answers` what the forms hold, as typed. `changes_id`
    is the request that it changes, if it does. Once sent, `request_id` says as which request.
    """

    __tablename__ = "draft"

    id: Mapped[str] = _id()
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    question: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    changes_id: Mapped[str | None] = mapped_column(ForeignKey("request.id"))
    request_id: Mapped[str | None] = mapped_column(ForeignKey("request.id"))


class Request(Table):
    """A filed trip. `reference` can be read out on the phone.

    `trip_key` is the same for the same trip of the same traveller while the request is open, and
    NULL afterwards: the database itself refuses a second one.
    """

    __tablename__ = "request"

    id: Mapped[str] = _id()
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    filed_at: Mapped[datetime] = mapped_column(default=now)
    filer_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    traveller_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    unit: Mapped[str] = mapped_column(String(80), index=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    trip_key: Mapped[str | None] = mapped_column(String(64), unique=True)

    filer: Mapped[Person] = relationship(foreign_keys=[filer_id])
    traveller: Mapped[Person] = relationship(foreign_keys=[traveller_id])
    versions: Mapped[list[Version]] = relationship(
        back_populates="request", order_by="Version.number"
    )
    bookings: Mapped[list[Booking]] = relationship(order_by="Booking.noted_at")
    events: Mapped[list[Event]] = relationship(order_by="Event.id")

    @property
    def current(self) -> Version:
        """The newest version."""
        return self.versions[-1]


class Version(Table):
    """A request as it was at one moment, with the evidence of its decision.

    `modes` are those chosen for each stretch, the way back included; `mode` and `mode_back` the
    first and the last of them. Sums are in euro cents, None where not known. `evidence` is the
    record of the answer, whose SHA-256 it carries; `shown` is what the traveller saw of it, by
    language. For a confidential reason `justification` is empty.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("request_id", "number"),)

    id: Mapped[str] = _id()
    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))

    question: Mapped[dict[str, Any]]
    depart: Mapped[date] = mapped_column(index=True)
    back: Mapped[date | None]
    destination_id: Mapped[str] = mapped_column(String(40), index=True)
    destination: Mapped[dict[str, Any]]
    travellers: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    digital: Mapped[str] = mapped_column(String(20), default="")

    outcome: Mapped[str] = mapped_column(String(40))
    mode: Mapped[str] = mapped_column(String(20))
    mode_back: Mapped[str] = mapped_column(String(20))
    modes: Mapped[list[Any]]
    deviates: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(40), default="")
    justification: Mapped[str] = mapped_column(default="")

    purpose: Mapped[str]
    interest: Mapped[str]
    participants: Mapped[list[Any]]
    why_so_many: Mapped[str] = mapped_column(default="")
    project: Mapped[str] = mapped_column(default="")
    travel_cents: Mapped[int | None]
    stay_cents: Mapped[int | None]
    registration_cents: Mapped[int | None]
    budget_key: Mapped[str] = mapped_column(String(60), default="")
    payer: Mapped[str] = mapped_column(String(20))

    evidence: Mapped[dict[str, Any]]
    evidence_sha256: Mapped[str] = mapped_column(String(64))
    shown: Mapped[dict[str, Any]]

    request: Mapped[Request] = relationship(back_populates="versions")
    steps: Mapped[list[Step]] = relationship(back_populates="version", order_by="Step.position")


class Step(Table):
    """One agreement that a version needs, in order.

    `function` is who has to agree, by the id of the scheme; `hr` confirms a confidential reason.
    Where that would be one's own request, the decision is `passed_up` and nobody's.
    """

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[str] = _id()
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"), index=True)
    position: Mapped[int]
    function: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[dict[str, Any]]
    numbered: Mapped[bool] = mapped_column(default=False)
    waiting_since: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    decision: Mapped[str | None] = mapped_column(String(20), index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    in_place_of: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    comment: Mapped[str] = mapped_column(default="")
    decision_number: Mapped[str] = mapped_column(String(60), default="")

    version: Mapped[Version] = relationship(back_populates="steps")


class Delegation(Table):
    """Somebody decides in the place of somebody else, from one day to another, both included.

    `made_by` is who arranged it: the one who hands over, or HR.
    """

    __tablename__ = "delegation"

    id: Mapped[str] = _id()
    giver_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    taker_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]

    giver: Mapped[Person] = relationship(foreign_keys=[giver_id])
    taker: Mapped[Person] = relationship(foreign_keys=[taker_id])


class Booking(Table):
    """What was booked, or after the trip what was made; the newest counts."""

    __tablename__ = "booking"

    id: Mapped[str] = _id()
    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    mode: Mapped[str] = mapped_column(String(20))
    mode_back: Mapped[str] = mapped_column(String(20))
    travel_class: Mapped[str] = mapped_column(String(20), default="")
    cost_cents: Mapped[int | None]
    noted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime] = mapped_column(default=now)


class Mail(Table):
    """A mail that has to go out. `key` keeps the same one from going out twice."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_due", "sent_at", "next_try_at"),)

    id: Mapped[str] = _id()
    key: Mapped[str] = mapped_column(String(120), unique=True)
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime] = mapped_column(default=now)
    next_try_at: Mapped[datetime | None] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="")


class Event(Table):
    """What happened to a request: when, by whom, what. Only ever added."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]]
