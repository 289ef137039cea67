"""The web form: routes, forms and pages. It holds no rule and no arithmetic of its own."""

from webapp.application import create_app

__all__ = ["create_app"]
