"""`python -m webapp` serves the form on this machine."""

from __future__ import annotations

import argparse
import sys

from waitress import create_server

from travelplan import TravelplanError
from webapp.application import create_app

HOST = "127.0.0.1"


def main() -> int:
    """Serve until interrupted; return 1 if the data or the port is not usable."""
    parser = argparse.ArgumentParser(prog="travelplan serve")
    parser.add_argument("--port", type=int, default=5000)
    port = parser.parse_args().port
    try:
        server = create_server(create_app(), host=HOST, port=port, ident=None)
    except TravelplanError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Port {port} cannot be used: {error.strerror}.", file=sys.stderr)
        print("Choose another: make serve PORT=5001", file=sys.stderr)
        return 1
    print(f"travelplan answers at http://{HOST}:{port} (stop with Ctrl+C)", flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
