"""The offline gazetteer: from what a person typed to a place, a question, or suggestions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from travelplan.errors import GeocoderError
from travelplan.geo import Located, arc_km, unit_vector
from travelplan.places.cities import GreatCities
from travelplan.places.doubt import better_known
from travelplan.places.index import Entry, Index, Tables
from travelplan.places.model import Online, Place, SearchResult
from travelplan.places.normalise import normalise
from travelplan.places.qualify import Area, Areas, Reading, readings
from travelplan.places.search import Home, Match, Ranker, settle
from travelplan.places.stops import CODE_LENGTH, Stop, Stops
from travelplan.places.suggest import beginning_with, spelled_like
from travelplan.strict import Document

if TYPE_CHECKING:
    from travelplan.places.head import Head

LONGEST_TYPED = 200
MOST_CANDIDATES = 8
MOST_SUGGESTIONS = 5
SHOWN_OF_A_COUNTRY = 3

_ID = re.compile(r"gn:([0-9]{1,12})")


class Places:
    """Every place of the gazetteer. Nothing is read after it has been built."""

    def __init__(self, head: Head, index: Index, areas: Areas, stops: Stops) -> None:
        self.head = head
        self._index = index
        self._areas = areas
        self._stops = stops
        self._ranker = self._ranker_from(Home(head.origin, head.origin.continent))
        self._online: Online | None = None

    @classmethod
    def from_texts(cls, head: Document, gazetteer: str, tables: Tables) -> Places:
        """Build the gazetteer from the texts of its files.

        Args:
            head: head.yaml.
            gazetteer: places.tsv.gz, unpacked.
            tables: the small tables beside it.

        Raises:
            DataError: a file has a fault; the first such file is named.
        """
        from travelplan.places.head import Head  # noqa: PLC0415  (pydantic, 90 ms)

        parsed = head.parse(Head)
        index = Index(gazetteer, tables)
        areas = Areas(
            frozenset(index.continents),
            parsed.country_aliases,
            region_names=index.region_names,
            local_region_names=index.local_region_names,
            other_region_names=tables.regions,
        )
        return cls(parsed, index, areas, Stops(tables.stops, parsed.stop_words))

    @property
    def continents(self) -> Mapping[str, str]:
        """The continent of each country code."""
        return self._index.continents

    def with_online(self, online: Online) -> Places:
        """Return the same gazetteer with a geocoder that is asked for what it lacks."""
        extended = copy(self)
        extended._online = online
        return extended

    def get(self, id: str) -> Place | None:  # noqa: A002  (the word that everyone uses)
        """Return the place with an id such as "gn:2797656", or None."""
        if id.startswith("osm:"):
            return self._online.get(id) if self._online else None
        number = _ID.fullmatch(id)
        entry = self._index.with_id(number[1]) if number else None
        return self._index.place(entry) if entry else None

    def find(
        self, typed: str, listed: Collection[str] = (), near: Located | None = None
    ) -> SearchResult:
        """Return what a typed name means.

        Args:
            typed: a name in any language, with or without country or region; or a place's id.
            listed: ids of the places on the organisation's list. Such a place settles the
                question against places that merely carry the name as a by-name; otherwise it
                comes first among the candidates.
            near: the position from which a nearer place is likelier; by default the head's origin.
                A place of its continent then also goes before one far away.

        Returns:
            The place if it is certain enough; else at most 8 candidates to choose from; or, if
            no place is called so, at most 5 suggestions. A typo never resolves to a place.
        """
        ranker = self._ranker if near is None else self._ranker_from(_home(near))
        known = self._called(typed, listed, ranker)
        return known or self._unknown(typed, typed.strip(), ranker)

    def named(self, typed: str) -> Place | None:
        """Return what `find` surely finds, or None at once: nothing is suggested, nobody asked."""
        found = self._called(typed, (), self._ranker)
        return found.place if found else None

    def _called(self, typed: str, listed: Collection[str], ranker: Ranker) -> SearchResult | None:
        text = typed.strip()
        if not normalise(text[:LONGEST_TYPED]) or len(text) > LONGEST_TYPED:
            return SearchResult(typed, "not_found")
        if _ID.fullmatch(text) or text.startswith("osm:"):
            place = self.get(text)
            return SearchResult(typed, "found" if place else "not_found", place)
        return (
            self._of_stop(typed, text, ranker)
            or self._named(typed, text, listed, ranker)
            or self._without_stop_words(typed, text, listed, ranker)
        )

    def starting_with(
        self, typed: str, count: int = MOST_CANDIDATES, near: Located | None = None
    ) -> tuple[Place, ...]:
        """Return the likeliest places with a name that starts so: what to offer while typing."""
        ranker = self._ranker if near is None else self._ranker_from(_home(near))
        return self._to_show(beginning_with(self._index, normalise(typed), ranker), count)

    def _named(
        self, typed: str, text: str, listed: Collection[str], ranker: Ranker
    ) -> SearchResult | None:
        for reading, areas in self._understood(text):
            matches = self._matches(reading.written, areas, listed, ranker)
            if matches:
                return self._answer(typed, reading, matches, ranker)
        return None

    def _of_stop(self, typed: str, text: str, ranker: Ranker) -> SearchResult | None:
        """Return the town of a station, an airport or a code, or None if it is none.

        A code in small letters is first a name. A place that is really called so is offered too.
        """
        stops = self._stops.called(text)
        if not stops or (len(text) == CODE_LENGTH and not self._is_code(text, ranker)):
            return None
        rivals = self._rivals_of(stops, text, ranker)
        towns = [place for stop in stops if (place := self.get(stop.place_id))]
        if len(towns) == 1 and not rivals:
            return SearchResult(typed, "found", towns[0], stop=stops[0])
        offered = (*towns, *self._to_show(rivals, MOST_CANDIDATES))
        return SearchResult(typed, "ambiguous", None, offered[:MOST_CANDIDATES])

    def _is_code(self, text: str, ranker: Ranker) -> bool:
        """Return whether three letters are a code: in capitals, or called so by no place."""
        if text.isupper():
            return True
        called_so = any(match.is_called_so for match in self._matches(text, [], (), ranker))
        return text.islower() and not called_so

    def _rivals_of(self, stops: Sequence[Stop], name: str, ranker: Ranker) -> list[Entry]:
        """Return the places called like a stop that are not much less likely than its town."""
        towns = [
            ranker.match(entry)
            for stop in stops
            if (entry := self._index.with_id(stop.place_id.removeprefix("gn:")))
        ]
        least = (
            max(town.score - town.fame for town in towns)
            - self.head.ranking.margin_over_by_name.value
        )
        same_km = self.head.ranking.same_town_km.value
        return [
            match.entry
            for match in sorted(self._matches(name, [], (), ranker), key=lambda m: -m.score)
            if match.is_called_so
            and match.score >= least
            and all(_apart_km(match.entry, town.entry) > same_km for town in towns)
        ]

    def _without_stop_words(
        self, typed: str, text: str, listed: Collection[str], ranker: Ranker
    ) -> SearchResult | None:
        """Return the town of a text such as "Nantes Airport" or "9000 Gent"."""
        town = self._stops.without_words(text)
        if not normalise(town) or normalise(town) == normalise(text):
            return None
        return self._named(typed, town, listed, ranker)

    def _unknown(self, typed: str, text: str, ranker: Ranker) -> SearchResult:
        """Return what a geocoder knows, always as a question, or what is spelled alike."""
        found: tuple[Place, ...] = ()
        trouble = ""
        try:
            found = self._online.search(text) if self._online else ()
        except GeocoderError as error:
            trouble = str(error)
        suggested = found or self._to_show(self._suggestions(text, ranker), MOST_SUGGESTIONS)
        return SearchResult(typed, "not_found", None, suggested, trouble=trouble)

    def _understood(self, text: str) -> Iterator[tuple[Reading, list[Area]]]:
        for reading in readings(text):
            areas = [self._areas.meant_by(qualifier) for qualifier in reading.qualifiers]
            if reading.name and all(areas):
                yield reading, areas

    def _matches(
        self, written: str, areas: list[Area], listed: Collection[str], ranker: Ranker
    ) -> list[Match]:
        name = normalise(written)
        matches = [
            ranker.match(entry, self._index.kind(entry, name), listed=f"gn:{entry.id}" in listed)
            for entry in _inside(self._index.called(name), areas)
        ]
        return ranker.among_namesakes(matches, written)

    def _answer(
        self, typed: str, reading: Reading, matches: list[Match], ranker: Ranker
    ) -> SearchResult:
        ranking = self.head.ranking
        verdict = settle(matches, ranking)
        countries = self._areas.meant_by("" if reading.qualifiers else reading.name).countries
        country = Area(countries, frozenset())
        inside = islice(self._index.inside(country), SHOWN_OF_A_COUNTRY) if country else ()
        if verdict.found is None:
            return self._asked(
                typed, (*verdict.asked[:SHOWN_OF_A_COUNTRY], *inside, *verdict.asked)
            )
        found = next(match for match in matches if match.entry.id == verdict.found.id)
        if reading.qualifiers or found.listed:
            return SearchResult(typed, "found", self._index.place(found.entry))
        if countries and found.entry.country not in countries:
            return self._asked(typed, (found.entry, *inside))
        others = better_known(found, reading.name, self._index, ranker, ranking)
        if others:
            return self._asked(typed, (found.entry, *others))
        if not found.at_home and found.score < ranking.least_far_score.value:
            return SearchResult(typed, "not_found", None, (self._index.place(found.entry),))
        return SearchResult(typed, "found", self._index.place(found.entry))

    def _asked(self, typed: str, entries: Iterable[Entry]) -> SearchResult:
        return SearchResult(typed, "ambiguous", None, self._to_show(entries, MOST_CANDIDATES))

    def _suggestions(self, text: str, ranker: Ranker) -> Iterable[Entry]:
        """Return what may have been meant, the likeliest first.

        For a country or a region alone its largest places. A known name in the wrong country or
        with a qualifier that means nothing comes before names spelled alike.
        """
        area = self._areas.meant_by(text)
        if area:
            return islice(self._index.inside(area), MOST_SUGGESTIONS)
        for reading in readings(text):
            matches = self._matches(reading.written, [], (), ranker) if reading.qualifiers else []
            if matches:
                return [match.entry for match in sorted(matches, key=lambda match: -match.score)]
        for reading, areas in reversed(list(self._understood(text))):
            alike = spelled_like(self._index, reading.name, ranker, self.head.ranking)
            found = list(_inside(alike, areas))
            if found:
                return found
        return ()

    def _to_show(self, entries: Iterable[Entry], count: int) -> tuple[Place, ...]:
        distinct = list(dict.fromkeys(entries))[:count]
        return tuple(self._index.place(entry) for entry in distinct)

    def _ranker_from(self, home: Home) -> Ranker:
        return Ranker(self.head.ranking, home, self._index, self._is_part_of_a_city)

    def _is_part_of_a_city(self, entry: Entry) -> bool:
        return self._great_cities.hold(entry)

    @cached_property
    def _great_cities(self) -> GreatCities:
        ranking = self.head.ranking
        return GreatCities(
            self._index.most_populous_first(),
            ranking.great_city_inhabitants.value,
            ranking.great_city_km.value,
        )


def _home(near: Located) -> Home:
    return Home(near, near.continent if isinstance(near, Place) else "")


def _apart_km(a: Entry, b: Entry) -> float:
    return arc_km(unit_vector(a), unit_vector(b))


def _inside(entries: Iterable[Entry], areas: list[Area]) -> Iterator[Entry]:
    return (entry for entry in entries if all(area.holds(entry) for area in areas))
