"""Who asks, and what they may do."""

from webapp.auth.permission import ADMINISTRATOR, APPROVER, BOOKER, HR, PUBLIC, SIGNED_IN, open_to
from webapp.auth.views import blueprint
from webapp.auth.visitor import Visitor, visitor

__all__ = [
    "ADMINISTRATOR",
    "APPROVER",
    "BOOKER",
    "HR",
    "PUBLIC",
    "SIGNED_IN",
    "Visitor",
    "blueprint",
    "open_to",
    "visitor",
]
