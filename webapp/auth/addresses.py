"""Where a visitor may be sent on to: only to an address of this application."""

from __future__ import annotations

import re

_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def own_path(given: str, otherwise: str) -> str:
    """Return a path of this application as given, or the other one if it leads anywhere else."""
    return given if _OWN_PATH.fullmatch(given) else otherwise
