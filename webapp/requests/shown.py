"""What the traveller saw, kept as it was: the approver sees the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from travelplan import Recommendation
from travelplan.language import LANGUAGES, Language
from webapp.advice.page import AnswerPage
from webapp.advice.question import Question
from webapp.advice.stretch import Stretch


def shown(
    answer: Recommendation, asked: Question, language_of: Callable[[str], Language]
) -> dict[str, Any]:
    """Return the answer as the page words it, by language."""
    return {code: _page(AnswerPage(answer, asked, language_of(code))) for code in LANGUAGES}


def _page(page: AnswerPage) -> dict[str, Any]:
    return {
        "level": page.level,
        "way": page.way,
        "when": page.when,
        "stretches": [_stretch(stretch) for stretch in page.stretches],
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "title": stretch.title,
        "level": stretch.level,
        "reason": stretch.reason,
        "causes": stretch.causes,
        "assumptions": [*stretch.assumed_values, *stretch.assumptions],
        "grounds": stretch.grounds,
        "beside": stretch.beside,
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
