"""An answer as plain text, for the terminal and for mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from travelplan.emissions.estimate import Estimate
from travelplan.errors import InputError
from travelplan.journeys.model import Journey, Leg
from travelplan.language import Kilograms, Language, Minutes, message
from travelplan.recommendation import Option, Recommendation
from travelplan.report.record import versions
from travelplan.scheme.decide import Decision
from travelplan.scheme.facts import Values
from travelplan.scheme.words import (
    FACT_NAMES,
    MODES,
    OPERATORS,
    OUTCOMES,
    VERDICTS,
    assumed_values,
    cause_sentence,
    fact_value,
    outcome_label,
    reason,
    rule_assumptions,
)

_INDENT = "  "


def recommendation_text(answer: Recommendation, language: Language) -> str:
    """Return an answer for a person: the level, the reason, the options, the sources."""
    lines = [_trip_line(answer, language), ""]
    if answer.parts:
        lines += [language.say(OUTCOMES[answer.outcome]).upper(), ""]
        for part in answer.parts:
            lines += [*_answer_lines(part, language), ""]
    else:
        lines += [*_answer_lines(answer, language), ""]
    lines += list(_footer(answer, language))
    return "\n".join(lines)


def summary_line(answer: Recommendation, language: Language) -> str:
    """Return an answer in one line: the body, the level, and whether it is borderline."""
    values = answer.facts.values
    label = OUTCOMES[answer.outcome] if answer.parts else outcome_label(answer.decision, values)
    mark = language.say(message(" (borderline)")) if answer.borderline else ""
    return f"{language.say(answer.decision.version.body):<32} {language.say(label)}{mark}"


def decision_text(decision: Decision, values: Values, language: Language) -> str:
    """Return a decision on facts given by hand."""
    lines = [language.say(outcome_label(decision, values)).upper()]
    for test in decision.tested:
        name = language.say(FACT_NAMES.get(test.fact, test.fact))
        value = "?" if test.value is None else language.say(fact_value(test.fact, test.value))
        bound = "?" if test.bound is None else language.say(fact_value(test.fact, test.bound))
        operator = language.say(OPERATORS[test.operator])
        result = {True: "✓", False: "✗", None: "?"}[test.result]
        lines.append(f"{_INDENT}{result} {name} ({value}) {operator} {bound}")
    lines += list(_borderline(decision, language))
    lines += list(_taken_as_given(decision, language))
    version = decision.version
    lines.append(_scheme_line(decision, language))
    if version.partial:
        lines.append(language.say(message("The source was not complete.")))
    return "\n".join(lines)


def journeys_text(journeys: Iterable[Journey], language: Language) -> str:
    """Return journeys leg by leg."""
    blocks = []
    for journey in journeys:
        head = f"{language.say(MODES[journey.mode])}: {_times(journey, language)}"
        legs = [_INDENT + _leg_line(leg, language) for leg in journey.legs]
        blocks.append("\n".join([head, *legs, *_countries(journey, language)]))
    return "\n\n".join(blocks)


def error_text(error: InputError, language: Language) -> str:
    """Return wrong input for a person: each field, what is wrong, and the candidates."""
    lines = []
    for problem in error.problems:
        lines.append(f"{problem.field}: {language.say(problem.message)}")
        lines += [
            f"{_INDENT}{language.say(candidate.label)}  [{candidate.id}]"
            for candidate in problem.candidates
        ]
    return "\n".join(lines)


def _trip_line(answer: Recommendation, language: Language) -> str:
    trip = answer.trip
    stops = [trip.origin, *trip.via, trip.destination]
    way = " → ".join(language.say(place.names) for place in stops)
    parts = [way, language.date(trip.depart)]
    if trip.nights is not None:
        parts.append(language.counted(trip.nights, "{number} night", "{number} nights"))
    if trip.travellers > 1:
        parts.append(language.counted(trip.travellers, "{number} traveller", "{number} travellers"))
    return ", ".join(parts)


def _answer_lines(answer: Recommendation, language: Language) -> Iterator[str]:
    values, place = answer.facts.values, answer.trip.destination.names
    decision = answer.decision
    label = language.say(outcome_label(decision, values)).upper()
    if not answer.there_and_back:
        label = f"{language.say(answer.trip.origin.names)} → {language.say(place)}: {label}"
    yield label
    yield reason(decision, values, place, language)
    yield from _borderline(decision, language)
    for sentence in (*assumed_values(decision, language), *rule_assumptions(decision, language)):
        yield language.say(message("Assumption: {sentence}", sentence=sentence))
    yield from _taken_as_given(decision, language)
    if answer.trip.multi_day is None and answer.there_and_back:
        yield language.say(message("No return is given: we count the trip as several days."))
    yield ""
    if not answer.options:
        yield language.say(message("We found no way to get there. Ask HR."))
        return
    ways = message("there and back") if answer.there_and_back else message("one way")
    yield language.say(message("CO2e of one traveller, {ways}:", ways=ways))
    yield from (_option_line(option, language) for option in answer.options)


def _borderline(decision: Decision, language: Language) -> Iterator[str]:
    for cause in decision.causes:
        sentence = cause_sentence(cause, decision.version, language)
        yield language.say(message("Borderline: {sentence}", sentence=sentence))


def _taken_as_given(decision: Decision, language: Language) -> Iterator[str]:
    scope = [name for name in decision.assumed if name != "destination"]
    if scope:
        names = ", ".join(language.say(FACT_NAMES[name]) for name in scope)
        yield language.say(message("Not given, so taken as in scope: {names}.", names=names))


def _option_line(option: Option, language: Language) -> str:
    verdict = language.say(VERDICTS[option.verdict]) if option.verdict else "–"
    return (
        f"{_INDENT}{language.say(MODES[option.mode]):<18}{verdict:<20}"
        f"{_times(option.journey, language):<44}{emissions_words(option, language)}"
    ).rstrip()


def emissions_words(option: Option, language: Language) -> str:
    """Return the emissions of an option, or which factor is missing."""
    if option.emissions is None:
        return language.say(message("no factor for {what}", what=option.missing_factor))
    return estimate_text(option.emissions, language)


def estimate_text(estimate: Estimate, language: Language) -> str:
    """Return kg CO2e with their range, and the non-CO2 part if there is one."""
    wtw, extra = estimate.wtw, estimate.non_co2
    text = language.say(Kilograms(wtw.central))
    if wtw.low != wtw.high:
        text += f" ({language.span(wtw.low, wtw.high)})"
    if extra.central:
        text += " " + language.say(message("+ {kg} non-CO2", kg=Kilograms(extra.central)))
    return text


def _times(journey: Journey, language: Language) -> str:
    door = language.say(message("{time} door to door", time=Minutes(journey.door_to_door_min)))
    changes = language.counted(journey.changes, "{number} change", "{number} changes")
    return f"{door}, {changes}"


def _leg_line(leg: Leg, language: Language) -> str:
    vehicle = " ".join(part for part in (leg.operator, leg.line) if part)
    mode = language.say(MODES.get(leg.mode, leg.mode))
    way = f"{language.say(leg.origin)} → {language.say(leg.destination)}"
    time = language.duration(leg.minutes)
    wait = f" (+{language.duration(leg.wait_min)})" if leg.wait_min else ""
    named = f" [{vehicle}]" if vehicle else ""
    return f"{mode}: {way}, {time}{wait}, {language.number(round(leg.km))} km{named}"


def _countries(journey: Journey, language: Language) -> Iterator[str]:
    split = sorted(journey.km_by_country.items(), key=lambda item: -item[1])
    if split:
        parts = ", ".join(
            f"{language.country(code)} {language.number(round(km))} km" for code, km in split
        )
        yield _INDENT + parts


def _scheme_line(decision: Decision, language: Language) -> str:
    version = decision.version
    rule = f", {decision.rule.id}" if decision.rule else ""
    return language.say(
        message(
            "Scheme: {body}, version {version}{rule}.",
            body=version.body,
            version=version.version.isoformat(),
            rule=rule,
        )
    )


def _footer(answer: Recommendation, language: Language) -> Iterator[str]:
    yield _scheme_line(answer.decision, language)
    for source in answer.decision.version.sources:
        yield f"{_INDENT}{source.title}, {source.publisher}. {source.url}".rstrip()
    editions = ", ".join(f"{name} {edition}" for name, edition in versions(answer).items())
    yield language.say(message("Data: {editions}.", editions=editions))
