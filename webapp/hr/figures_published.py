"""Shares that an organisation published itself, to lay beside its own figures."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from travelplan.files import read_document
from travelplan.sourced import FileModel, Source
from webapp.organisation import Organisation

_FILE = Path(__file__).parent.parent / "data" / "published_shares.yaml"


class PublishedShare(FileModel):
    """The share of trips by train that a body published; `body` is its id in an organisation."""

    body: str
    train_share: float = Field(ge=0, le=1)
    first_year: int
    last_year: int
    source: Source


class PublishedShares(FileModel):
    """Every published share."""

    shares: list[PublishedShare]


def published_share(organisation: Organisation) -> PublishedShare | None:
    """Return what the organisation itself published; None for every other one."""
    return next((s for s in _shares() if organisation.body(s.body)), None)


@cache
def _shares() -> tuple[PublishedShare, ...]:
    return tuple(read_document(_FILE).parse(PublishedShares).shares)
