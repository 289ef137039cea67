"""HR follows up: the register of trips that were made, what was booked, and what comes of it."""

from webapp.hr import (
    bring_in_views,
    council,
    dashboard,
    demo_page,
    exports,
    log_page,
    match_views,
    open_data,
    report,
    request_view,
    review,
    start,
    trip_views,
    trips_views,
    what_if,
)
from webapp.hr.room import blueprint

__all__ = [
    "blueprint",
    "bring_in_views",
    "council",
    "dashboard",
    "demo_page",
    "exports",
    "log_page",
    "match_views",
    "open_data",
    "report",
    "request_view",
    "review",
    "start",
    "trip_views",
    "trips_views",
    "what_if",
]
