"""Days as people, booking systems and Excel write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from travelplan.language import message
from travelplan.trip import FieldReader

FIRST_EXCEL_DAY = date(1899, 12, 30)
_EXCEL_DAY = re.compile(r"[2-7]\d{4}")
_WITH_TIME = re.compile(r"(\S+?)[T ]+\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?Z?")


def read_day(reader: FieldReader, field: str, typed: str) -> date | None:
    """Return the day in a cell, also with a time behind it or as the number that Excel gives it.

    None if the cell is empty, which is noted for the departure; what is no day is noted too.
    """
    if not typed:
        if field == "depart":
            reader.note(field, "missing", message("The day of departure is missing."))
        return None
    if _EXCEL_DAY.fullmatch(typed):
        return FIRST_EXCEL_DAY + timedelta(days=int(typed))
    with_time = _WITH_TIME.fullmatch(typed)
    return reader.day(field, with_time[1] if with_time else typed)
