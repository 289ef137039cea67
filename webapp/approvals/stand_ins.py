"""Handing decisions over: somebody decides in the place of somebody else for some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from travelplan import FieldProblem, InputError
from travelplan.language import Message, message
from travelplan.trip import read_day
from webapp.auth.people import find_person
from webapp.organisation import Organisation
from webapp.requests.typed import clean
from webapp.store.tables import Delegation, Person

LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class TypedStandIn:
    """What the form holds, as typed; `giver` is filled in by HR only."""

    taker: str = ""
    first_day: str = ""
    last_day: str = ""
    giver: str = ""


def arrange(
    session: Session,
    organisation: Organisation,
    typed: TypedStandIn,
    *,
    made_by: Person,
    for_anyone: bool,
    today: date,
) -> Delegation:
    """Store a stand-in. Who arranges it hands over their own decisions; HR may for anyone.

    Raises:
        InputError: naming every wrong field.
    """
    form = _Form(session, made_by.issuer)
    giver = form.person("giver", typed.giver) if for_anyone and typed.giver.strip() else made_by
    if giver and not _decides(giver, organisation):
        form.note("giver" if for_anyone else "taker", "no_function", _NO_FUNCTION)
    taker = form.person("taker", typed.taker)
    if taker and giver and taker.id == giver.id:
        form.note("taker", "same", _SAME)
    first, last = form.day("first_day", typed.first_day), form.day("last_day", typed.last_day)
    if first and last:
        form.check_period(first, last, today)
    if form.problems or not giver or not taker or not first or not last:
        raise InputError(form.problems)
    delegation = Delegation(
        giver_id=giver.id, taker_id=taker.id, made_by=made_by.id, first_day=first, last_day=last
    )
    session.add(delegation)
    session.flush()
    return delegation


def end(session: Session, delegation: Delegation, today: date) -> None:
    """End a stand-in: from now on nobody decides by it."""
    if delegation.first_day < today:
        delegation.last_day = min(delegation.last_day, today - timedelta(days=1))
    else:
        session.delete(delegation)


def may_end(delegation: Delegation, person: Person, *, is_hr: bool) -> bool:
    """Return whether a person may end a stand-in: who hands over, who arranged it, and HR."""
    return is_hr or person.id in (delegation.giver_id, delegation.made_by)


def stand_ins_of(
    session: Session, person: Person, *, of_everybody: bool, today: date
) -> list[Delegation]:
    """Return the stand-ins that are or will be, of a person (both sides) or of everybody."""
    rows = select(Delegation).where(Delegation.last_day >= today).order_by(Delegation.first_day)
    if not of_everybody:
        mine = or_(Delegation.giver_id == person.id, Delegation.taker_id == person.id)
        rows = rows.where(mine)
    return list(session.scalars(rows))


_SAME = message("Nobody stands in for themselves: name somebody else.")
_NO_FUNCTION = message("This person decides on nothing, so there is nothing to hand over.")


def _decides(person: Person, organisation: Organisation) -> bool:
    return organisation.holds_a_function(person.subject) or organisation.has_role(
        person.subject, "hr"
    )


class _Form:
    """Reads field by field and notes what is wrong."""

    def __init__(self, session: Session, issuer: str) -> None:
        self._session = session
        self._issuer = issuer
        self.problems: list[FieldProblem] = []

    def note(self, field: str, code: str, text: Message) -> None:
        self.problems.append(FieldProblem(field, code, text))

    def person(self, field: str, typed: str) -> Person | None:
        name = clean(typed).strip()
        found = find_person(self._session, self._issuer, name)
        if not name:
            self.note(field, "missing", message("Fill in a sign-in name."))
        elif found is None:
            text = message(
                "We do not know the sign-in name “{name}”. Check it, or ask this person to sign "
                "in once.",
                name=name[:60],
            )
            self.note(field, "unknown", text)
        return found

    def day(self, field: str, typed: str) -> date | None:
        text = " ".join(clean(typed).split())
        if not text:
            self.note(field, "missing", message("Fill in a day, for example 5/3/2027."))
            return None
        try:
            return read_day(field, text)
        except InputError as error:
            self.problems += error.problems
            return None

    def check_period(self, first: date, last: date, today: date) -> None:
        if last < first:
            text = message(
                "The last day ({last}) lies before the first ({first}).", last=last, first=first
            )
            self.note("last_day", "before_first", text)
        elif last < today:
            self.note("last_day", "past", message("The last day is over. Check the year."))
        elif (last - first).days > LONGEST_DAYS:
            text = message("That is more than a year. Choose an earlier last day.")
            self.note("last_day", "too_long", text)
