"""The scheme as a drawing: an SVG that also prints in black and white, and the same in text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from travelplan.language import Language, message
from travelplan.scheme.decision import Decision
from travelplan.scheme.rulebook import Version
from travelplan.scheme.sentences import Speaker, capital
from travelplan.scheme.vocabulary import OUTCOMES

WIDTH, QUESTION_WIDTH, ANSWER_WIDTH = 760, 430, 210
LEFT, TOP, LINE_HEIGHT, PADDING, GAP = 20, 76, 18, 12, 34
QUESTION_LETTERS, ANSWER_LETTERS, TITLE_LETTERS = 54, 24, 84


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the ladder and what follows from yes; the last has no question.

    `answer`: True (yes), False (no) or None (not asked, or not known) on the path of a trip.
    """

    question: str
    outcome: str
    taken: bool
    answer: bool | None


def steps_of(version: Version, language: Language, decision: Decision | None = None) -> list[Step]:
    """Return the steps of a version; with a decision, those that its trip passed are marked."""
    speaker = Speaker(version, language)
    ladder = (*version.gates, *version.rules)
    found: list[Step] = []
    decided = decision is not None and not _asks(decision)
    for rule in ladder:
        answer = None
        if decision is not None and not decided:
            answer = rule.condition.holds(decision.values)
            if rule in version.gates and answer is None:
                answer = False
        taken = decision is not None and rule is decision.rule
        question = "" if rule is ladder[-1] else capital(speaker.condition(rule.condition))
        found.append(Step(question, language.say(OUTCOMES[rule.outcome]), taken, answer))
        decided = decided or taken
    return found


def _asks(decision: Decision) -> bool:
    """Return whether the rules were asked at all: not where the scope or the list decided."""
    return decision.outcome != "out_of_scope" and decision.listed is None


def diagram_text(version: Version, language: Language, decision: Decision | None = None) -> str:
    """Return the drawing in words, for a screen reader: the path of a trip is marked with ►."""
    lines = [_title(version, language)]
    if version.scope_because:
        lines.append(language.say(version.scope_because))
    for number, step in enumerate(steps_of(version, language, decision), 1):
        mark = "►" if step.taken or step.answer is not None else " "
        yes = language.say(message("yes"))
        no = language.say(message("no"))
        if step.question:
            here = {True: f" [{yes}]", False: f" [{no}]", None: ""}[step.answer]
            lines.append(f"{mark} {number}. {step.question}?{here}")
            arrow = "►" if step.taken else " "
            lines.append(f"{arrow}      {yes} → {step.outcome}")
        else:
            otherwise = language.say(message("In all other cases"))
            lines.append(f"{mark} {number}. {otherwise} → {step.outcome}")
    if decision is not None:
        label = language.say(OUTCOMES[decision.outcome])
        lines.append(language.say(message("This trip: {outcome}.", outcome=label)))
    return "\n".join(lines)


def diagram_svg(version: Version, language: Language, decision: Decision | None = None) -> str:
    """Return the drawing as SVG: questions down the left, outcomes on the right.

    The path of a trip has thick lines and a mark, so that it shows without colour.
    """
    steps = steps_of(version, language, decision)
    title = _title(version, language)
    body: list[str] = []
    top = TOP
    for row, line in enumerate(wrap(title, TITLE_LETTERS)):
        body.append(_text(LEFT, 28 + row * 20, line, bold=True, size=16))
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        height = _height(step)
        body += _step(step, top, height, language, last=after is None)
        if after is not None:
            on_path = step.answer is False and not step.taken
            no = language.say(message("no"))
            body += _down(top + height, no, thick=on_path)
        top += height + GAP
    label = escape(title)
    described = escape(diagram_text(version, language, decision))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" '
            f'width="{WIDTH}" height="{top}" role="img" lang="{language.code}" '
            'aria-labelledby="scheme-title scheme-desc" font-family="sans-serif" fill="#000">',
            f'<title id="scheme-title">{label}</title>',
            f'<desc id="scheme-desc">{described}</desc>',
            f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>',
            *body,
            "</svg>",
        ]
    )


def _title(version: Version, language: Language) -> str:
    text = message("{body}, from {day}", body=version.body, day=version.first_day.isoformat())
    return language.say(text)


def _height(step: Step) -> int:
    questions = len(wrap(step.question, QUESTION_LETTERS))
    return max(questions, len(wrap(step.outcome, ANSWER_LETTERS)), 2) * LINE_HEIGHT + 2 * PADDING


def _step(step: Step, top: int, height: int, language: Language, *, last: bool) -> Iterator[str]:
    right = WIDTH - LEFT - ANSWER_WIDTH
    asked = step.answer is not None or step.taken
    question = language.say(message("In all other cases")) if last else step.question + "?"
    yield _box(LEFT, top, QUESTION_WIDTH, height, thick=asked)
    yield from _lines(LEFT + PADDING, top, question, QUESTION_LETTERS)
    middle = top + height // 2
    start = LEFT + QUESTION_WIDTH
    yield _line(start, middle, right - 8, middle, thick=step.taken)
    yield f'<path d="M{right - 8} {middle - 5} L{right} {middle} L{right - 8} {middle + 5} Z"/>'
    if not last:
        yield _text(start + 10, middle - 6, language.say(message("yes")))
    yield _box(right, top, ANSWER_WIDTH, height, thick=step.taken, round_=True)
    outcome = ("► " if step.taken else "") + step.outcome
    yield from _lines(right + PADDING, top, outcome, ANSWER_LETTERS, bold=step.taken)


def _down(top: int, label: str, *, thick: bool) -> Iterator[str]:
    middle = LEFT + QUESTION_WIDTH // 2
    end = top + GAP
    yield _line(middle, top, middle, end - 8, thick=thick)
    yield f'<path d="M{middle - 5} {end - 8} L{middle} {end} L{middle + 5} {end - 8} Z"/>'
    yield _text(middle + 10, top + GAP // 2 + 4, label)


def _box(x: int, y: int, width: int, height: int, *, thick: bool, round_: bool = False) -> str:
    stroke = 4 if thick else 1
    corner = 14 if round_ else 2
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{corner}" '
        f'fill="#fff" stroke="#000" stroke-width="{stroke}"/>'
    )


def _line(x1: int, y1: int, x2: int, y2: int, *, thick: bool) -> str:
    stroke = 4 if thick else 1
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#000" stroke-width="{stroke}"/>'


def _lines(x: int, top: int, text: str, letters: int, *, bold: bool = False) -> Iterator[str]:
    for row, line in enumerate(wrap(text, letters)):
        yield _text(x, top + PADDING + 13 + row * LINE_HEIGHT, line, bold=bold)


def _text(x: int, y: int, text: str, *, bold: bool = False, size: int = 14) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}"{weight}>{escape(text)}</text>'
