"""Which request a booked trip belongs to: what is certain is joined, what is doubtful is asked.

A request fits where it goes to the same place and its days overlap, or miss each other by one.
The same traveller makes it certain; so does the same unit where no more trips fit than people
travel. Everything else waits for a person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.hr.frozen import frozen_verdict
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Row
from webapp.organisation import Organisation
from webapp.store.columns import now
from webapp.store.register import MadeTrip, PossibleMatch
from webapp.store.tables import Person, Request, Version

Why = Literal["number", "traveller", "unit", "days"]
AGREED = ("approved", "travelled")
_DAY = timedelta(days=1)


class Asked(NamedTuple):
    """A request as matching sees it. `travellers` is how many go."""

    id: str
    reference: str
    unit: str
    people: frozenset[str]
    first: date
    last: date
    travellers: int


@dataclass(frozen=True)
class Candidate:
    """A request that a trip may belong to, and what speaks for it."""

    asked: Asked
    why: Why


class Matcher:
    """Finds the requests that trips may belong to."""

    def __init__(
        self, session: Session, organisation: Organisation, pseudonyms: Pseudonyms
    ) -> None:
        self._units = {unit.id for unit in organisation.units}
        people = {p.id: pseudonyms.all_of(p) for p in session.scalars(select(Person))}
        self._known = frozenset(name for names in people.values() for name in names)
        self._asked: dict[str, list[Asked]] = defaultdict(list)
        for destination_id, asked in _asked(session, people):
            self._asked[destination_id].append(asked)

    def candidates(self, trip: Row) -> list[Candidate]:
        """Return the requests that may be this trip; those with the best grounds alone."""
        first, last = trip["depart"], max(trip["depart"], trip["back"] or trip["depart"])
        found = [
            Candidate(asked, why)
            for asked in self._asked.get(trip["destination_id"], ())
            if first <= asked.last + _DAY and asked.first <= last + _DAY
            if (why := self._why(trip, asked))
        ]
        for best in ("number", "traveller"):
            if any(item.why == best for item in found):
                return [item for item in found if item.why == best]
        return found

    def _why(self, trip: Row, asked: Asked) -> Why | None:
        if trip["trip_id"] == asked.reference:
            return "number"
        if trip["traveller"] in asked.people:
            return "traveller"
        if trip["traveller"] in self._known:
            return None  # a colleague of theirs
        if trip["unit"] == asked.unit:
            return "unit"
        return None if trip["unit"] in self._units else "days"


def match_trips(session: Session, trips: Iterable[Row], matcher: Matcher) -> Counter[str]:
    """Join trips that were just stored to their requests; return how many are certain, doubtful."""
    found = {trip["id"]: candidates for trip in trips if (candidates := matcher.candidates(trip))}
    taken = _taken(session)
    claims = Counter(item.asked.id for items in found.values() for item in items)
    counts: Counter[str] = Counter()
    for trip_id, candidates in found.items():
        trip = session.get_one(MadeTrip, trip_id)
        certain = _certain(candidates, claims, taken)
        if certain:
            join(session, trip, session.get_one(Request, certain.asked.id), "certain")
        else:
            trip.matched = "doubtful"
            session.add_all(
                PossibleMatch(trip_id=trip_id, request_id=item.asked.id, why=item.why)
                for item in candidates
            )
        counts["certain" if certain else "doubtful"] += 1
    return counts


def join(session: Session, trip: MadeTrip, request: Request, how: str) -> None:
    """Let a booked trip be that of a request: one row, judged by the frozen decision."""
    session.execute(
        delete(MadeTrip).where(MadeTrip.request_id == request.id, MadeTrip.batch_id.is_(None))
    )
    version = request.current
    trip.request_id, trip.matched = request.id, how
    trip.digital = version.digital
    if not trip.unit:
        trip.unit = request.unit
    frozen_verdict(version, trip.record["modes"]).put_on(trip)


def settle(session: Session, possible: PossibleMatch, person: Person, *, same: bool) -> None:
    """Keep what a person says of a doubtful match; a yes answers the others of that trip too."""
    trip = possible.trip
    others = session.scalars(
        select(PossibleMatch).where(
            PossibleMatch.trip_id == trip.id, PossibleMatch.answer.is_(None)
        )
    ).all()
    for item in others if same else [possible]:
        item.answer = same and item.id == possible.id
        item.answered_by, item.answered_at = person.id, now()
    if same:
        join(session, trip, session.get_one(Request, possible.request_id), "settled")
    elif all(item.answer is not None for item in others):
        trip.matched = ""


def _certain(
    candidates: Sequence[Candidate], claims: Mapping[str, int], taken: Mapping[str, int]
) -> Candidate | None:
    if len(candidates) != 1:
        return None
    (only,) = candidates
    if only.why == "days":
        return None
    id_ = only.asked.id
    fits = claims[id_] + taken.get(id_, 0) <= only.asked.travellers
    return only if only.why == "number" or fits else None


def _taken(session: Session) -> dict[str, int]:
    """Return how many booked trips each request has already."""
    rows = session.execute(
        select(MadeTrip.request_id, func.count())
        .where(MadeTrip.request_id.is_not(None), MadeTrip.batch_id.is_not(None))
        .group_by(MadeTrip.request_id)
    )
    return {str(id_): count for id_, count in rows}


def _asked(session: Session, people: Mapping[str, frozenset[str]]) -> Iterable[tuple[str, Asked]]:
    """Yield the requests that were agreed to, by destination; evidence is not read."""
    newest = (
        select(Version.request_id, func.max(Version.number).label("number"))
        .group_by(Version.request_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Request.id,
            Request.reference,
            Request.unit,
            Request.traveller_id,
            Version.destination_id,
            Version.depart,
            Version.back,
            Version.travellers,
        )
        .join(Version, Version.request_id == Request.id)
        .join(
            newest,
            (newest.c.request_id == Version.request_id) & (newest.c.number == Version.number),
        )
        .where(Request.status.in_(AGREED))
    )
    for id_, reference, unit, traveller_id, destination_id, depart, back, travellers in rows:
        last = max(depart, back or depart)
        who = people.get(traveller_id, frozenset())
        yield destination_id, Asked(id_, reference, unit, who, depart, last, travellers)
