"""What people add to a name to say which place they mean: a country or a region."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from travelplan.language import LOCALES
from travelplan.places.index import Entry
from travelplan.places.normalise import normalise
from travelplan.places.table import read_table

_SEPARATORS = re.compile(r"[,()\[\]]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: a name as written, and what was said about where it is.

    `name` is its normalised form.
    """

    written: str
    qualifiers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name under which to look it up."""
        return normalise(self.written)


@dataclass(frozen=True, slots=True)
class Area:
    """The countries and regions that a qualifier can mean: Georgia is one of each."""

    countries: frozenset[str]
    regions: frozenset[str]

    def holds(self, entry: Entry) -> bool:
        """Return whether a place lies in one of them; a province lies in its region."""
        if entry.country in self.countries:
            return True
        parts = entry.region.split(".")
        return any(".".join(parts[:depth]) in self.regions for depth in range(2, len(parts) + 1))

    def __bool__(self) -> bool:
        """Return whether the qualifier means anything."""
        return bool(self.countries or self.regions)


def readings(typed: str) -> Iterator[Reading]:
    """Yield the ways to read what was typed, the most literal first.

    "Halle (Saale), Duitsland" is first a name of three words, then Halle Saale in Duitsland,
    then Halle in Saale and Duitsland. Without comma or brackets the last words may be the
    qualifier (London UK); a code there must be in capitals, since "de" is also a word.
    """
    parts = [part.strip() for part in _SEPARATORS.split(typed) if part.strip()]
    for count in range(len(parts), 0, -1):
        yield Reading(" ".join(parts[:count]), tuple(parts[count:]))
    words = typed.split()
    if len(parts) == 1:
        for count in range(len(words) - 1, 0, -1):
            last = " ".join(words[count:])
            if len(last) > len("XX") or last.isupper():
                yield Reading(" ".join(words[:count]), (last,))


class Areas:
    """Countries by code, alias and name in three languages; regions by code and name."""

    def __init__(
        self,
        countries: frozenset[str],
        aliases: Mapping[str, str],
        region_names: Mapping[str, str],
        local_region_names: Mapping[str, str],
        other_region_names: str,
    ) -> None:
        self._countries = countries
        self._aliases = {normalise(alias): code for alias, code in aliases.items()}
        self._region_names = region_names
        self._local_region_names = local_region_names
        self._other_region_names = read_table(
            other_region_names, "regions.csv", ("code", "nl", "fr", "en")
        )

    def meant_by(self, qualifier: str) -> Area:
        """Return the countries and regions that a qualifier can mean, possibly none."""
        name, code = normalise(qualifier), qualifier.strip().upper()
        country = code if code in self._countries else self._aliases.get(name)
        regions = frozenset(self._regions_by_name.get(name, ()))
        if country is not None:
            return Area(frozenset({country}), regions)
        country = self._countries_by_name.get(name)
        return Area(frozenset({country} if country else ()), regions)

    @cached_property
    def _countries_by_name(self) -> dict[str, str]:
        from babel import Locale  # noqa: PLC0415  (70 ms, and most names need no country)

        return {
            normalise(name): code
            for locale in LOCALES.values()
            for code, name in Locale.parse(locale).territories.items()
            if code in self._countries
        }

    @cached_property
    def _regions_by_name(self) -> dict[str, set[str]]:
        codes: dict[str, set[str]] = defaultdict(set)
        for code, name in self._region_names.items():
            codes[normalise(name)].add(code)
            own = code.split(".")[-1]
            if own.isalpha():
                codes[normalise(own)].add(code)
        for code, name in self._local_region_names.items():
            codes[normalise(name)].add(code)
        for row in self._other_region_names:
            for language in ("nl", "fr", "en"):
                codes[normalise(row[language])].add(row["code"])
        return codes
