"""When only one place carries a name, and it still is not certain that it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travelplan.places.index import Entry, Index
from travelplan.places.search import Match, Ranker
from travelplan.places.suggest import misspelt

if TYPE_CHECKING:
    from travelplan.places.head import Ranking

MOST_COMPARED = 1000
SHORTEST_MISSPELT = 5


def better_known(
    found: Match, name: str, index: Index, ranker: Ranker, ranking: Ranking
) -> list[Entry]:
    """Return places that may be meant instead of the only one called so, the likeliest first.

    For a place on another continent: those on ours that only begin so and are likelier (San is a
    town in Mali, and the beginning of San Sebastián). For an obscure one there, and for an
    obscure one that merely has the name as a by-name: those one typing error away that are much
    better known.
    """
    rivals: list[Match] = []
    if not found.at_home:
        rows = index.rows_starting_with(name + " ")
        starting = (ranker.match(entry) for entry in index.most_populous(rows, MOST_COMPARED))
        rivals += [match for match in starting if match.at_home and match.score > found.score]
    is_obscure = found.score < ranking.obscure_score.value
    if is_obscure and len(name) >= SHORTEST_MISSPELT and not (found.at_home and found.is_called_so):
        least = found.score + ranking.better_known_by.value
        alike = (ranker.match(entry) for entry in misspelt(index, name))
        rivals += [
            match for match in alike if match.score >= least and match.at_home >= found.at_home
        ]
    rivals.sort(key=lambda match: -match.score)
    return list(dict.fromkeys(match.entry for match in rivals if match.entry.id != found.entry.id))
