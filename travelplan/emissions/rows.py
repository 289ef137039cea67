"""One factor with its range and where it comes from: the row of every table of a factor set."""

from __future__ import annotations

from typing import Literal, Self, TypeGuard

from pydantic import Field, model_validator

from travelplan.emissions.ranges import Range
from travelplan.sourced import FileModel

Basis = Literal["published", "derived", "assumption"]


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


class Sourced(FileModel):
    """Numbers that share one origin.

    `source` is the key of a source of the set, `locator` where in it; what is published or
    derived needs a source, what is an assumption is our own choice and says so.
    """

    basis: Basis
    source: str = ""
    locator: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.basis != "assumption" and not self.source:
            raise ValueError("a published or derived factor needs a source")
        return self


class Row(Sourced):
    """One factor: low, central, high, in the unit of its table.

    Written as `central`, or as `ttw` and `wtt`, of which the central value is the sum. Without
    `low` and `high` the source states no range and the factor has none. `ttw_share` is the share
    of the central value that is emitted by the vehicle itself; where it is absent the source does
    not split it. `range_basis` says where low and high come from if not from the source itself.
    `only_in` is the country whose electricity is in it: elsewhere it does not hold.
    `tier` is the quality of an estimate that rests on it (1 measured, 2 published by the
    operator, 3 modelled, 4 average per kilometre).
    """

    central: float = Field(ge=0)
    low: float = Field(ge=0)
    high: float = Field(ge=0)
    ttw: float | None = Field(default=None, ge=0)
    wtt: float | None = Field(default=None, ge=0)
    ttw_share: float | None = Field(default=None, ge=0, le=1)
    range_basis: Basis | None = None
    only_in: str = ""
    tier: int = Field(default=3, ge=1, le=4)

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        row = dict(given)
        ttw, wtt = row.get("ttw"), row.get("wtt")
        if _is_number(ttw) and _is_number(wtt) and "central" not in row:
            total = ttw + wtt
            row["central"] = total
            row["ttw_share"] = ttw / total if total else 0.0
        if "central" in row:
            row.setdefault("low", row["central"])
            row.setdefault("high", row["central"])
        return row

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.central <= self.high:
            raise ValueError("low, central and high are not in this order")
        ranged = self.low < self.high
        if ranged and self.basis == "published" and self.range_basis is None:
            raise ValueError("say with range_basis where low and high come from")
        return self

    @property
    def range(self) -> Range:
        """The factor as a range, in the unit of its table."""
        return Range(self.low, self.central, self.high)
