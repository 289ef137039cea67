"""Sending a draft: once, as it was checked, to whom it concerns first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from travelplan.language import Message, Words, message
from webapp.auth import visitor
from webapp.auth.people import find_person
from webapp.layout import language_of
from webapp.organisation import Organisation
from webapp.requests.chain import next_step
from webapp.requests.drafts import Filled
from webapp.requests.filing import Filing, version_of
from webapp.requests.room import desk, organisation, own_draft, store
from webapp.store.tables import Draft, Person, Request, Version


@dataclass(frozen=True)
class ToSend:
    """What would be sent: the filing, as a version that is not stored, and for whom."""

    filing: Filing
    version: Version
    traveller: Person
    filer: Person

    @property
    def for_another(self) -> bool:
        """Whether the traveller has to confirm it first."""
        return (self.traveller.issuer, self.traveller.subject) != (
            self.filer.issuer,
            self.filer.subject,
        )


def to_send(session: Session, filled: Filled) -> ToSend:
    """Return what a draft that is filled in would file."""
    filer = visitor().person
    traveller = _traveller(session, filled, filer)
    filing = filled.filing(traveller.name, language_of)
    return ToSend(filing, version_of(filing, filer, 1), traveller, filer)


def send_draft(id_: str, seen: str) -> str | None:
    """File a draft and return the id of its request; None if it is no longer as it was checked.

    Raises:
        AlreadyFiledError: the same trip of the same traveller was filed from another draft.
        NotChangeableError: the request that it changes is past changing.
    """
    try:
        return _file(id_, seen)
    except IntegrityError:
        current_app.logger.info("a draft was sent twice at the same moment: %s", id_)
        return _file(id_, seen)


def button_words(send: ToSend, organisation: Organisation) -> Message:
    """Return what the button that sends a request says: to whom it goes first."""
    if send.for_another:
        return message("Send to {name}", name=send.traveller.name)
    own = {send.traveller.subject, send.filer.subject}
    step = next_step(send.version.steps, send.filing.purpose.unit, own, organisation)
    if step is None:
        return message("File the trip")
    return message("Send to {name}", name=_inside_a_sentence(Words(**step.name)))


def name_of(session: Session, issuer: str) -> Callable[[str], str]:
    """Return what gives the name of somebody by sign-in name, "" if nobody is known by it."""

    def named(subject: str) -> str:
        person = find_person(session, issuer, subject)
        return person.name if person else ""

    return named


def _file(id_: str, seen: str) -> str | None:
    with store().write() as session:
        session.get(Draft, id_, with_for_update=True)  # who sends it second waits, and sees it sent
        draft = own_draft(session, id_)
        if draft.request_id:
            return draft.request_id
        me = visitor().person
        filled = Filled(draft, organisation(), me.subject, name_of(session, me.issuer))
        if filled.next_step != "check" or filled.fingerprint != seen:
            return None
        filer = session.get_one(Person, me.id)
        send = to_send(session, filled)
        traveller = filer if not send.for_another else send.traveller
        session.add(traveller)
        session.flush()
        return desk().file(session, id_, send.filing, traveller=traveller, filer=filer).id


def _traveller(session: Session, filled: Filled, filer: Person) -> Person:
    draft: Draft = filled.draft
    if draft.changes_id:
        return session.get_one(Request, draft.changes_id).traveller
    named = filled.who
    if named is None or not named.traveller:
        return filer
    known = find_person(session, filer.issuer, named.traveller)
    return known or Person(
        issuer=filer.issuer, subject=named.traveller, name=named.traveller_name, email=""
    )


def _inside_a_sentence(words: Words) -> Words:
    """Return a name without its capital where it is not at the head; HR stays HR."""

    def lowered(text: str) -> str:
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    return Words(lowered(words.nl), lowered(words.fr), lowered(words.en))
