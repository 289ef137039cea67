"""One trip of the register in words: what was made, the grounds of its verdict, and its CO2e."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from travelplan import Decision, load_factors, load_scheme
from travelplan.audit.recompute import decided_again
from travelplan.audit.ways import Way, ways_of
from travelplan.files import factor_set_ids
from travelplan.language import Kilograms, Message, Minutes, Words, message
from travelplan.scheme.words import CLASSES, reason
from webapp.advice.grounds import condition_lines
from webapp.advice.question import DIGITAL
from webapp.hr.figures_words import reason_name, word_of
from webapp.hr.own_trips import OWN
from webapp.hr.trips import TripLine
from webapp.store.register import MadeTrip
from webapp.store.tables import Request

Lines = Iterator[tuple[Message, str]]


@dataclass(frozen=True)
class Leg:
    """A leg of the ways that the CO2e rests on."""

    mode: str
    km: str
    countries: str
    times: str


@dataclass(frozen=True)
class Ground:
    """Why a verdict fell: sentences, each test with its result, and whose rule it was."""

    level: str
    sentence: str
    tests: list[tuple[str, str]]
    source: str


@dataclass(frozen=True)
class TripPage(TripLine):
    """A trip for HR; `row` is the trip itself. Nothing of it says who travelled."""

    request: Request | None

    @property
    def trip(self) -> MadeTrip:
        """The trip."""
        found: MadeTrip = self.row
        return found

    @property
    def file_name(self) -> str:
        """The file that told of it, "" for none."""
        return self.trip.batch.file_name if self.trip.batch else ""

    @property
    def record(self) -> Mapping[str, Any]:
        """What its judgement rests on."""
        return self.trip.grounds.record if self.trip.grounds else {}

    def of_the_trip(self) -> Lines:
        """Yield what is known of how it was made; what is not known is left out."""
        trip = self.trip
        yield message("From and to"), self.way
        yield message("Days"), self.days
        yield message("Unit"), self.unit
        yield message("Role of the traveller"), self._say(word_of("role", trip.role))
        yield message("Travellers"), self.language.number(trip.travellers)
        in_class = self._say(CLASSES.get(trip.travel_class, trip.travel_class))
        yield message("Mode"), ", ".join(text for text in (self.mode, in_class) if text)
        if trip.minutes is not None:
            yield message("Hours travelled, all travellers"), self._say(Minutes(trip.minutes))
        yield message("Cost"), self.cost
        if trip.digital:
            answer = DIGITAL.get(trip.digital, trip.digital)
            yield message("Could it be online?"), self._say(answer)
        if trip.trip_id and trip.matched != OWN:
            yield message("Number of the booking"), trip.trip_id

    def of_the_verdict(self) -> Lines:
        """Yield what counts, why, and the measured time against its limit."""
        trip = self.trip
        yield message("Verdict"), self.verdict
        if trip.outcome:
            yield message("Level"), self._say(word_of("outcome", trip.outcome))
        if trip.reason:
            told = reason_name(trip.reason, self.reference, self.language)
            yield message("Reason"), told
        if trip.rail_min is not None and trip.limit_min is not None:
            text = message(
                "{time}, limit {limit}", time=Minutes(trip.rail_min), limit=Minutes(trip.limit_min)
            )
            yield message("Train"), self._say(text)
        if trip.scheme_version:
            yield message("Version of the scheme"), self._day(trip.scheme_version)

    def of_the_carbon(self) -> Lines:
        """Yield the figures of all travellers, there and back."""
        trip = self.trip
        if trip.wtw_kg is None:
            return
        total = self._say(Kilograms(trip.wtw_kg))
        if trip.wtw_low_kg is not None and trip.wtw_high_kg is not None:
            total += f" ({self.language.span(trip.wtw_low_kg, trip.wtw_high_kg)})"
        yield message("CO2e, from well to wheel"), total
        for label, kg in (
            (message("Of this from the vehicle alone"), trip.ttw_kg),
            (message("Non-CO2 warming of flights, apart"), trip.non_co2_kg),
            (message("An allowed way would have saved"), trip.avoidable_kg),
        ):
            if kg:
                yield label, self._say(Kilograms(kg))
        if trip.tier:
            text = message("tier {tier}, of 1 (measured) to 4 (average)", tier=trip.tier)
            yield message("How well it is known"), self._say(text)
        yield message("Factor sets"), ", ".join(self._factor_sets())

    def of_the_source(self) -> Lines:
        """Yield the file and the rows that it came from, or who told of it."""
        trip = self.trip
        yield message("Known from"), self._say(self.source)
        if trip.batch:
            yield message("Supplier"), trip.batch.supplier
            yield message("Brought in"), self._say(trip.batch.brought_at.date())
        if rows := trip.record.get("rows") if trip.batch_id else ():
            yield message("Rows in the file"), ", ".join(map(str, rows))

    @cached_property
    def agreed(self) -> list[Ground]:
        """The grounds that were frozen with the request, as the traveller saw them."""
        if self.request is None:
            return []
        seen: Mapping[str, Any] = self.request.current.shown.get(self.language.code, {})
        return [
            Ground(part["level"], part["reason"], [], part["grounds"])
            for part in seen.get("stretches", ())
        ]

    @cached_property
    def of_the_day(self) -> list[Ground]:
        """The grounds by the rule of its day, decided again from the facts that were kept."""
        found = [self._ground(decision) for decision in self._decisions()]
        return list({(g.sentence, g.source): g for g in found}.values())

    @property
    def list_day(self) -> Message:
        """Which list of destinations counted."""
        return message(
            "The list of destinations counts as it stood on the day of departure, {day}.",
            day=self.trip.depart,
        )

    @cached_property
    def legs(self) -> list[Leg]:
        """The legs that the CO2e rests on."""
        ways = [way for part in self.record.get("evidence", ()) for way in _ways(part)]
        return [leg for way in ways for leg in self._legs(way)]

    def _decisions(self) -> list[Decision]:
        record = self.record
        if not record.get("version"):
            return []
        known = self.reference.scheme
        scheme = known if known.id == record["scheme"] else load_scheme(record["scheme"])
        return decided_again(record, scheme)

    def _ground(self, decision: Decision) -> Ground:
        version = decision.version
        place = Words(**self.trip.destination)
        text = message(
            "Scheme of {body}, version of {version}{rule}.",
            body=version.body,
            version=version.version,
            rule=message(", rule {id}", id=decision.rule.id) if decision.rule else "",
        )
        return Ground(
            self._say(word_of("outcome", decision.outcome)),
            reason(decision, decision.values, place, self.language),
            condition_lines(decision, self.language),
            self._say(text),
        )

    def _legs(self, way: Way) -> Iterator[Leg]:
        for leg in way.legs:
            parts = sorted(leg.km_by_country.items(), key=lambda item: -item[1])
            yield Leg(
                self._say(word_of("mode", leg.mode)),
                self.language.number(round(leg.km)),
                ", ".join(self._in_country(land, km) for land, km in parts),
                self.language.number(way.times),
            )

    def _day(self, version: str) -> str:
        """Return the day of a version in words; as it is written where it is no day."""
        try:
            return self._say(date.fromisoformat(version))
        except ValueError:
            return version

    def _in_country(self, land: str, km: float) -> str:
        return f"{self.language.country(land)} {self.language.number(round(km))}"

    def _factor_sets(self) -> Iterator[str]:
        known = set(factor_set_ids())
        for id_ in str(self.record.get("factors") or "").split():
            title = self._say(load_factors(id_).title.words) if id_ in known else ""
            yield f"{id_} ({title})" if title else id_


def _ways(part: Mapping[str, Any]) -> tuple[Way, ...]:
    return ways_of(part.get("booked") or ())
