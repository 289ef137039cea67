"""Compiles what a version provides beside its rules: reasons, approvals, classes, levies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from travelplan.language import Words
from travelplan.scheme.conditions import ConditionCompiler, Note
from travelplan.scheme.levy import Band, Levy
from travelplan.scheme.logic import ALWAYS, Condition
from travelplan.scheme.model import VersionInFile
from travelplan.scheme.provisions import LevyInFile
from travelplan.scheme.rights import Approval, Entitlement, Reason, spellings
from travelplan.scheme.written import ConditionInFile
from travelplan.strict import Path


class Provider:
    """Compiles the provisions of one version and notes their faults."""

    def __init__(self, source: VersionInFile, conditions: ConditionCompiler, note: Note) -> None:
        self._source = source
        self._conditions = conditions
        self._note = note

    def reasons(self) -> Iterator[Reason]:
        """Yield the closed list of reasons."""
        rules = {rule.id for rule in self._source.rules}
        seen: set[str] = set()
        for i, item in enumerate(self._source.exceptions):
            where: Path = ("exceptions", i)
            if item.id in seen:
                self._note((*where, "id"), f"there are two reasons '{item.id}'.", "Rename one.")
            seen.add(item.id)
            for rule in item.rules:
                if rule not in rules:
                    self._note((*where, "rules"), f"there is no rule '{rule}'.", "Correct its id.")
            yield Reason(
                id=item.id,
                text=item.text.words,
                assumed=item.basis == "assumption",
                effect=item.effect,
                decides=self._person(item.decides, (*where, "decides")),
                proof=item.proof.words if item.proof else None,
                requires=item.requires.words if item.requires else None,
                rules=tuple(item.rules),
                confidential=item.confidential,
                spellings=spellings(item.also),
            )

    def approvals(self) -> Iterator[Approval]:
        """Yield who has to agree."""
        for i, item in enumerate(self._source.approvals):
            where: Path = ("approvals", i)
            people = [(name, self._person(name, (*where, "chain"))) for name in item.chain]
            yield Approval(
                item.id,
                self._condition(item.when, (*where, "when")),
                tuple(item.modes),
                tuple((name, words) for name, words in people if words),
                item.basis == "assumption",
                item.text.words if item.text else None,
                item.only_deviations,
                item.numbered,
            )

    def classes(self) -> Iterator[Entitlement]:
        """Yield the classes that one may take."""
        for i, item in enumerate(self._source.classes):
            where: Path = ("classes", i)
            yield Entitlement(
                item.mode,
                item.cabin,
                self._condition(item.when, (*where, "when")),
                self._person(item.decides, (*where, "decides")),
                item.basis == "assumption",
                item.text.words if item.text else None,
            )

    def levies(self) -> Iterator[Levy]:
        """Yield the levies."""
        for i, item in enumerate(self._source.levies):
            where: Path = ("levies", i)
            self._check_order(item, where)
            yield Levy(
                id=item.id,
                kind=item.kind,
                modes=tuple(item.modes),
                currency=item.currency,
                prices=tuple((price.from_, price.amount) for price in item.prices),
                bands=tuple(Band(band.up_to_km, band.amount) for band in item.bands),
                class_multiplier={str(k): v for k, v in item.class_multiplier.items()},
                non_co2=item.non_co2,
                condition=self._condition(item.when, (*where, "when")),
                first_day=item.from_,
                last_day=item.to,
                voluntary=item.voluntary,
                text=item.text.words,
            )

    def _check_order(self, item: LevyInFile, where: Path) -> None:
        for i, (older, newer) in enumerate(pairwise(item.prices)):
            if newer.from_ <= older.from_:
                text = f"the price of {newer.from_} stands after that of {older.from_}."
                self._note((*where, "prices", i + 1), text, "Put prices in order of their start.")
        for i, (near, far) in enumerate(pairwise(item.bands)):
            if near.up_to_km is None or (far.up_to_km or near.up_to_km + 1) <= near.up_to_km:
                text = "this band lies within the one before it."
                advice = "Put bands in order of distance; only the last has no end."
                self._note((*where, "bands", i + 1), text, advice)
        if item.from_ and item.to and item.to < item.from_:
            self._note((*where, "to"), "the levy ends before it starts.", "Correct 'from' or 'to'.")

    def _condition(self, when: ConditionInFile | None, path: Path) -> Condition:
        return self._conditions.compile(when, path) if when else ALWAYS

    def _person(self, name: str | None, path: Path) -> Words | None:
        if name is None:
            return None
        if name not in self._source.people:
            self._note(path, f"there is no '{name}' among the people.", "Add it under 'people'.")
            return None
        return self._source.people[name].words
