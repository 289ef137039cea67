"""The pages that anyone may read: the scheme, the list, the trains, the method, two statements."""

from webapp.public.views import blueprint

__all__ = ["blueprint"]
