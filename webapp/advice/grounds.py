"""What a decision was measured by: each test with its value, its limit and its result."""

from __future__ import annotations

from travelplan import Decision
from travelplan.language import Language, message
from travelplan.scheme.rulebook import Version
from travelplan.scheme.words import OPERATORS, fact_name, fact_value

_MARKS = {True: message("met"), False: message("not met"), None: message("unknown")}


def condition_lines(decision: Decision, language: Language) -> list[tuple[str, str]]:
    """Return each test in words with its value and limit, and whether it was met."""
    version, rows = decision.version, []
    for test in decision.tested:
        facts = test.facts or (test.fact,)
        name = " + ".join(language.say(fact_name(fact, version)) for fact in facts)
        value = _said(test.fact, test.value, version, language)
        bound = _said(test.fact, test.bound, version, language)
        limit = f"{language.say(OPERATORS[test.operator])} {bound}"
        if isinstance(test.bound, bool):
            limit = language.say(message("asked: {answer}", answer=bound))
        rows.append((f"{name}: {value} ({limit})", language.say(_MARKS[test.result])))
    return rows


def _said(fact: str, value: object, version: Version, language: Language) -> str:
    if value is None:
        return "?"
    if value == float("inf"):
        return language.say(message("no train"))
    if isinstance(value, tuple):
        return ", ".join(_said(fact, name, version, language) for name in value)
    return language.say(fact_value(fact, value, version))  # type: ignore[arg-type]
