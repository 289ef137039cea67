"""Advice: the question form and the answer page."""

from webapp.advice.views import blueprint

__all__ = ["blueprint"]
