"""Which of the places of one name is meant: ranked, and asked when that is not clear enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import acos, log10
from typing import TYPE_CHECKING

from travelplan.geo import Located, unit_vector
from travelplan.places.index import Entry, Kind

if TYPE_CHECKING:
    from travelplan.places.head import Ranking

EARTH_RADIUS_KM = 6371.009


@dataclass(frozen=True, slots=True)
class Match:
    """A place that carries the typed name, how it carries it, and how likely it is meant.

    `km` is the distance from where nearness counts, no less than what counts as near.
    """

    entry: Entry
    kind: Kind
    listed: bool
    km: float
    score: float

    @property
    def is_called_so(self) -> bool:
        """Whether the name is one that people use for the place, not just any by-name."""
        return self.kind != "by_name"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a name can mean: `found` is certain enough, or the person chooses from `asked`."""

    found: Entry | None
    asked: tuple[Entry, ...] = ()


class Ranker:
    """Scores places by inhabitants and by nearness to one position."""

    def __init__(self, ranking: Ranking, near: Located) -> None:
        self._bonus: dict[Kind, float] = {
            "own": ranking.own_name_bonus.value,
            "familiar": ranking.familiar_name_bonus.value,
            "by_name": 0.0,
        }
        self._near_km = ranking.near_km.value
        self._near = unit_vector(near)

    def match(self, entry: Entry, kind: Kind = "own", *, listed: bool = False) -> Match:
        """Return a place with its distance and its score, a decimal logarithm."""
        km = max(_km(unit_vector(entry), self._near), self._near_km)
        score = log10(entry.population + 1) + self._bonus[kind] - log10(km / self._near_km)
        return Match(entry, kind, listed, km, score)


def settle(matches: Iterable[Match], ranking: Ranking) -> Verdict:
    """Return the place that is meant, or those to choose from.

    The best one is found when no other contends with it. A place on the organisation's list
    settles the question against places that merely carry the name as a by-name; against places
    called so it only comes first among the candidates.
    """
    ranked = sorted(matches, key=lambda match: -match.score)
    contenders = _one_a_town([m for m in ranked if _contends(m, ranked[0], ranking)], ranking)
    if len(contenders) == 1:
        return Verdict(contenders[0].entry)
    listed = [match for match in contenders if match.listed]
    others_called_so = any(match.is_called_so for match in contenders if not match.listed)
    if len(listed) == 1 and not others_called_so:
        return Verdict(listed[0].entry)
    less_likely = [m for m in ranked if m.is_called_so and m not in contenders]
    asked = _one_a_town(contenders + less_likely, ranking)
    return Verdict(None, tuple(match.entry for match in asked))


def _contends(match: Match, best: Match, ranking: Ranking) -> bool:
    """Return whether a place may be meant rather than the one that scores best.

    A by-name never contends with a better place called so; a place called so contends with a
    by-name, and a nearer place with a farther one, over a wider margin.
    """
    if match is best:
        return True
    if match.listed and (match.is_called_so or not best.is_called_so):
        return True
    if best.is_called_so and not match.is_called_so:
        return False
    margin = ranking.margin
    if match.is_called_so and not best.is_called_so:
        margin = ranking.margin_over_by_name
    elif match.km < best.km:
        margin = ranking.margin_over_farther
    return best.score - match.score < margin.value


def _one_a_town(matches: Iterable[Match], ranking: Ranking) -> list[Match]:
    """Order by list and score, without places close to a likelier one in the same country.

    Those are a town and its municipality, or a district that carries the name of the town.
    """
    kept: list[tuple[Match, tuple[float, float, float]]] = []
    for match in sorted(matches, key=lambda match: (not match.listed, -match.score)):
        position = unit_vector(match.entry)
        if not any(
            other.entry.country == match.entry.country
            and _km(position, there) <= ranking.same_town_km.value
            for other, there in kept
        ):
            kept.append((match, position))
    return [match for match, _ in kept]


def _km(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    return EARTH_RADIUS_KM * acos(max(-1.0, min(1.0, cosine)))
