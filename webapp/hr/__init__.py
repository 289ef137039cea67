"""HR follows up: the register of trips that were made, what was booked, and what comes of it."""

from webapp.hr import demo_page, review, start, what_if
from webapp.hr.room import blueprint

__all__ = ["blueprint", "demo_page", "review", "start", "what_if"]
