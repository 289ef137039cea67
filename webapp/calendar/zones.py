"""Which clock a country goes by."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.core import get_global

_UNKNOWN = "Etc/Unknown"  # the CLDR has no zone for a few uninhabited places
_SEASONS = ((1, 1), (7, 1))


def zone_of(country: str, day: date) -> ZoneInfo | None:
    """Return the time zone of a country; None where its clocks differ from place to place.

    Zones that tell the same time in winter, in summer and on the day count as one, such as those
    of Berlin and Büsingen. Zones by country are those of the Unicode CLDR.
    """
    names = get_global("territory_zones").get(country, ())
    zones = [ZoneInfo(name) for name in names if name != _UNKNOWN]
    days = [day, *(date(day.year, month, number) for month, number in _SEASONS)]
    clocks = {tuple(_offset(zone, day) for day in days) for zone in zones}
    return zones[0] if len(clocks) == 1 else None


def _offset(zone: ZoneInfo, day: date) -> object:
    return datetime.combine(day, time(12), tzinfo=zone).utcoffset()
