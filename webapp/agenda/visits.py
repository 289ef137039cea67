"""A visit that comes to us, read from the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from travelplan import InputError, Places
from travelplan.language import Message, message
from travelplan.trip import read_day
from webapp.organisation import Organisation
from webapp.requests.typed import Fields, Typed

LONGEST = 200
LABELS: Mapping[str, Message] = {
    "first_day": message("First day (dd/mm/yyyy)"),
    "last_day": message("Last day (dd/mm/yyyy)"),
    "place": message("Where they come from"),
    "visitors": message("Who comes"),
    "topic": message("What it is about"),
    "unit": message("Which unit they visit"),
}


def read_visit(fields: Fields, organisation: Organisation, places: Places) -> dict[str, Any]:
    """Return a visit as its row holds it.

    Raises:
        InputError: naming every wrong field.
    """
    typed = Typed(fields)
    first = _day(typed, fields, "first_day")
    last = _day(typed, fields, "last_day") if fields.get("last_day", "").strip() else first
    if first and last and last < first:
        text = message("The last day lies before the first day.")
        typed.note("last_day", "before_first", text)
    read: dict[str, Any] = {"first_day": first, "last_day": last}
    read |= _place(typed, places)
    read["visitors"] = typed.line(
        "visitors", most=LONGEST, needed=message("Write which organisation comes.")
    )
    read["topic"] = typed.line("topic", most=LONGEST)
    units = {unit.id for unit in organisation.units}
    read["unit"] = typed.one_of("unit", units, message("Choose the unit."))
    typed.check()
    return read


def _day(typed: Typed, fields: Fields, name: str) -> date | None:
    written = fields.get(name, "").strip()
    if not written:
        typed.note(name, "missing", message("Fill in a day, for example 5/3/2027."))
        return None
    try:
        return read_day(name, written)
    except InputError as error:
        for problem in error.problems:
            typed.note(name, problem.code, problem.message)
        return None


def _place(typed: Typed, places: Places) -> dict[str, Any]:
    written = typed.line("place", most=LONGEST, needed=message("Write where they come from."))
    if not written:
        return {}
    found = places.find(written)
    if found.place is None:
        ambiguous = message(
            "More than one place is called so: add a country, for example “Melle, DE”."
        )
        unknown = message("We do not know this place. Check how it is written.")
        text = ambiguous if found.status == "ambiguous" else unknown
        typed.note("place", found.status, text)
        return {}
    return {"place_id": found.place.id, "place": asdict(found.place.names)}
