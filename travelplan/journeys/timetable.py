"""The rail timetable as data: stations, lines with their stops, walks, kilometres by country.

A line is a regular service with its typical fastest running time; it runs both ways.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from travelplan.journeys.tables import Faults, read_table
from travelplan.language import Words
from travelplan.sourced import Basis, FileModel, Source
from travelplan.strict import Document

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
Positive = Annotated[int, Field(gt=0)]


class ChangeRule(FileModel):
    """What a change of trains costs: a least time, and a share of the headway up to a most."""

    transfer_min: Positive
    headway_share: Annotated[float, Field(ge=0, le=1)]
    headway_most_min: Positive
    service_day_min: Positive
    basis: Basis
    note: str = ""

    def minutes(self, trains_a_day: int) -> int:
        """Return the change time of a line, rounded to an even number of minutes.

        Even, because a change is charged half by the line left and half by the line boarded,
        so that both directions of a journey cost the same.
        """
        headway_min = self.service_day_min / trains_a_day
        waiting_min = min(self.headway_most_min, self.headway_share * headway_min)
        return 2 * round((self.transfer_min + waiting_min) / 2)


class CheckIn(FileModel):
    """Security and passport control before the trains of one operator at one station."""

    operator: str
    station: str
    change_min: Positive
    first_train_min: Positive
    basis: Basis
    note: str = ""


class RailHead(FileModel):
    """What the head of the timetable says: its edition, its source and the rules of changing."""

    edition: str
    as_of: str
    source: Source
    basis: Basis
    change: ChangeRule
    check_in: CheckIn
    limit_min: Positive
    tolerance: Annotated[float, Field(ge=0, le=1)]
    energy_source: Source
    countries_source: Source


@dataclass(frozen=True, slots=True)
class Station:
    """A station, the city it serves and the names to show; position in decimal degrees."""

    name: str
    city: str
    country: str
    lat: float
    lon: float
    names: Words


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a line, with minutes and rail kilometres since its first stop."""

    station: str
    minutes: int
    km: int


@dataclass(frozen=True, slots=True)
class Line:
    """A regular service. `kind` is one of KINDS, `energy` one of ENERGY_CLASSES."""

    id: str
    operator: str
    kind: str
    energy: str
    trains_a_day: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """The way between two stations of one city, on foot or by metro."""

    a: str
    b: str
    minutes: int
    km: float
    mode: str


@dataclass(frozen=True)
class Timetable:
    """All of it. `shares` gives the part of each hop's kilometres that lies in each country."""

    head: RailHead
    stations: Mapping[str, Station]
    lines: tuple[Line, ...]
    walks: tuple[Walk, ...]
    shares: Mapping[tuple[str, str], Mapping[str, float]]

    @classmethod
    def from_texts(
        cls, head: Document, *, lines: str, stations: str, walks: str, countries: str
    ) -> Timetable:
        """Read the four texts beside their head.

        Raises:
            DataError: a text has faults; each is named with its line.
        """
        known = {s.name: s for s in read_table(stations, "stations.csv", _STATION, _station)}
        timetable = cls(
            head=head.parse(RailHead),
            stations=known,
            lines=tuple(_lines(lines, known)),
            walks=read_table(walks, "walks.csv", _WALK, _walk),
            shares=_shares(countries),
        )
        _require_known_ends(timetable)
        return timetable

    def km_by_country(self, a: Stop, b: Stop) -> Mapping[str, float]:
        """Return the kilometres between two neighbouring stops by ISO code."""
        km = abs(b.km - a.km)
        shares = self.shares.get(hop(a.station, b.station), {})
        return {country: km * share for country, share in shares.items()}


_STATION = ("station", "city", "country", "lat", "lon", "name_nl", "name_fr", "name_en")
_WALK = ("station_a", "station_b", "minutes", "km", "mode")
_COUNTRY = ("station_a", "station_b", "country", "share")


def hop(a: str, b: str) -> tuple[str, str]:
    """Return the key of two neighbouring stops, the same in both directions."""
    return (a, b) if a < b else (b, a)


def _station(row: Mapping[str, str]) -> Station:
    return Station(
        name=row["station"],
        city=row["city"],
        country=row["country"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        names=Words(row["name_nl"], row["name_fr"], row["name_en"]),
    )


def _walk(row: Mapping[str, str]) -> Walk:
    if row["mode"] not in {"walk", "metro"}:
        raise ValueError(f"{row['mode']} is not walk or metro")
    return Walk(
        row["station_a"], row["station_b"], int(row["minutes"]), float(row["km"]), row["mode"]
    )


def _shares(text: str) -> Mapping[tuple[str, str], Mapping[str, float]]:
    def build(row: Mapping[str, str]) -> tuple[tuple[str, str], str, float]:
        return hop(row["station_a"], row["station_b"]), row["country"], float(row["share"])

    shares: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for pair, country, share in read_table(text, "countries.csv", _COUNTRY, build):
        shares[pair][country] = share
    return shares


def _lines(text: str, stations: Mapping[str, Station]) -> Iterator[Line]:
    faults = Faults("lines.txt")
    seen: Counter[str] = Counter()
    for number, row in enumerate(text.splitlines(), start=1):
        if not row or row.startswith("#"):
            continue
        try:
            line = _line(row)
        except ValueError as error:
            advice = "Write: id | operator | kind | energy | trains a day | stop:min:km > ..."
            faults.add(number, row.split(" | ")[0], f"{error}.", advice)
            continue
        seen[line.id] += 1
        for problem in _problems(line, stations, seen):
            faults.add(number, line.id, problem, "Correct the line.")
        yield line
    faults.raise_any()


def _line(row: str) -> Line:
    name, operator, kind, energy, trains, stops = row.split(" | ")
    return Line(
        name, operator, kind, energy, int(trains), tuple(_stop(s) for s in stops.split(" > "))
    )


def _stop(text: str) -> Stop:
    station, minutes, km = text.split(":")
    return Stop(station, int(minutes), int(km))


def _problems(line: Line, stations: Mapping[str, Station], seen: Counter[str]) -> Iterator[str]:
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
        if b.minutes <= a.minutes or b.km <= a.km:
            yield f"{b.station} is not later and farther than {a.station}."


def _require_known_ends(timetable: Timetable) -> None:
    faults = Faults("walks.csv")
    for number, walk in enumerate(timetable.walks, start=2):
        for name in (walk.a, walk.b):
            if name not in timetable.stations:
                faults.add(number, name, "the station is not in stations.csv.", "Correct it.")
    faults.raise_any()
    faults = Faults("countries.csv")
    for line in timetable.lines:
        for a, b in pairwise(line.stops):
            if hop(a.station, b.station) not in timetable.shares:
                where = f"{a.station}-{b.station}"
                faults.add(1, where, "the hop is missing.", "Run scripts/build_rail.py.")
    faults.raise_any()
