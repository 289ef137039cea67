"""A request as who decides on it sees it: what the traveller saw, and what they filled in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from travelplan import Reference
from travelplan.language import Language, Message, Words, message
from webapp.organisation import Organisation
from webapp.requests.chain import HR_FUNCTION
from webapp.requests.step_line import StepLine
from webapp.requests.summary import Summary
from webapp.store.tables import Person, Request, Version

CONFIRMED_BY_HR = message("Confidential reason: confirmed by HR")
NOT_YET_CONFIRMED = message("Confidential reason: HR has not confirmed it yet")
NOBODY_CONFIRMED = message(
    "Confidential reason: nobody at HR could confirm it, because it is the request of HR itself"
)


class SummaryForDeciders(Summary):
    """A version for who decides: of a confidential reason only what HR said of it."""

    @property
    def reason(self) -> str:
        """The reason to deviate in words."""
        if self.is_confidential:
            return self.language.say(_confidential(self.version))
        return super().reason


@dataclass(frozen=True)
class RequestForDeciders:
    """A request in the words of who decides on it."""

    session: Session
    request: Request
    organisation: Organisation
    reference: Reference
    language: Language

    @property
    def version(self) -> Version:
        """The newest version."""
        return self.request.current

    @property
    def earlier(self) -> list[Version]:
        """The versions before it, the newest first."""
        return list(reversed(self.request.versions[:-1]))

    @property
    def destination(self) -> Words:
        """Where the trip goes."""
        return Words(**self.version.destination)

    def summary_of(self, version: Version) -> Summary:
        """Return a version in words."""
        return SummaryForDeciders(
            version,
            self.request.unit,
            self.request.traveller.name,
            self.request.filer.name,
            self.organisation,
            self.reference,
            self.language,
        )

    def steps_of(self, version: Version) -> list[StepLine]:
        """Return who has to agree to a version, and how far that is."""
        return [StepLine.of(step, self._name) for step in version.steps]

    def _name(self, person_id: str | None) -> str:
        person = self.session.get(Person, person_id) if person_id else None
        return person.name if person else ""


def _confidential(version: Version) -> Message:
    verdicts = {step.decision for step in version.steps if step.function == HR_FUNCTION}
    if "approved" in verdicts:
        return CONFIRMED_BY_HR
    return NOBODY_CONFIRMED if "passed_up" in verdicts else NOT_YET_CONFIRMED
