"""Everything that an answer rests on, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from travelplan.destinations import DestinationList
from travelplan.emissions.factors import FactorSet
from travelplan.journeys.plan import Transport
from travelplan.places import Places
from travelplan.scheme.rulebook import Scheme


@dataclass(frozen=True)
class Reference:
    """Places, transport, factors, scheme and list, with the edition of each in `versions`.

    `standard` is the default factor set, with which the order of the options is compared.
    """

    places: Places = field(repr=False)
    transport: Transport = field(repr=False)
    factors: FactorSet = field(repr=False)
    scheme: Scheme
    destinations: DestinationList = field(repr=False)
    versions: Mapping[str, str]
    standard: FactorSet | None = field(default=None, repr=False)

    def by_factors(self, factors: FactorSet) -> Reference:
        """Return the same with another factor set."""
        return replace(self, factors=factors, versions={**self.versions, "factors": factors.id})
