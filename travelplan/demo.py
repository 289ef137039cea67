"""Invented trips of an invented city, the same for the same seed.

For demonstrations and tests. The shares are those that the City of Ghent published; see
`data/demo.yaml`, which says what is published and what is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Annotated, Literal

from pydantic import Field

from travelplan.sourced import Basis, FileModel, Source, Text
from travelplan.strict import Document

Weight = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]


class Published(FileModel):
    """What the invented trips take over from a published source."""

    train_share: Share
    destinations: int
    note: str
    source: Source


class Recipe(FileModel):
    """What the trips are made from."""

    organisation: Text
    origin: str
    seed: int
    trips: int = Field(ge=1)
    published: Published
    basis: Basis
    note: str
    neighbours: list[str]
    years: Mapping[str, Weight]
    last_day: date
    since: Mapping[str, date]
    until: Mapping[str, date]
    nights: Mapping[str, Weight]
    travellers: Mapping[str, Weight]
    road_share: int = Field(ge=0, le=100)
    cost_eur: Mapping[Literal["train", "plane", "car", "carpool"], int]
    units: list[str]
    reasons: list[str]
    elected_share: Share
    destinations: Mapping[str, Mapping[str, Weight]]


@dataclass(frozen=True, slots=True)
class _Going:
    """Where and when somebody goes."""

    country: str
    name: str
    depart: date


def invented_trips(recipe: Document, seed: int | None = None) -> list[dict[str, str]]:
    """Return invented trips as rows of `COLUMNS`, by day of departure.

    Args:
        recipe: demo.yaml.
        seed: another seed gives other trips with the same shares.

    Raises:
        DataError: the recipe has a fault.
    """
    made_of = recipe.parse(Recipe)
    chance = Random(made_of.seed if seed is None else seed)  # noqa: S311  (no secret)
    going = sorted(_going(made_of, chance), key=lambda trip: (trip.depart, trip.name))
    by_train = _by_train(made_of, going, chance)
    return [
        _row(made_of, number, trip, by_train=number in by_train, chance=chance)
        for number, trip in enumerate(going)
    ]


def _going(recipe: Recipe, chance: Random) -> Iterable[_Going]:
    """Send somebody to each of the published number of places once, the rest by weight."""
    weights = {
        (country, name): weight
        for country, names in recipe.destinations.items()
        for name, weight in names.items()
    }
    rare = [place for place, weight in weights.items() if weight == 1]
    left_out = chance.sample(rare, max(0, len(weights) - recipe.published.destinations))
    places = [place for place in weights if place not in left_out]
    more = chance.choices(
        places, [weights[place] for place in places], k=recipe.trips - len(places)
    )
    for country, name in (*places, *more):
        yield _Going(country, name, _day(recipe, name, chance))


def _day(recipe: Recipe, name: str, chance: Random) -> date:
    """Return a working day on which people went there."""
    while True:
        year = int(_picked(recipe.years, chance))
        day = date(year, 1, 1) + timedelta(days=chance.randrange(365))
        is_used = recipe.since.get(name, day) <= day <= recipe.until.get(name, day)
        if is_used and day <= recipe.last_day and day.isoweekday() <= 5:
            return day


def _by_train(recipe: Recipe, going: Sequence[_Going], chance: Random) -> set[int]:
    """Return exactly the published share of the trips, those to neighbouring countries first."""
    wanted = round(recipe.published.train_share * len(going))
    near = [n for n, trip in enumerate(going) if trip.country in recipe.neighbours]
    far = [n for n, trip in enumerate(going) if trip.country in {"GB", "AT", "CH", "DK"}]
    most = wanted * 9 // 10
    chosen = chance.sample(near, min(most, len(near)))
    return {*chosen, *chance.sample(far, min(wanted - len(chosen), len(far)))}


def _row(
    recipe: Recipe, number: int, trip: _Going, *, by_train: bool, chance: Random
) -> dict[str, str]:
    by_road = trip.country in recipe.neighbours and chance.randrange(100) < recipe.road_share
    travellers = int(_picked(recipe.travellers, chance))
    road = "carpool" if travellers > 1 else "car"
    mode = "train" if by_train else road if by_road else "plane"
    cost = recipe.cost_eur[mode] * travellers * (80 + chance.randrange(60)) // 100  # type: ignore[index]
    back = trip.depart + timedelta(days=int(_picked(recipe.nights, chance)))
    role = "elected" if chance.randrange(100) < 100 * recipe.elected_share else "staff"
    unit, reason = chance.choice(recipe.units), chance.choice(recipe.reasons)
    return {
        "trip_id": f"W-{number + 1:04}",
        "origin": recipe.origin,
        "destination": trip.name,
        "depart": trip.depart.isoformat(),
        "return": back.isoformat(),
        "mode": mode,
        "class": "economy" if mode == "plane" else "",
        "travellers": str(travellers),
        "cost_eur": str(cost),
        "unit": unit,
        "role": role,
        "reason": reason if mode == "plane" else "",
    }


def _picked(weights: Mapping[str, int], chance: Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
