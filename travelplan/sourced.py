"""Where a number or a rule comes from, and from which day it holds."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from travelplan.language import Words

Basis = Literal["published", "derived", "reported", "network", "checked", "assumption"]


class FileModel(BaseModel):
    """The base of everything read from a data file: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Source(FileModel):
    """Where a value was read.

    `locator` says where in the source (section, table, page); `date` is the day of the source as
    it states it (a day, a month or a year), `retrieved` the day on which it was read.
    """

    title: str
    url: str = ""
    publisher: str = ""
    date: str | int | datetime.date = ""
    locator: str = ""
    licence: str = ""
    retrieved: datetime.date | None = None


class Text(FileModel):
    """A text that a data file gives in the three languages."""

    nl: str = Field(min_length=1)
    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def words(self) -> Words:
        """The text, ready to be said by a `Language`."""
        return Words(self.nl, self.fr, self.en)
