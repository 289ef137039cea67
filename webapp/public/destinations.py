"""What the list of destinations shows: the entries that a person asks for, each with its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from werkzeug.datastructures import MultiDict

from travelplan import Place, Reference
from travelplan.destinations import OUTCOME_OF_LEVEL, Entry, Evidence, Level, Visits
from travelplan.errors import FieldProblem
from travelplan.language import Language, Message, Minutes, message
from travelplan.report.table import called, change_line, chosen
from travelplan.scheme.words import MODES, OUTCOMES
from webapp.public.scheme import in_force

LEVELS: tuple[Level, ...] = get_args(Level)
LONGEST_SEARCH = 100
WIDEST_OVER_LIMIT = 2
"""A bar is full at so many times the largest limit: what takes longer ends in an arrow."""


@dataclass(frozen=True)
class Filter:
    """What a person asks of the list, as typed; `faults` by field."""

    search: str
    country: str
    levels: tuple[str, ...]
    faults: dict[str, list[FieldProblem]] = field(default_factory=dict)

    @classmethod
    def of(cls, arguments: MultiDict[str, str], language: Language) -> Filter:
        """Read the address: `q`, `country` and any number of `level`."""
        search = " ".join(arguments.get("q", "").split())
        countries = {code.strip().upper() for code in arguments.getlist("country") if code.strip()}
        levels = [level.strip() for level in arguments.getlist("level") if level.strip()]
        faults: dict[str, list[FieldProblem]] = {}
        if len(search) > LONGEST_SEARCH:
            text = message(
                "This is too long: search with {most} characters or fewer.", most=LONGEST_SEARCH
            )
            faults["q"] = [FieldProblem("q", "too_long", text)]
        country = ", ".join(sorted(countries))
        if len(countries) > 1:
            text = message("Choose one country at a time, or all.")
            faults["country"] = [FieldProblem("country", "several", text)]
        elif country and language.country(country) == country:
            text = message(
                "There is no country “{code}”. Choose one of the list.", code=country[:20]
            )
            faults["country"] = [FieldProblem("country", "unknown", text)]
        strange = [level for level in levels if level not in LEVELS]
        if strange:
            text = message("There is no level “{level}”. Choose one here.", level=strange[0][:40])
            faults["level"] = [FieldProblem("level", "unknown", text)]
        return cls(search, country, tuple(dict.fromkeys(levels)), faults)

    @property
    def is_empty(self) -> bool:
        """Whether the whole list is asked for."""
        return not (self.search or self.country or self.levels)

    def summary(self) -> Iterator[tuple[str, Message, Message]]:
        """Yield every fault with its field, for the summary."""
        for name, faults in self.faults.items():
            for fault in faults:
                yield name, LABELS[name], fault.message


LABELS = {
    "q": message("Search by name"),
    "country": message("Country"),
    "level": message("Level"),
}


@dataclass(frozen=True)
class Bar:
    """A travel time as percentages of the width: how far it goes, where the limits lie.

    `open` if the time is longer than the bar.
    """

    width: float
    limits: tuple[float, ...]
    open: bool


@dataclass(frozen=True)
class Row:
    """One entry of the list, in the words of the reader."""

    entry: Entry
    limits: Sequence[float]
    language: Language

    @property
    def name(self) -> str:
        """The name of the place."""
        return self.language.say(self.entry.names.words)

    @property
    def country(self) -> str:
        """The country by its name."""
        return self.language.country(self.entry.country)

    @property
    def level(self) -> Message:
        """The level in words."""
        return OUTCOMES[OUTCOME_OF_LEVEL[self.entry.level]]

    @property
    def mode(self) -> Message:
        """The means of transport that it prescribes."""
        return MODES[self.entry.mode]

    @property
    def time(self) -> str:
        """The time by train."""
        if self.entry.rail is None:
            return self.language.say(message("no train"))
        return self.language.duration(self.entry.rail.minutes)

    @property
    def basis(self) -> Message | None:
        """How the time is known."""
        rail = self.entry.rail
        if rail is None:
            return None
        if rail.basis == "network":
            return message("Time from our own timetable.")
        return message("Time looked up by {who}, {day}.", who=rail.checked_by, day=rail.checked_on)

    @property
    def bar(self) -> Bar | None:
        """The time against the limits of the scheme; None without a train or a limit."""
        if self.entry.rail is None or not self.limits:
            return None
        full = self.limits[-1] * WIDEST_OVER_LIMIT
        share = self.entry.rail.minutes / full * 100
        marks = tuple(round(limit / full * 100, 1) for limit in self.limits)
        return Bar(round(min(share, 100), 1), marks, share > 100)

    @property
    def visits(self) -> Iterator[tuple[Evidence, Message | None]]:
        """Each piece of evidence, with the visits behind it where they are known."""
        for evidence in self.entry.evidence:
            counted = evidence.visits
            text = None
            if isinstance(counted, Visits):
                text = message(
                    "{count} visits from {first} to {last}.",
                    count=counted.count,
                    first=counted.first,
                    last=counted.last,
                )
            yield evidence, text

    @property
    def history(self) -> list[str]:
        """Every change of the entry, as the file has it."""
        return change_line(self.entry)


@dataclass(frozen=True)
class ListPage:
    """The list as a person asks for it."""

    asked: Filter
    reference: Reference
    today: date
    language: Language

    @property
    def origin(self) -> Place | None:
        """From where the times count."""
        return self.reference.places.get(self.reference.destinations.origin)

    @property
    def limits(self) -> list[float]:
        """The limits of the scheme on the time by train, in minutes."""
        return in_force(self.reference.scheme, self.today).limits("rail_min")

    @property
    def limit_words(self) -> str:
        """The limits as text."""
        return ", ".join(self.language.say(Minutes(round(limit))) for limit in self.limits)

    @property
    def searched_place(self) -> Place | None:
        """The place that the search surely means."""
        return self.reference.places.named(self.asked.search) if self.asked.search else None

    @property
    def rows(self) -> list[Row]:
        """The entries that fit, those that are listed first, each group by travel time."""
        if self.asked.faults:
            return []
        entries = list(self.reference.destinations.entries)
        if self.asked.search:
            entries = called(entries, self.asked.search, self.searched_place)
        countries = [self.asked.country] if self.asked.country else []
        found = chosen(entries, countries=countries, levels=self.asked.levels)
        found.sort(key=lambda entry: entry.status != "listed")
        return [Row(entry, self.limits, self.language) for entry in found]

    @property
    def listed(self) -> list[Row]:
        """The entries that stand on the list."""
        return [row for row in self.rows if row.entry.status == "listed"]

    @property
    def candidates(self) -> list[Row]:
        """The entries that may come on it, and decide nothing."""
        return [row for row in self.rows if row.entry.status != "listed"]

    @property
    def countries(self) -> list[tuple[str, str | Message]]:
        """The countries to choose from, by name, with the one that is asked for."""
        codes = {entry.country for entry in self.reference.destinations.entries}
        if self.asked.country and not self.asked.faults.get("country"):
            codes.add(self.asked.country)
        named = sorted((self.language.country(code), code) for code in codes)
        return [("", message("All countries")), *((code, name) for name, code in named)]

    @property
    def levels(self) -> list[tuple[str, Message]]:
        """The levels to choose from."""
        return [(level, OUTCOMES[OUTCOME_OF_LEVEL[level]]) for level in LEVELS]
