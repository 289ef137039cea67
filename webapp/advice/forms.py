"""The question form. The library's parser judges what is typed; the form keeps and shows it."""

from __future__ import annotations

from wtforms import Form, StringField

from travelplan.errors import FieldProblem, InputError
from travelplan.language import message
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
