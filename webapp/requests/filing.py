"""Filing a request, changing it, and what follows: each in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from travelplan import Recommendation, recommendation_record
from webapp.organisation import Organisation
from webapp.requests.chain import deciders, new_steps, open_next_step
from webapp.requests.notices import Notices
from webapp.requests.reference import new_reference
from webapp.requests.status import CHANGEABLE, OPEN, TRAVELLED_FROM
from webapp.store.tables import Booking, Draft, Event, Person, Request, Version

CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who goes along, and what for."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """Who travels, for whom, why and on whose money. Sums are in euro cents, None if not known."""

    unit: str
    role: str
    purpose: str
    interest: str
    participants: tuple[Participant, ...]
    why_so_many: str
    project: str
    travel_cents: int | None
    stay_cents: int | None
    registration_cents: int | None
    budget_key: str
    payer: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the traveller chose: a mode for each stretch, the way back included.

    `vehicles` are the same as people call them, where a hired coach has a name of its own.
    `reason` is the code of the scheme's reason to deviate, "" where the scheme allows the choice.
    """

    modes: tuple[str, ...]
    deviates: bool
    reason: str
    justification: str
    vehicles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """All that a request holds: the question, its answer as shown, the purpose and the choice."""

    question: Mapping[str, Any]
    digital: str
    answer: Recommendation
    shown: Mapping[str, Any]
    purpose: Purpose
    choice: Choice


class AlreadyFiledError(Exception):
    """The same traveller has asked for the same trip before, by the request of this id."""

    def __init__(self, request: Request) -> None:
        self.request_id = request.id
        super().__init__(request.reference)


class NotChangeableError(Exception):
    """The request of this id is past changing: it was refused, withdrawn or travelled."""

    def __init__(self, request: Request) -> None:
        self.request_id = request.id
        super().__init__(request.reference)


@dataclass(frozen=True, slots=True)
class Made:
    """What a traveller really travelled by; the cost in euro cents, None if not known."""

    mode: str
    mode_back: str
    travel_class: str
    cost_cents: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes requests in. It needs the organisation, and writes notices."""

    organisation: Organisation
    notices: Notices

    def file(
        self, session: Session, draft_id: str, filing: Filing, *, traveller: Person, filer: Person
    ) -> Request:
        """File a draft as a request or as a new version of one; a second time changes nothing.

        Raises:
            AlreadyFiledError: the same trip of the same traveller was filed from another draft.
            NotChangeableError: the request that the draft changes is past changing.
        """
        draft = session.get_one(Draft, draft_id, with_for_update=True, populate_existing=True)
        if draft.request_id:
            return session.get_one(Request, draft.request_id)
        key = _trip_key(traveller, filing)
        same = session.scalar(select(Request).where(Request.trip_key == key))
        if same and same.id != draft.changes_id:
            raise AlreadyFiledError(same)
        request = self._request(session, draft, filing, traveller, filer)
        request.trip_key = key
        version = version_of(filing, filer, len(request.versions) + 1)
        request.versions.append(version)
        request.status = "waiting" if traveller.id == filer.id else "to_confirm"
        session.flush()
        draft.request_id = request.id
        add_event(session, request, filer, "changed" if draft.changes_id else "filed")
        self._go_on(session, request)
        self.notices.status(session, request)
        return request

    def confirm(self, session: Session, request: Request, traveller: Person) -> None:
        """The traveller confirms what somebody else filed for them."""
        session.refresh(request, with_for_update=True)
        if request.status == "to_confirm" and traveller.id == request.traveller_id:
            request.status = "waiting"
            add_event(session, request, traveller, "confirmed")
            self._go_on(session, request)
            self.notices.status(session, request)

    def withdraw(self, session: Session, request: Request, person: Person) -> None:
        """Take a request back."""
        session.refresh(request, with_for_update=True)
        if request.status in OPEN:
            request.status, request.trip_key = "withdrawn", None
            add_event(session, request, person, "withdrawn")
            self.notices.status(session, request)

    def travelled(self, session: Session, request: Request, person: Person, made: Made) -> None:
        """Note what was really travelled by; a correction is noted beside the first."""
        session.refresh(request, with_for_update=True)
        if request.status in TRAVELLED_FROM:
            request.status, request.trip_key = "travelled", None
            request.bookings.append(Booking(kind="made", noted_by=person.id, **asdict(made)))
            add_event(session, request, person, "travelled")

    def agreed(self, session: Session, request: Request) -> None:
        """Go on after an agreement: to the next step, or to the approval of the whole."""
        self._go_on(session, request)
        if request.status == "approved":
            self.notices.status(session, request)

    def refused(self, session: Session, request: Request) -> None:
        """Close a request that was refused; the trip may be asked for anew."""
        request.status, request.trip_key = "refused", None
        self.notices.status(session, request)

    def change_asked(self, session: Session, request: Request) -> None:
        """Hand a request back to the traveller, who can make a new version of it."""
        request.status = "change_asked"
        self.notices.status(session, request)

    def _go_on(self, session: Session, request: Request) -> None:
        if request.status != "waiting":
            return
        step = open_next_step(request.current, self.organisation)
        if step is None:
            request.status = "approved"
            add_event(session, request, None, "approved", version=request.current.number)
            return
        session.flush()
        today = datetime.now(UTC).date()
        people = deciders(session, request.current, self.organisation, today)
        self.notices.step_waits(session, request, step, people)

    def _request(
        self, session: Session, draft: Draft, filing: Filing, traveller: Person, filer: Person
    ) -> Request:
        if draft.changes_id:
            request = session.get_one(
                Request, draft.changes_id, with_for_update=True, populate_existing=True
            )
            if request.status not in CHANGEABLE:
                raise NotChangeableError(request)
            request.unit = filing.purpose.unit
            return request
        request = Request(
            reference=new_reference(datetime.now(UTC).date()),
            filer_id=filer.id,
            traveller_id=traveller.id,
            unit=filing.purpose.unit,
            status="waiting",
        )
        session.add(request)
        return request


def add_event(
    session: Session, request: Request, person: Person | None, what: str, **detail: Any
) -> None:
    """Note what happened to a request."""
    session.flush()
    request.events.append(Event(person_id=person.id if person else None, what=what, detail=detail))
    session.flush()


def version_of(filing: Filing, filer: Person, number: int) -> Version:
    """Return a request as it is at this moment, with the steps that it needs."""
    answer, purpose, choice = filing.answer, filing.purpose, filing.choice
    record = recommendation_record(answer)
    trip = answer.trip
    confidential = choice.reason == CONFIDENTIAL
    parts = answer.parts or (answer,)
    return Version(
        number=number,
        made_by=filer.id,
        question=dict(filing.question),
        depart=trip.depart,
        back=trip.back,
        destination_id=trip.destination.id,
        destination=asdict(trip.destination.names),
        travellers=trip.travellers,
        role=purpose.role,
        digital=filing.digital,
        outcome=answer.outcome,
        mode=choice.modes[0],
        mode_back=choice.modes[-1],
        modes=list(choice.modes),
        deviates=choice.deviates,
        reason=choice.reason,
        justification="" if confidential else choice.justification,
        purpose=purpose.purpose,
        interest=purpose.interest,
        participants=[asdict(participant) for participant in purpose.participants],
        why_so_many=purpose.why_so_many,
        project=purpose.project,
        travel_cents=purpose.travel_cents,
        stay_cents=purpose.stay_cents,
        registration_cents=purpose.registration_cents,
        budget_key=purpose.budget_key,
        payer=purpose.payer,
        evidence=record,
        evidence_sha256=record["evidence"]["sha256"],
        shown=dict(filing.shown),
        steps=new_steps(
            [part.decision for part in parts],
            choice.modes,
            deviates=choice.deviates,
            confidential=confidential,
        ),
    )


def _trip_key(traveller: Person, filing: Filing) -> str:
    trip = filing.answer.trip
    places = [trip.origin.id, *(place.id for place in trip.via), trip.destination.id]
    parts = [traveller.id, *places, trip.depart.isoformat(), str(trip.back), str(trip.nights)]
    return sha256("|".join(parts).encode()).hexdigest()
