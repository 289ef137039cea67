"""Requests: filed by a traveller, agreed to step by step, changed, withdrawn, travelled."""

from webapp.requests import draft_views, views
from webapp.requests.room import blueprint

__all__ = ["blueprint", "draft_views", "views"]
