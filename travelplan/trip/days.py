"""Days and times of day as people write them."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Literal

from travelplan.errors import FieldProblem, InputError
from travelplan.language import LANGUAGES, LOCALES, message
from travelplan.places.normalise import normalise

LONGEST_SHOWN = 60
_ISO = re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})")
_WEEKDAY = r"(?:(?P<weekday>[^\W\d]+)\.?,? )?"
_BELGIAN = re.compile(_WEEKDAY + r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")
_WRITTEN = re.compile(_WEEKDAY + r"(?P<d>\d{1,2})(?:er)?[ -](?P<month>[^\W\d]+)\.?[ -](?P<y>\d{4})")
_CLOCK = re.compile(r"(?P<h>\d{1,2})(?: ?(?::|\.|u|h|uur) ?(?P<m>\d{2})?(?: ?(?:uur|h))?)")


def read_day(field: str, typed: str) -> date:
    """Return the day that a person wrote in a field.

    Understands 2027-03-05 and 2027/3/5, 5/3/2027 (day first, as in Belgium), 5-3-2027, 5.3.2027
    and the month in words in Dutch, French or English (5 maart 2027, 5-mrt-2027), with or without
    the weekday, which is not checked. The year needs four digits.

    Raises:
        InputError: it is not written as a date (`not_a_date`), or the calendar has no such day
            (`no_such_day`).
    """
    shown = typed[:LONGEST_SHOWN]
    try:
        day = _day(typed)
    except ValueError:
        text = message("The day {typed} does not exist. Check day and month.", typed=shown)
        raise InputError([FieldProblem(field, "no_such_day", text)]) from None
    if day is None:
        text = message(
            "“{typed}” is not a date. Write day, month and year, for example 5/3/2027.",
            typed=shown,
        )
        raise InputError([FieldProblem(field, "not_a_date", text)])
    return day


def parse_clock(typed: str) -> time | None:
    """Return the time of day that a person wrote, or None if it is not written as one.

    Understands 09:00, 9:00, 9.30, 9h30, 9 h, 9u30, 9u and 9 uur; the day has 24 hours.
    """
    match = _CLOCK.fullmatch(typed.casefold())
    if match is None:
        return None
    try:
        return time(int(match["h"]), int(match["m"] or 0))
    except ValueError:
        return None


def _day(typed: str) -> date | None:
    """Return a day, None for no date; raises ValueError for one that is in no calendar."""
    match = _ISO.fullmatch(typed) or _BELGIAN.fullmatch(typed) or _WRITTEN.fullmatch(typed)
    if match is None:
        return None
    parts = match.groupdict()
    if parts.get("weekday") and _named("days", parts["weekday"]) is None:
        return None
    month = _named("months", parts["month"]) if "month" in parts else int(parts["m"])
    return date(int(parts["y"]), month, int(parts["d"])) if month else None


def _named(kind: Literal["months", "days"], name: str) -> int | None:
    """Return the number of a month or weekday, in full or short, in any of our languages."""
    from babel import Locale  # noqa: PLC0415

    for language in LANGUAGES:
        names = getattr(Locale.parse(LOCALES[language]), kind)["format"]
        for width in ("wide", "abbreviated", "short"):
            for number, written in names.get(width, {}).items():
                if normalise(name) == normalise(written):
                    return int(number)
    return None
