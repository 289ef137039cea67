"""What every page of HR needs: its address, the store, and the organisation."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app

from webapp.organisation import Organisation
from webapp.store import Store

blueprint = Blueprint("hr", __name__, url_prefix="/hr")


def store() -> Store:
    """Return where requests and trips are stored."""
    return cast("Store", current_app.extensions["store"])


def organisation() -> Organisation:
    """Return the organisation."""
    return cast("Organisation", current_app.extensions["organisation"])
