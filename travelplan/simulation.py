"""What if: the same trips judged by two schemes, and what would be different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from travelplan.audit.words import TripWords
from travelplan.emissions.factors import CABINS, Cabin
from travelplan.errors import FieldProblem, InputError
from travelplan.journeys.model import MODES
from travelplan.language import Message, message
from travelplan.places.normalise import normalise
from travelplan.recommendation import Option, Recommendation, recommend
from travelplan.reference import Reference
from travelplan.scheme.rulebook import Scheme
from travelplan.trip import Trip, parse_trip

_UNREADABLE = message("This row cannot be read: look at its quotation marks and its cells.")


@dataclass(frozen=True, slots=True)
class Way:
    """How a trip would be made under one scheme.

    `mode` is the booked one unless the scheme does not allow it; "" if no way is left. `kg` of
    CO2e and `hours` from door to door are of all travellers, there and back; None if unknown.
    `version` is the day of the version that judged; `early` says that it is not in force then.
    """

    outcome: str
    mode: str
    kg: float | None
    hours: float | None
    version: str
    early: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: the trip under the first scheme and under the second, or why it was not judged."""

    line: int
    trip_id: str
    destination: str
    travellers: int = 1
    before: Way | None = None
    after: Way | None = None
    assumed_flight: bool = False
    problems: tuple[tuple[str, Message], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the outcome differs."""
        return bool(self.before and self.after and self.before.outcome != self.after.outcome)

    @property
    def flights(self) -> int:
        """Return flights that the second scheme adds (negative: avoids), of all travellers."""
        if not self.before or not self.after:
            return 0
        flown = (self.after.mode == "plane") - (self.before.mode == "plane")
        return flown * 2 * self.travellers


@dataclass(slots=True)
class Summary:
    """What all rows come to. Sums only count rows where both sides are known."""

    rows: int = 0
    judged: int = 0
    bad: int = 0
    changed: int = 0
    flights_avoided: int = 0
    flights_added: int = 0
    kg: float = 0.0
    hours: float = 0.0
    unknown_kg: int = 0
    assumed_flights: int = 0
    early: int = 0
    changes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: Compared) -> None:
        """Count one row."""
        self.rows += 1
        if not row.before or not row.after:
            self.bad += 1
            return
        self.judged += 1
        self.changed += row.changed
        self.flights_added += max(row.flights, 0)
        self.flights_avoided += max(-row.flights, 0)
        self.assumed_flights += row.assumed_flight
        self.early += row.before.early or row.after.early
        if row.changed:
            self.changes[row.before.outcome, row.after.outcome] += 1
        self._add_sums(row.before, row.after)

    def _add_sums(self, before: Way, after: Way) -> None:
        if before.mode == after.mode:
            return
        if before.kg is None or after.kg is None:
            self.unknown_kg += 1
        else:
            self.kg += after.kg - before.kg
        if before.hours is not None and after.hours is not None:
            self.hours += after.hours - before.hours


def compare(
    rows: Iterable[tuple[int, Mapping[str, str] | None]],
    reference: Reference,
    against: Scheme,
    words: TripWords,
) -> Iterator[Compared]:
    """Yield each row judged by the scheme of `reference` and by another; see `Compared`.

    A row that cannot be read is explained and never stops the next. The version in force on the
    day of departure judges; where none is, the newest does, and the row says so.
    """
    other = replace(reference, scheme=against)
    for line, written in rows:
        if written is None:
            yield Compared(line, str(line), "", problems=(("row", _UNREADABLE),))
            continue
        cells = _understood(written, words)
        trip_id = cells.get("trip_id", "") or str(line)
        typed = cells.get("destination", "")
        try:
            trip = _trip(cells, reference)
            answers = [_judged(trip, cells, side) for side in (reference, other)]
        except InputError as error:
            problems = tuple((p.field, p.message) for p in error.problems)
            yield Compared(line, trip_id, typed, problems=problems)
            continue
        booked = cells.get("mode", "")
        ways = [_way(answer, booked, early=early) for answer, early in answers]
        assumed = not booked and any(way.mode == "plane" for way in ways)
        yield Compared(line, trip_id, typed, trip.travellers, ways[0], ways[1], assumed)


def _understood(cells: Mapping[str, str], words: TripWords) -> dict[str, str]:
    """Return the cells with mode, class and role by our names, as far as they are known."""
    found = dict(cells)
    for name, known in (("mode", words.modes), ("class", words.classes), ("role", words.roles)):
        typed = found.get(name, "")
        found[name] = known.get(normalise(typed), typed)
    return found


def _trip(cells: Mapping[str, str], reference: Reference) -> Trip:
    mode = cells.get("mode", "")
    problems = []
    if mode and mode not in MODES:
        text = message(
            "“{typed}” is not a mode. Choose {modes}.", typed=mode[:60], modes=", ".join(MODES)
        )
        problems.append(FieldProblem("mode", "unknown_mode", text))
    if not cells.get("depart"):
        text = message("The day of departure is missing.")
        problems.append(FieldProblem("depart", "missing", text))
    wanted = ("origin", "destination", "depart", "return", "travellers", "role", "reason")
    fields = {name: cells.get(name) for name in wanted}
    if not fields["depart"]:
        fields["return"] = None
    try:
        trip = parse_trip(fields, reference.places, listed=reference.destinations.listed_ids)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from None
    if problems:
        raise InputError(problems)
    return trip


def _judged(
    trip: Trip, cells: Mapping[str, str], reference: Reference
) -> tuple[Recommendation, bool]:
    scheme = reference.scheme
    early = not scheme.is_in_force(trip.depart)
    if early:
        newest = replace(scheme.newest, first_day=trip.depart, last_day=None)
        reference = replace(reference, scheme=replace(scheme, versions=(newest,)))
    cabin: Cabin = next((c for c in CABINS if c == cells.get("class")), "economy")
    return recommend(trip, reference, cabin=cabin), early


def _way(answer: Recommendation, booked: str, *, early: bool) -> Way:
    options = {option.mode: option for option in reversed(answer.options)}
    wanted = booked or ("plane" if "plane" in options else "")
    verdicts = {str(mode): verdict for mode, verdict in answer.decision.verdicts.items()}
    stopped = answer.outcome == "trip_not_approved"
    barred = verdicts.get(wanted) == "not_allowed"
    mode = "" if stopped else wanted
    if not stopped and (barred or not wanted):
        allowed = (m for m in reversed(options) if verdicts.get(m) != "not_allowed")
        mode = next(allowed, "")
    option = options.get(mode)
    version = answer.decision.version.version.isoformat()
    kg, hours = _sums(option, answer.trip.travellers) if not stopped else (0.0, 0.0)
    return Way(answer.decision.outcome, mode, kg, hours, version, early)


def _sums(option: Option | None, travellers: int) -> tuple[float | None, float | None]:
    if option is None:
        return None, None
    kg = option.emissions.wtw.central * travellers if option.emissions else None
    return kg, option.journey.door_to_door_min * 2 * travellers / 60
