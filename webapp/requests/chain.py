"""Who has to agree to a request, in which order, and who may do so now.

Nobody decides on their own request: a step whose only holders are the traveller or the filer
passes up to the next. The last step never passes: it waits until somebody else may decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from travelplan import Decision
from travelplan.language import Words
from webapp.organisation import Organisation
from webapp.store.columns import now
from webapp.store.tables import Delegation, Person, Step, Version

Obstacle = Literal["no_holder", "own_request", "never_met"]
"""Nobody holds the function; only who travels or filed does; who holds it has never signed in."""
HR_FUNCTION = "hr"
_HR = Words("HR", "RH", "HR")


def new_steps(
    decisions: Iterable[Decision], modes: Iterable[str], *, deviates: bool, confidential: bool
) -> list[Step]:
    """Return the steps that a choice needs, by the schemes' own chains, each function once.

    A confidential reason is first confirmed by HR, so that nobody else has to know it.
    """
    chain: dict[str, tuple[Words, bool]] = {HR_FUNCTION: (_HR, False)} if confidential else {}
    chosen = list(modes)
    for decision in decisions:
        for approval in decision.agreement(chosen, deviates=deviates):  # type: ignore[arg-type]
            for function, name in approval.chain:
                chain.setdefault(function, (name, approval.numbered))
    return [
        Step(position=i, function=function, name=asdict(name), numbered=numbered)
        for i, (function, (name, numbered)) in enumerate(chain.items())
    ]


def waiting_step(version: Version) -> Step | None:
    """Return the step that has to be decided now."""
    return next((step for step in version.steps if step.decision is None), None)


def next_step(
    steps: Iterable[Step], unit: str, own: Collection[str], organisation: Organisation
) -> Step | None:
    """Return the first undecided step that is not one's own; None: nobody has to agree any more.

    `own` are the sign-in names of those whose request it is.
    """
    undecided = [step for step in steps if step.decision is None]
    for step in undecided:
        holders = holders_of(step, unit, organisation)
        if step is undecided[-1] or not holders or set(holders) - set(own):
            return step
    return None


def open_next_step(version: Version, organisation: Organisation) -> Step | None:
    """Pass up what would be one's own, and return the step that now waits; None: all agreed."""
    request = version.request
    own = {request.traveller.subject, request.filer.subject}
    opened = next_step(version.steps, request.unit, own, organisation)
    for step in version.steps:
        if step is opened:
            break
        if step.decision is None:
            step.decision, step.decided_at = "passed_up", now()
    if opened:
        opened.waiting_since = now()
    return opened


def holders_of(step: Step, unit: str, organisation: Organisation) -> tuple[str, ...]:
    """Return the sign-in names of those who hold the function of a step for a unit."""
    if step.function == HR_FUNCTION:
        return tuple(organisation.roles.get("hr", []))
    return organisation.holders(step.function, unit)


def in_whose_name(
    session: Session, person: Person, step: Step, organisation: Organisation, on: date
) -> Person | None:
    """Return in whose name a person speaks for a step, waiting or not; None if in nobody's.

    It is the person where they hold the function, or the one for whom they stand in. Somebody
    whose own request it is can hand it to nobody: HR can.
    """
    version = step.version
    own = {version.request.traveller_id, version.request.filer_id}
    if person.id in own:
        return None
    holders = holders_of(step, version.request.unit, organisation)
    if person.subject in holders:
        return person
    for delegation in _delegations_to(session, person, on):
        arranged_by_the_owner = delegation.giver_id in own and delegation.made_by in own
        if delegation.giver.subject in holders and not arranged_by_the_owner:
            return delegation.giver
    return None


def may_decide(
    session: Session, person: Person, version: Version, organisation: Organisation, on: date
) -> Person | None:
    """Return in whose name a person may decide on the step that waits; None if they may not."""
    step = waiting_step(version)
    if step is None or version.request.status != "waiting":
        return None
    return in_whose_name(session, person, step, organisation, on)


def deciders(
    session: Session, version: Version, organisation: Organisation, on: date
) -> list[Person]:
    """Return everybody who may decide on the step that waits: holders, and who stands in."""
    step = waiting_step(version)
    if step is None:
        return []
    issuer = version.request.traveller.issuer
    holders = holders_of(step, version.request.unit, organisation)
    people = session.scalars(
        select(Person).where(Person.issuer == issuer, Person.subject.in_(holders))
    ).all()
    takers = session.scalars(
        select(Delegation).where(
            Delegation.giver_id.in_([person.id for person in people]),
            Delegation.first_day <= on,
            Delegation.last_day >= on,
        )
    ).all()
    candidates = {p.id: p for p in [*people, *(delegation.taker for delegation in takers)]}
    return [
        person
        for person in candidates.values()
        if may_decide(session, person, version, organisation, on)
    ]


def _delegations_to(session: Session, person: Person, on: date) -> Iterator[Delegation]:
    yield from session.scalars(
        select(Delegation).where(
            Delegation.taker_id == person.id,
            Delegation.first_day <= on,
            Delegation.last_day >= on,
        )
    )


def obstacle(
    session: Session, version: Version, organisation: Organisation, on: date
) -> Obstacle | None:
    """Return why nobody may decide on the step that waits; None if somebody may."""
    step = waiting_step(version)
    if step is None or deciders(session, version, organisation, on):
        return None
    request = version.request
    holders = holders_of(step, request.unit, organisation)
    if not holders:
        return "no_holder"
    others = set(holders) - {request.traveller.subject, request.filer.subject}
    return "never_met" if others else "own_request"
