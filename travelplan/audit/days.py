"""Days as people, booking systems and Excel write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from travelplan.language import message
from travelplan.trip import FieldReader

FIRST_EXCEL_DAY = date(1899, 12, 30)
_EXCEL_DAY = re.compile(r"[2-7]\d{4}")
_SHORT_YEAR = re.compile(r"(\d{1,2}([/.-])(?:\d{1,2}|[^\W\d]+)\2)(\d{2})")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_WITH_TIME = re.compile(r"(\S+?)[T ]+\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?Z?")


def read_day(reader: FieldReader, field: str, typed: str) -> date | None:
    """Return the day in a cell, as people or systems write it, also with a time behind it.

    A system may write 20270305, the number that Excel gives a day, or 5/3/27 (day first, of this
    century). None if the cell is empty, which is noted for the departure, or no day, which is
    noted too.
    """
    if not typed:
        if field == "depart":
            reader.note(field, "missing", message("The day of departure is missing."))
        return None
    if _EXCEL_DAY.fullmatch(typed):
        return FIRST_EXCEL_DAY + timedelta(days=int(typed))
    with_time = _WITH_TIME.fullmatch(typed)
    text = with_time[1] if with_time else typed
    text = _SHORT_YEAR.sub(r"\g<1>20\3", text) if _SHORT_YEAR.fullmatch(text) else text
    return reader.day(field, _COMPACT.sub(r"\1-\2-\3", text) if len(text) == 8 else text)
