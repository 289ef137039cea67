"""What the traveller saw, kept as it was: the approver sees the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from travelplan import Recommendation
from travelplan.language import LANGUAGES, Kilograms, Language
from travelplan.report.choice import Way, chosen_emissions, ways_of
from travelplan.scheme.words import MODES, VERDICTS
from webapp.advice.page import AnswerPage
from webapp.advice.question import Question
from webapp.advice.stretch import Stretch
from webapp.requests.choosing import way_label


def shown(
    answer: Recommendation,
    asked: Question,
    vehicles: Sequence[str],
    language_of: Callable[[str], Language],
) -> dict[str, Any]:
    """Return the answer as the page words it and what was chosen, by language."""
    return {code: _in(answer, asked, vehicles, language_of(code)) for code in LANGUAGES}


def _in(
    answer: Recommendation, asked: Question, vehicles: Sequence[str], language: Language
) -> dict[str, Any]:
    page = AnswerPage(answer, asked, language)
    return {
        "level": page.level,
        "way": page.way,
        "when": page.when,
        "stretches": [_stretch(stretch) for stretch in page.stretches],
        "choice": chosen(answer, vehicles, language),
    }


def chosen(answer: Recommendation, vehicles: Sequence[str], language: Language) -> dict[str, Any]:
    """Return the chosen ways in words, with what one traveller emits by them."""
    ways, say = ways_of(answer), language.say
    emissions = chosen_emissions(answer, vehicles)
    beside = emissions.non_co2.central if emissions else 0.0
    return {
        "ways": [
            {
                "way": say(way_label(way)),
                "mode": say(MODES[vehicle]),
                "verdict": _verdict(way, vehicle, language),
            }
            for way, vehicle in zip(ways, vehicles, strict=True)
        ],
        "kilograms": say(Kilograms(emissions.wtw.central)) if emissions else "",
        "range": language.span(emissions.wtw.low, emissions.wtw.high) if emissions else "",
        "non_co2": say(Kilograms(beside)) if beside else "",
    }


def _verdict(way: Way, vehicle: str, language: Language) -> str:
    option = way.option(vehicle)
    return language.say(VERDICTS[option.verdict]) if option and option.verdict else ""


def _beside(stretch: Stretch) -> Iterator[str]:
    yield from (*stretch.comparison, stretch.set_line, *stretch.warnings, *stretch.beside)


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "title": stretch.title,
        "level": stretch.level,
        "reason": stretch.reason,
        "causes": stretch.causes,
        "assumptions": [*stretch.assumed_values, *stretch.assumptions],
        "grounds": stretch.grounds,
        "beside": list(dict.fromkeys(_beside(stretch))),
        "meaning": [[heading, lines] for heading, lines in stretch.meaning],
        "options": [
            {
                "mode": row.option.mode,
                "name": row.mode,
                "verdict": row.option.verdict or "",
                "verdict_name": row.verdict,
                "door_to_door": row.door_to_door,
                "time_parts": row.time_parts,
                "changes": row.changes,
                "kilograms": row.kilograms,
                "range": row.kilograms_range,
                "non_co2": row.non_co2,
            }
            for row in stretch.rows
        ],
    }
