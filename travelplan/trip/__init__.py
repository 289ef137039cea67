"""A trip, and the one parser behind form, command line, API and audit row."""

from travelplan.trip.cells import FieldReader
from travelplan.trip.days import LONGEST_SHOWN, parse_clock, read_day
from travelplan.trip.model import DEFAULT_ORIGIN, ROLES, Meeting, Trip
from travelplan.trip.parser import LONGEST_STAY_DAYS, MOST_TRAVELLERS, parse_trip

__all__ = [
    "DEFAULT_ORIGIN",
    "LONGEST_SHOWN",
    "LONGEST_STAY_DAYS",
    "MOST_TRAVELLERS",
    "ROLES",
    "FieldReader",
    "Meeting",
    "Trip",
    "parse_clock",
    "parse_trip",
    "read_day",
]
