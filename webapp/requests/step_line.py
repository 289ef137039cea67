"""One agreement as a line to read: who has to agree, and what was decided, by whom and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from travelplan.language import Message, Words, message
from webapp.requests.chain import HR_FUNCTION, waiting_step
from webapp.requests.status import DECISION_KINDS, DECISIONS, Kind
from webapp.store.tables import Step

_DECISIONS_OF_HR = {
    "approved": message("Confirmed by HR"),
    "change_asked": message("Not yet discussed with HR"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in words; `by` decided on it, `in_place_of` somebody where they stood in."""

    step: Step
    by: str
    in_place_of: str

    @classmethod
    def of(cls, step: Step, name_of: Callable[[str | None], str]) -> StepLine:
        """Return a step as a line."""
        return cls(step, name_of(step.decided_by), name_of(step.in_place_of))

    @property
    def function(self) -> Words:
        """Who has to agree, as the scheme calls them."""
        return Words(**self.step.name)

    @property
    def status(self) -> Message | str:
        """What was decided, or whether it waits; "" while others come first."""
        step = self.step
        if step.decision is None:
            return message("Waits") if self._waits else ""
        if step.function == HR_FUNCTION and step.decision in _DECISIONS_OF_HR:
            return _DECISIONS_OF_HR[step.decision]
        return DECISIONS[step.decision]

    @property
    def kind(self) -> Kind:
        """How it is tinted."""
        if self.step.decision is None:
            return "wait" if self._waits else ""
        return DECISION_KINDS.get(self.step.decision, "wait")

    @property
    def when(self) -> date | None:
        """The day of the decision."""
        return self.step.decided_at.date() if self.step.decided_at else None

    @property
    def _waits(self) -> bool:
        request = self.step.version.request
        is_current = self.step.version is request.current
        return (
            request.status == "waiting"
            and is_current
            and self.step is waiting_step(request.current)
        )
