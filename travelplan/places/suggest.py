"""Names that begin like what was typed, or are spelled almost like it."""

from __future__ import annotations

from travelplan.places.index import Entry, Index
from travelplan.places.search import Ranker

SHORTEST_BEGINNING = 2
MOST_RANKED = 100
ENOUGH_NAMES = 5
MOST_ERRORS = 6
LONGEST_MISSPELT = 50


def beginning_with(index: Index, start: str, ranker: Ranker) -> list[Entry]:
    """Return places with a name that starts so, the likeliest first.

    Only the most populous are ranked by nearness too: there may be thousands.
    """
    if len(start) < SHORTEST_BEGINNING:
        return []
    found = index.most_populous(index.rows_starting_with(start), MOST_RANKED)
    return _likeliest_first(found, ranker)


def nearest_names(index: Index, name: str, ranker: Ranker, least_similarity: float) -> list[Entry]:
    """Return places with a name spelled almost so: by the number of typing errors, then by rank.

    Counts a letter too many, too few, wrong, or two swapped (optimal string alignment).
    What is longer than nearly every name is not compared: that would only take long.
    """
    if len(name) > LONGEST_MISSPELT:
        return []
    from rapidfuzz.distance import OSA  # noqa: PLC0415  (only a typo needs it)
    from rapidfuzz.process import extract  # noqa: PLC0415

    most_errors = min(MOST_ERRORS, int(len(name) * (1 - least_similarity)))
    for errors in range(1, most_errors + 1):
        hits = extract(name, index.name_list, scorer=OSA.distance, score_cutoff=errors, limit=None)
        if len(hits) >= ENOUGH_NAMES or (hits and errors == most_errors):
            return _by_errors(index, [(int(hit[1]), hit[0]) for hit in hits], ranker)
    return []


def misspelt(index: Index, name: str) -> list[Entry]:
    """Return the places with a name that is one typing error away, in no order."""
    if len(name) > LONGEST_MISSPELT:
        return []
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.process import extract  # noqa: PLC0415

    hits = extract(name, index.name_list, scorer=OSA.distance, score_cutoff=1, limit=None)
    rows = (row for hit in hits if hit[0] != name for row in index.rows_called(hit[0]))
    return index.most_populous(rows, MOST_RANKED)


def _by_errors(index: Index, hits: list[tuple[int, str]], ranker: Ranker) -> list[Entry]:
    entries: list[Entry] = []
    for errors in sorted({errors for errors, _ in hits}):
        names = (name for found, name in hits if found == errors)
        rows = (row for name in names for row in index.rows_called(name))
        entries += _likeliest_first(index.most_populous(rows, MOST_RANKED), ranker)
    return entries


def _likeliest_first(entries: list[Entry], ranker: Ranker) -> list[Entry]:
    return sorted(entries, key=lambda entry: -ranker.match(entry).score)
