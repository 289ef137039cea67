"""Each rule as a sentence, made from the same data that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from travelplan.language import Language, Message, Minutes, message
from travelplan.scheme.decision import Decision
from travelplan.scheme.facts import FACTS, IN_LIST, Kind, Value
from travelplan.scheme.logic import All, AnyOf, Condition, Not, Relative, Test
from travelplan.scheme.rulebook import Rule, Version
from travelplan.scheme.vocabulary import OUTCOMES, fact_name, fact_value, name_value

_OPPOSITE: Mapping[str, str] = {
    "at_most": "over",
    "over": "at_most",
    "under": "at_least",
    "at_least": "under",
    "is": "is not",
    "is not": "is",
    "in": "not in",
    "not in": "in",
}

_CLAUSES: Mapping[str, Message] = {
    "at_most": message("{fact} is at most {bound}"),
    "under": message("{fact} is less than {bound}"),
    "at_least": message("{fact} is at least {bound}"),
    "over": message("{fact} is more than {bound}"),
    "is": message("{fact} is {bound}"),
    "is not": message("{fact} is not {bound}"),
    "in": message("{fact} is one of {bound}"),
    "not in": message("{fact} is none of {bound}"),
}

_FLAGS: Mapping[str, tuple[Message, Message]] = {
    "served_by_rail": (message("a train goes there"), message("no train goes there")),
    "night_train": (message("there is a night train"), message("there is no night train")),
    "rail_overnight": (
        message("the way by train takes a night"),
        message("the way by train takes no night"),
    ),
    "one_day_or_night": (
        message("one day or one night of travel is enough"),
        message("one day or one night of travel is not enough"),
    ),
    "domestic": (message("the trip stays in the country"), message("the trip goes abroad")),
    "multi_day": (message("the trip takes several days"), message("the trip takes one day")),
    "same_day_return": (
        message("you return on the same day"),
        message("you do not return on the same day"),
    ),
}


class Speaker:
    """Says the rules of a version in a language."""

    def __init__(self, version: Version, language: Language) -> None:
        self._version = version
        self._language = language
        self._say = language.say

    def rule(self, rule: Rule, *, last: bool = False) -> str:
        """Return a rule as one or two sentences: what must be true, and what follows."""
        outcome = OUTCOMES[rule.outcome]
        if last:
            return self._say(message("In all other cases: {outcome}.", outcome=outcome))
        text = message(
            "If this is true: {condition}. Then: {outcome}.",
            condition=self.condition(rule.condition),
            outcome=outcome,
        )
        return self._say(text)

    def condition(self, condition: Condition) -> str:
        """Return a condition as a clause."""
        return self._clause(condition, turned=False, inner=False)

    def test(self, test: Test) -> str:
        """Return one test as a clause."""
        return self._test(test, turned=False)

    def reason(self, decision: Decision) -> str:
        """Return why a rule without words of its own decided: its condition and the values."""
        rule = decision.rule
        if rule is None:
            return ""
        if rule.condition == All(()):
            text = message(
                "None of the rules before it applies. So: {outcome}.",
                outcome=OUTCOMES[rule.outcome],
            )
            return self._say(text)
        text = message(
            "{condition} ({values}). So: {outcome}.",
            condition=capital(self.condition(rule.condition)),
            values=self._values(rule, decision),
            outcome=OUTCOMES[rule.outcome],
        )
        return self._say(text)

    def _values(self, rule: Rule, decision: Decision) -> str:
        names = dict.fromkeys(n for leaf in rule.condition.leaves() for n in leaf.needs)
        known = [name for name in names if name in decision.values]
        return "; ".join(
            f"{self._fact(name)}: {self._value(name, decision.values[name])}" for name in known
        )

    def _clause(self, condition: Condition, *, turned: bool, inner: bool) -> str:
        match condition:
            case Not(part):
                return self._clause(part, turned=not turned, inner=inner)
            case All(parts):
                return self._joined(parts, both=not turned, turned=turned, inner=inner)
            case AnyOf(parts):
                return self._joined(parts, both=turned, turned=turned, inner=inner)
            case Test():
                return self._test(condition, turned=turned)
        return ""

    def _joined(self, parts: Iterable[Condition], *, both: bool, turned: bool, inner: bool) -> str:
        said = [self._clause(part, turned=turned, inner=True) for part in parts]
        between = self._say(message("and")) if both else self._say(message("or"))
        text = f", {between} ".join(said)
        return f"({text})" if inner and len(said) > 1 else text

    def _test(self, test: Test, *, turned: bool) -> str:
        if isinstance(test.bound, bool):
            return self._flag(test.fact, truth=test.bound is not turned)
        operator = _OPPOSITE[test.operator] if turned else test.operator
        plus = self._say(message("plus"))
        fact = f" {plus} ".join(self._fact(name) for name in test.facts)
        text = Message(_CLAUSES[operator].text, {"fact": fact, "bound": self._bound(test)})
        return self._say(text)

    def _flag(self, fact: str, *, truth: bool) -> str:
        if fact in _FLAGS:
            return self._say(_FLAGS[fact][0 if truth else 1])
        if fact.startswith(IN_LIST):
            name = fact.removeprefix(IN_LIST)
            on = message("the destination is on the list “{list}”", list=name)
            off = message("the destination is not on the list “{list}”", list=name)
            return self._say(on if truth else off)
        return f"{self._fact(fact)}: {self._say(truth)}"

    def _fact(self, name: str) -> str:
        return self._say(fact_name(name, self._version))

    def _bound(self, test: Test) -> str:
        bound = test.bound
        if isinstance(bound, Relative):
            return self._relative(bound)
        if bound is None:
            return self._say(message("a value that is still open ({name})", name=test.parameter))
        if isinstance(bound, tuple):
            return ", ".join(self._say(name_value(test.fact, n, self._version)) for n in bound)
        said = self._value(test.fact, bound)
        parameter = self._version.parameters.get(test.parameter)
        if parameter and parameter.assumed:
            said = self._say(message("{value} (assumption)", value=said))
        return said

    def _relative(self, bound: Relative) -> str:
        said = self._fact(bound.fact)
        if bound.times != 1:
            times = self._language.number(bound.times)
            said = self._say(message("{times} times {fact}", times=times, fact=said))
        if bound.plus:
            amount = Minutes(round(bound.plus)) if self._in_minutes(bound.fact) else bound.plus
            said = f"{said} {self._say(message('plus'))} {self._say(amount)}"
        return said

    def _in_minutes(self, fact: str) -> bool:
        return self._version.kind(fact) is Kind.MINUTES

    def _value(self, fact: str, value: Value) -> str:
        said = self._say(fact_value(fact, value, self._version))
        return f"{said} km" if FACTS.get(fact) is Kind.KM else said


def capital(text: str) -> str:
    """Return a text with a capital."""
    return text[:1].upper() + text[1:]
