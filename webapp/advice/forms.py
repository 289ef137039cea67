"""The question form. The library's parser judges what is typed; the form keeps and shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import Form, StringField

from travelplan import InputError, Places
from travelplan.errors import FieldProblem
from travelplan.language import Message, message
from travelplan.scheme.words import MODES
from travelplan.trip import DEFAULT_ORIGIN

VIA_LABEL = message("On the way to")
STAFF = "staff"
ROLES = (
    (STAFF, message("Staff")),
    ("elected", message("Elected member")),
    ("guest", message("Guest")),
    ("student", message("Student or trainee")),
)
WAYS = (
    ("", message("No preference")),
    *(
        (mode, MODES[mode])
        for mode in (
            "train",
            "night_train",
            "coach",
            "chartered_coach",
            "carpool",
            "car",
            "bike",
            "plane",
        )
    ),
)
_FIRST = ("destination", "depart", "return")


class TripForm(Form):  # type: ignore[misc]  # WTForms has no types
    """Where, when, and what has a default. Every field is text: nothing typed is ever lost."""

    destination = StringField(message("To"))
    depart = StringField(message("Departure (dd/mm/yyyy)"))
    back = StringField(message("Return (dd/mm/yyyy)"), name="return")
    origin = StringField(message("From"), default=DEFAULT_ORIGIN)
    travellers = StringField(message("Number of travellers"), default="1")
    nights = StringField(message("Number of nights, if you do not know the return"))
    role = StringField(message("Who travels"), default=STAFF)
    private_before = StringField(message("Days off before the work"))
    private_after = StringField(message("Days off after the work"))
    meeting_day = StringField(message("Day of the meeting (dd/mm/yyyy)"))
    meeting_from = StringField(message("Begins at (hh:mm)"))
    meeting_until = StringField(message("Ends at (hh:mm)"))
    out_by = StringField(message("Out by"))
    back_by = StringField(message("Back by"), name="return_by")
    occupants = StringField(message("People in one car, if you share it"))
    assistance = StringField(message("I want more time at changes"))


@dataclass(frozen=True)
class Faults:
    """What is wrong, by the id of the field that shows it."""

    by_id: dict[str, list[FieldProblem]]

    @classmethod
    def none(cls) -> Faults:
        """Return that nothing is wrong."""
        return cls({})

    @classmethod
    def of(cls, error: InputError, via: Sequence[str], places: Places) -> Faults:
        """Place each problem at its field; one of no field of ours goes to the destination."""
        unsettled = [number for number, name in enumerate(via) if not places.find(name).place]
        ids = {field.name for field in TripForm()}
        by_id: dict[str, list[FieldProblem]] = {}
        for problem in error.problems:
            if problem.field == "via":
                number = unsettled.pop(0) if unsettled and problem.code != "same_place" else 0
                id_ = via_id(number)
            else:
                id_ = problem.field if problem.field in ids else "destination"
            by_id.setdefault(id_, []).append(problem)
        return cls(by_id)

    def at(self, id_: str) -> list[FieldProblem]:
        """Return what is wrong with one field."""
        return self.by_id.get(id_, [])

    @property
    def behind_more(self) -> bool:
        """Whether a field under "More options" is wrong."""
        return bool(self.by_id.keys() - set(_FIRST))

    def summary(self, form: TripForm) -> list[tuple[str, Message, Message]]:
        """Return id, label and message of every fault, in the order of the fields."""
        labels = {field.name: field.label.text for field in form}
        order = [*_FIRST, "origin", *(id_ for id_ in self.by_id if id_.startswith("via"))]
        order += [name for name in labels if name not in order]
        return [
            (id_, labels.get(id_, VIA_LABEL), problem.message)
            for id_ in order
            for problem in self.at(id_)
        ]


def via_id(number: int) -> str:
    """Return the id of the field of a further destination, the first being 0."""
    return "via" if number == 0 else f"via-{number + 1}"


def differs_from_defaults(form: TripForm, via: Sequence[str]) -> bool:
    """Return whether something under "More options" is filled in."""
    return bool(via) or any(
        (field.data or "").strip() not in {"", field.default}
        for field in form
        if field.name not in _FIRST
    )
