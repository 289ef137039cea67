"""An answer as plain text, for the terminal and for mail."""

from __future__ import annotations

from collections.abc import Iterator

from travelplan.errors import InputError
from travelplan.journeys.model import Journey, Leg
from travelplan.journeys.plan import Planned
from travelplan.language import Language, Message, Minutes, message
from travelplan.recommendation import Option, Recommendation
from travelplan.report.emissions_words import beside_lines, emissions_words
from travelplan.report.provisions import provision_lines
from travelplan.report.record import versions
from travelplan.report.remarks import remarks
from travelplan.scheme.decide import Decision
from travelplan.scheme.facts import Value, Values
from travelplan.scheme.verdicts import Verdict
from travelplan.scheme.words import (
    MODES,
    OPERATORS,
    OUTCOMES,
    VERDICTS,
    assumed_values,
    cause_sentence,
    fact_name,
    fact_value,
    outcome_label,
    reason,
    rule_assumptions,
)

_INDENT = "  "


def recommendation_text(answer: Recommendation, language: Language) -> str:
    """Return an answer for a person: the level, the reason, the options, the sources."""
    lines = [_trip_line(answer, language), *(language.say(text) for text in remarks(answer)), ""]
    if answer.parts:
        lines += [language.say(OUTCOMES[answer.outcome]).upper(), ""]
        if answer.whole:
            place = answer.trip.destination.names
            lines += [reason(answer.decision, answer.facts.values, place, language), ""]
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
        facts = test.facts or (test.fact,)
        name = " + ".join(language.say(fact_name(fact, decision.version)) for fact in facts)
        value, bound = (_said(test.fact, v, decision, language) for v in (test.value, test.bound))
        operator = language.say(OPERATORS[test.operator])
        result = {True: "✓", False: "✗", None: "?"}[test.result]
        lines.append(f"{_INDENT}{result} {name} ({value}) {operator} {bound}")
    lines += list(_borderline(decision, language))
    lines += list(_taken_as_given(decision, language))
    lines += list(provision_lines(decision, language))
    version = decision.version
    lines.append(_scheme_line(decision, language))
    if version.partial:
        lines.append(language.say(message("The source was not complete.")))
    return "\n".join(lines)


def _said(fact: str, value: Value | None, decision: Decision, language: Language) -> str:
    if value is None:
        return "?"
    if isinstance(value, tuple):
        return ", ".join(_said(fact, name, decision, language) for name in value)
    return language.say(fact_value(fact, value, decision.version))


def journeys_text(planned: Planned, language: Language) -> str:
    """Return journeys leg by leg, with the other ways by train below the first."""
    blocks = [_journey_block(journey, language) for journey in planned.journeys]
    other = message("Another way: {mode}", mode=MODES["train"])
    blocks += [_journey_block(journey, language, other) for journey in planned.alternatives]
    other = message("Another way: {mode}", mode=MODES["night_train"])
    blocks += [_journey_block(journey, language, other) for journey in planned.night_trains[1:]]
    if planned.rail is None:
        served = planned.served_by_rail is not None
        none = message("No train goes there.") if served else message("Trains there: not known.")
        blocks.append(language.say(none))
    if not planned.journeys:
        blocks.append(language.say(message("We found no way to get there.")))
    return "\n\n".join(blocks)


def _journey_block(journey: Journey, language: Language, heading: Message | None = None) -> str:
    head = f"{language.say(heading or MODES[journey.vehicle])}: {_times(journey, language)}"
    notes = [_INDENT + language.say(note) for note in journey.notes]
    legs = [_INDENT + _leg_line(leg, language) for leg in journey.legs]
    return "\n".join([head, *notes, *legs, *_countries(journey, language)])


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
    yield from provision_lines(decision, language)
    if answer.trip.multi_day is None and answer.there_and_back:
        yield language.say(message("No return is given: we count the trip as several days."))
    yield ""
    if not answer.options:
        yield language.say(message("We found no way to get there. Ask HR."))
        return
    ways = message("there and back") if answer.there_and_back else message("one way")
    yield language.say(message("CO2e of one traveller, {ways}:", ways=ways))
    for option in answer.options:
        yield _option_line(option, answer, language)
        yield from (_INDENT * 2 + language.say(note) for note in option.journey.notes)
        if option.back and option.back.mode != option.mode:
            yield from (_INDENT * 2 + language.say(note) for note in option.back.notes)
    yield from beside_lines(answer, language)


def _borderline(decision: Decision, language: Language) -> Iterator[str]:
    for cause in decision.causes:
        sentence = cause_sentence(cause, decision.version, language)
        yield language.say(message("Borderline: {sentence}", sentence=sentence))


def _taken_as_given(decision: Decision, language: Language) -> Iterator[str]:
    scope = [name for name in decision.assumed if name != "destination"]
    if scope:
        version = decision.version
        names = ", ".join(language.say(fact_name(name, version)) for name in scope)
        yield language.say(message("Not given, so taken as in scope: {names}.", names=names))


def _option_line(option: Option, answer: Recommendation, language: Language) -> str:
    verdict = _verdict(option.verdict, language)
    emitted = emissions_words(option, answer, language)
    head = f"{_INDENT}{language.say(option.title):<18}"
    if option.back is None:
        return f"{head}{verdict:<20}{_times(option.journey, language):<44}{emitted}".rstrip()
    ways = (
        message(
            "{way}: {verdict}, {times}",
            way=way,
            verdict=_verdict(said, language),
            times=_times(journey, language),
        )
        for way, journey, said in (
            (message("Out"), option.journey, option.verdict),
            (message("Back"), option.back, option.back_verdict),
        )
    )
    lines = (f"{_INDENT * 2}{language.say(way)}" for way in ways)
    return "\n".join((f"{head}  {emitted}".rstrip(), *lines))


def _verdict(verdict: Verdict | None, language: Language) -> str:
    return language.say(VERDICTS[verdict]) if verdict else "–"


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
