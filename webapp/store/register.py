"""The register: trips that were made, as HR follows them up. No name and no text stands in it.

A trip comes from a file of bookings (`batch_id`) or from a request that was travelled
(`request_id`); one that is both is one row. Who travelled is a pseudonym, made with a key that is
not in the database.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.store.columns import new_id, now
from webapp.store.tables import Table


class Batch(Table):
    """One file that was brought in: dry run first, kept once somebody confirms.

    `file_sha256` keeps the same file from being brought in twice. `counts` says how many rows were
    right, doubtful and wrong; `columns` how its headers were read.
    """

    __tablename__ = "batch"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    file_name: Mapped[str] = mapped_column(String(200))
    file_sha256: Mapped[str] = mapped_column(String(64), index=True)
    supplier: Mapped[str] = mapped_column(String(80), default="")
    columns: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    brought_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]

    trips: Mapped[list[MadeTrip]] = relationship(back_populates="batch")
    brought: Mapped[BroughtFile | None] = relationship(cascade="all, delete-orphan")


class BroughtFile(Table):
    """A file that waits for confirmation: its bytes, and its first faults. It goes within a day."""

    __tablename__ = "brought_file"

    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    faults: Mapped[list[Any]]


class Grounds(Table):
    """What a judgement rests on, as JSON; trips that are alike share it.

    With the columns of the trip it is the record that `travelplan audit --json` writes, from which
    every figure can be recomputed. `factors` are the ids of its factor sets, with a space between.
    """

    __tablename__ = "grounds"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    record: Mapped[dict[str, Any]]
    factors: Mapped[str] = mapped_column(String(200), default="")


class ColumnMapping(Table):
    """How the headers of a supplier are read; kept so that they are mapped once."""

    __tablename__ = "column_mapping"

    supplier: Mapped[str] = mapped_column(String(80), primary_key=True)
    columns: Mapped[dict[str, Any]]
    changed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


def _year_of_departure(context: Any) -> int:
    return int(context.get_current_parameters()["depart"].year)


# Pages of figures read no more of the table than these indexes, in the order in which they add up.
_TOLD_APART_BY = ("year", "unit", "mode", "outcome", "verdict", "reason", "tier")
_CHOSEN_BY = ("depart", "unit", "mode", "outcome", "verdict", "role")
_DIFFERS = text("verdict_of_day <> '' AND verdict <> verdict_of_day")
_ADDED_UP = (
    *("depart", "destination_id", "role", "travellers", "wtw_kg", "non_co2_kg", "cost_cents"),
    *("minutes", "avoidable_kg", "extra_min", "rail_min", "limit_min", "invented"),
    *("ttw_kg", "scope", "scheme_version"),
)
IN_TIME = "mode = 'plane' AND rail_min <= limit_min"
"""Flights to places with a train within the limit, as text: a database matches its index by it."""
_OF_IN_TIME = Index(
    "ix_made_trip_in_time",
    *("unit", "reason", "depart", "cost_cents", "wtw_kg"),
    sqlite_where=text(IN_TIME),
    postgresql_where=text(IN_TIME),
)


class MadeTrip(Table):
    """One trip that was made, with its judgement by the rule of its day.

    `row_key` is a hash of what the row says: the same row never counts twice. `verdict` is one of
    complied, exception, exception_without_request, deviated, out_of_scope, no_rule_in_force and
    undetermined. Kilograms of CO2e are of all travellers, there and back, without the non-CO2
    warming of flights, which stands apart; `avoidable_kg` and `extra_min` are against the best way
    that the scheme allowed, None where there is none. `unit` is the id of a unit of the
    organisation, or what the file says where it is none of them. `scope` is the GHG Protocol's
    ("3.6": business travel).

    A trip that was approved here has the verdict of its frozen decision; `verdict_of_day` is what
    the rule of its day says. `matched` tells how the request was found: "" (none), certain,
    doubtful (see PossibleMatch), settled (a person said yes) or own (the request itself told).
    `grounds_id` is what the judgement rests on; `record` what is known of the trip beside.
    """

    __tablename__ = "made_trip"
    __table_args__ = (
        UniqueConstraint("row_key"),
        Index("ix_made_trip_figures", *_TOLD_APART_BY, *_ADDED_UP),
        Index("ix_made_trip_places", "destination_id", "wtw_kg", "non_co2_kg", *_CHOSEN_BY),
        Index("ix_made_trip_people", "traveller", "year", "destination_id", *_CHOSEN_BY),
        _OF_IN_TIME,
        Index("ix_made_trip_depart_unit", "depart", "unit"),
        Index(
            "ix_made_trip_differs",
            *("year", "destination_id", *_CHOSEN_BY),
            sqlite_where=_DIFFERS,
            postgresql_where=_DIFFERS,
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("batch.id"), index=True)
    request_id: Mapped[str | None] = mapped_column(ForeignKey("request.id"), index=True)
    matched: Mapped[str] = mapped_column(String(12), default="")
    row_key: Mapped[str] = mapped_column(String(64))
    trip_id: Mapped[str] = mapped_column(String(80))
    traveller: Mapped[str] = mapped_column(String(64), default="")
    unit: Mapped[str] = mapped_column(String(120), index=True)
    role: Mapped[str] = mapped_column(String(20))
    origin_id: Mapped[str] = mapped_column(String(40))
    destination_id: Mapped[str] = mapped_column(String(40))
    destination: Mapped[dict[str, Any]]
    country: Mapped[str] = mapped_column(String(2))
    depart: Mapped[date]
    year: Mapped[int] = mapped_column(default=_year_of_departure)
    back: Mapped[date | None]
    travellers: Mapped[int]
    mode: Mapped[str] = mapped_column(String(20))
    travel_class: Mapped[str] = mapped_column(String(20), default="")
    cost_cents: Mapped[int | None]
    digital: Mapped[str] = mapped_column(String(20), default="")
    verdict: Mapped[str] = mapped_column(String(30))
    verdict_of_day: Mapped[str] = mapped_column(String(30), default="")
    outcome: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str] = mapped_column(String(80), default="")
    scheme_version: Mapped[str] = mapped_column(String(80), default="")
    reason: Mapped[str] = mapped_column(String(40), default="")
    rail_min: Mapped[int | None]
    limit_min: Mapped[int | None]
    minutes: Mapped[int | None]
    wtw_kg: Mapped[float | None] = mapped_column(Float)
    wtw_low_kg: Mapped[float | None] = mapped_column(Float)
    wtw_high_kg: Mapped[float | None] = mapped_column(Float)
    ttw_kg: Mapped[float | None] = mapped_column(Float)
    non_co2_kg: Mapped[float | None] = mapped_column(Float)
    avoidable_kg: Mapped[float | None] = mapped_column(Float)
    extra_min: Mapped[int | None]
    tier: Mapped[int | None]
    scope: Mapped[str] = mapped_column(String(10), default="")
    invented: Mapped[bool] = mapped_column(default=False, index=True)
    record: Mapped[dict[str, Any]] = mapped_column(default=dict)
    grounds_id: Mapped[str | None] = mapped_column(ForeignKey("grounds.sha256"))

    batch: Mapped[Batch | None] = relationship(back_populates="trips")
    grounds: Mapped[Grounds | None] = relationship()


class PossibleMatch(Table):
    """A request that a booked trip may belong to, until a person has said yes or no.

    `why` says what speaks for it: traveller, unit or days.
    """

    __tablename__ = "possible_match"
    __table_args__ = (UniqueConstraint("trip_id", "request_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    trip_id: Mapped[str] = mapped_column(ForeignKey("made_trip.id", ondelete="CASCADE"), index=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    why: Mapped[str] = mapped_column(String(20))
    answer: Mapped[bool | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]

    trip: Mapped[MadeTrip] = relationship()


class OpenYear(Table):
    """A closed year as it was published as open data: given out unchanged ever after.

    `cells` are the cells as anyone may read them, `sha256` that of their JSON. A year that was
    withdrawn is not given out any more, and not published again: two versions side by side would
    show what each hides. `invented` years are of invented trips, and stand in nobody's way.
    """

    __tablename__ = "open_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    invented: Mapped[bool] = mapped_column(primary_key=True)
    cells: Mapped[list[Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]


class Visit(Table):
    """A visit that comes to us, noted by hand for the calendar."""

    __tablename__ = "visit"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    first_day: Mapped[date] = mapped_column(index=True)
    last_day: Mapped[date]
    visitors: Mapped[str] = mapped_column(String(200))
    topic: Mapped[str] = mapped_column(String(200))
    place_id: Mapped[str] = mapped_column(String(40))
    place: Mapped[dict[str, Any]]
    unit: Mapped[str] = mapped_column(String(120))
    noted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime] = mapped_column(default=now)


class CalendarFeed(Table):
    """The secret address at which somebody's calendar program reads the calendar.

    Only the hash of its token is kept: a new address makes the old one worth nothing.
    """

    __tablename__ = "calendar_feed"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Looked(Table):
    """Who looked at whom or did what, each line sealed by the hash of the line before it.

    Lines are numbered from 1 without a gap, and only ever added. `about` is whom or what it
    concerns: the id of a person or of a request, or a name of what was looked at.
    """

    __tablename__ = "looked"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(80), default="", index=True)
    detail: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
