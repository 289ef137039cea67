"""Days and times of day as people write them."""

from __future__ import annotations

import re
from datetime import date, time

from travelplan.language import LANGUAGES, LOCALES
from travelplan.places.normalise import normalise

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_BELGIAN = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")
_WRITTEN = re.compile(r"(?:[^\W\d]+,? )?(?P<d>\d{1,2})(?:er)? (?P<month>[^\W\d]+)\.? (?P<y>\d{4})")
_CLOCK = re.compile(r"(?P<h>\d{1,2})(?: ?(?::|\.|u|h|uur) ?(?P<m>\d{2})?(?: ?(?:uur|h))?)")


def parse_day(typed: str) -> date | None:
    """Return the day that a person wrote, or None if it is not written as a date.

    Understands 2027-03-05, 5/3/2027 (day first, as in Belgium), 5-3-2027, 5.3.2027 and the month
    in words in Dutch, French or English, with or without the weekday, which is not checked. The
    year needs four digits.

    Raises:
        ValueError: it is written as a date, but the calendar has no such day.
    """
    match = _ISO.fullmatch(typed) or _BELGIAN.fullmatch(typed)
    if match:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    match = _WRITTEN.fullmatch(typed.casefold())
    month = match and _month(match["month"])
    return date(int(match["y"]), month, int(match["d"])) if match and month else None


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


def _month(name: str) -> int | None:
    from babel import Locale  # noqa: PLC0415

    for language in LANGUAGES:
        months = Locale.parse(LOCALES[language]).months["format"]
        for width in ("wide", "abbreviated"):
            for number, written in months[width].items():
                if normalise(name) == normalise(written):
                    return int(number)
    return None
