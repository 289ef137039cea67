"""A scheme in words: outcomes, verdicts and modes, and why a decision fell as it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travelplan.language import Language, Message, Minutes, Words, message
from travelplan.scheme.decide import Cause, Decision
from travelplan.scheme.facts import FACTS, UNREACHABLE, Kind, Value, Values, number
from travelplan.scheme.rulebook import Parameter, Version

OUTCOMES: Mapping[str, Message] = {
    "train_mandatory": message("Train required"),
    "train_recommended": message("Train recommended"),
    "justify_otherwise": message("Train, unless justified"),
    "free_choice": message("Free choice"),
    "plane_default": message("Plane is usual"),
    "flight_forbidden": message("No flight"),
    "trip_not_approved": message("Trip not allowed"),
    "out_of_scope": message("Scheme does not apply"),
    "undetermined": message("Cannot be determined"),
    "per_leg": message("Differs by part of the trip"),
}
NO_TRAIN = message("Free choice: no train connection")

VERDICTS: Mapping[str, Message] = {
    "mandatory": message("required"),
    "recommended": message("recommended"),
    "allowed": message("allowed"),
    "justify": message("only with a reason"),
    "not_allowed": message("not allowed"),
}

MODES: Mapping[str, Message] = {
    "train": message("Train"),
    "night_train": message("Night train"),
    "coach": message("Coach"),
    "car": message("Car alone"),
    "carpool": message("Shared car"),
    "ferry": message("Ferry"),
    "plane": message("Plane"),
    "bike": message("Bicycle"),
    "virtual": message("Online"),
    "bus": message("Bus"),
    "taxi": message("Taxi"),
    "walk": message("On foot"),
}

FACT_NAMES: Mapping[str, Message] = {
    "destination": message("the destination"),
    "rail_min": message("the time by train, station to station"),
    "rail_changes": message("the number of changes by train"),
    "rail_overnight": message("a night on the way by train"),
    "served_by_rail": message("whether a train goes there"),
    "night_train": message("whether there is a night train"),
    "one_day_or_night": message("whether one day or one night is enough"),
    "flight_min": message("the time in the air"),
    "plane_door_min": message("the time by plane, door to door"),
    "rail_door_min": message("the time by train, door to door"),
    "land_min": message("the shortest time over land"),
    "shift_min": message("how far the next connection lies from the flight"),
    "distance_km": message("the distance as the crow flies"),
    "route_km": message("the distance travelled over land"),
    "country": message("the country"),
    "continent": message("the continent"),
    "domestic": message("whether the trip stays in the country"),
    "multi_day": message("whether the trip takes several days"),
    "nights": message("the number of nights"),
    "stay_days": message("the number of days there"),
    "same_day_return": message("whether the return is on the same day"),
    "meeting_min": message("the length of the meeting"),
    "travellers": message("the number of travellers"),
    "role": message("the role of the traveller"),
    "organisation": message("the organisation of the traveller"),
    "reason": message("the reason to deviate"),
}

OPERATORS: Mapping[str, Message] = {
    "at_most": message("at most"),
    "under": message("less than"),
    "at_least": message("at least"),
    "over": message("more than"),
    "is": message("is"),
    "in": message("is one of"),
}


def outcome_label(decision: Decision, values: Values) -> Message:
    """Return the level as the heading of an answer."""
    if decision.outcome == "free_choice" and values.get("served_by_rail") is False:
        return NO_TRAIN
    return OUTCOMES[decision.outcome]


def reason(decision: Decision, values: Values, place: Words, language: Language) -> str:
    """Return why the decision fell as it did, in one or two sentences."""
    if decision.outcome == "out_of_scope" and decision.version.scope_because:
        return language.say(decision.version.scope_because)
    if decision.listed:
        label = OUTCOMES[decision.outcome]
        return language.say(message("The list of destinations decides: {outcome}.", outcome=label))
    if decision.rule is None:
        unknown = ", ".join(language.say(FACT_NAMES.get(n, n)) for n in decision.unknown)
        text = message(
            "We cannot decide, because we do not know {unknown}. Ask HR before you book.",
            unknown=unknown,
        )
        return language.say(text)
    return fill(decision.rule.because, decision.version, values, place, language)


def fill(words: Words, version: Version, values: Values, place: Words, language: Language) -> str:
    """Return a text of a rule with its facts and parameters said in a language."""
    known: dict[str, object] = {name: fact_value(name, value) for name, value in values.items()}
    for parameter in version.parameters.values():
        known[parameter.name] = parameter_value(parameter, values)
    known["destination"] = place
    return language.say(words).format(**{name: language.say(v) for name, v in known.items()})


def fact_value(name: str, value: Value) -> object:
    """Return a fact as a value that a language can say; a dash for a way that does not exist."""
    if value == UNREACHABLE:
        return "–"
    return Minutes(round(number(value))) if FACTS.get(name) is Kind.MINUTES else value


def parameter_value(parameter: Parameter, values: Values) -> object:
    """Return a parameter as a value to say: a duration, a number, or the fact that it measures."""
    if isinstance(parameter.value, str) and parameter.value in FACTS:
        measured = values.get(parameter.value)
        return "?" if measured is None else fact_value(parameter.value, measured)
    return Minutes(parameter.value) if isinstance(parameter.value, int) else parameter.value


def cause_sentence(cause: Cause, version: Version, language: Language) -> str:
    """Return one reason why a decision is borderline, with the outcome that it would give."""
    outcome = OUTCOMES[cause.outcome]
    if cause.cause in version.parameters:
        if isinstance(cause.value, str):
            what = FACT_NAMES[cause.value]
            text = message("Counting {what} it becomes “{outcome}”.", what=what, outcome=outcome)
        elif cause.cause == "working_day":
            text = message(
                "With a working day of {value} it becomes “{outcome}”.",
                value=Minutes(round(number(cause.value))),
                outcome=outcome,
            )
        else:
            text = message(
                "With {value} as limit it becomes “{outcome}”.",
                value=Minutes(round(number(cause.value))),
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
