"""The rail timetable as data: stations, lines with their stops, walks, kilometres by country.

A line is a regular service with its typical fastest running time; it runs both ways.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from travelplan.journeys.lines import Line, Stop, read_lines
from travelplan.journeys.model import Confidence
from travelplan.journeys.tables import Faults, read_table
from travelplan.language import Words
from travelplan.sourced import Basis, FileModel, Source
from travelplan.strict import Document

Positive = Annotated[int, Field(gt=0)]


class ChangeRule(FileModel):
    """What a change of trains costs: a least time, and a share of the headway up to a most.

    `dislike_min` are the minutes that a traveller gives to be spared a change.
    """

    transfer_min: Positive
    headway_share: Annotated[float, Field(ge=0, le=1)]
    headway_most_min: Positive
    service_day_min: Positive
    dislike_min: Annotated[int, Field(ge=0)]
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
    """Security and passport control before the trains of one operator from or to a station.

    `gates` are the minutes that a change onto such a train takes longer, by station where one
    boards it, `elsewhere_min` those at any other station; `arrivals` those that a change from it
    takes longer, none elsewhere. `first_train_min` is the check-in before a first train.
    """

    operator: str
    station: str
    gates: Mapping[str, Positive]
    elsewhere_min: Positive
    arrivals: Mapping[str, Positive]
    first_train_min: Positive
    basis: Basis
    note: str = ""

    def gate_min(self, station: str) -> int:
        """Return the minutes of the check-in at a station, beside those of any change."""
        return self.gates.get(station, self.elsewhere_min)

    def arrival_min(self, station: str) -> int:
        """Return the minutes of the way out of the terminal, beside those of any change."""
        return self.arrivals.get(station, 0)


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
    tolerance_by_confidence: Mapping[Confidence, Annotated[float, Field(ge=0, le=1)]]
    tolerance_basis: Basis
    alternative_longer_min: Positive
    alternative_basis: Basis
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
class Walk:
    """The way between two stations of one city, on foot or by metro."""

    a: str
    b: str
    minutes: int
    km: float
    mode: str


@dataclass(frozen=True, slots=True)
class Connection:
    """A change at `station` that is known to be quick, in both directions.

    It leads from any of `lines_a`, on the side of station `a`, to any of `lines_b`, on the side
    of station `b`.
    """

    station: str
    lines_a: tuple[str, ...]
    a: str
    lines_b: tuple[str, ...]
    b: str
    minutes: int


@dataclass(frozen=True, slots=True)
class RailTexts:
    """The texts of the timetable: the files of lines by name, and the tables beside them."""

    lines: Mapping[str, str]
    stations: str
    walks: str
    connections: str
    countries: str


@dataclass(frozen=True)
class Timetable:
    """All of it. `shares` gives the part of each hop's kilometres that lies in each country."""

    head: RailHead
    stations: Mapping[str, Station]
    lines: tuple[Line, ...]
    walks: tuple[Walk, ...]
    connections: tuple[Connection, ...]
    shares: Mapping[tuple[str, str], Mapping[str, float]]

    @classmethod
    def from_texts(cls, head: Document, texts: RailTexts) -> Timetable:
        """Read the texts beside their head.

        Raises:
            DataError: a text has faults; each is named with its line.
        """
        rows = read_table(texts.stations, "stations.csv", _STATION, _station)
        known = {station.name: station for station in rows}
        timetable = cls(
            head=head.parse(RailHead),
            stations=known,
            lines=tuple(read_lines(texts.lines, known)),
            walks=read_table(texts.walks, "walks.csv", _WALK, _walk),
            connections=read_table(texts.connections, "connections.csv", _CONNECTION, _connection),
            shares=_shares(texts.countries),
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
_CONNECTION = ("station", "lines_a", "station_a", "lines_b", "station_b", "minutes", "note")
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


def _connection(row: Mapping[str, str]) -> Connection:
    if not row["note"]:
        raise ValueError("the note does not say why")
    return Connection(
        station=row["station"],
        lines_a=tuple(row["lines_a"].split()),
        a=row["station_a"],
        lines_b=tuple(row["lines_b"].split()),
        b=row["station_b"],
        minutes=int(row["minutes"]),
    )


def _shares(text: str) -> Mapping[tuple[str, str], Mapping[str, float]]:
    def build(row: Mapping[str, str]) -> tuple[tuple[str, str], str, float]:
        return hop(row["station_a"], row["station_b"]), row["country"], float(row["share"])

    shares: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for pair, country, share in read_table(text, "countries.csv", _COUNTRY, build):
        shares[pair][country] = share
    return shares


def _require_known_ends(timetable: Timetable) -> None:
    faults = Faults("walks.csv")
    for number, walk in enumerate(timetable.walks, start=2):
        for name in (walk.a, walk.b):
            if name not in timetable.stations:
                faults.add(number, name, "the station is not in stations.csv.", "Correct it.")
    faults.raise_any()
    _require_known_calls(timetable)
    faults = Faults("countries.csv")
    for line in timetable.lines:
        for a, b in pairwise(line.stops):
            if hop(a.station, b.station) not in timetable.shares:
                where = f"{a.station}-{b.station}"
                faults.add(1, where, "the hop is missing.", "Run scripts/build_rail.py.")
    faults.raise_any()


def _require_known_calls(timetable: Timetable) -> None:
    faults = Faults("connections.csv")
    calls = {line.id: {stop.station for stop in line.stops} for line in timetable.lines}
    for number, link in enumerate(timetable.connections, start=2):
        sides = [(line, link.a) for line in link.lines_a] + [
            (line, link.b) for line in link.lines_b
        ]
        for line, end in sides:
            if not calls.get(line, set()) >= {link.station, end}:
                problem = f"{line} does not call at {link.station} and {end}."
                faults.add(number, link.station, problem, "Correct it.")
    faults.raise_any()
