"""Whether linear relations between measured facts can hold together: Fourier and Motzkin's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Linear:
    """The weighted sum of facts is at most a limit, or with `strict` below it."""

    weights: tuple[tuple[str, Fraction], ...]
    limit: Fraction
    strict: bool

    @classmethod
    def of(cls, weights: Mapping[str, Fraction], limit: Fraction, *, strict: bool) -> Linear:
        """Return the relation, with its facts in order and without those of weight zero."""
        kept = tuple(sorted((name, weight) for name, weight in weights.items() if weight))
        return cls(kept, limit, strict)

    @property
    def facts(self) -> frozenset[str]:
        """The facts that it binds."""
        return frozenset(name for name, _ in self.weights)

    @property
    def opposite(self) -> Linear:
        """What holds where this does not."""
        turned = tuple((name, -weight) for name, weight in self.weights)
        return Linear(turned, -self.limit, not self.strict)

    def weight(self, fact: str) -> Fraction:
        """Return the weight of a fact; zero if it is not bound."""
        return next((weight for name, weight in self.weights if name == fact), Fraction(0))


def feasible(relations: Iterable[Linear]) -> bool:
    """Return whether some real values fulfil all relations.

    Eliminates one fact after the other: each relation that bounds it from above is added to each
    that bounds it from below. Exact, for the weights and limits are fractions.
    """
    left = set(relations)
    while True:
        if any(_broken(relation) for relation in left):
            return False
        facts = sorted({name for relation in left for name in relation.facts})
        if not facts:
            return True
        left = _without(facts[0], left)


def _broken(relation: Linear) -> bool:
    if relation.weights:
        return False
    return relation.limit < 0 or (relation.strict and relation.limit == 0)


def _without(fact: str, relations: set[Linear]) -> set[Linear]:
    above = [r for r in relations if r.weight(fact) > 0]
    below = [r for r in relations if r.weight(fact) < 0]
    kept = {r for r in relations if not r.weight(fact)}
    for high in above:
        for low in below:
            kept.add(_added(high, -low.weight(fact), low, high.weight(fact)))
    return kept


def _added(first: Linear, by: Fraction, second: Linear, other: Fraction) -> Linear:
    weights: dict[str, Fraction] = {}
    for relation, factor in ((first, by), (second, other)):
        for name, weight in relation.weights:
            weights[name] = weights.get(name, Fraction(0)) + weight * factor
    limit = first.limit * by + second.limit * other
    return Linear.of(weights, limit, strict=first.strict or second.strict)
