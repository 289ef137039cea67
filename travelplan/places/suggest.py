"""Names that begin like what was typed, or are spelled almost like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING

from travelplan.places.index import Entry, Index, Kind
from travelplan.places.search import Ranker

if TYPE_CHECKING:
    from travelplan.places.head import Ranking

SHORTEST_BEGINNING = 2
MOST_RANKED = 100
ENOUGH_NAMES = 5
MOST_ERRORS = 6
MOST_NAMES = 300
LONGEST_MISSPELT = 50
CLOSEST_FIRST: tuple[Kind, ...] = ("own", "familiar", "short", "by_name")


def beginning_with(index: Index, start: str, ranker: Ranker) -> list[Entry]:
    """Return places with a name that starts so, the likeliest first.

    Only the most populous are ranked by nearness too: there may be thousands.
    """
    if len(start) < SHORTEST_BEGINNING:
        return []
    found = index.most_populous(index.rows_starting_with(start), MOST_RANKED)
    return _likeliest_first(found, ranker)


def spelled_like(index: Index, name: str, ranker: Ranker, ranking: Ranking) -> list[Entry]:
    """Return places with a name that begins so or is spelled almost so, the likeliest first.

    Counts a letter too many, too few, wrong, or two swapped (optimal string alignment); letters
    that are still to come count as one error. What is longer than nearly every name is not
    compared: that would only take long.
    """
    found: list[tuple[int, Entry, Kind]] = list(_misspelt_names(index, name, ranking))
    found += [(1, entry, "by_name") for entry in beginning_with(index, name, ranker)]
    per_error = ranking.penalty_per_error.value
    best: dict[Entry, float] = {}
    for errors, entry, kind in found:
        score = ranker.match(entry, kind).score - per_error * errors
        best[entry] = max(best.get(entry, score), score)
    return sorted(best, key=lambda entry: -best[entry])


def _misspelt_names(index: Index, name: str, ranking: Ranking) -> Iterator[tuple[int, Entry, Kind]]:
    if len(name) > LONGEST_MISSPELT:
        return
    from rapidfuzz.distance import OSA  # noqa: PLC0415  (only a typo needs it)
    from rapidfuzz.process import extract  # noqa: PLC0415

    most_errors = min(MOST_ERRORS, int(len(name) * (1 - ranking.least_similarity.value)))
    for errors in range(1, most_errors + 1):
        hits = extract(
            name, index.name_list, scorer=OSA.distance, score_cutoff=errors, limit=MOST_NAMES
        )
        if len(hits) >= ENOUGH_NAMES or (hits and errors == most_errors):
            by_errors = groupby(sorted(hits, key=lambda hit: hit[1]), key=lambda hit: int(hit[1]))
            for made, alike in by_errors:
                for entry, kind in _most_populous(index, [hit[0] for hit in alike]):
                    yield made, entry, kind
            return


def _most_populous(index: Index, names: Iterable[str]) -> list[tuple[Entry, Kind]]:
    """Return the most populous places that carry one of some names, and how they carry it."""
    names_of: dict[int, list[str]] = {}
    for name in names:
        for row in index.rows_called(name):
            names_of.setdefault(row, []).append(name)
    found = [(index.entry(row), names_of[row]) for row in nsmallest(MOST_RANKED, names_of)]
    return [
        (entry, min((index.kind(entry, name) for name in called), key=CLOSEST_FIRST.index))
        for entry, called in found
    ]


def misspelt(index: Index, name: str) -> list[Entry]:
    """Return the places called so but for one typing error, in no order."""
    if len(name) > LONGEST_MISSPELT:
        return []
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    hits = extract(name, index.name_list, scorer=OSA.distance, score_cutoff=1, limit=None)
    alike = _most_populous(index, [hit[0] for hit in hits if hit[0] != name])
    return [entry for entry, kind in alike if kind != "by_name"]


def _likeliest_first(entries: list[Entry], ranker: Ranker) -> list[Entry]:
    return sorted(entries, key=lambda entry: -ranker.match(entry).score)
