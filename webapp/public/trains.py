"""What the page of the trains shows: the cities that the train reaches, by class of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import takewhile

from markupsafe import Markup

from travelplan import Place, Reference
from travelplan.errors import FieldProblem
from travelplan.files import DATA, load_background, read_document
from travelplan.language import Language, Message, Minutes, message
from travelplan.reach import City, Classes, TimeClass, reached, read_classes
from travelplan.report.reach import class_text, svg_map


@cache
def _classes() -> Classes:
    return read_classes(read_document(DATA / "reach.yaml"))


@dataclass(frozen=True)
class TrainsPage:
    """The cities of one class, or of all classes up to the working day."""

    origin: Place
    typed: str
    reference: Reference
    today: date
    language: Language

    @classmethod
    def of(
        cls, arguments: Mapping[str, str], reference: Reference, today: date, language: Language
    ) -> TrainsPage | None:
        """Read the address: `class` is the id of a class. None if the list has no known origin."""
        origin = reference.places.get(reference.destinations.origin)
        if origin is None:
            return None
        return cls(origin, arguments.get("class", "").strip(), reference, today, language)

    @cached_property
    def classes(self) -> list[TimeClass]:
        """All classes, from near to far."""
        return _classes().for_scheme(self.reference.scheme, self.today)

    @property
    def day(self) -> list[TimeClass]:
        """The classes up to the one that the scheme sets; all, if it sets none."""
        before = list(takewhile(lambda one: not one.parameter, self.classes))
        return self.classes[: len(before) + 1]

    @property
    def fault(self) -> FieldProblem | None:
        """What is wrong with the class that is asked for."""
        if not self.typed or self.typed in {one.id for one in self.classes}:
            return None
        text = message("There is no class “{typed}”. Choose one here.", typed=self.typed[:40])
        return FieldProblem("class", "unknown", text)

    @property
    def shown(self) -> list[TimeClass]:
        """The classes that are shown."""
        if self.fault:
            return []
        return [one for one in self.classes if one.id == self.typed] or self.day

    @property
    def choices(self) -> list[tuple[str, str | Message]]:
        """What can be chosen."""
        all_day = message("everything within {time}", time=Minutes(self.day[-1].at_most))
        return [("", all_day), *((one.id, class_text(one, self.language)) for one in self.classes)]

    @cached_property
    def cities(self) -> list[City]:
        """The cities abroad of the classes that are shown, nearest first."""
        ids = {one.id for one in self.shown}
        found = reached(self.origin, self.reference.transport, self.reference.places, self.classes)
        home = self.origin.country
        return [c for c in found if c.time_class in ids and c.country != home]

    @property
    def by_class(self) -> list[tuple[str, list[City]]]:
        """The cities under the name of their class."""
        return [
            (class_text(one, self.language), [c for c in self.cities if c.time_class == one.id])
            for one in self.shown
        ]

    @property
    def map(self) -> Markup:
        """The cities on a map; the library has made every text in it harmless."""
        drawn = svg_map(
            self.origin, self.cities, self.shown, self.language, background=load_background()
        )
        return Markup(drawn)  # noqa: S704
