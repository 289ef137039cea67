"""What every page of HR needs: its address, the store, the organisation, and the register."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app

from webapp.advice.views import reference
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Registrar
from webapp.organisation import Organisation
from webapp.store import Store

blueprint = Blueprint("hr", __name__, url_prefix="/hr")


def store() -> Store:
    """Return where requests and trips are stored."""
    return cast("Store", current_app.extensions["store"])


def organisation() -> Organisation:
    """Return the organisation."""
    return cast("Organisation", current_app.extensions["organisation"])


def pseudonyms() -> Pseudonyms:
    """Return what makes pseudonyms."""
    return cast("Pseudonyms", current_app.extensions["pseudonyms"])


def registrar() -> Registrar:
    """Return what puts trips into the register, by the data that now hold."""
    return Registrar(reference(), organisation(), pseudonyms())
