"""The lines of the rail timetable: what a file of lines says, read strictly.

A file holds the lines of one country or region. It opens with three words on where it comes from,
which hold for each of its lines that does not say otherwise:

    as_of: 2025/26
    confidence: high
    source: ...

    id | operator | kind | energy class | trains a day | stop:minutes:km > ... [| confidence: why]

Minutes and rail kilometres count from the first stop. A line runs both ways; where the way back
takes another time it is written behind a stroke (Sofia:0/0:0 > Istanbul:655/580:585).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from travelplan.journeys.model import Confidence
from travelplan.journeys.tables import Faults

KINDS = ("high-speed", "intercity", "regional", "coach", "ferry")
ENERGY_CLASSES = (
    "tgv",
    "hsr",
    "eurostar_continental",
    "eurostar_channel",
    "ice",
    "ic",
    "ic_be",
    "regional",
    "diesel_regional",
    "ter",
    "intercites",
    "coach",
    "ferry",
)
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
_ADVICE = "Write: id | operator | kind | energy | trains a day | stop:min:km > ..."
_HEAD = ("as_of", "confidence", "source")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a line: minutes and rail kilometres since its first stop.

    `back_min` are the minutes from here back to the first stop.
    """

    station: str
    minutes: int
    km: int
    back_min: int


@dataclass(frozen=True, slots=True)
class Line:
    """A regular service. `kind` is one of KINDS, `energy` one of ENERGY_CLASSES.

    `confidence` is one of CONFIDENCES: how sure we are of its minutes, and `note` says why if the
    line differs from its file; `as_of` and `source` are those of the file.
    """

    id: str
    operator: str
    kind: str
    energy: str
    trains_a_day: int
    stops: tuple[Stop, ...]
    confidence: Confidence
    note: str
    as_of: str
    source: str

    def minutes(self, a: int, b: int) -> int:
        """Return the minutes of a ride from stop number `a` to stop number `b`."""
        start, end = self.stops[a], self.stops[b]
        return end.minutes - start.minutes if a < b else start.back_min - end.back_min


def read_lines(files: Mapping[str, str], stations: Mapping[str, object]) -> Iterator[Line]:
    """Yield the lines of all files.

    Args:
        files: the texts by name of file.
        stations: the stations that lines may call at, by name.

    Raises:
        DataError: a file has faults; each is named with its line.
    """
    seen: Counter[str] = Counter()
    for file, text in files.items():
        yield from _of_file(file, text, stations, seen)


def _of_file(
    file: str, text: str, stations: Mapping[str, object], seen: Counter[str]
) -> Iterator[Line]:
    faults = Faults(file)
    head: dict[str, str] = {}
    found = []
    for number, row in enumerate(text.splitlines(), start=1):
        if not row or row.startswith("#"):
            continue
        name, colon, value = row.partition(": ")
        if colon and name in _HEAD:
            head[name] = value
            continue
        try:
            line = _line(row, head)
        except (ValueError, KeyError) as error:
            faults.add(number, row.split(" | ")[0], f"{error}.", _ADVICE)
            continue
        seen[line.id] += 1
        for problem in _problems(line, stations, seen):
            faults.add(number, line.id, problem, "Correct the line.")
        found.append(line)
    for name in _HEAD:
        if name not in head:
            faults.add(1, name, "is missing.", f"Write {name}: ... above the lines.")
    faults.raise_any()
    yield from found


def _line(row: str, head: Mapping[str, str]) -> Line:
    name, operator, kind, energy, trains, stops, *own = row.split(" | ")
    confidence, _, note = own[0].partition(": ") if own else (head["confidence"], "", "")
    if confidence not in CONFIDENCES:
        raise ValueError(f"{confidence} is not a confidence: {', '.join(CONFIDENCES)}")
    return Line(
        id=name,
        operator=operator,
        kind=kind,
        energy=energy,
        trains_a_day=int(trains),
        stops=tuple(_stop(s) for s in stops.split(" > ")),
        confidence=confidence,
        note=note,
        as_of=head["as_of"],
        source=head["source"],
    )


def _stop(text: str) -> Stop:
    station, times, km = text.split(":")
    out, _, back = times.partition("/")
    return Stop(station, int(out), int(km), int(back or out))


def _problems(line: Line, stations: Mapping[str, object], seen: Counter[str]) -> Iterator[str]:
    if seen[line.id] > 1:
        yield "the id stands here twice."
    if line.kind not in KINDS:
        yield f"{line.kind} is not a kind of line."
    if line.energy not in ENERGY_CLASSES:
        yield f"{line.energy} is not an energy class."
    if line.trains_a_day < 1:
        yield "no train a day."
    if len(line.stops) < 2:
        yield "fewer than two stops."
    for stop in line.stops:
        if stop.station not in stations:
            yield f"{stop.station} is not in stations.csv."
    for a, b in pairwise(line.stops):
        if b.minutes <= a.minutes or b.back_min <= a.back_min or b.km <= a.km:
            yield f"{b.station} is not later and farther than {a.station}."
