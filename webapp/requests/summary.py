"""A request as rows to read: on the check page, on its own page, and for who decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from travelplan import Reference
from travelplan.language import Euros, Language, Message, message
from webapp.advice.forms import ROLES
from webapp.advice.question import DIGITAL
from webapp.organisation import Organisation
from webapp.requests.filing import CONFIDENTIAL
from webapp.requests.who import LABELS, PAYERS
from webapp.store.tables import Version

QUESTION, WHO, CHOICE = "question", "who", "choice"
_UNKNOWN = message("not known")


@dataclass(frozen=True)
class Line:
    """One row: a label and what was filled in. `form` and `field` say where it can be changed."""

    label: Message
    texts: tuple[str, ...]
    form: str = ""
    field: str = ""


@dataclass(frozen=True)
class Summary:
    """A version in the words of the reader. `unit` is that of the traveller."""

    version: Version
    unit: str
    traveller: str
    filer: str
    organisation: Organisation
    reference: Reference
    language: Language

    @property
    def shown(self) -> dict[str, Any]:
        """What the traveller saw of the answer."""
        found: dict[str, Any] = self.version.shown.get(self.language.code, {})
        return found

    @property
    def lines(self) -> list[Line]:
        """Every row."""
        return [*self.of_the_trip(), *self.of_the_choice(), *self.of_the_purpose()]

    def of_the_trip(self) -> Iterator[Line]:
        """Yield where, when, and whether it could be online."""
        shown = self.shown
        trip = (shown["way"], shown["when"])
        yield Line(message("Trip"), trip, QUESTION, "destination")
        digital = DIGITAL.get(self.version.digital, message("Not answered"))
        yield Line(message("Online"), (self._say(digital),), QUESTION, "digital")

    def of_the_choice(self) -> Iterator[Line]:
        """Yield the advice, what was chosen, and why it is another."""
        shown = self.shown
        advice = [text for part in shown["stretches"] for text in (part["level"], part["reason"])]
        yield Line(message("Advice"), tuple(advice))
        ways = tuple(f"{way['way']}: {way['mode']}" for way in shown["choice"]["ways"])
        yield Line(message("Travels by"), ways, CHOICE, "mode_1")
        yield Line(message("CO2e of one traveller"), (self.emissions,))
        if self.version.deviates:
            named = (self.reason,) if self.version.reason else ()
            told = (*named, *_paragraphs(self.version.justification))
            yield Line(message("Why otherwise"), told, CHOICE, "reason")

    def of_the_purpose(self) -> Iterator[Line]:
        """Yield for whom, why, with whom and on whose money."""
        version, say = self.version, self._say
        people = [self.traveller]
        if self.filer != self.traveller:
            people.append(say(message("filed by {name}", name=self.filer)))
        yield Line(message("Traveller"), tuple(people), WHO, "whose")
        yield Line(message("Unit"), (self.unit_name,), WHO, "unit")
        yield Line(LABELS["role"], (say(dict(ROLES)[version.role]),), WHO, "role")
        yield Line(LABELS["purpose"], _paragraphs(version.purpose), WHO, "purpose")
        yield Line(LABELS["interest"], _paragraphs(version.interest), WHO, "interest")
        if version.participants:
            with_roles = tuple(f"{one['name']}: {one['role']}" for one in version.participants)
            yield Line(message("Who travels along"), with_roles, WHO, "participant_1_role")
        if version.why_so_many:
            why = _paragraphs(version.why_so_many)
            yield Line(LABELS["why_so_many"], why, WHO, "why_so_many")
        if version.project:
            yield Line(LABELS["project"], (version.project,), WHO, "project")
        yield Line(message("Estimated cost"), self.costs, WHO, "travel")
        key = f"{say(LABELS['budget_key'])}: {version.budget_key}" if version.budget_key else ""
        paid = tuple(text for text in (say(PAYERS[version.payer]), key) if text)
        yield Line(LABELS["payer"], paid, WHO, "payer")

    @property
    def emissions(self) -> str:
        """What one traveller emits by what was chosen, with its range."""
        choice = self.shown["choice"]
        if not choice["kilograms"]:
            return self._say(_UNKNOWN)
        text = f"{choice['kilograms']} ({choice['range']})"
        if choice["non_co2"]:
            text += f" + {choice['non_co2']} {self.language.gettext('non-CO2')}"
        return text

    @property
    def costs(self) -> tuple[str, ...]:
        """The estimated sums; what nobody knows is never 0."""
        sums = (
            (LABELS["travel"], self.version.travel_cents),
            (LABELS["stay"], self.version.stay_cents),
            (LABELS["registration"], self.version.registration_cents),
        )
        return tuple(
            f"{self._say(label)}: {self._say(_UNKNOWN if cents is None else Euros(cents))}"
            for label, cents in sums
        )

    @property
    def reason(self) -> str:
        """The reason to deviate in words, by the scheme of the day of departure."""
        version = self.reference.scheme.on(self.version.depart)
        found = (r.text for r in version.reasons if r.code == self.version.reason)
        return self._say(next(found, self.version.reason))

    @property
    def is_confidential(self) -> bool:
        """Whether the reason is one that HR confirms and nobody else has to know."""
        return self.version.reason == CONFIDENTIAL

    @property
    def unit_name(self) -> str:
        """The unit and its body."""
        unit = self.organisation.unit(self.unit)
        body = self.organisation.body(unit.body) if unit else None
        if unit is None or body is None:
            return self.unit
        return f"{self._say(unit.name.words)}, {self._say(body.name.words)}"

    def _say(self, value: object) -> str:
        return self.language.say(value)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())
