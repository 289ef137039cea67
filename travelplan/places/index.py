"""The gazetteer's text, cut into lines and parsed only where asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from heapq import nsmallest
from typing import Literal, NamedTuple, Protocol

from travelplan.errors import DataError, Fault
from travelplan.language import Words
from travelplan.places.model import Place
from travelplan.places.normalise import normalise
from travelplan.places.table import read_table

SECTIONS = 4
AFTER_ANY_NAME = "\x7f"

Kind = Literal["own", "familiar", "short", "by_name"]


class Area(Protocol):
    """Some countries and regions."""

    @property
    def countries(self) -> frozenset[str]:
        """Country codes."""

    @property
    def regions(self) -> frozenset[str]:
        """Codes of regions such as DE.06."""

    def holds(self, entry: Entry) -> bool:
        """Return whether a place lies in one of them."""


class Tables(NamedTuple):
    """The texts of the small tables beside the gazetteer, kept by hand."""

    exonyms: str
    further_names: str
    regions: str
    local_regions: str
    stops: str
    capitals: str


class Entry(NamedTuple):
    """One line of the gazetteer; `region` is a GeoNames code such as DE.06, or empty."""

    id: str
    name: str
    country: str
    region: str
    lat: float
    lon: float
    population: int


class Index:
    """Places by name, by id and by the beginning of a name.

    The file has four sections with an empty line between: continents, regions, places (the most
    populous first) and names (normalised, sorted, each with the places that carry it). The names
    stay one text, searched by bisection: 285,000 strings would take five times the memory.
    """

    def __init__(self, gazetteer: str, tables: Tables) -> None:
        sections = gazetteer.split("\n\n")
        if len(sections) != SECTIONS:
            problem = f"has {len(sections)} sections instead of {SECTIONS}."
            raise DataError(
                "places.tsv.gz", [Fault(1, "", problem, "Build it with scripts/build_places.py.")]
            )
        continents, regions, places, self._names = sections
        self.continents = {
            country: continent
            for continent, countries in (line.split("\t") for line in continents.split("\n"))
            for country in countries.split(" ")
        }
        self.region_names: Mapping[str, str] = dict(
            line.split("\t") for line in regions.split("\n")
        )
        self._region_codes = tuple(self.region_names)
        self._places = places.split("\n")
        self._shown = {
            row["id"]: Words(row["nl"], row["fr"], row["en"])
            for row in read_table(tables.exonyms, "exonyms.csv", ("id", "nl", "fr", "en"))
        }
        self._local = {
            row["code"]: row["local"]
            for row in read_table(tables.local_regions, "local_regions.csv", ("code", "local"))
        }
        self.capitals = frozenset(
            row["id"] for row in read_table(tables.capitals, "capitals.csv", ("id",))
        )
        self._further = read_table(tables.further_names, "further_names.csv", ("id", "name"))

    def entry(self, row: int) -> Entry:
        """Return the place on a line."""
        key, name, country, region, lat, lon, population = self._places[row].split("\t")
        code = self._region_codes[int(region)] if region else ""
        return Entry(key, name, country, code, float(lat), float(lon), int(population))

    def place(self, entry: Entry) -> Place:
        """Return an entry as a place, with its names and its region in words."""
        return Place(
            id=f"gn:{entry.id}",
            name=entry.name,
            names=self._shown.get(entry.id) or Words(entry.name, entry.name, entry.name),
            country=entry.country,
            continent=self.continents[entry.country],
            region=self._local.get(entry.region) or self.region_names.get(entry.region, ""),
            lat=entry.lat,
            lon=entry.lon,
            population=entry.population,
        )

    def with_id(self, number: str) -> Entry | None:
        """Return the place with a GeoNames number, or None."""
        row = self._row_of_id.get(number)
        return None if row is None else self.entry(row)

    def called(self, name: str) -> list[Entry]:
        """Return the places that carry a normalised name, in any language."""
        entries = [self.entry(row) for row in self.rows_called(name)]
        missing = self._ids_shown_as.get(name, set()) - {entry.id for entry in entries}
        return entries + [self.entry(self._row_of_id[number]) for number in sorted(missing)]

    def kind(self, entry: Entry, name: str) -> Kind:
        """Return how a place carries a normalised name.

        own: the gazetteer's name, or one of two (Biel/Bienne). familiar: the name shown in a
        language. short: the gazetteer's without its addition (Frankfurt for Frankfurt am Main).
        by_name: any other.
        """
        own = normalise(entry.name)
        if own == name:
            return "own"
        if "/" in entry.name and name in map(normalise, entry.name.split("/")):
            return "own"
        if entry.id in self._ids_shown_as.get(name, ()):
            return "familiar"
        return "short" if own.startswith(name + " ") else "by_name"

    def inside(self, area: Area) -> Iterator[Entry]:
        """Yield the places of some countries and regions, the most populous first."""
        wanted = area.countries | {code[:2] for code in area.regions}
        for row, line in enumerate(self._places):
            if line.split("\t", 3)[2] in wanted and area.holds(entry := self.entry(row)):
                yield entry

    def most_populous_first(self) -> Iterator[Entry]:
        """Yield every place, the most populous first."""
        return (self.entry(row) for row in range(len(self._places)))

    def rows_called(self, name: str) -> Iterator[int]:
        """Yield the lines of the places that carry a normalised name."""
        start = f"{name}\t"
        line = self._name_line(self._first_from(start))
        return _rows(line) if line.startswith(start) else iter(())

    def rows_starting_with(self, start: str) -> Iterator[int]:
        """Yield the lines of places with a name that starts so, repeated and in no order."""
        span = slice(self._first_from(start), self._first_from(start + AFTER_ANY_NAME))
        for line in self._names[span].splitlines():
            yield from _rows(line)

    def most_populous(self, rows: Iterable[int], count: int) -> list[Entry]:
        """Return the most populous of the places on some lines."""
        return [self.entry(row) for row in nsmallest(count, set(rows))]

    @property
    def local_region_names(self) -> Mapping[str, str]:
        """Names of regions in their own language, by code, where the gazetteer has another."""
        return self._local

    @cached_property
    def name_list(self) -> list[str]:
        """Every normalised name, sorted."""
        return [line[: line.index("\t")] for line in self._names.split("\n")]

    def _first_from(self, start: str) -> int:
        return bisect_left(range(len(self._names)), start, key=self._name_line)

    def _name_line(self, position: int) -> str:
        """Return the line of names in which a character of the text stands."""
        end = self._names.find("\n", position)
        first = self._names.rfind("\n", 0, position) + 1
        return self._names[first:end] if end >= 0 else self._names[first:]

    @cached_property
    def _row_of_id(self) -> dict[str, int]:
        return {line[: line.index("\t")]: row for row, line in enumerate(self._places)}

    @cached_property
    def _ids_shown_as(self) -> dict[str, set[str]]:
        ids: dict[str, set[str]] = {}
        for number, words in self._shown.items():
            for name in {words.nl, words.fr, words.en}:
                ids.setdefault(normalise(name), set()).add(number)
        for row in self._further:
            ids.setdefault(normalise(row["name"]), set()).add(row["id"])
        return ids


def _rows(line: str) -> Iterator[int]:
    return map(int, line[line.index("\t") + 1 :].split(" "))
