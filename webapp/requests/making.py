"""After the trip: what was really travelled by, read from the form."""

from __future__ import annotations

from collections.abc import Mapping

from travelplan.language import Message, message
from travelplan.scheme.words import CLASSES, MODES
from webapp.requests.filing import Made
from webapp.requests.money import as_typed
from webapp.requests.typed import Fields, Typed
from webapp.store.tables import Request

LABELS: Mapping[str, Message] = {
    "mode": message("Outward by"),
    "mode_back": message("Back by"),
    "travel_class": message("Class"),
    "cost": message("What travel cost in the end, in euro"),
}
_VEHICLES = ("train", "night_train", "coach", "carpool", "car", "ferry", "bike", "plane")


def modes() -> list[tuple[str, Message]]:
    """Return what one can travel by."""
    return [(mode, MODES[mode]) for mode in _VEHICLES]


def classes() -> list[tuple[str, Message]]:
    """Return the classes, none of them first."""
    return [("", message("Not known, or none")), *CLASSES.items()]


def first_fields(request: Request) -> dict[str, str]:
    """Return what is known already: what was noted last, or what was asked."""
    noted = request.bookings[-1] if request.bookings else None
    if noted is None:
        version = request.current
        return {"mode": version.mode, "mode_back": version.mode_back}
    return {
        "mode": noted.mode,
        "mode_back": noted.mode_back,
        "travel_class": noted.travel_class,
        "cost": as_typed(noted.cost_cents),
    }


def read_made(fields: Fields) -> Made:
    """Return what the form says.

    Raises:
        InputError: naming every wrong field.
    """
    typed = Typed(fields)
    how = message("Choose how you travelled.")
    made = Made(
        mode=typed.one_of("mode", _VEHICLES, how),
        mode_back=typed.one_of("mode_back", _VEHICLES, how),
        travel_class=typed.one_of("travel_class", ["", *CLASSES], message("Choose a class.")),
        cost_cents=typed.cents("cost"),
    )
    typed.check()
    return made
