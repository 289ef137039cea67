"""The style that an organisation brings: a folder with theme.css, and logo.svg if it has one."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, send_from_directory

from travelplan import DataError
from travelplan.errors import Fault
from webapp.auth import PUBLIC, open_to

STYLE, LOGO = "theme.css", "logo.svg"


def add_theme(app: Flask, folder: Path | None) -> None:
    """Serve the folder under /theme/, and let every page use its style after our own.

    Raises:
        DataError: the folder does not exist, or holds no theme.css.
    """
    app.jinja_env.globals.update(theme_version="", theme_logo=False)
    if folder is None:
        return
    style = folder / STYLE
    if not style.is_file():
        problem = "there is no such file." if folder.is_dir() else "there is no such folder."
        advice = "Correct TRAVELPLAN_THEME_DIR, or leave it out."
        raise DataError(str(style), [Fault(1, "", problem, advice)])
    app.jinja_env.globals.update(
        theme_version=sha256(style.read_bytes()).hexdigest()[:12],
        theme_logo=(folder / LOGO).is_file(),
    )
    serve = open_to(PUBLIC)(lambda name: _file(folder, name))
    app.add_url_rule("/theme/<path:name>", "theme", serve)


def _file(folder: Path, name: str) -> Response:
    return send_from_directory(folder.resolve(), name)
