"""People in the store: found by issuer and subject, made when they are first seen."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.auth.identity import Identity
from webapp.organisation import Organisation
from webapp.store import Store
from webapp.store.tables import Delegation, Person


def find_person(session: Session, issuer: str, subject: str) -> Person | None:
    """Return a person by issuer and subject."""
    return session.scalar(select(Person).where(Person.issuer == issuer, Person.subject == subject))


def person_of(identity: Identity, store: Store) -> Person:
    """Return the person of an identity, made or brought up to date if need be."""
    with store.read() as session:
        found = find_person(session, identity.issuer, identity.subject)
    if found and (found.name, found.email) == (identity.name, identity.email):
        return found
    with store.write() as session:
        person = find_person(session, identity.issuer, identity.subject)
        if person is None:
            person = Person(issuer=identity.issuer, subject=identity.subject)
            session.add(person)
        person.name, person.email = identity.name, identity.email
    return person


def register_people(organisation: Organisation, issuer: str, store: Store) -> None:
    """Make known to the store whom the organisation names, so that mail reaches them."""
    for known in organisation.people:
        with store.read() as session:
            met = find_person(session, issuer, known.subject)
        if met is None:
            person_of(Identity(issuer, known.subject, known.name, known.email), store)


def stands_in_for_somebody(session: Session, person_id: str, on: date) -> bool:
    """Return whether somebody has handed their decisions to this person for a day."""
    delegation = select(Delegation.id).where(
        Delegation.taker_id == person_id, Delegation.first_day <= on, Delegation.last_day >= on
    )
    return session.scalar(delegation.limit(1)) is not None
