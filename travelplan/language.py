"""Sentences that can be said in Dutch, French or English.

The code holds each sentence once, in English, as a `Message`; the catalogues in
`travelplan/translations` hold the other languages. Who speaks to a person turns a message
into words with a `Language`; everyone else passes messages on untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from math import floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = ("nl", "fr", "en")
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be translated when it is said: the English text and what fills it.

    Values may be text, numbers, dates, `Minutes`, a `Country`, `Euros`, `Words` or another message.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in English, without a catalogue: for tracebacks and logs."""
        return self.text.format(**self.values) if self.values else self.text


def message(text: str, **values: object) -> Message:
    """Mark an English sentence for translation and give the values of its {placeholders}."""
    return Message(text, values)


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration in minutes, said as hours and minutes."""

    minutes: int

    def __str__(self) -> str:
        """Say it in English."""
        return english_duration(self.minutes)


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 alpha-2 code, said by its name."""

    code: str

    def __str__(self) -> str:
        """Give the code."""
        return self.code


@dataclass(frozen=True, slots=True)
class Kilograms:
    """A mass in kilograms, said with two significant figures."""

    kg: float

    def __str__(self) -> str:
        """Say it in English."""
        return f"{two_figures(self.kg)} kg"


@dataclass(frozen=True, slots=True)
class Euros:
    """A sum in euro cents, said in euro."""

    cents: int

    def __str__(self) -> str:
        """Say it in English."""
        return f"€{self.cents / 100:,.2f}"


@dataclass(frozen=True, slots=True)
class Words:
    """A text that data files give in each language, such as the name of a body."""

    nl: str
    fr: str
    en: str

    def __str__(self) -> str:
        """Say it in English."""
        return self.en


def english_duration(minutes: int) -> str:
    """Return minutes as a person writes them in English: 45 min, 8 h, 7 h 36."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def two_figures(value: float) -> float | int:
    """Return a number rounded to two significant figures; what is certain is rarely more."""
    if value == 0:
        return 0
    digits = 1 - floor(log10(abs(value)))
    rounded = round(value, digits)
    return rounded if digits > 0 and rounded != int(rounded) else int(rounded)


@dataclass(frozen=True)
class Language:
    """One of the three languages: its catalogue and its way with numbers, dates and durations."""

    code: str
    catalogue: Mapping[str, str] = field(repr=False)

    @property
    def locale(self) -> Locale:
        """The Babel locale: nl_BE, fr_BE or en_GB."""
        return _locale(self.code)

    def gettext(self, text: str) -> str:
        """Return the sentence in this language, or in English if the catalogue lacks it."""
        return self.catalogue.get(text, text)

    def say(self, value: object) -> str:
        """Return any value as this language says it; messages with their values filled in."""
        match value:
            case Message():
                said = {name: self.say(inner) for name, inner in value.values.items()}
                text = self.gettext(value.text)
                return text.format(**said) if said else text
            case Minutes():
                return self.duration(value.minutes)
            case Country():
                return self.country(value.code)
            case Kilograms():
                return f"{self.number(two_figures(value.kg))} kg"
            case Euros():
                return self.euros(value.cents)
            case Words():
                return str(getattr(value, self.code))
            case bool():
                return self.gettext("yes") if value else self.gettext("no")
            case date():
                return self.date(value)
            case int() | float():
                return self.number(value)
        return str(value)

    def counted(self, number: int, one: str, many: str) -> str:
        """Return a counted thing; `one` and `many` are sentences with {number}."""
        single = number == 1 or (number == 0 and self.code == "fr")
        return self.say(Message(one if single else many, {"number": number}))

    def duration(self, minutes: int) -> str:
        """Return minutes as hours and minutes: 8 uur, 7 uur 36; 8 h, 7 h 36."""
        text = english_duration(minutes)
        return text.replace(" h", " uur") if self.code == "nl" else text

    def month(self, day: date) -> str:
        """Return the month and the year of a day: maart 2027."""
        from babel.dates import format_date  # noqa: PLC0415

        return format_date(day, "MMMM y", locale=self.locale)

    def date(self, day: date) -> str:
        """Return a day in full, with the weekday: vrijdag 5 maart 2027."""
        from babel.dates import format_date  # noqa: PLC0415

        return format_date(day, "EEEE d MMMM y", locale=self.locale)

    def number(self, value: float) -> str:
        """Return a number with the separators of the language."""
        return _number(self.code, value)

    def euros(self, cents: int) -> str:
        """Return a sum in euro with the signs of the language: € 1.234,50."""
        from babel.numbers import format_currency  # noqa: PLC0415

        return str(format_currency(cents / 100, "EUR", locale=self.locale))

    def span(self, low: float, high: float) -> str:
        """Return a range with two significant figures: 2,9–4,5."""
        return f"{self.number(two_figures(low))}–{self.number(two_figures(high))}"

    def country(self, code: str) -> str:
        """Return the name of a country; the code itself when it is not a known one."""
        return str(self.locale.territories.get(code, code))


@cache
def _locale(code: str) -> Locale:
    from babel import Locale  # noqa: PLC0415  (20 ms that an import of travelplan need not pay)

    return Locale.parse(LOCALES[code])


@lru_cache(maxsize=10_000)  # a page holds some hundred numbers, most of them small and repeated
def _number(code: str, value: float) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415

    return format_decimal(value, locale=_locale(code), decimal_quantization=False)


ENGLISH = Language("en", {})
