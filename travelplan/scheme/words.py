"""A scheme in words: outcomes, verdicts and modes, and why a decision fell as it did."""

from __future__ import annotations

from collections.abc import Iterator

from travelplan.language import Language, Message, Minutes, Words, message
from travelplan.scheme.decide import Cause, Decision
from travelplan.scheme.facts import FACTS, Value, Values
from travelplan.scheme.rulebook import Parameter, Version
from travelplan.scheme.sentences import Speaker
from travelplan.scheme.vocabulary import (
    CLASSES,
    FACT_NAMES,
    MODES,
    NO_TRAIN,
    OPERATORS,
    OUTCOMES,
    VERDICTS,
    fact_name,
    fact_value,
)

__all__ = [
    "CLASSES",
    "FACT_NAMES",
    "MODES",
    "NO_TRAIN",
    "OPERATORS",
    "OUTCOMES",
    "VERDICTS",
    "assumed_values",
    "cause_sentence",
    "fact_name",
    "fact_value",
    "fill",
    "outcome_label",
    "parameter_value",
    "reason",
    "rule_assumptions",
]


def outcome_label(decision: Decision, values: Values) -> Message:
    """Return the level as the heading of an answer."""
    if decision.outcome == "free_choice" and values.get("served_by_rail") is False:
        return NO_TRAIN
    return OUTCOMES[decision.outcome]


def reason(decision: Decision, values: Values, place: Words, language: Language) -> str:
    """Return why the decision fell as it did, in one or two sentences."""
    version = decision.version
    label = OUTCOMES[decision.outcome]
    if decision.outcome == "out_of_scope" and version.scope_because:
        return language.say(version.scope_because)
    if decision.exception:
        text = message(
            "You give a reason of the closed list: “{reason}”. So: {outcome}.",
            reason=decision.exception.text,
            outcome=label,
        )
        return language.say(text)
    if decision.listed:
        return language.say(message("The list of destinations decides: {outcome}.", outcome=label))
    if decision.indicated:
        text = message(
            "The times are not known. The list “{list}” indicates: {outcome}.",
            list=decision.indicated,
            outcome=label,
        )
        return language.say(text)
    if decision.rule is None:
        return _undetermined(decision, language)
    if decision.rule.because is None:
        return Speaker(version, language).reason(decision)
    return fill(decision.rule.because, version, values, place, language)


def _undetermined(decision: Decision, language: Language) -> str:
    names = [language.say(fact_name(n, decision.version)) for n in decision.unknown]
    text = message(
        "We cannot decide, because we do not know {unknown}. Ask HR before you book.",
        unknown=", ".join(names),
    )
    return language.say(text)


class _Known(dict[str, str]):
    """What fills a text; a question mark for what is not known."""

    def __missing__(self, name: str) -> str:
        return "?"


def fill(words: Words, version: Version, values: Values, place: Words, language: Language) -> str:
    """Return a text of a rule with its facts and parameters said in a language."""
    known: dict[str, object] = {
        name: fact_value(name, value, version) for name, value in values.items()
    }
    for parameter in version.parameters.values():
        known[parameter.name] = parameter_value(parameter, values)
    known["destination"] = place
    said = _Known({name: language.say(value) for name, value in known.items()})
    return language.say(words).format_map(said)


def parameter_value(parameter: Parameter, values: Values) -> object:
    """Return a parameter as a value to say: a duration, a number, or the fact that it measures."""
    if parameter.value is None:
        return "?"
    if isinstance(parameter.value, str) and parameter.value in FACTS:
        measured = values.get(parameter.value)
        return "?" if measured is None else fact_value(parameter.value, measured)
    return _amount(parameter.value)


def _amount(value: Value) -> object:
    """Return a value of a parameter: whole numbers are minutes, others stand for themselves."""
    return Minutes(value) if isinstance(value, int) else value


def cause_sentence(cause: Cause, version: Version, language: Language) -> str:
    """Return one reason why a decision is borderline, with the outcome that it would give."""
    outcome = OUTCOMES[cause.outcome]
    if cause.cause in version.parameters:
        if isinstance(cause.value, str):
            what = fact_name(cause.value, version)
            text = message("Counting {what} it becomes “{outcome}”.", what=what, outcome=outcome)
        elif cause.cause == "working_day":
            text = message(
                "With a working day of {value} it becomes “{outcome}”.",
                value=_amount(cause.value),
                outcome=outcome,
            )
        else:
            text = message(
                "With {value} as limit it becomes “{outcome}”.",
                value=_amount(cause.value),
                outcome=outcome,
            )
        return language.say(text)
    text = message(
        "If the train takes {value} it becomes “{outcome}”.",
        value=fact_value(cause.cause, cause.value),
        outcome=outcome,
    )
    return language.say(text)


def assumed_values(decision: Decision, language: Language) -> Iterator[str]:
    """Yield why each assumed parameter has the value with which the decision was made."""
    for parameter in decision.parameters:
        if parameter.assumed and parameter.because:
            yield language.say(parameter.because)


def rule_assumptions(decision: Decision, language: Language) -> Iterator[str]:
    """Yield what else the deciding rule takes for granted."""
    if decision.rule:
        for words in decision.rule.assumes:
            yield language.say(words)
