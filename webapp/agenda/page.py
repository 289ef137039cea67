"""What the page of the calendar shows: the entries that a person asks for, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from travelplan.language import Language, Message, message
from webapp.agenda.entries import Entry, companions
from webapp.organisation import Organisation

AHEAD = timedelta(days=550)
BEHIND = timedelta(days=365)
KINDS: Mapping[str, Message] = {
    "": message("Trips and visits"),
    "out": message("Our trips"),
    "in": message("Visits to us"),
}
LABELS = {
    "unit": message("Unit"),
    "topic": message("Network, project or mission"),
    "place": message("Place"),
    "kind": message("What"),
}


@dataclass(frozen=True)
class Asked:
    """What a person asks of the calendar; what is not known in it asks for everything."""

    unit: str
    topic: str
    place: str
    kind: str
    past: bool

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Asked:
        """Read the address."""
        wanted = {name: arguments.get(name, "")[:200] for name in ("unit", "topic", "place")}
        kind = arguments.get("kind", "")
        return cls(**wanted, kind=kind if kind in KINDS else "", past="past" in arguments)

    def period(self, today: date) -> tuple[date, date]:
        """Return the first and the last day to show."""
        if self.past:
            return today - BEHIND, today - timedelta(days=1)
        return today, today + AHEAD

    def fits(self, entry: Entry) -> bool:
        """Whether an entry is asked for."""
        pairs = (
            (self.unit, entry.unit),
            (self.topic, entry.topic),
            (self.place, entry.place_id),
            (self.kind, entry.kind),
        )
        return all(not wanted or wanted == has for wanted, has in pairs)


@dataclass(frozen=True)
class CalendarPage:
    """The calendar as a person asks for it."""

    asked: Asked
    every: Sequence[Entry]
    organisation: Organisation
    language: Language

    @property
    def months(self) -> Iterator[tuple[str, list[Entry]]]:
        """The entries that fit, by month."""
        fitting = [entry for entry in self.every if self.asked.fits(entry)]
        for _, found in groupby(fitting, key=lambda entry: (entry.first.year, entry.first.month)):
            group = list(found)
            yield self.language.month(group[0].first), group

    def unit_name(self, id_: str) -> str:
        """Return the name of a unit."""
        unit = self.organisation.unit(id_)
        return self.language.say(unit.name.words) if unit else id_

    def days(self, entry: Entry) -> Message:
        """Return from when to when."""
        return days_of(entry)

    def others(self, entry: Entry) -> list[Message]:
        """Return which other units go there at about the same time."""
        return [
            also_goes(other, self.unit_name(other.unit)) for other in companions(entry, self.every)
        ]

    @property
    def units(self) -> list[tuple[str, str | Message]]:
        """The units to choose from."""
        found = sorted({entry.unit for entry in self.every}, key=self.unit_name)
        return [("", message("All")), *((unit, self.unit_name(unit)) for unit in found)]

    @property
    def topics(self) -> list[tuple[str, str | Message]]:
        """The topics to choose from."""
        found = sorted({entry.topic for entry in self.every if entry.topic}, key=str.casefold)
        return [("", message("All")), *((topic, topic) for topic in found)]

    @property
    def places(self) -> list[tuple[str, str | Message]]:
        """The places to choose from."""
        names = {entry.place_id: self.language.say(entry.place) for entry in self.every}
        found = sorted(names.items(), key=lambda pair: pair[1].casefold())
        return [("", message("All")), *found]


def days_of(entry: Entry) -> Message:
    """Return from when to when an entry lasts."""
    if entry.first == entry.last:
        return message("{day}", day=entry.first)
    return message("{first} to {last}", first=entry.first, last=entry.last)


def also_goes(entry: Entry, unit: str) -> Message:
    """Return the hint that another unit goes there too; it names nobody."""
    return message(
        "{unit} goes to {place} too, on {day}: perhaps together?",
        unit=unit,
        place=entry.place,
        day=entry.first,
    )
