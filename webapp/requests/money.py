"""Sums as people write them; one that can be read in two ways is refused, never guessed."""

from __future__ import annotations

import re

from travelplan import FieldProblem
from travelplan.language import Message, message

MOST_EUROS = 1_000_000
_SUM = re.compile(r"(?P<euros>\d{1,3}(?:[ .]\d{3})+|\d+)(?:(?P<sign>[.,])(?P<cents>\d{1,2}))?")
_ENGLISH = re.compile(r"(?P<euros>\d{1,3}(?:,\d{3})+)(?:\.(?P<cents>\d{1,2}))?")
_TWO_WAYS = re.compile(r"\d{1,3}[.,]\d{3}")


def parse_cents(typed: str, field: str) -> int | None:
    """Return a sum in euro cents; None for nothing typed.

    Understands 1234, 1234,50, 1234.50, 1.234,50, 1 234,50 and 1,234.50, with or without € or EUR.

    Raises:
        ProblemError: it is no sum, or one that can be read in two ways, such as 1.234.
    """
    text = re.sub(r"€|EUR|euro", "", typed, flags=re.IGNORECASE)
    text = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    if not text:
        return None
    if _TWO_WAYS.fullmatch(text):
        whole = re.sub(r"[.,]", "", text)
        raise ProblemError(
            field,
            message(
                "“{typed}” can be read in two ways. Write {whole} or {whole},00.",
                typed=text,
                whole=whole,
            ),
        )
    match = _SUM.fullmatch(text) or _ENGLISH.fullmatch(text)
    if match is None:
        raise ProblemError(
            field,
            message("“{typed}” is no sum in euro. Write for example 1234,50.", typed=text[:40]),
        )
    euros = int(re.sub(r"[ .,]", "", match["euros"]))
    if euros > MOST_EUROS:
        raise ProblemError(field, message("{euros} euro is too much. Check the sum.", euros=euros))
    return euros * 100 + int((match["cents"] or "0").ljust(2, "0"))


def as_typed(cents: int | None) -> str:
    """Return a sum as a person would write it in a field: 1234 or 1234,50; "" if not known."""
    if cents is None:
        return ""
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02d}" if rest else str(euros)


class ProblemError(Exception):
    """One field is wrong; `problem` says how."""

    def __init__(self, field: str, text: Message) -> None:
        self.problem = FieldProblem(field, "not_a_sum", text)
        super().__init__(str(text))
