"""What a trip did with vehicles of the organisation, and the levy on its tonnes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from travelplan import Audited, Reference
from travelplan.audit.judge import Finding
from travelplan.audit.trips import heaviest
from travelplan.audit.ways import emissions_of
from travelplan.scheme.levy import Travelled, levies_on

BUSINESS_TRAVEL, OWN_VEHICLE = "3.6", "1"
"""Where trips stand in the GHG Protocol: with vehicles of others, and with the organisation's."""
BOTH = f"{OWN_VEHICLE} {BUSINESS_TRAVEL}"
_PER_TONNE, _EURO = "per_tonne", "EUR"


@dataclass(frozen=True, slots=True)
class OwnPart:
    """kg CO2e of one traveller with vehicles of the organisation; `ttw_kg` None if not split."""

    wtw_kg: float
    ttw_kg: float | None

    def times(self, travellers: int) -> Mapping[str, float | None]:
        """Return it for all travellers, to the gram."""
        ttw_kg = None if self.ttw_kg is None else round(self.ttw_kg * travellers, 3)
        return {"wtw_kg": round(self.wtw_kg * travellers, 3), "ttw_kg": ttw_kg}


class OwnVehicles:
    """Reckons which part of a trip was made with vehicles of the organisation; each once."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._known: dict[Finding, OwnPart | None] = {}

    def of(self, finding: Finding) -> OwnPart | None:
        """Return that part of a trip; None where there is none or its emissions are not known."""
        if finding not in self._known:
            self._known[finding] = self._reckon(finding)
        return self._known[finding]

    def scope(self, finding: Finding) -> str:
        """Return where a trip stands: "1", "3.6" or both; "" if its emissions are not known."""
        if finding.booked is None:
            return ""
        owned = {way.own for way in finding.booked.ways}
        return {frozenset({True}): OWN_VEHICLE, frozenset({False}): BUSINESS_TRAVEL}.get(
            frozenset(owned), BOTH
        )

    def _reckon(self, finding: Finding) -> OwnPart | None:
        ways = [way for way in finding.booked.ways if way.own] if finding.booked else []
        if not ways:
            return None
        found = emissions_of(ways, self._reference.factors, self._reference.standard)
        return OwnPart(found.wtw.central, found.ttw_kg) if found else None


def carbon_price_cents(result: Audited) -> int | None:
    """Return what the scheme asks for the tonnes of a trip, in euro cents for all travellers.

    None where no such levy holds on its day, or where it cannot be reckoned.
    """
    found: list[float | None] = []
    trip, finding = result.trip, result.finding
    for part, stretch in zip(finding.parts, trip.stretches, strict=False):
        levies = [
            levy
            for levy in part.ground.version.levies
            if (levy.kind, levy.currency) == (_PER_TONNE, _EURO) and not levy.voluntary
        ]
        if levies:
            kg = part.booked.estimate if part.booked else None
            travelled = Travelled(
                heaviest(stretch.modes),
                result.depart,
                kg=kg.wtw.central if kg else None,
                non_co2_kg=kg.non_co2.central if kg else None,
                cabin=next((ride.cabin for ride in stretch.rides if ride.cabin), "economy"),
            )
            found += [one.amount for one in levies_on(levies, travelled, part.ground.asked.values)]
    if not found or None in found:
        return None
    return round(sum(amount or 0.0 for amount in found) * result.travellers * 100)
