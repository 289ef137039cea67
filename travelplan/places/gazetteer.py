"""The offline gazetteer: from what a person typed to a place, a question, or suggestions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from travelplan.geo import Located
from travelplan.places.index import Entry, Index
from travelplan.places.model import Place, SearchResult
from travelplan.places.normalise import normalise
from travelplan.places.qualify import Area, Areas, Reading, readings
from travelplan.places.search import Match, Ranker, settle
from travelplan.places.suggest import beginning_with, nearest_names
from travelplan.strict import Document

if TYPE_CHECKING:
    from travelplan.places.head import Head

LONGEST_TYPED = 200
MOST_CANDIDATES = 8
MOST_SUGGESTIONS = 5

_ID = re.compile(r"gn:([0-9]{1,12})")


class Places:
    """Every place of the gazetteer. Nothing is read after it has been built."""

    def __init__(self, head: Head, index: Index, areas: Areas) -> None:
        self.head = head
        self._index = index
        self._areas = areas
        self._ranker = Ranker(head.ranking, head.origin)

    @classmethod
    def from_texts(cls, head: Document, gazetteer: str, exonyms: str, region_names: str) -> Places:
        """Build the gazetteer from the texts of its files.

        Args:
            head: head.yaml.
            gazetteer: places.tsv.gz, unpacked.
            exonyms: exonyms.csv, the names to show in each language.
            region_names: regions.csv, names of regions that the gazetteer does not give.

        Raises:
            DataError: a file has a fault; the first such file is named.
        """
        from travelplan.places.head import Head  # noqa: PLC0415  (pydantic, 90 ms)

        parsed = head.parse(Head)
        index = Index(gazetteer, exonyms)
        areas = Areas(
            frozenset(index.continents), parsed.country_aliases, index.region_names, region_names
        )
        return cls(parsed, index, areas)

    def get(self, id: str) -> Place | None:  # noqa: A002  (the word that everyone uses)
        """Return the place with an id such as "gn:2797656", or None."""
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

        Returns:
            The place if it is certain enough; else at most 8 candidates to choose from; or, if
            no place is called so, at most 5 suggestions. A typo never resolves to a place.
        """
        text = typed.strip()
        if not normalise(text[:LONGEST_TYPED]) or len(text) > LONGEST_TYPED:
            return SearchResult(typed, "not_found")
        if _ID.fullmatch(text):
            place = self.get(text)
            return SearchResult(typed, "found" if place else "not_found", place)
        ranker = self._ranker if near is None else Ranker(self.head.ranking, near)
        for reading, areas in self._understood(text):
            matches = self._matches(reading.name, areas, listed, ranker)
            if matches:
                return self._answer(typed, reading, matches)
        suggested = self._suggestions(text, ranker)
        return SearchResult(typed, "not_found", None, self._to_show(suggested, MOST_SUGGESTIONS))

    def starting_with(
        self, typed: str, count: int = MOST_CANDIDATES, near: Located | None = None
    ) -> tuple[Place, ...]:
        """Return the likeliest places with a name that starts so: what to offer while typing."""
        ranker = self._ranker if near is None else Ranker(self.head.ranking, near)
        return self._to_show(beginning_with(self._index, normalise(typed), ranker), count)

    def _understood(self, text: str) -> Iterator[tuple[Reading, list[Area]]]:
        for reading in readings(text):
            areas = [self._areas.meant_by(qualifier) for qualifier in reading.qualifiers]
            if reading.name and all(areas):
                yield reading, areas

    def _matches(
        self, name: str, areas: list[Area], listed: Collection[str], ranker: Ranker
    ) -> list[Match]:
        return [
            ranker.match(entry, self._index.kind(entry, name), listed=f"gn:{entry.id}" in listed)
            for entry in _inside(self._index.called(name), areas)
        ]

    def _answer(self, typed: str, reading: Reading, matches: list[Match]) -> SearchResult:
        verdict = settle(matches, self.head.ranking)
        if verdict.found and self._is_in_country_so_called(reading, verdict.found):
            return SearchResult(typed, "found", self._index.place(verdict.found))
        asked = (verdict.found,) if verdict.found else verdict.asked
        return SearchResult(typed, "ambiguous", None, self._to_show(asked, MOST_CANDIDATES))

    def _is_in_country_so_called(self, reading: Reading, found: Entry) -> bool:
        """Return false for a namesake elsewhere of what is a country too: Cuba in Alabama."""
        if reading.qualifiers:
            return True
        countries = self._areas.meant_by(reading.name).countries
        return not countries or found.country in countries

    def _suggestions(self, text: str, ranker: Ranker) -> Iterable[Entry]:
        """Yield what may have been meant, the likeliest first.

        A known name in the wrong country or with a qualifier that means nothing comes before
        names spelled alike.
        """
        for reading in readings(text):
            matches = self._matches(reading.name, [], (), ranker) if reading.qualifiers else []
            if matches:
                return [match.entry for match in sorted(matches, key=lambda match: -match.score)]
        least = self.head.ranking.least_similarity.value
        for reading, areas in reversed(list(self._understood(text))):
            found = [
                *_inside(beginning_with(self._index, reading.name, ranker), areas),
                *_inside(nearest_names(self._index, reading.name, ranker, least), areas),
            ]
            if found:
                return found
        return ()

    def _to_show(self, entries: Iterable[Entry], count: int) -> tuple[Place, ...]:
        distinct = list(dict.fromkeys(entries))[:count]
        return tuple(self._index.place(entry) for entry in distinct)


def _inside(entries: Iterable[Entry], areas: list[Area]) -> Iterator[Entry]:
    return (entry for entry in entries if all(area.holds(entry) for area in areas))
