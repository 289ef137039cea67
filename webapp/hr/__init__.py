"""HR follows up: the register of trips that were made, what was booked, and what comes of it."""

from webapp.hr import council, dashboard, exports, report, start
from webapp.hr.room import blueprint

__all__ = ["blueprint", "council", "dashboard", "exports", "report", "start"]
