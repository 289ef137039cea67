"""A small office: the people of the try-out, a trip to Berlin, and what it takes to file it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from travelplan import Reference, parse_trip, recommend
from webapp.advice.question import Question
from webapp.auth.identity import Identity, TryOutSignIn
from webapp.auth.people import person_of, register_people
from webapp.config import TRY_OUT_ORGANISATION
from webapp.layout import language_of
from webapp.organisation import load_organisation
from webapp.requests.filing import Choice, Desk, Filing, Purpose
from webapp.requests.notices import Notices
from webapp.requests.shown import shown
from webapp.store import Store
from webapp.store.tables import Draft, Person, Request

ORGANISATION = load_organisation(TRY_OUT_ORGANISATION)
DESK = Desk(ORGANISATION, Notices(language_of("nl"), "https://reizen.voorbeeld"))
PURPOSE = Purpose(
    unit="voorbeelddienst",
    role="staff",
    purpose="Overleg over stadslogistiek",
    interest="Kennis voor het plan van volgend jaar",
    participants=(),
    why_so_many="",
    project="",
    travel_cents=18000,
    stay_cents=None,
    registration_cents=None,
    budget_key="",
    payer="city",
)
BY_TRAIN = Choice(("train", "train"), deviates=False, reason="", justification="")
BY_PLANE = Choice(("plane", "plane"), deviates=True, reason="strike", justification="x" * 30)
IN_CONFIDENCE = replace(BY_PLANE, reason="confidential", justification="")


@dataclass(frozen=True)
class Office:
    """A store with the people of the try-out in it."""

    store: Store
    reference: Reference

    @classmethod
    def with_everybody(cls, store: Store, reference: Reference) -> Office:
        """Return the office with its people known, as when the application starts."""
        register_people(ORGANISATION, TryOutSignIn.issuer, store)
        return cls(store, reference)

    def person(self, subject: str) -> Person:
        """Return one of the people of the try-out."""
        identity = TryOutSignIn(ORGANISATION).identity(subject)
        assert isinstance(identity, Identity)
        return person_of(identity, self.store)

    def filing(self, choice: Choice = BY_TRAIN, **asked: Any) -> Filing:
        """Return what a request for a trip to Berlin holds."""
        question = {"destination": "Berlijn", "depart": "2027-03-01", "nights": "2", **asked}
        trip = parse_trip(question, self.reference.places)
        purpose, answer = replace(PURPOSE, role=trip.role), recommend(trip, self.reference)
        if trip.via:
            choice = replace(choice, modes=choice.modes[:1] * len(trip.stretches))
        seen = shown(answer, Question.stored(question), choice.modes, language_of)
        return Filing(question, "", answer, seen, purpose, choice)

    def draft(self, session: Session, person: Person, changes: str | None = None) -> str:
        """Store a draft and return its id."""
        draft = Draft(person_id=person.id, question={}, answers={}, changes_id=changes)
        session.add(draft)
        session.flush()
        return draft.id

    def file(
        self, choice: Choice = BY_TRAIN, *, by: str = "reiziger", for_: str = "", **asked: Any
    ) -> str:
        """File a request and return its id."""
        filer, traveller = self.person(by), self.person(for_ or by)
        with self.store.write() as session:
            draft = self.draft(session, filer)
            filing = self.filing(choice, **asked)
            return DESK.file(session, draft, filing, traveller=traveller, filer=filer).id

    def request(self, session: Session, id_: str) -> Request:
        """Return a request."""
        return session.get_one(Request, id_)
