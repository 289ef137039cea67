"""Who travels, for whom, why and on whose money: read from the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from travelplan.language import Message, message
from webapp.advice.forms import ROLES
from webapp.organisation import Organisation
from webapp.requests.filing import Participant, Purpose
from webapp.requests.money import as_typed
from webapp.requests.typed import Fields, Typed
from webapp.store.tables import Request, Version

MYSELF, SOMEBODY = "myself", "somebody"
MOST_ROWS = 10
MANY_FROM = 3
LONGEST_TEXT, SHORTEST_WHY = 1000, 20
WHOSE: Mapping[str, Message] = {
    MYSELF: message("For myself"),
    SOMEBODY: message("For somebody else, who confirms it"),
}
PAYERS: Mapping[str, Message] = {
    "city": message("Our own budget"),
    "eu": message("A European project"),
    "host": message("The host"),
}
LABELS: Mapping[str, Message] = {
    "whose": message("This trip is"),
    "traveller": message("Sign-in name of the traveller"),
    "traveller_name": message("Name of the traveller"),
    "unit": message("Unit of the traveller"),
    "role": message("The traveller is"),
    "purpose": message("Purpose of the trip"),
    "interest": message("Direct interest for the city"),
    "why_so_many": message("Why so many travellers"),
    "participants": message("The others, a line each"),
    "project": message("Network, project or mission"),
    "travel": message("Travel"),
    "stay": message("Stay"),
    "registration": message("Registration"),
    "budget_key": message("Budget key"),
    "payer": message("Paid by"),
}


@dataclass(frozen=True, slots=True)
class Who:
    """The form, read. `traveller` is the sign-in name of the traveller, "" for oneself."""

    purpose: Purpose
    traveller: str = ""
    traveller_name: str = ""


@dataclass(frozen=True)
class WhoReader:
    """Reads the form. `name_of` gives the name of somebody who is known by their sign-in name.

    `changes`: the form belongs to a request that exists, so the traveller is settled.
    """

    organisation: Organisation
    travellers: int
    own: str
    name_of: Callable[[str], str]
    changes: bool = False

    def read(self, fields: Fields) -> Who:
        """Return what the form says.

        Raises:
            InputError: naming every wrong field.
        """
        typed = Typed(fields)
        traveller, name = ("", "") if self.changes else self._traveller(typed)
        purpose = Purpose(
            unit=typed.one_of(
                "unit", {unit.id for unit in self.organisation.units}, message("Choose the unit.")
            ),
            role=typed.one_of("role", dict(ROLES), message("Choose who travels.")),
            purpose=typed.text(
                "purpose", most=LONGEST_TEXT, needed=message("Write what the trip is for.")
            ),
            interest=typed.text(
                "interest", most=LONGEST_TEXT, needed=message("Write what it brings the city.")
            ),
            participants=self._participants(typed),
            why_so_many=self._why_so_many(typed),
            project=typed.line("project", most=200),
            travel_cents=typed.cents("travel"),
            stay_cents=typed.cents("stay"),
            registration_cents=typed.cents("registration"),
            budget_key=typed.line("budget_key", most=60),
            payer=typed.one_of("payer", PAYERS, message("Choose who pays.")),
        )
        typed.check()
        return Who(purpose, traveller, name)

    def _traveller(self, typed: Typed) -> tuple[str, str]:
        whose = typed.one_of("whose", WHOSE, message("Choose for whom you file this trip."))
        if whose != SOMEBODY:
            return "", ""
        needed = message("Fill in the name with which the traveller signs in.")
        subject = typed.line("traveller", most=200, needed=needed)
        if subject and subject == self.own:
            own = message("That is you. Choose “For myself”, or fill in another name.")
            typed.note("traveller", "own", own)
        known = self.name_of(subject) if subject else ""
        unknown = message("We do not know this sign-in name yet. Fill in the name of the person.")
        name = typed.line("traveller_name", most=200, needed=unknown if not known else None)
        return subject, known or name

    def _why_so_many(self, typed: Typed) -> str:
        if self.travellers < MANY_FROM:
            return ""
        needed = message("Write why fewer people are not enough.")
        return typed.text("why_so_many", least=SHORTEST_WHY, most=500, needed=needed)

    def _participants(self, typed: Typed) -> tuple[Participant, ...]:
        """Return everybody who goes along, the traveller first and without a name."""
        if self.travellers < 2:
            return ()
        own_role = typed.line(role_field(1), most=200, needed=message("Write what they do there."))
        others = self._listed(typed) if self.travellers > MOST_ROWS else self._rows(typed)
        return Participant("", own_role), *others

    def _rows(self, typed: Typed) -> list[Participant]:
        return [
            Participant(
                typed.line(name_field(n), most=200, needed=message("Write who it is.")),
                typed.line(role_field(n), most=200, needed=message("Write what they do there.")),
            )
            for n in range(2, self.travellers + 1)
        ]

    def _listed(self, typed: Typed) -> list[Participant]:
        lines, others = typed.lines("participants"), self.travellers - 1
        parts = [line.partition(":") for line in lines]
        wrong = [n for n, (name, _, role) in enumerate(parts, 1) if not name.strip() or not role]
        if wrong:
            text = message(
                "Write on each line a name, a colon and a role. Look at line {line}.", line=wrong[0]
            )
            typed.note("participants", "not_a_role", text)
        elif len(lines) != others:
            text = message(
                "You named {named} people. {others} travel along.", named=len(lines), others=others
            )
            typed.note("participants", "other_number", text)
        return [Participant(name.strip()[:200], role.strip()[:200]) for name, _, role in parts]


def labels_for(travellers: int) -> dict[str, Message]:
    """Return the labels of all fields in the order of the form."""
    labels = dict(LABELS)
    found = {name: labels.pop(name) for name in ("whose", "traveller", "traveller_name", "unit")}
    found |= {name: labels.pop(name) for name in ("role", "purpose", "interest", "why_so_many")}
    if travellers > 1:
        found[role_field(1)] = message("What the traveller does there")
        for n in range(2, min(travellers, MOST_ROWS) + 1):
            found[name_field(n)] = message("Person {number}: name", number=n)
            found[role_field(n)] = message("Person {number}: what they do there", number=n)
    return found | labels


def name_field(number: int) -> str:
    """Return the field of the name of a participant, the traveller being 1."""
    return f"participant_{number}_name"


def role_field(number: int) -> str:
    """Return the field of the role of a participant, the traveller being 1."""
    return f"participant_{number}_role"


def fields_of(version: Version, request: Request) -> dict[str, str]:
    """Return a version as the form holds it, to change or copy a request."""
    fields = {
        "unit": request.unit,
        "role": version.role,
        "purpose": version.purpose,
        "interest": version.interest,
        "why_so_many": version.why_so_many,
        "project": version.project,
        "travel": as_typed(version.travel_cents),
        "stay": as_typed(version.stay_cents),
        "registration": as_typed(version.registration_cents),
        "budget_key": version.budget_key,
        "payer": version.payer,
    }
    for n, someone in enumerate(version.participants, 1):
        fields |= {name_field(n): someone["name"], role_field(n): someone["role"]}
    others = version.participants[1:]
    fields["participants"] = "\n".join(f"{one['name']}: {one['role']}" for one in others)
    return fields
