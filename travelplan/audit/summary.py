"""What an audit comes to: verdicts, modes, emissions, flights that a train could have replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from travelplan.audit.judge import Finding
from travelplan.audit.results import Faulty, Result
from travelplan.audit.trips import BookedTrip
from travelplan.language import Words

BY_TRAIN = ("train", "night_train")


@dataclass(slots=True)
class _Tally:
    trip: BookedTrip
    trips: int = 0
    travellers: int = 0


@dataclass(slots=True)
class Avoidable:
    """Flights to one place that a train within the limit could have replaced."""

    place: Words
    trips: int = 0
    travellers: int = 0
    kg: float = 0.0
    hours: float = 0.0


@dataclass
class AuditSummary:
    """Counts rows as they come; the sums are made when they are first asked for.

    Emissions are kg CO2e of all travellers, hours those of all travellers together. Costs are in
    cents: of the trips that were judged, and of rows that were not.
    """

    rows: int = 0
    doubtful: int = 0
    wrong: int = 0
    waiting: int = 0
    trips: int = 0
    cost_cents: int = 0
    left_out_cents: int = 0
    without_cost: int = 0
    _tallies: dict[Finding, _Tally] = field(default_factory=dict, repr=False)

    def add(self, result: Result) -> None:
        """Count what came of one trip or of one row."""
        if isinstance(result, Faulty):
            self._leave_out(result)
            return
        rows, _, _, _, travellers, cost_cents, _, trip, finding = result
        self.rows += len(rows)
        self.trips += 1
        if cost_cents is None:
            self.without_cost += 1
        else:
            self.cost_cents += cost_cents
        tally = self._tallies.get(finding)
        if tally is None:
            tally = self._tallies[finding] = _Tally(trip)
        tally.trips += 1
        tally.travellers += travellers

    def counted(self, results: Iterator[Result]) -> Iterator[Result]:
        """Yield the same results, each counted."""
        for result in results:
            self.add(result)
            yield result

    def _leave_out(self, result: Faulty) -> None:
        self.rows += 1
        self.left_out_cents += max(0, result.cost_cents or 0)
        if result.waits_for:
            self.waiting += 1
        elif result.doubtful:
            self.doubtful += 1
        else:
            self.wrong += 1

    @property
    def matched(self) -> int:
        """Rows that became part of a judged trip."""
        return self.rows - self.doubtful - self.wrong - self.waiting

    @cached_property
    def verdicts(self) -> Counter[str]:
        """Trips by verdict."""
        found: Counter[str] = Counter()
        for finding, tally in self._tallies.items():
            found[finding.verdict] += tally.trips
        return found

    @cached_property
    def modes(self) -> Counter[str]:
        """Trips by the mode that they are called by."""
        found: Counter[str] = Counter()
        for tally in self._tallies.values():
            found[tally.trip.mode] += tally.trips
        return found

    @property
    def train_share(self) -> float | None:
        """The share of the trips by train; None without trips."""
        by_train = sum(self.modes[mode] for mode in BY_TRAIN)
        return by_train / self.trips if self.trips else None

    @cached_property
    def kg(self) -> dict[str, float]:
        """CO2e by mode, in kg."""
        found: Counter[str] = Counter()
        for finding, tally in self._tallies.items():
            if finding.booked:
                found[tally.trip.mode] += (  # type: ignore[assignment]
                    finding.booked.estimate.wtw.central * tally.travellers
                )
        return dict(found)

    @cached_property
    def non_co2_kg(self) -> float:
        """Warming of flights beside CO2, in kg CO2e."""
        return sum(
            finding.booked.estimate.non_co2.central * tally.travellers
            for finding, tally in self._tallies.items()
            if finding.booked
        )

    @property
    def without_kg(self) -> int:
        """Trips of which the emissions are not known: no way or no factor."""
        return sum(t.trips for finding, t in self._tallies.items() if finding.booked is None)

    @cached_property
    def avoidable(self) -> list[Avoidable]:
        """Flights that a train within the limit could have replaced, by place, most kg first."""
        found: dict[str, Avoidable] = {}
        for finding, tally in self._tallies.items():
            kg, hours = finding.avoidable
            if kg is None:
                continue
            stretch = next(
                s for s, p in zip(tally.trip.stretches, finding.parts, strict=True) if p.land
            )
            place = stretch.destination
            entry = found.setdefault(place.id, Avoidable(place.names))
            entry.trips += tally.trips
            entry.travellers += tally.travellers
            entry.kg += kg * tally.travellers
            entry.hours += (hours or 0.0) * tally.travellers
        return sorted(found.values(), key=lambda item: (-item.kg, item.place.en))
