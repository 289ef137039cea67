"""From rows to trips: the legs of one trip joined, its return found, what is doubled named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from travelplan.audit.cells import BookedLeg
from travelplan.errors import FieldProblem, InputError
from travelplan.geo import great_circle_km
from travelplan.language import message
from travelplan.places import Place
from travelplan.trip import LONGEST_STAY_DAYS

_WEIGHT = ("plane", "night_train", "train", "ferry", "coach", "carpool", "car", "bike", "virtual")
"""By which of its modes a way of several legs is called: the first of these."""


class Ride(NamedTuple):
    """One leg as it was booked; `times` says how often it is made (2 for there and back).

    `own` says that the vehicle is the organisation's.
    """

    origin: Place
    destination: Place
    mode: str
    cabin: str
    times: int = 1
    own: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a trip that the scheme judges, with the main modes by which it was made."""

    origin: Place
    destination: Place
    modes: tuple[str, ...]
    rides: tuple[Ride, ...]


@dataclass(frozen=True, slots=True)
class BookedTrip:
    """A trip that was made. `stretches` has one part there and back, or each part of a tour.

    `assumed_return` says that no return was found and that there and back was counted.
    """

    rows: tuple[int, ...]
    trip_id: str
    depart: date
    back: date | None
    stretches: tuple[Stretch, ...]
    travellers: int
    cost_cents: int | None
    unit: str
    role: str
    reason: str
    request: bool | None
    assumed_return: bool = False

    @property
    def destination(self) -> Place:
        """Where the trip goes: the end of its first part."""
        return self.stretches[0].destination

    @property
    def mode(self) -> str:
        """The mode by which the trip is called."""
        return heaviest(mode for stretch in self.stretches for mode in stretch.modes)


class Doubtful(NamedTuple):
    """A row that is left out until a person has looked: its number and why."""

    row: int
    problem: FieldProblem


def heaviest(modes: Iterable[str]) -> str:
    """Return the mode that a way of several legs is called by."""
    return min(modes, key=_WEIGHT.index)


def trip_of_row(leg: BookedLeg) -> BookedTrip:
    """Return the trip of a row that stands alone: there and back."""
    ride = Ride(leg.origin, leg.destination, leg.mode, leg.cabin, 2, leg.own)
    return BookedTrip(
        rows=(leg.row,),
        trip_id=leg.trip_id,
        depart=leg.depart,
        back=leg.back,
        stretches=(Stretch(leg.origin, leg.destination, (leg.mode,), (ride,)),),
        travellers=leg.travellers,
        cost_cents=leg.cost_cents,
        unit=leg.unit,
        role=leg.role,
        reason=leg.reason,
        request=leg.request,
        assumed_return=leg.back is None,
    )


def join(legs: Sequence[BookedLeg]) -> tuple[list[BookedTrip], list[Doubtful]]:
    """Return the trips of rows with one trip id (one for each traveller), and what is doubtful.

    A row that repeats another is left out and named. Legs that do not join are all named, and
    no trip is made of them.
    """
    by_traveller: dict[str, list[BookedLeg]] = {}
    for leg in legs:
        by_traveller.setdefault(leg.traveller, []).append(leg)
    trips: list[BookedTrip] = []
    doubtful: list[Doubtful] = []
    for own in by_traveller.values():
        kept = list(_without_doubles(own, doubtful))
        kept.sort(key=lambda leg: (leg.leg_no or 0, leg.depart, leg.row))
        try:
            trips.append(_joined(kept) if len(kept) > 1 else trip_of_row(kept[0]))
        except InputError as error:
            doubtful += [Doubtful(leg.row, p) for leg in kept for p in error.problems]
    return trips, doubtful


def _without_doubles(legs: Iterable[BookedLeg], doubtful: list[Doubtful]) -> Iterator[BookedLeg]:
    first: dict[object, int] = {}
    for leg in legs:
        key = (leg.origin.id, leg.destination.id, leg.depart, leg.back, leg.mode)
        seen = first.get(key) or (first.get(leg.leg_no) if leg.leg_no is not None else None)
        if seen is None:
            first[key] = leg.row
            if leg.leg_no is not None:
                first[leg.leg_no] = leg.row
            yield leg
            continue
        text = message("This leg stands in row {row} too. Take one of them out.", row=str(seen))
        doubtful.append(Doubtful(leg.row, FieldProblem("trip_id", "duplicate", text)))


def _joined(legs: Sequence[BookedLeg]) -> BookedTrip:
    """Return the trip of legs in their order; raises InputError if they do not join."""
    for a, b in pairwise(legs):
        if a.destination.id != b.origin.id:
            text = message(
                "Row {a} ends in {there}, row {b} of the same trip begins in {here}. "
                "Correct a place, or give each its own trip number.",
                a=str(a.row),
                b=str(b.row),
                there=a.destination.names,
                here=b.origin.names,
            )
            raise InputError([FieldProblem("trip_id", "legs_apart", text)])
    returns = legs[-1].destination.id == legs[0].origin.id
    cuts = _stops(legs, returns=returns)
    back = legs[-1].depart if returns else legs[-1].back
    if back and not 0 <= (back - legs[0].depart).days <= LONGEST_STAY_DAYS:
        text = message("The legs of this trip lie more than a year apart. Check the trip number.")
        raise InputError([FieldProblem("trip_id", "too_long", text)])
    parts = [legs[a:b] for a, b in pairwise([0, *cuts, len(legs)])]
    if len(parts) == 1 or (len(parts) == 2 and returns):
        return _trip(
            legs, back, (_there_and_back(parts, returns=returns),), assumed_return=not back
        )
    stretches = tuple(_stretch(part) for part in parts)
    if not returns:
        home = [
            Ride(leg.destination, leg.origin, leg.mode, leg.cabin, own=leg.own)
            for leg in reversed(legs)
        ]
        far, start = legs[-1].destination, legs[0].origin
        modes = (heaviest(ride.mode for ride in home),)
        stretches = (*stretches, Stretch(far, start, modes, tuple(home)))
    return _trip(legs, back, stretches, assumed_return=not returns)


def _stops(legs: Sequence[BookedLeg], *, returns: bool) -> list[int]:
    """Return before which legs the traveller stayed: those after a night that was not on the way.

    A trip that comes back on the same day stays at its farthest point.
    """
    arrivals = [leg.depart + timedelta(days=leg.mode == "night_train") for leg in legs]
    cuts = [i + 1 for i, (a, b) in enumerate(pairwise(legs)) if b.depart > arrivals[i]]
    if not cuts and returns:
        start = legs[0].origin
        far = [great_circle_km(start, leg.destination) for leg in legs[:-1]]
        cuts = [far.index(max(far)) + 1]
    return cuts


def _there_and_back(parts: Sequence[Sequence[BookedLeg]], *, returns: bool) -> Stretch:
    """Return a trip to one place; the same way home counts as the way out, made twice."""
    out = _stretch(parts[0])
    twice = replace(out, rides=tuple(ride._replace(times=2) for ride in out.rides))
    if not returns:
        return twice
    home = _stretch(parts[1])
    turned = tuple(
        ride._replace(origin=ride.destination, destination=ride.origin)
        for ride in reversed(home.rides)
    )
    if turned == out.rides:
        return twice
    modes = tuple(dict.fromkeys((*out.modes, *home.modes)))
    return Stretch(out.origin, out.destination, modes, (*out.rides, *home.rides))


def _stretch(legs: Sequence[BookedLeg]) -> Stretch:
    rides = tuple(
        Ride(leg.origin, leg.destination, leg.mode, leg.cabin, own=leg.own) for leg in legs
    )
    modes = (heaviest(ride.mode for ride in rides),)
    return Stretch(legs[0].origin, legs[-1].destination, modes, rides)


def _trip(
    legs: Sequence[BookedLeg],
    back: date | None,
    stretches: tuple[Stretch, ...],
    *,
    assumed_return: bool,
) -> BookedTrip:
    first = legs[0]
    costs = [leg.cost_cents for leg in legs if leg.cost_cents is not None]
    requests = {leg.request for leg in legs}
    return BookedTrip(
        rows=tuple(sorted(leg.row for leg in legs)),
        trip_id=first.trip_id,
        depart=first.depart,
        back=back,
        stretches=stretches,
        travellers=max(leg.travellers for leg in legs),
        cost_cents=sum(costs) if costs else None,
        unit=next((leg.unit for leg in legs if leg.unit), ""),
        role=first.role,
        reason="; ".join(dict.fromkeys(leg.reason for leg in legs if leg.reason)),
        request=True if True in requests else first.request,
        assumed_return=assumed_return,
    )
