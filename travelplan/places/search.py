"""Which of the places of one name is meant: ranked, and asked when that is not clear enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import inf, log10
from typing import TYPE_CHECKING

from travelplan.geo import Located, Vector, arc_km, unit_vector
from travelplan.places.index import Entry, Index, Kind

if TYPE_CHECKING:
    from travelplan.places.head import Ranking


@dataclass(frozen=True, slots=True)
class Match:
    """A place that carries the typed name, how it carries it, and how likely it is meant.

    `km` is the distance from where nearness counts, no less than what counts as near; `at_home`
    says whether it lies on that same continent. `fame` is the part of the score that a capital has
    as one; between continents it settles nothing.
    """

    entry: Entry
    kind: Kind
    listed: bool
    km: float
    score: float
    fame: float
    continent: str
    at_home: bool

    @property
    def is_called_so(self) -> bool:
        """Whether the name is one that people use for the place, not just any by-name."""
        return self.kind != "by_name"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a name can mean: `found` is certain enough, or the person chooses from `asked`."""

    found: Entry | None
    asked: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """From where nearness counts, and the continent on which that is, "" if unknown."""

    position: Located
    continent: str


class Ranker:
    """Scores places by inhabitants and by nearness to one position."""

    def __init__(
        self,
        ranking: Ranking,
        home: Home,
        index: Index,
        is_part_of_a_city: Callable[[Entry], bool],
    ) -> None:
        self._bonus: dict[Kind, float] = {
            "own": ranking.own_name_bonus.value,
            "familiar": ranking.familiar_name_bonus.value,
            "short": ranking.familiar_name_bonus.value,
            "by_name": 0.0,
        }
        self._near_km = ranking.near_km.value
        self._near = unit_vector(home.position)
        self._home = home.continent
        self._continents = index.continents
        self._capitals = index.capitals
        self._capital_bonus = ranking.capital_bonus.value
        self._part_penalty = ranking.part_of_city_penalty.value
        self._literal_bonus = ranking.written_so_bonus.value
        self._is_part = is_part_of_a_city

    def match(self, entry: Entry, kind: Kind = "own", *, listed: bool = False) -> Match:
        """Return a place with its distance and its score, a decimal logarithm."""
        km = max(arc_km(unit_vector(entry), self._near), self._near_km)
        score = log10(entry.population + 1) + self._bonus[kind] - log10(km / self._near_km)
        is_known = kind != "by_name" and entry.id in self._capitals
        fame = self._capital_bonus if is_known else 0.0
        continent = self._continents[entry.country]
        at_home = continent == self._home
        return Match(entry, kind, listed, km, score + fame, fame, continent, at_home)

    def among_namesakes(self, matches: list[Match], written: str) -> list[Match]:
        """Return the matches as they compare with each other.

        A part of a great city scores less, a name written just so scores more (Vila Real, not
        Vila-real). A place that has its name alone needs no such care.
        """
        if len(matches) == 1:
            return matches
        spelling = written.strip().casefold()
        so_written = [match.entry.name.casefold() == spelling for match in matches]
        differ = len({so for so, m in zip(so_written, matches, strict=True) if m.kind == "own"}) > 1
        return [
            replace(match, score=match.score + self._adjustment(match, so_written=so and differ))
            for so, match in zip(so_written, matches, strict=True)
        ]

    def _adjustment(self, match: Match, *, so_written: bool) -> float:
        bonus = self._literal_bonus if so_written else 0.0
        return bonus - (self._part_penalty if self._is_part(match.entry) else 0.0)


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

    A by-name never contends with a better place called so.
    """
    if match is best:
        return True
    if match.listed and (match.is_called_so or not best.is_called_so):
        return True
    if best.is_called_so and not match.is_called_so:
        return False
    lead = best.score - match.score
    if match.continent != best.continent and not best.at_home:
        lead -= best.fame - match.fame
    return lead < _margin(match, best, ranking)


def _margin(match: Match, best: Match, ranking: Ranking) -> float:
    """Return by how much the best must lead.

    More over a nearer place, over one that is called more exactly so, and over one of another
    continent when the best is not on the continent of the person who asks.
    """
    margins = [ranking.margin.value]
    elsewhere = match.continent != best.continent
    if match.km < best.km:
        margins.append(ranking.margin_over_farther.value)
    if match.is_called_so and not best.is_called_so:
        margins.append(ranking.margin_over_by_name.value)
    if match.kind == "own" and not (elsewhere and best.at_home):
        margins.append(_margin_over_other_name(match, best, ranking))
    if match.is_called_so and elsewhere and not best.at_home:
        margins.append(_margin_over_sea(match, ranking))
    return max(margins)


def _margin_over_other_name(match: Match, best: Match, ranking: Ranking) -> float:
    """Return by how much a place must lead one that bears the name as its own.

    A name in another language is not doubted for a village (Bazel, near Gent, for Basel).
    """
    if best.kind == "familiar":
        is_village = match.score < ranking.village_score.value
        return 0.0 if is_village else ranking.margin_over_exonym.value
    return ranking.margin_over_by_name.value if best.kind == "short" else 0.0


def _margin_over_sea(match: Match, ranking: Ranking) -> float:
    """Return by how much a place far away must lead another continent's place so called.

    A place on our continent that is somewhat known is always asked about.
    """
    if not match.at_home:
        return ranking.margin_between_continents.value
    if match.kind != "short" and match.score >= ranking.known_at_home.value:
        return inf
    return ranking.margin_over_home.value


def _as_shown(match: Match) -> tuple[bool, bool, float]:
    """Return the place in the order: listed ones, those called so, then by-names, by score."""
    return not match.listed, not match.is_called_so, -match.score


def _one_a_town(matches: Iterable[Match], ranking: Ranking) -> list[Match]:
    """Order as shown, without places close to a likelier one in the same country.

    Those are a town and its municipality, or a district that carries the name of the town.
    """
    kept: list[tuple[Match, Vector]] = []
    for match in sorted(matches, key=_as_shown):
        position = unit_vector(match.entry)
        if not any(
            other.entry.country == match.entry.country
            and arc_km(position, there) <= ranking.same_town_km.value
            for other, there in kept
        ):
            kept.append((match, position))
    return [match for match, _ in kept]
