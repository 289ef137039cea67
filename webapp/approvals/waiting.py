"""What waits for somebody, what they decided, and what nobody can decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, defer, selectinload

from webapp.organisation import Organisation
from webapp.requests.chain import Obstacle, in_whose_name, may_decide, obstacle, waiting_step
from webapp.store.tables import Person, Request, Step, Version

LATELY = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for somebody, and in whose name they may decide."""

    request: Request
    step: Step
    in_place_of: Person | None


@dataclass(frozen=True, slots=True)
class Stuck:
    """A request on which nobody can decide."""

    request: Request
    step: Step
    obstacle: Obstacle


def waiting_for(
    session: Session, person: Person, organisation: Organisation, on: date
) -> list[Waiting]:
    """Return what waits for a person, longest first."""
    return [
        Waiting(request, step, None if name.id == person.id else name)
        for request, step in _open(session)
        if (name := may_decide(session, person, request.current, organisation, on))
    ]


def stuck(session: Session, organisation: Organisation, on: date) -> list[Stuck]:
    """Return what nobody can decide, longest first."""
    return [
        Stuck(request, step, why)
        for request, step in _open(session)
        if (why := obstacle(session, request.current, organisation, on))
    ]


def decided_lately(session: Session, person: Person) -> list[Step]:
    """Return what a person decided, or somebody in their place, the newest first."""
    by_them = or_(Step.decided_by == person.id, Step.in_place_of == person.id)
    steps = (
        select(Step)
        .where(by_them)
        .order_by(Step.decided_at.desc())
        .limit(LATELY)
        .options(selectinload(Step.version).options(*_LIGHT, selectinload(Version.request)))
    )
    return list(session.scalars(steps))


def may_see(
    session: Session, person: Person, request: Request, organisation: Organisation, on: date
) -> bool:
    """Return whether a person decides, or decided, on any version of a request."""
    steps = (step for version in request.versions for step in version.steps)
    return any(
        person.id in (step.decided_by, step.in_place_of)
        or (step.waiting_since and in_whose_name(session, person, step, organisation, on))
        for step in steps
    )


_LIGHT = (defer(Version.evidence), defer(Version.shown))
"""Lists do without the evidence: it is most of what a version weighs."""


def _open(session: Session) -> Iterator[tuple[Request, Step]]:
    versions = selectinload(Request.versions).options(*_LIGHT, selectinload(Version.steps))
    requests = session.scalars(
        select(Request).where(Request.status == "waiting").options(versions)
    ).all()
    pairs = [(r, step) for r in requests if (step := waiting_step(r.current))]
    yield from sorted(pairs, key=lambda pair: pair[1].waiting_since or pair[0].filed_at)
