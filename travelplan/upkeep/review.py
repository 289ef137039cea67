"""What should change in a list of destinations, each with the evidence for it.

Nothing here changes the list. Every suggestion names the numbers it rests on, so that a person
can count them again in the file of trips.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from travelplan.destinations import OUTCOME_OF_LEVEL, Entry, Level, Refusal
from travelplan.places import Place
from travelplan.recommendation import Recommendation, recommend
from travelplan.reference import Reference
from travelplan.scheme.facts import UNREACHABLE
from travelplan.trip import Trip
from travelplan.upkeep.check import check_destinations, computed_level
from travelplan.upkeep.parameters import Parameters
from travelplan.upkeep.visits import Visit

Kind = Literal["join", "leave", "minutes", "level", "recheck", "near-limit"]
KINDS: tuple[Kind, ...] = ("join", "leave", "minutes", "level", "near-limit", "recheck")
LEVEL_OF_OUTCOME: Mapping[str, Level] = {o: level for level, o in OUTCOME_OF_LEVEL.items()}


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What the list would say of a place that joins; `minutes` None where no train goes."""

    level: Level
    mode: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may have to change.

    `stated` is what the list says now and `computed` what it would say, both "" where that is for
    a person to fill in; `evidence` holds the numbers behind it, `trips` the trips counted.
    """

    kind: Kind
    place: Place
    stated: str
    computed: str
    evidence: Mapping[str, str | int]
    trips: tuple[str, ...] = ()
    entry: Entry | None = None
    new: NewEntry | None = None

    @property
    def id(self) -> str:
        """What to name it by: the kind and the place."""
        return f"{self.kind}:{self.place.id}"

    @property
    def because(self) -> str:
        """The evidence as one line of English, for the history in the file."""
        return ", ".join(f"{name} {value}" for name, value in self.evidence.items())


@dataclass(frozen=True)
class Review:
    """What a review found: suggestions by kind and name, and those refused before."""

    first: date
    last: date
    parameters: Parameters
    visits: int
    suggestions: tuple[Suggestion, ...]
    refused: tuple[tuple[Suggestion, Refusal], ...] = ()
    out_of_scope: tuple[tuple[Place, int, str], ...] = field(default=())


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier, or the last day of that month."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    for shown in range(day.day, 27, -1):
        try:
            return date(year, month + 1, shown)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def review(
    reference: Reference,
    visits: Sequence[Visit] | None,
    parameters: Parameters,
    day: date,
) -> Review:
    """Return what should change in the list of a reference.

    Args:
        reference: the list, and what computed values rest on.
        visits: the trips made; None if none were given, and then nobody joins or leaves.
        parameters: the thresholds.
        day: the day of the review. The window of visits ends on it and starts the day after it,
            `window_months` earlier; both days count.
    """
    first = months_before(day, parameters.window_months) + timedelta(days=1)
    counted = _by_place(visits or (), first, day)
    found: list[Suggestion] = []
    outside: list[tuple[Place, int, str]] = []
    if visits is not None:
        window = {"from": first.isoformat(), "to": day.isoformat()}
        found += _joining(reference, counted, parameters, window, outside)
        found += _leaving(reference, counted, parameters, window)
    found += _differing(reference, day)
    found += _ageing(reference, parameters, day)
    found.sort(key=lambda item: (KINDS.index(item.kind), item.place.name))
    refusals = {r.suggestion: r for r in reference.destinations.refused if r.until >= day}
    return Review(
        first,
        day,
        parameters,
        sum(map(len, counted.values())),
        tuple(item for item in found if item.id not in refusals),
        tuple((item, refusals[item.id]) for item in found if item.id in refusals),
        tuple(outside),
    )


def _by_place(visits: Iterable[Visit], first: date, last: date) -> dict[str, list[Visit]]:
    """Return the visits in the window by place; same-day trips are no visits of days abroad."""
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        if first <= visit.depart <= last and visit.back != visit.depart:
            found[visit.place.id].append(visit)
    return found


def _joining(
    reference: Reference,
    counted: Mapping[str, Sequence[Visit]],
    parameters: Parameters,
    window: Mapping[str, str],
    outside: list[tuple[Place, int, str]],
) -> Iterator[Suggestion]:
    entries = {entry.place: entry for entry in reference.destinations.entries}
    day = date.fromisoformat(window["to"])
    for id_, visits in counted.items():
        entry = entries.get(id_)
        if len(visits) < parameters.join_visits or (entry and entry.status == "listed"):
            continue
        place = visits[0].place
        answer = _answer(reference, place, day)
        level = LEVEL_OF_OUTCOME.get(computed_level(answer)) if answer else None
        if answer is None or level is None:
            reason = computed_level(answer) if answer else "origin"
            outside.append((place, len(visits), reason))
            continue
        minutes = _rail_min(answer)
        evidence: dict[str, str | int] = {"visits": len(visits), **window}
        evidence["at least"] = parameters.join_visits
        yield Suggestion(
            "join",
            place,
            entry.status if entry else "",
            "listed",
            evidence,
            tuple(visit.trip for visit in visits),
            entry,
            NewEntry(level, "train" if minutes is not None else "plane", minutes),
        )


def _leaving(
    reference: Reference,
    counted: Mapping[str, Sequence[Visit]],
    parameters: Parameters,
    window: Mapping[str, str],
) -> Iterator[Suggestion]:
    for entry, place in _known(reference):
        visits = counted.get(entry.place, ())
        if entry.status == "listed" and len(visits) <= parameters.leave_visits:
            evidence: dict[str, str | int] = {"visits": len(visits), **window}
            evidence["at most"] = parameters.leave_visits
            trips = tuple(visit.trip for visit in visits)
            yield Suggestion("leave", place, "listed", "candidate", evidence, trips, entry)


def _differing(reference: Reference, day: date) -> Iterator[Suggestion]:
    """Yield the entries of which minutes or level are no longer the computed ones."""
    for difference in check_destinations(reference, day):
        entry = difference.entry
        place = reference.places.get(entry.place)
        if place is None or difference.what not in ("rail_min", "level"):
            continue
        evidence: dict[str, str | int] = {"computed for": day.isoformat()}
        if difference.what == "rail_min":
            stated, computed = difference.stated, difference.computed
            yield Suggestion("minutes", place, stated, computed, evidence, entry=entry)
        elif difference.computed in LEVEL_OF_OUTCOME:
            computed = LEVEL_OF_OUTCOME[difference.computed]
            yield Suggestion("level", place, entry.level, computed, evidence, entry=entry)


def _ageing(reference: Reference, parameters: Parameters, day: date) -> Iterator[Suggestion]:
    """Yield the listed entries that nobody checked for long, and those near a limit."""
    for entry, place in _known(reference):
        if entry.status != "listed" or entry.rail is None:
            continue
        since = entry.rail.checked_on or entry.added
        days = (day - since).days
        if days > parameters.recheck_days:
            evidence: dict[str, str | int] = {
                "days since": days,
                "checked" if entry.rail.checked_on else "added and never checked": str(since),
                "at most": parameters.recheck_days,
            }
            stated = str(entry.rail.minutes)
            yield Suggestion("recheck", place, stated, "", evidence, entry=entry)
        near = _nearest_limit(reference, place, day)
        if near and abs(near[0] - near[1]) <= parameters.near_limit_min and not entry.decided:
            evidence = {
                "minutes": near[0],
                "limit": near[1],
                "apart": abs(near[0] - near[1]),
                "at most": parameters.near_limit_min,
            }
            yield Suggestion("near-limit", place, entry.level, entry.level, evidence, entry=entry)


def _nearest_limit(reference: Reference, place: Place, day: date) -> tuple[int, int] | None:
    """Return rail minutes and the limit on them that lies nearest, of those the scheme tested."""
    answer = _answer(reference, place, day)
    tested = answer.decision.tested if answer else ()
    pairs = [
        (int(test.value), int(test.bound))
        for test in tested
        if test.fact == "rail_min"
        and isinstance(test.value, int | float)
        and test.value != UNREACHABLE
        and isinstance(test.bound, int | float)
    ]
    return min(pairs, key=lambda pair: abs(pair[0] - pair[1]), default=None)


def _known(reference: Reference) -> Iterator[tuple[Entry, Place]]:
    for entry in reference.destinations.entries:
        place = reference.places.get(entry.place)
        if place:
            yield entry, place


def _answer(reference: Reference, place: Place, day: date) -> Recommendation | None:
    origin = reference.places.get(reference.destinations.origin)
    if origin is None or origin.id == place.id:
        return None
    trip = Trip(origin, place, day, back=day + timedelta(days=1), nights=1)
    return recommend(trip, reference)


def _rail_min(answer: Recommendation) -> int | None:
    minutes = answer.facts.values.get("rail_min")
    known = isinstance(minutes, int | float) and minutes != UNREACHABLE
    return int(minutes) if known and isinstance(minutes, int | float) else None
