"""The command that serves the web form."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys

from travelplan.cli.common import FAULTS, Subcommands, add
from travelplan.language import Language

DEFAULT_PORT = 5000


def register(commands: Subcommands) -> None:
    """Add the command."""
    serve = add(commands, "serve", _serve, "serve the web form")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT)


def _serve(options: argparse.Namespace, _: Language) -> int:
    if not (importlib.util.find_spec("flask") and importlib.util.find_spec("webapp")):
        print("The form needs the web packages: pip install 'travelplan[web]'", file=sys.stderr)
        return FAULTS
    arguments = [sys.executable, "-m", "webapp", "--port", str(options.port)]
    sys.stdout.flush()
    return os.execv(sys.executable, arguments)  # noqa: S606  (our own interpreter, no shell)
