"""The figures of the register: every sum is made in the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from travelplan.language import Words
from travelplan.scheme.rights import CONFIDENTIAL
from webapp.hr.dashboard_filter import Choice
from webapp.store.register import MadeTrip

BY_TRAIN = ("train", "night_train")
NOT_FOLLOWED = ("deviated", "exception", "exception_without_request")
"""The verdicts on trips that were made otherwise than the scheme says, with a reason or without."""
OTHER = "other"
_MINUTES_AN_HOUR = 60
_YEAR = "year"
_BY = ("unit", "mode", "outcome", "verdict", "tier")
_APART = (_YEAR, "unit", "mode", "outcome", "verdict", "reason", "tier")


@dataclass(frozen=True, slots=True)
class Group:
    """What the trips of one group come to. CO2e is well to wheel; `non_co2_kg` stands apart.

    `without_...` count the trips of which a figure is not known.
    """

    trips: int = 0
    travellers: int = 0
    kg: float = 0.0
    non_co2_kg: float = 0.0
    without_kg: int = 0
    cost_cents: int = 0
    without_cost: int = 0

    @property
    def known_kg(self) -> float | None:
        """The kilograms that are known; None where those of no trip are."""
        return self.kg if self.trips > self.without_kg else None

    @property
    def known_cents(self) -> int | None:
        """The costs that are known; None where those of no trip are."""
        return self.cost_cents if self.trips > self.without_cost else None


@dataclass(frozen=True, slots=True)
class Sums(Group):
    """All that some trips come to.

    `in_time` counts the flights to places with a train within the limit; `avoidable` the trips to
    which `avoidable_kg` and `extra_min` belong.
    """

    train: int = 0
    flights: int = 0
    in_time: int = 0
    minutes: int = 0
    without_minutes: int = 0
    avoidable: int = 0
    avoidable_kg: float = 0.0
    extra_min: int = 0
    invented: int = 0

    @property
    def train_share(self) -> float:
        """The share of the trips that went by train, from 0 to 1."""
        return self.train / self.trips if self.trips else 0.0

    @property
    def hours(self) -> float:
        """The hours that were travelled."""
        return self.minutes / _MINUTES_AN_HOUR

    @property
    def extra_hours(self) -> float:
        """The hours that the best allowed way would have cost more; negative if it was quicker."""
        return self.extra_min / _MINUTES_AN_HOUR

    def __add__(self, other: Sums) -> Sums:
        """Return what both come to."""
        return Sums(*(getattr(self, name) + getattr(other, name) for name in _MEASURES))


_MEASURES = tuple(field.name for field in fields(Sums))
_OF_GROUP = tuple(field.name for field in fields(Group))
_KINDS = tuple(float if field.type == "float" else int for field in fields(Sums))


@dataclass(frozen=True)
class Figures:
    """The sums of some trips: by year, and by unit, mode and so on; keys as the column holds.

    `reasons` are of the trips that did not follow the scheme: by verdict and reason.
    """

    years: Mapping[str, Sums]
    by: Mapping[str, Mapping[str, Group]]

    @cached_property
    def all(self) -> Sums:
        """What all of them come to."""
        return sum(self.years.values(), start=Sums())

    @cached_property
    def reasons(self) -> list[tuple[str, str, Group]]:
        """Each verdict and reason of trips that did not follow the scheme, most trips first."""
        found = [(*key.split("|", 1), sums) for key, sums in self.by["why"].items()]
        return sorted(
            ((verdict, reason, sums) for verdict, reason, sums in found),  # type: ignore[misc]
            key=lambda row: (-row[2].trips, row[0], row[1]),
        )

    def ranked(self, name: str) -> list[tuple[str, Group]]:
        """Return the groups of a kind, those with most CO2e first."""
        return sorted(self.by[name].items(), key=lambda item: (-item[1].kg, item[0]))

    def ordered(self, name: str) -> list[tuple[str, Group]]:
        """Return the groups of a kind in the order of their keys."""
        return sorted(self.by[name].items())


def figures_of(session: Session, choice: Choice) -> Figures:
    """Return the figures of the trips that are chosen.

    The database reads the trips once, into cells of what is alike, and adds the cells up.
    """
    years: dict[str, Sums] = {}
    by: dict[str, dict[str, Group]] = {name: {} for name in ("why", *_BY)}
    cells = _cells(choice)
    parts = [_added(cells, _YEAR, _MEASURES), *(_added(cells, name, _OF_GROUP) for name in _BY)]
    why = _added(cells, "why", _OF_GROUP).where(cells.c.verdict.in_(NOT_FOLLOWED))
    for name, key, *sums in session.execute(union_all(*parts, why)):
        if name == _YEAR:
            years[key] = _sums(sums)
        else:
            by[name][key] = Group(*_typed(sums[: len(_OF_GROUP)]))
    return Figures(dict(sorted(years.items())), by)


def sums_of(session: Session, choice: Choice) -> Sums:
    """Return only what all chosen trips come to."""
    counted = _counted().values()
    return _sums(session.execute(select(*counted).where(*choice.conditions())).one())


def trips_of(session: Session, choice: Choice) -> int:
    """Return only how many trips are chosen."""
    return session.scalar(select(func.count(MadeTrip.id)).where(*choice.conditions())) or 0


def _sums(values: Iterable[Any]) -> Sums:
    return Sums(*_typed(values))


def _typed(values: Iterable[Any]) -> Iterator[Any]:
    """Yield sums as they are: the database adds whole numbers up to decimals."""
    return (kind(value or 0) for kind, value in zip(_KINDS, values, strict=False))


def _cells(choice: Choice) -> CTE:
    """Return the chosen trips by all that they are told apart by, with their sums.

    The keys stand as in the index that the table has for this, so that nothing needs sorting.
    """
    columns = [getattr(MadeTrip, name) for name in _APART]
    counted = [column.label(name) for name, column in _counted().items()]
    return (
        select(*columns, *counted)
        .where(*choice.conditions())
        .group_by(*columns)
        .cte("cells")
        .prefix_with("MATERIALIZED")
    )


def _counted() -> dict[str, ColumnElement[Any]]:
    """Return each measure as the database counts it from the rows of trips."""
    trip = MadeTrip
    is_flight = trip.mode == "plane"
    found: dict[str, ColumnElement[Any]] = {
        "trips": func.count(),
        "travellers": func.sum(trip.travellers),
        "train": func.count().filter(trip.mode.in_(BY_TRAIN)),
        "flights": func.count().filter(is_flight),
        "in_time": func.count().filter(is_flight, trip.rail_min <= trip.limit_min),
        "kg": func.sum(trip.wtw_kg),
        "non_co2_kg": func.sum(trip.non_co2_kg),
        "without_kg": func.count() - func.count(trip.wtw_kg),
        "cost_cents": func.sum(trip.cost_cents),
        "without_cost": func.count() - func.count(trip.cost_cents),
        "minutes": func.sum(trip.minutes),
        "without_minutes": func.count() - func.count(trip.minutes),
        "avoidable": func.count(trip.avoidable_kg),
        "avoidable_kg": func.sum(trip.avoidable_kg),
        "extra_min": func.sum(trip.extra_min),
        "invented": func.count().filter(trip.invented),
    }
    return {name: found[name] for name in _MEASURES}


def _added(cells: CTE, name: str, measures: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Return the cells added up by one thing that they are told apart by, as far as it is asked."""
    sums = [func.sum(cells.c[m]) if m in measures else null() for m in _MEASURES]
    key: ColumnElement[Any] = cells.c[name] if name != "why" else _why(cells)
    if name == "tier":
        key = func.coalesce(key, 0)
    return select(literal(name), cast(key, String), *sums).group_by(key)


def _why(cells: CTE) -> ColumnElement[str]:
    """Return the verdict and the reason; a confidential one is an other reason."""
    reason = case((cells.c.reason.contains(CONFIDENTIAL), OTHER), else_=cells.c.reason)
    return cells.c.verdict + "|" + reason


@dataclass(frozen=True, slots=True)
class Destination:
    """A place to which trips went, and what they come to."""

    names: Words
    country: str
    trips: int
    kg: float
    non_co2_kg: float


def destinations_of(session: Session, choice: Choice, most: int) -> list[Destination]:
    """Return the places with most CO2e, at most so many."""
    trip = MadeTrip
    kg = func.coalesce(func.sum(trip.wtw_kg), 0.0).label("kg")
    top = (
        select(trip.destination_id, func.count().label("trips"), kg)
        .add_columns(func.coalesce(func.sum(trip.non_co2_kg), 0.0).label("beside"))
        .where(*choice.conditions())
        .group_by(trip.destination_id)
        .order_by(kg.desc(), trip.destination_id)
        .limit(most)
        .subquery()
    )
    one = aliased(trip)
    there = one.destination_id == top.c.destination_id
    names = select(one.destination).where(there).limit(1).scalar_subquery()
    country = select(one.country).where(there).limit(1).scalar_subquery()
    rows = session.execute(
        select(names, country, top.c.trips, top.c.kg, top.c.beside).order_by(
            top.c.kg.desc(), top.c.destination_id
        )
    )
    return [Destination(Words(**words), *rest) for words, *rest in rows]
