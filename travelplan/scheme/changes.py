"""What changed between two versions of a scheme, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from travelplan.language import Language, message
from travelplan.scheme.logic import Condition, Test
from travelplan.scheme.rulebook import EVERYWHERE, Rule, Version
from travelplan.scheme.sentences import Speaker
from travelplan.scheme.vocabulary import OUTCOMES, fact_name, fact_value


def changes(old: Version, new: Version, language: Language) -> list[str]:
    """Return what is different from the first day of the new version on, a sentence each.

    Rules are compared by their id; empty where nothing changed.
    """
    teller = _Teller(old, new, language)
    return [*teller.parameters(), *teller.scope(), *teller.rules(), *teller.lists(), *teller.rest()]


class _Teller:
    def __init__(self, old: Version, new: Version, language: Language) -> None:
        self._old, self._new = old, new
        self._language = language
        self._say = language.say
        self._speakers = Speaker(old, language), Speaker(new, language)
        self._day = _day(new.first_day, language)

    def _from(self, sentence: object) -> str:
        text = message("From {day}: {sentence}", day=self._day, sentence=sentence)
        return self._say(text)

    def _instead(self, fact: str, new: object, old: object) -> str:
        text = message("{fact}: {new} instead of {old}.", fact=fact, new=new, old=old)
        return self._from(text)

    def parameters(self) -> Iterator[str]:
        """Yield the values that changed."""
        for name, parameter in self._new.parameters.items():
            before = self._old.parameters.get(name)
            if before and before.value != parameter.value:
                fact = next((t.fact for t in self._new.tests if t.parameter == name), "")
                said = [self._said(fact, p.value) for p in (parameter, before)]
                what = self._say(fact_name(fact, self._new)) if fact else name
                yield self._instead(what, *said)

    def _said(self, fact: str, value: Any) -> str:
        return "?" if value is None else self._say(fact_value(fact, value, self._new))

    def scope(self) -> Iterator[str]:
        """Yield whether it covers other trips."""
        if self._old.scope != self._new.scope and self._new.scope_because:
            yield self._from(self._new.scope_because)

    def rules(self) -> Iterator[str]:
        """Yield the rules that were added, taken out or changed."""
        before = {rule.id: rule for rule in (*self._old.gates, *self._old.rules)}
        after = {rule.id: rule for rule in (*self._new.gates, *self._new.rules)}
        for id_, rule in after.items():
            if id_ not in before:
                said = self._speakers[1].rule(rule, last=rule is self._new.rules[-1])
                yield self._from(message("a new rule. {rule}", rule=said))
            else:
                yield from self._changed(before[id_], rule)
        for id_, rule in before.items():
            if id_ not in after:
                said = self._speakers[0].rule(rule, last=rule is self._old.rules[-1])
                yield self._from(message("this rule is gone. {rule}", rule=said))
        kept = [id_ for id_ in after if id_ in before]
        if kept != [id_ for id_ in before if id_ in after]:
            yield self._from(message("the rules stand in another order."))

    def _changed(self, old: Rule, new: Rule) -> Iterator[str]:
        if old.outcome != new.outcome:
            what = self._speakers[1].condition(new.condition) or self._say(message("all the rest"))
            yield self._instead(what, OUTCOMES[new.outcome], OUTCOMES[old.outcome])
        pairs = _pairs(old.condition, new.condition)
        if pairs is None:
            said = self._speakers[1].condition(new.condition)
            was = self._speakers[0].condition(old.condition)
            yield self._instead(self._say(message("the condition is")), said, was)
            return
        for was_test, test in pairs:
            if was_test.parameter and was_test.parameter == test.parameter:
                continue
            if was_test != test:
                yield from self._test(was_test, test)

    def _test(self, old: Test, new: Test) -> Iterator[str]:
        same = old.needs == new.needs and old.operator == new.operator
        if same and isinstance(new.bound, int | float) and not isinstance(new.bound, bool):
            what = self._say(fact_name(new.fact, self._new))
            yield self._instead(
                what, self._said(new.fact, new.bound), self._said(new.fact, old.bound)
            )
        else:
            said, was = self._speakers[1].test(new), self._speakers[0].test(old)
            yield self._instead(self._say(message("the condition is")), said, was)

    def lists(self) -> Iterator[str]:
        """Yield the places that came on a list or went off it."""
        for name in {**self._old.lists, **self._new.lists}:
            before, after = (_names(version, name) for version in (self._old, self._new))
            for places, text in (
                (after - before, message("new on the list “{list}”", list=name)),
                (before - after, message("no longer on the list “{list}”", list=name)),
            ):
                if places:
                    yield self._from(f"{self._say(text)}: {', '.join(sorted(places))}.")

    def rest(self) -> Iterator[str]:
        """Yield which other parts differ."""
        parts: Mapping[str, tuple[Any, Callable[[Version], Sequence[Any]]]] = {
            "exceptions": (message("other exceptions."), lambda v: v.reasons),
            "approvals": (message("others agree."), lambda v: v.approvals),
            "classes": (message("other classes."), lambda v: v.classes),
            "levies": (message("other levies."), lambda v: v.levies),
        }
        for text, part in parts.values():
            if part(self._old) != part(self._new):
                yield self._from(text)


def _names(version: Version, name: str) -> set[str]:
    entries = version.list_names.get(name, {})
    return {land if place == EVERYWHERE else place for land in entries for place in entries[land]}


def _day(day: date, language: Language) -> str:
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, "d MMMM y", locale=language.locale)


def _pairs(old: Condition, new: Condition) -> list[tuple[Test, Test]] | None:
    """Return the tests of two conditions side by side; None where they are not built alike."""
    before, after = list(old.leaves()), list(new.leaves())
    alike = len(before) == len(after) and _shape(old) == _shape(new)
    return list(zip(before, after, strict=True)) if alike else None


def _shape(condition: Condition) -> object:
    if isinstance(condition, Test):
        return condition.needs
    parts = getattr(condition, "parts", None) or (getattr(condition, "part", None),)
    return (type(condition), *(_shape(part) for part in parts if part is not None))
