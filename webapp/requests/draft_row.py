"""A draft in the list of one's requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from travelplan import InputError, Reference, parse_trip
from travelplan.language import Language, message
from webapp.advice.question import Question
from webapp.store.tables import Draft


@dataclass(frozen=True)
class DraftRow:
    """A draft: its id, where it goes and when, and when somebody last worked on it."""

    id: str
    way: str
    when: str
    changed_at: datetime

    @classmethod
    def of(cls, draft: Draft, reference: Reference, language: Language) -> DraftRow:
        """Return a draft in the words of the reader; as typed where it can no longer be read."""
        question = Question.stored(draft.question)
        try:
            trip = parse_trip(question.fields, reference.places)
        except InputError:
            return cls(draft.id, question["destination"], question["depart"], draft.changed_at)
        say = language.say
        way = message(
            "{origin} → {destination}", origin=trip.origin.names, destination=trip.destination.names
        )
        return cls(draft.id, say(way), say(trip.depart), draft.changed_at)
