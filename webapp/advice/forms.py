"""The question form. The library's parser judges what is typed; the form keeps and shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import Form, StringField

from travelplan.errors import FieldProblem, InputError
from travelplan.language import Message, message
from travelplan.trip import DEFAULT_ORIGIN


class TripForm(Form):  # type: ignore[misc]  # WTForms has no types
    """Where, when, how long, how many. Every field is text: nothing typed is ever lost."""

    origin = StringField(message("From"), default=DEFAULT_ORIGIN)
    destination = StringField(message("To"))
    depart = StringField(message("Departure (dd/mm/yyyy)"))
    back = StringField(message("Return (dd/mm/yyyy)"), name="return")
    nights = StringField(message("or number of nights"))
    travellers = StringField(message("Number of travellers"), default="1")

    def problems_by_field(self, error: InputError) -> dict[str, list[FieldProblem]]:
        """Return what is wrong by the name of the field; a field of no input goes to the place."""
        found: dict[str, list[FieldProblem]] = {field.name: [] for field in self}
        for problem in error.problems:
            found[problem.field if problem.field in found else "destination"].append(problem)
        return {name: problems for name, problems in found.items() if problems}

    def faults(
        self, problems: Mapping[str, Sequence[FieldProblem]]
    ) -> list[tuple[str, Message, Message]]:
        """Return id, label and message of every fault, in the order of the fields."""
        return [
            (field.id, field.label.text, fault.message)
            for field in self
            for fault in problems.get(field.name, ())
        ]
