"""What was booked held against the total of the accounts: does the register hold everything?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from travelplan import FieldProblem
from travelplan.audit.money import money_cents
from travelplan.language import message

FIELD = "accounts_eur"
_MOST_CENTS = 100_000_000_000
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Ledger:
    """The total of the accounts for the same trips and year, in euro cents; `booked_cents` ours."""

    booked_cents: int
    total_cents: int

    @property
    def difference_cents(self) -> int:
        """What the accounts have more than the register; negative if they have less."""
        return self.total_cents - self.booked_cents

    @property
    def share(self) -> float | None:
        """The share of the accounts that the register holds; None where they hold nothing."""
        return self.booked_cents / self.total_cents if self.total_cents else None


def read_total(typed: str) -> tuple[int | None, list[FieldProblem]]:
    """Return a total in euro cents, and what is wrong with how it is written.

    An amount that can be read in two ways, such as 1.234, is refused.
    """
    text = " ".join(typed.split())
    if not text:
        return None, []
    cents, fault = money_cents(text[:_LONGEST], None)
    if fault:
        return None, [FieldProblem(FIELD, "not_an_amount", fault)]
    if cents is None or not 0 <= cents <= _MOST_CENTS or re.search(r"[-+]", text):
        told = message("“{typed}” cannot be the total of the accounts.", typed=text[:_LONGEST])
        return None, [FieldProblem(FIELD, "out_of_range", told)]
    return cents, []
