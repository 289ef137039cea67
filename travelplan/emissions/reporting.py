"""Where each part of a trip stands in a GHG Protocol report: scope and category.

Vehicles of the organisation: what they burn is scope 1, the electricity that they take scope 2,
and providing fuel category 3 of scope 3. Everybody else's vehicles: category 6 of scope 3,
business travel. Hotels are optional and apart; so are travellers who are not employees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from travelplan.emissions.figure import Estimate, LegEstimate

Owner = Literal["organisation", "other"]
OWNERS: tuple[Owner, ...] = ("organisation", "other")
Travellers = Literal["employees", "others"]

BUSINESS_TRAVEL, FUEL_AND_ENERGY = 6, 3
_OWN_VEHICLES = frozenset({"car", "carpool", "motorbike", "e_bike", "bike"})
_ON_ELECTRICITY = frozenset({"electric"})
_EMPLOYEES = frozenset({"staff", "elected"})


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the report: a scope, and for scope 3 a category. `optional` if it may be left out.

    `travellers` are employees (elected members among them) or others, who are reported apart.
    """

    scope: int
    category: int | None
    travellers: Travellers
    optional: bool = False


@dataclass(frozen=True, slots=True)
class LegAccount:
    """One leg in the report: kg CO2e of what the vehicle emits (TTW) and of its energy (WTT).

    Both are None where the source does not split them: then all of it is in `wtw_kg`, in the
    account of TTW. Kilograms are those of one passenger, one way.
    """

    leg: LegEstimate
    wtw_kg: float
    ttw_kg: float | None
    wtt_kg: float | None
    ttw: Account
    wtt: Account


def leg_accounts(
    estimate: Estimate, *, role: str = "staff", owner: Owner = "other"
) -> Iterator[LegAccount]:
    """Yield the account of each leg.

    Args:
        estimate: of the journey.
        role: of the traveller: staff, elected, guest or student.
        owner: whose the car or bicycle is; all other vehicles are never the organisation's.
    """
    for leg in estimate.legs:
        kg, ttw_kg = leg.wtw.central, leg.ttw_kg
        wtt_kg = None if ttw_kg is None else kg - ttw_kg
        ttw, wtt = _accounts(leg, role, owner)
        yield LegAccount(leg, kg, ttw_kg, wtt_kg, ttw, wtt)


def hotel_account(role: str = "staff") -> Account:
    """Return where hotel nights stand: optional, and apart from the journey."""
    return Account(3, BUSINESS_TRAVEL, _travellers(role), optional=True)


def _accounts(leg: LegEstimate, role: str, owner: Owner) -> tuple[Account, Account]:
    travellers = _travellers(role)
    if owner != "organisation" or leg.mode not in _OWN_VEHICLES:
        both = Account(3, BUSINESS_TRAVEL, travellers)
        return both, both
    burned, upstream = Account(1, None, travellers), Account(3, FUEL_AND_ENERGY, travellers)
    if leg.kind in _ON_ELECTRICITY or leg.mode == "e_bike":
        # The life cycle of the electricity is one number: it cannot be split from its upstream.
        bought = Account(2, None, travellers)
        return bought, bought
    return burned, upstream


def _travellers(role: str) -> Travellers:
    return "employees" if role in _EMPLOYEES else "others"
