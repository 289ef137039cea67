"""Where a number or a rule comes from, and from which day it holds."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict

from travelplan.language import Words

Basis = Literal["published", "derived", "reported", "network", "checked", "assumption"]


T = TypeVar("T")

SetOf = Annotated[frozenset[T], Strict(False)]  # noqa: FBT003
"""A list in a file, kept as a set; its items are still read strictly."""
TupleOf = Annotated[tuple[T, ...], Strict(False)]  # noqa: FBT003
"""A list in a file, kept as a tuple; its items are still read strictly."""


class FileModel(BaseModel):
    """The base of everything read from a data file: frozen, no unknown keys, nothing converted."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True
    )


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
