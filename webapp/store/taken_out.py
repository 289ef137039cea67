"""Trips that were taken out of the register by hand: kept aside, as they stood."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.store.columns import now
from webapp.store.register import Grounds, MadeTrip
from webapp.store.tables import Table


class TakenOut(Table):
    """A trip that HR took out: it counts nowhere any more, and can be put back.

    `id` and `row_key` are those that the trip had, so that the same row never comes back by itself;
    `trip` is the row as it stood. `request_id` is that of a trip which its own request told of: the
    request of a booked trip is free for another. `last_day` says when it goes for good.
    """

    __tablename__ = "taken_out"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    row_key: Mapped[str] = mapped_column(String(64), unique=True)
    request_id: Mapped[str | None] = mapped_column(ForeignKey("request.id"), index=True)
    traveller: Mapped[str] = mapped_column(String(64), default="", index=True)
    last_day: Mapped[date] = mapped_column(index=True)
    invented: Mapped[bool] = mapped_column(default=False)
    trip: Mapped[dict[str, Any]]
    grounds_id: Mapped[str | None] = mapped_column(ForeignKey("grounds.sha256"), index=True)
    reason: Mapped[str]
    taken_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime] = mapped_column(default=now)

    grounds: Mapped[Grounds | None] = relationship()

    @staticmethod
    def row_of(trip: MadeTrip) -> dict[str, Any]:
        """Return a trip as `trip` holds it."""
        return {column.name: _plain(getattr(trip, column.key)) for column in _columns()}

    def as_trip(self) -> MadeTrip:
        """Return the trip as it stood; it is in no session."""
        return MadeTrip(**{c.name: _typed(self.trip[c.name], c.type) for c in _columns()})


def _columns() -> list[Any]:
    return list(MadeTrip.__table__.columns)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Any, kind: object) -> Any:
    return date.fromisoformat(value) if value and isinstance(kind, Date) else value
