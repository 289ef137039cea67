"""What a scheme file may provide beside its rules: exceptions, approvals, classes, levies."""

from __future__ import annotations

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from travelplan.scheme.verdicts import Mode, RuleOutcome
from travelplan.scheme.written import ConditionInFile
from travelplan.sourced import Basis, FileModel, Text

TravelClass = Literal[
    "second",
    "first",
    "seat",
    "couchette",
    "sleeper",
    "compartment",
    "economy",
    "premium_economy",
    "business",
]


class ExceptionInFile(FileModel):
    """A reason of the closed list for which one may deviate.

    `effect: request` means that the reason only justifies a request and decides nothing; an
    outcome means that the reason, once accepted by `decides` on `proof`, leads to that outcome.
    `rules` limits it to some rules. A `confidential` reason is kept as the code `confidential`,
    never with its details. `also` are other spellings of its id.
    """

    id: str
    text: Text
    basis: Basis
    effect: Literal["request"] | RuleOutcome = "request"
    decides: str | None = None
    proof: Text | None = None
    requires: Text | None = None
    rules: list[str] = []
    confidential: bool = False
    also: list[str] = []


class ApprovalInFile(FileModel):
    """Who has to agree, in order, by the ids of `people`; `modes` limits it to some modes.

    With `only_deviations` nobody has to agree to what the scheme prescribes. With `numbered` the
    agreement is a decision that has a number of its own, such as that of a college.
    """

    id: str
    when: ConditionInFile | None = None
    modes: list[Mode] = []
    only_deviations: bool = False
    numbered: bool = False
    chain: list[str] = Field(min_length=1)
    basis: Basis
    text: Text | None = None


class ClassInFile(FileModel):
    """The class that one may take by a mode. `decides`: only with the agreement of that person."""

    mode: Mode
    cabin: TravelClass = Field(alias="class")
    when: ConditionInFile | None = None
    decides: str | None = None
    basis: Basis
    text: Text | None = None


class PriceInFile(FileModel):
    """What is paid from one day of travel on; `amount` in the currency of the levy."""

    from_: datetime.date = Field(alias="from")
    amount: float = Field(ge=0)


class BandInFile(FileModel):
    """What is paid up to a distance one way, included; the last band has no end."""

    up_to_km: float | None = Field(default=None, gt=0)
    amount: float = Field(ge=0)
    text: Text | None = None


class LevyInFile(FileModel):
    """What a traveller's unit pays.

    `per_tonne`: the price of the year times the tonnes of CO2e of one traveller, there and back.
    `per_flight`: the price for each flight, there and back two. `per_band`: by distance one way,
    once a trip. `stated`: published in a form that cannot be reckoned; kept as text.
    """

    id: str
    kind: Literal["per_tonne", "per_flight", "per_band", "stated"]
    modes: list[Mode] = ["plane"]
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    prices: list[PriceInFile] = []
    bands: list[BandInFile] = []
    class_multiplier: dict[TravelClass, float] = {}
    non_co2: bool = False
    when: ConditionInFile | None = None
    from_: datetime.date | None = Field(default=None, alias="from")
    to: datetime.date | None = None
    voluntary: bool = False
    text: Text
    basis: Basis

    @model_validator(mode="after")
    def _has_its_amounts(self) -> Self:
        if self.kind in {"per_tonne", "per_flight"} and not self.prices:
            raise ValueError(f"a levy {self.kind} needs 'prices'")
        if self.kind == "per_band" and not self.bands:
            raise ValueError("a levy per_band needs 'bands'")
        return self
