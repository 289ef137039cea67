"""Charts of bars: what they show, as shares of the width; the table under one has its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from travelplan.language import Message

LONGEST_LINE, LONGEST_NARROW = 48, 33
"""So many signs of a label fit above a bar without a value."""
_VALUE_SIGN = 1.2
"""How wide a sign of a value is, which is set bold, in signs of a label."""
_FULL = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, the value in words, and how far its parts go, in per cent.

    `brief` is the value for a narrow screen, "" for the same.
    """

    label: str
    value: str
    width: float
    beside: float = 0.0
    brief: str = ""

    @property
    def short(self) -> str:
        """The label as it fits above the bar; the table has it whole."""
        return _beside_value(self.label, self.value, LONGEST_LINE)

    @property
    def shortest(self) -> str:
        """The label as it fits on a narrow screen."""
        return _beside_value(self.label, self.brief or self.value, LONGEST_NARROW)


@dataclass(frozen=True, slots=True)
class Line:
    """A line across all bars, such as a published share; `at` in per cent."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and its table.

    `parts` name what the parts of a bar are, if there is more than one. `rows` have a head and
    a cell for each of `columns`.
    """

    id: str
    title: Message
    bars: Sequence[Bar]
    head: Message
    columns: Sequence[Message]
    rows: Sequence[tuple[str, Sequence[str]]]
    parts: Sequence[Message] = ()
    line: Line | None = None
    note: Message | None = None


def bars(rows: Iterable[tuple[str, str, float, float]], most: float | None = None) -> list[Bar]:
    """Return bars for labels, words, values and what comes on top; the longest fills the width.

    Args:
        rows: label, the value in words, the value, and the value on top of it.
        most: the value that fills the width, if not that of the longest bar.
    """
    found = list(rows)
    full = most or max((value + beside for _, _, value, beside in found), default=0.0)
    scale = _FULL / full if full else 0.0
    return [
        Bar(label, words, round(value * scale, 2), round(beside * scale, 2))
        for label, words, value, beside in found
    ]


def _beside_value(label: str, value: str, most: int) -> str:
    return _cut(label, most - round(_VALUE_SIGN * len(value)))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
