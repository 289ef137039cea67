"""The question form. The library's parser judges what is typed; the form keeps and shows it."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import Form, StringField

from travelplan.errors import Candidate, InputError
from travelplan.language import Message, message
from travelplan.trip import DEFAULT_ORIGIN


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, and the places that may be meant."""

    message: Message
    candidates: tuple[Candidate, ...]


class TripForm(Form):  # type: ignore[misc]  # WTForms has no types
    """Where, when, how long, how many. Every field is text: nothing typed is ever lost."""

    origin = StringField(message("From"), default=DEFAULT_ORIGIN)
    destination = StringField(message("To"), description=message("A town, in any language"))
    depart = StringField(message("Departure (dd/mm/yyyy)"))
    back = StringField(message("Return (dd/mm/yyyy)"), name="return")
    nights = StringField(message("or number of nights"))
    travellers = StringField(message("Number of travellers"), default="1")

    def add_problems(self, error: InputError) -> dict[str, list[Problem]]:
        """Return what is wrong by the name of the field, in the order of the form."""
        found: dict[str, list[Problem]] = {field.name: [] for field in self}
        for problem in error.problems:
            name = problem.field if problem.field in found else "destination"
            found[name].append(Problem(problem.message, problem.candidates))
        return {name: problems for name, problems in found.items() if problems}
