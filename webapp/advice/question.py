"""The question that an address holds: what it asks, and the address that asks it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from travelplan import Place, Places
from travelplan.language import Language, Message, message

OUT_BY, RETURN_BY = "out_by", "return_by"
TRIP_FIELDS = (
    "destination",
    "depart",
    "return",
    "origin",
    "travellers",
    "nights",
    "role",
    "private_before",
    "private_after",
    "meeting_day",
    "meeting_from",
    "meeting_until",
    OUT_BY,
    RETURN_BY,
    "assistance",
    "occupants",
)
DIGITAL: Mapping[str, Message] = {
    "online": message("Yes, fully online: nobody travels"),
    "partly": message("Partly: fewer people travel"),
    "in_person": message("No, in person"),
}
SKIPPED = "skip"
CHANGES, COPIES, DRAFT = "changes", "copies", "draft"
TIES = (CHANGES, COPIES, DRAFT)
"""What a question belongs to: the request that it changes or copies, the draft that it is of."""
CARRIED = ("organisation", "factors", "non_co2", *TIES)
"""What an address may hold that the form does not ask, and hands on."""


@dataclass(frozen=True)
class Question:
    """What a person asks, as it was written; nothing is read from it but by the library's parser.

    `args` are the values of the address by name, each a list.
    """

    args: Mapping[str, list[str]]

    def __getitem__(self, name: str) -> str:
        """Return the first value of a name, "" if there is none."""
        return next(iter(self.args.get(name, ())), "").strip()

    @property
    def digital(self) -> str:
        """What was said of meeting online: a key of DIGITAL, SKIPPED, or "" if not yet asked."""
        said = self["digital"]
        return said if said in DIGITAL or said == SKIPPED else ""

    @property
    def via(self) -> list[str]:
        """The further destinations that are filled in."""
        return [name.strip() for name in self.args.get("via", ()) if name.strip()]

    @property
    def included(self) -> bool:
        """Whether the warming of flights beside CO2 is to be in the figures."""
        return self["non_co2"] == "included"

    @property
    def fields(self) -> dict[str, object]:
        """The trip as the library's parser reads it."""
        names = (*TRIP_FIELDS, "organisation")
        return {**{name: self[name] for name in names}, "via": self.via}

    @classmethod
    def stored(cls, asked: Mapping[str, object]) -> Question:
        """Return a question that was kept as `asking` gives it."""
        lists = {k: v if isinstance(v, list) else [v] for k, v in asked.items()}
        return cls({name: [str(value) for value in values] for name, values in lists.items()})

    def asking(self, **changes: object) -> dict[str, object]:
        """Return the whole question for an address, with some values changed."""
        asked: dict[str, object] = {
            name: self[name] for name in (*TRIP_FIELDS, *CARRIED) if self[name]
        }
        if self.via:
            asked["via"] = self.via
        asked["digital"] = self.digital or SKIPPED
        return {**asked, **changes}

    @property
    def alone(self) -> dict[str, object]:
        """The whole question without what it belongs to."""
        return {name: value for name, value in self.asking().items() if name not in TIES}

    def on(self, day: date) -> Question:
        """Return the question with its day of departure, for one that names none."""
        if self["depart"]:
            return self
        return Question({**self.args, "depart": [day.isoformat()]})


def words_leading_to(place: Place, places: Places, language: Language) -> str:
    """Return the shortest words that a search takes for this place; its id if none do."""
    name = language.say(place.names)
    for typed in (name, f"{name}, {language.country(place.country)}", f"{name}, {place.region}"):
        if places.find(typed).place == place:
            return typed
    return place.id
