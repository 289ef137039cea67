"""What the page of the method shows: every number from the factor sets, none copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from travelplan import Reference, factor_set_ids, load_factors
from travelplan.emissions.compare import CLEAR_SHARE, DRAWS
from travelplan.emissions.factors import FactorSet, Rail, Row
from travelplan.emissions.flight_factors import Curve, FleetFlight
from travelplan.emissions.trace import Assumed, register
from travelplan.files import DATA, DEFAULT_FACTORS, read_document
from travelplan.language import Language, Message, message, two_figures
from travelplan.report.factor_listings import BASES
from travelplan.report.method import (
    AgainstPublished,
    ComparedRoute,
    Method,
    SetFigure,
    compared_routes,
    read_method,
)
from travelplan.scheme.vocabulary import CLASSES, MODES
from webapp.public.method_words import NON_CO2, TRAINS, VEHICLES

Name = Message | str


@dataclass(frozen=True)
class Number:
    """One factor of a table: what it is called, the factor, its basis, and where it was read."""

    name: Name
    value: str
    basis: Message
    where: str = ""


@dataclass(frozen=True)
class MethodPage:
    """How emissions are estimated, by the default set."""

    reference: Reference
    language: Language

    @cached_property
    def factors(self) -> FactorSet:
        """The default set, which the page explains."""
        return load_factors(DEFAULT_FACTORS)

    @cached_property
    def method(self) -> Method:
        """What is said of the method beside the sets."""
        return read_method(read_document(DATA / "method.yaml"))

    @property
    def sets(self) -> list[FactorSet]:
        """Every set, the default one first."""
        others = [load_factors(id_) for id_ in factor_set_ids() if id_ != DEFAULT_FACTORS]
        return [self.factors, *others]

    @property
    def against(self) -> AgainstPublished:
        """How our flights compare with other published figures."""
        return self.method.flights_against_published

    @property
    def flight(self) -> FleetFlight:
        """The flights of the default set.

        Raises:
            TypeError: the default set has no fleet.
        """
        if not isinstance(self.factors.flight, FleetFlight):
            raise TypeError("the default set has no fleet")
        return self.factors.flight

    @property
    def rail(self) -> Rail:
        """The trains of the default set.

        Raises:
            TypeError: the default set has no trains.
        """
        if self.factors.rail is None:
            raise TypeError("the default set has no trains")
        return self.factors.rail

    @property
    def draws(self) -> int:
        """How often two options are drawn to compare them."""
        return DRAWS

    @property
    def clear_percent(self) -> int:
        """From which share of the draws on a difference is called clear, in per cent."""
        return round(CLEAR_SHARE * 100)

    def curve(self, curve: Curve) -> str:
        """Return a curve with its numbers; R is the great circle in km."""
        say = self.language.number
        return f"{say(curve.constant)} + {say(curve.per_km)} × R + {say(curve.per_km2)} × R²"

    def spread(self, low: float, high: float) -> str:
        """Return a range around a central value, in per cent."""
        parts = [f"{(share - 1) * 100:+.0f} %".replace("-", "−") for share in (low, high)]
        return self.language.say(message("{low} to {high}", low=parts[0], high=parts[1]))

    @property
    def class_weights(self) -> list[tuple[Name, str, str]]:
        """What a seat in each cabin weighs, in a narrow and in a wide body."""
        narrow, wide = self.flight.narrow_body.class_weight, self.flight.wide_body.class_weight
        say = self.language.number
        return [(CLASSES[cabin], say(narrow[cabin]), say(wide[cabin])) for cabin in narrow]

    @property
    def fleet(self) -> Iterator[tuple[str, str, str, str]]:
        """Each aircraft of the mean fleet: type, share, kg of fuel, seats."""
        say, flight = self.language.number, self.flight
        for shares in (flight.fleet_mix.narrow, flight.fleet_mix.wide):
            for name, share in shares.items():
                fuel = flight.aircraft.by_type[name]
                second = f"{'+' if fuel.per_km2 >= 0 else '−'} {say(abs(fuel.per_km2))} × R²"
                burned = f"{say(fuel.constant)} + {say(fuel.per_km)} × R {second}"
                seats = say(flight.seats.economy_equivalent[name])
                yield name, f"{share * 100:.0f} %", burned, seats

    @property
    def train_energy(self) -> list[Number]:
        """The energy in kWh per passenger-km, by class of train."""
        return [self._number(TRAINS.get(k, k), r) for k, r in self.rail.energy_kwh_pkm.items()]

    @property
    def train_factors(self) -> Iterator[tuple[str, Number]]:
        """The factors that go before energy times electricity: the country, and the factor."""
        for code, rows in self.rail.country_g_pkm.items():
            for kind, row in rows.items():
                yield self.language.country(code), self._number(TRAINS.get(kind, kind), row)
        for kind, row in self.rail.any_country_g_pkm.items():
            any_country = self.language.say(message("any country"))
            yield any_country, self._number(TRAINS.get(kind, kind), row)

    @property
    def electricity(self) -> list[tuple[str, str]]:
        """The g CO2e per kWh of each country, by the name of the country."""
        grid = self.factors.grid
        found = grid.g_kwh.items() if grid else ()
        say = self.language
        return sorted((say.country(code), say.number(grams)) for code, grams in found)

    @property
    def berths(self) -> str:
        """What a berth of a night train weighs against the mean passenger."""
        weights = self.rail.berths.weight if self.rail.berths else {}
        named = [f"{self.language.say(CLASSES[b])} {self._plain(w)}" for b, w in weights.items()]
        return ", ".join(named)

    @property
    def road(self) -> Iterator[tuple[Number, Message]]:
        """Each vehicle: its factor per km, and of what."""
        passenger, vehicle = message("a passenger"), message("a vehicle")
        for kind, row in self.factors.per_passenger_g_km.items():
            yield self._number(VEHICLES.get(kind, kind), row), passenger
        for kind, row in self.factors.per_vehicle_g_km.items():
            yield self._number(VEHICLES.get(kind, kind), row), vehicle
        for kind, electric in self.factors.electric.items():
            found = self._number(VEHICLES.get(kind, kind), electric.kwh_km)
            text = message(
                "{kwh} kWh × {loss} × electricity",
                kwh=found.value,
                loss=self._plain(electric.loss),
            )
            number = Number(found.name, self.language.say(text), found.basis, found.where)
            yield number, passenger if electric.per == "passenger" else vehicle

    @property
    def hotel_countries(self) -> str:
        """The countries with a figure for a hotel night."""
        codes = self.factors.hotel.kg_room_night if self.factors.hotel else {}
        return ", ".join(sorted(self.language.country(code) for code in codes))

    @property
    def video(self) -> str:
        """The kg CO2e of a video meeting, for each participant and hour."""
        return self._row(self.factors.virtual) if self.factors.virtual else "–"

    @property
    def compared_sets(self) -> list[str]:
        """The ids of the sets that stand side by side."""
        return self.method.routes.sets

    @property
    def routes(self) -> list[ComparedRoute]:
        """Journeys by each of those sets."""
        sets = [load_factors(id_) for id_ in self.compared_sets]
        return list(compared_routes(self.method.routes, self.reference, sets))

    def mode(self, route: ComparedRoute) -> Message:
        """Return the means of transport of a journey."""
        return MODES[route.mode]

    def kilograms(self, found: SetFigure | None) -> str:
        """Return a figure with two significant figures; a star if the default set filled in."""
        if found is None:
            return "–"
        return self.language.number(two_figures(found.kg)) + ("*" if found.filled else "")

    def non_co2(self, factors: FactorSet) -> Message:
        """Return where a set has the warming beside CO2."""
        return NON_CO2[factors.non_co2]

    @property
    def register(self) -> Iterator[tuple[str, Assumed]]:
        """Every number that we chose ourselves, with the id of its set."""
        return register(self.factors, self.sets[1:])

    def _number(self, name: Name, row: Row) -> Number:
        where = ", ".join(part for part in (self._source(row), row.locator) if part)
        return Number(name, self._row(row), BASES[row.basis], where)

    def _source(self, row: Row) -> str:
        return self.factors.sources[row.source].publisher if row.source else ""

    def _row(self, row: Row) -> str:
        central = self._plain(row.central)
        if row.low == row.high:
            return central
        return f"{central} ({self._plain(row.low)}–{self._plain(row.high)})"

    def _plain(self, value: float) -> str:
        return self.language.number(round(value, 6))
