"""HR follows up: the register of trips that were made, what was booked, and what comes of it."""

from webapp.hr import bring_in_views, match_views, start
from webapp.hr.room import blueprint

__all__ = ["blueprint", "bring_in_views", "match_views", "start"]
