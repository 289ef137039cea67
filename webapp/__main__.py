"""`python -m webapp` serves the form on this machine."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from flask import Flask
from waitress import create_server

from travelplan import TravelplanError
from webapp.application import create_app
from webapp.config import Config
from webapp.errands import Errands, Worker
from webapp.filing import registrar_of

HOST = "127.0.0.1"


def main() -> int:
    """Serve until interrupted; return 1 if the data or the port is not usable."""
    parser = argparse.ArgumentParser(prog="travelplan serve")
    parser.add_argument("--port", type=int, default=5000)
    port = parser.parse_args().port
    try:
        app = create_app()
        server = create_server(app, host=HOST, port=port, ident=None)
    except TravelplanError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Port {port} cannot be used: {error.strerror}.", file=sys.stderr)
        print("Choose another: make serve PORT=5001", file=sys.stderr)
        return 1
    print(f"travelplan answers at http://{HOST}:{port} (stop with Ctrl+C)", flush=True)
    worker = _worker(app)
    server.run()
    if worker:
        worker.stop()
        worker.join()
    return 0


def _worker(app: Flask) -> Worker | None:
    """Start what nobody asks for, where people file requests."""
    config: Config = app.extensions["config"]
    if config.sign_in == "none":
        return None
    registrar = partial(registrar_of, app)
    worker = Worker(Errands(app.extensions["store"], app.extensions["desk"], config, registrar))
    worker.start()
    return worker


if __name__ == "__main__":
    sys.exit(main())
