"""What if: the trips of the register judged by two schemes, and what would be different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from http import HTTPStatus
from typing import cast

from flask import current_app, render_template, request
from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from travelplan import FieldProblem, Reference, Scheme, load_scheme, scheme_ids
from travelplan.language import Language, Message, Words, message
from travelplan.report.simulated import remarks, signed
from travelplan.scheme.vocabulary import OUTCOMES
from travelplan.sheets import load_trip_words
from travelplan.simulation import Compared, Summary, compare
from webapp.auth import HR, open_to
from webapp.hr.dashboard_filter import UNKNOWN
from webapp.hr.invented import count_invented
from webapp.hr.room import blueprint, store
from webapp.layout import current_language
from webapp.requests.typed import Faults
from webapp.store.register import MadeTrip

MOST_TRIPS = 1000
"""So many trips are judged while somebody waits for the page; the command line takes any number."""
VERSION_MARK = "@"
LONGEST_TYPED = 60
LABELS = {
    "a": message("Scheme"),
    "b": message("Against"),
    "year": message("Trips that left in"),
}


@dataclass
class Place:
    """What changes for the trips to one place."""

    name: str
    trips: int = 0
    changed: int = 0
    flights: int = 0
    kg: float = 0.0
    hours: float = 0.0


@dataclass
class Result:
    """What both schemes make of the trips."""

    language: Language
    left_out: int
    summary: Summary = field(default_factory=Summary)
    by_outcome: tuple[Counter[str], Counter[str]] = field(
        default_factory=lambda: (Counter(), Counter())
    )
    _places: dict[str, Place] = field(default_factory=dict)

    def add(self, row: Compared, name: str) -> None:
        """Count one trip."""
        self.summary.add(row)
        if not row.before or not row.after:
            return
        self.by_outcome[0][row.before.outcome] += 1
        self.by_outcome[1][row.after.outcome] += 1
        place = self._places.setdefault(row.destination, Place(name))
        place.trips += 1
        place.changed += row.changed
        place.flights += row.flights
        if row.before.mode != row.after.mode:
            if row.before.kg is not None and row.after.kg is not None:
                place.kg += row.after.kg - row.before.kg
            if row.before.hours is not None and row.after.hours is not None:
                place.hours += row.after.hours - row.before.hours

    @property
    def outcomes(self) -> Iterator[tuple[Message, int, int]]:
        """Each outcome with the number of trips under the first and under the second scheme."""
        before, after = self.by_outcome
        for outcome, text in OUTCOMES.items():
            if before[outcome] or after[outcome]:
                yield text, before[outcome], after[outcome]

    @property
    def changes(self) -> list[tuple[Message, Message, int]]:
        """From which outcome to which, and for how many trips."""
        counted = self.summary.changes.most_common()
        return [(OUTCOMES[old], OUTCOMES[new], number) for (old, new), number in counted]

    @property
    def places(self) -> list[Place]:
        """The places where anything changes, the largest change of CO2e first."""
        found = [p for p in self._places.values() if p.changed or p.flights]
        return sorted(found, key=lambda place: (-abs(place.kg), -place.changed, place.name))

    @property
    def tonnes(self) -> str:
        """The difference of CO2e."""
        return signed(self.summary.kg / 1000, 2, self.language)

    @property
    def hours(self) -> str:
        """The difference of travel time."""
        return signed(self.summary.hours, 0, self.language)

    @property
    def remarks(self) -> list[str]:
        """What one must know to read the sums."""
        return list(remarks(self.summary, self.language))

    def signed(self, value: float, digits: int = 0) -> str:
        """Return a difference with its sign."""
        return signed(value, digits, self.language)


@blueprint.get("/what-if")
@open_to(HR)
def what_if() -> str | tuple[str, int]:
    """Ask for two schemes and a year, and show what the second would have changed."""
    reference = cast("Reference", current_app.extensions["reference"])
    language = current_language()
    with store().read() as session:
        years = _years(session)
        invented = count_invented(session) > 0
        asked = _asked(request.args, years, reference)
        faults = _faults(request.args, years) if asked else Faults()
        result = None
        if asked and "a" in request.args and not faults.problems:
            result = _result(session, asked, reference, language)
    page = render_template(
        "hr/what_if.html",
        asked=asked,
        faults=faults,
        result=result,
        year_choices=[
            (year, message("{year} ({count} trips)", year=str(year), count=count))
            for year, count in years
        ],
        groups=_groups(reference.scheme, language),
        name_of=lambda typed: language.say(_name(typed)),
        labels=LABELS,
        most=MOST_TRIPS,
        invented=invented,
    )
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if faults.problems else page


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: two schemes as the address names them, and a year."""

    a: str
    b: str
    year: int


def _asked(
    arguments: Mapping[str, str], years: list[tuple[int, int]], reference: Reference
) -> Asked | None:
    """Read the address; what cannot be is the first choice. None if the register is empty."""
    if not years:
        return None
    own = reference.scheme.id
    typed = arguments.get("year", "")
    known = {str(year): year for year, _ in years}
    a, b = arguments.get("a", own), arguments.get("b", "ugent")
    return Asked(
        a if _exists(a) else own,
        b if _exists(b) else own,
        known.get(typed, years[0][0]),
    )


def _faults(arguments: Mapping[str, str], years: list[tuple[int, int]]) -> Faults:
    """Return what the address names that does not exist."""
    known = {str(year) for year, _ in years}
    wrong = [name for name in ("a", "b") if name in arguments and not _exists(arguments[name])]
    if arguments.get("year", "") not in {"", *known}:
        wrong.append("year")
    return Faults(
        tuple(
            FieldProblem(
                name, "unknown", message(UNKNOWN.text, typed=arguments[name][:LONGEST_TYPED])
            )
            for name in wrong
        )
    )


def _result(session: Session, asked: Asked, reference: Reference, language: Language) -> Result:
    trips = _trips(session, asked.year)
    result = Result(language, max(0, len(trips) - MOST_TRIPS))
    names = {trip.destination_id: language.say(Words(**trip.destination)) for trip in trips}
    rows = ((n, _row(trip)) for n, trip in enumerate(trips[:MOST_TRIPS], 1))
    first = replace(reference, scheme=_scheme(asked.a))
    for row in compare(rows, first, _scheme(asked.b), load_trip_words()):
        result.add(row, names.get(row.destination, row.destination))
    return result


def _trips(session: Session, year: int) -> list[MadeTrip]:
    """Return the trips of a year, the newest first."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    chosen = select(MadeTrip).where(MadeTrip.depart >= first, MadeTrip.depart < after)
    return list(session.scalars(chosen.order_by(MadeTrip.depart.desc(), MadeTrip.trip_id)))


def _row(trip: MadeTrip) -> dict[str, str]:
    return {
        "trip_id": trip.trip_id,
        "origin": trip.origin_id,
        "destination": trip.destination_id,
        "depart": trip.depart.isoformat(),
        "return": trip.back.isoformat() if trip.back else "",
        "mode": trip.mode,
        "class": trip.travel_class,
        "travellers": str(trip.travellers),
        "role": trip.role,
        "reason": trip.reason,
    }


def _years(session: Session) -> list[tuple[int, int]]:
    """Return the years of the register with the number of trips, the newest first."""
    year = extract("year", MadeTrip.depart)
    rows = session.execute(select(year, func.count()).group_by(year).order_by(year.desc()))
    return [(int(found), count) for found, count in rows]


def _exists(typed: str) -> bool:
    id_, mark, version = typed.partition(VERSION_MARK)
    if id_ not in scheme_ids():
        return False
    return not mark or version in {v.version.isoformat() for v in _loaded(id_).versions}


@cache
def _loaded(id_: str) -> Scheme:
    return load_scheme(id_)


@cache
def _scheme(typed: str) -> Scheme:
    """Return a scheme; with a version named, as if that one had always been in force."""
    id_, _, named = typed.partition(VERSION_MARK)
    scheme = _loaded(id_)
    if not named:
        return scheme
    version = next(v for v in scheme.versions if v.version.isoformat() == named)
    always = replace(version, first_day=date.min, last_day=None)
    return replace(scheme, versions=(always,))


def _name(typed: str) -> Message:
    id_, mark, version = typed.partition(VERSION_MARK)
    body = _loaded(id_).body
    if mark:
        day = date.fromisoformat(version)
        return message("{body}, always the version of {day}", body=body, day=day)
    return message("{body} ({id})", body=body, id=id_)


def _groups(own: Scheme, language: Language) -> list[tuple[Message, list[tuple[str, Message]]]]:
    """Return what can be chosen: our own scheme, its versions, and those of other bodies."""
    versions = [f"{own.id}{VERSION_MARK}{v.version.isoformat()}" for v in reversed(own.versions)]
    others = sorted(
        ((id_, _name(id_)) for id_ in scheme_ids() if id_ != own.id),
        key=lambda pair: language.say(pair[1]).casefold(),
    )
    return [
        (
            message("Our own scheme"),
            [
                (own.id, message("{body}, the version of each day", body=own.body)),
                *((typed, _name(typed)) for typed in versions),
            ],
        ),
        (message("Other bodies"), others),
    ]
