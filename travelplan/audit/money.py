"""Amounts of money as people write them."""

from __future__ import annotations

import re

from travelplan.audit.words import DecimalMark
from travelplan.language import Message, message

MOST_SHOWN = 60
_AMOUNT = re.compile(r"[-+]?\d[\d., '’]*")
_GROUPS = re.compile(r"\d{1,3}(?:[., '’]\d{3})+|\d+")
_CURRENCY = re.compile(r"(?i)€|\beur(?:o|os)?\b")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


def plain_cents(typed: str) -> int | None:
    """Return a plain amount under 100,000 euro (12 or 12,50 or 12.50) in cents; None for others."""
    euros, mark, cents = typed.partition("." if "." in typed else ",")
    if not 0 < len(euros) < 6 or len(cents) != (2 if mark else 0):
        return None
    digits = euros + cents
    if not digits.isdecimal():
        return None
    return int(digits) if mark else int(digits) * 100


def money_cents(typed: str, decimal: DecimalMark | None) -> tuple[int | None, Message | None]:
    """Return an amount in cents, or what is wrong with how it is written.

    Both marks: the last one stands before the cents. One mark before three digits (1.234) could
    be either: it is taken for a mark of thousands only where `decimal` says that it is no
    decimal mark.
    """
    shown = typed[:MOST_SHOWN]
    text = _CURRENCY.sub("", typed.translate(_SPACES)).strip()
    if not _AMOUNT.fullmatch(text):
        return None, message("“{typed}” is not an amount. Write 1234,50.", typed=shown)
    mark = _decimal_mark(text, decimal)
    if mark is None:
        return None, message(
            "“{typed}” can be read in two ways. Write the amount with two decimals.", typed=shown
        )
    whole, _, cents = text.lstrip("+-").partition(mark) if mark else (text.lstrip("+-"), "", "")
    if not _GROUPS.fullmatch(whole) or (cents and not cents.isdecimal()):
        return None, message("“{typed}” is not an amount. Write 1234,50.", typed=shown)
    euros = "".join(filter(str.isdecimal, whole))
    value = round(float(f"{euros}.{cents or 0}") * 100)
    return -value if text.startswith("-") else value, None


def _decimal_mark(text: str, decimal: DecimalMark | None) -> str | None:
    """Return the mark before the cents, "" if there are no cents, None if that is not clear."""
    marks = [char for char in text if char in ".,"]
    if not marks or (len(marks) > 1 and len(set(marks)) == 1):
        return ""
    if len(marks) > 1:
        return marks[-1]
    digits = len(text) - text.index(marks[0]) - 1
    if digits != 3:
        return marks[0]
    written = {"comma": ",", "point": "."}.get(decimal or "")
    return "" if written and written != marks[0] else None
