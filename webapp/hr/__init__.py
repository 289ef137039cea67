"""HR follows up: the register of trips that were made, what was booked, and what comes of it."""

from webapp.hr import bring_in_views, council, dashboard, exports, match_views, report, start
from webapp.hr.room import blueprint

__all__ = [
    "blueprint",
    "bring_in_views",
    "council",
    "dashboard",
    "exports",
    "match_views",
    "report",
    "start",
]
