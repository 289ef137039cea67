"""The stores that requests are tested on: SQLite, and a real PostgreSQL that the tests start."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from webapp.store import Store, open_store

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_TEMPLATE = "travelplan_empty"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, on a socket in a folder of its own.

    The server refuses to run as root, so root starts it as the user that the package made.
    """
    if not BINARIES:
        if os.environ.get("CI"):
            pytest.fail("CI has no PostgreSQL: .ci/run must install it")
        pytest.skip("no PostgreSQL on this machine (Debian: apt install postgresql)")
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_user = {"user": user, "group": user} if os.geteuid() == 0 else {}
    room = Path(tempfile.mkdtemp(prefix="travelplan-pg-"))
    if as_user:
        shutil.chown(room, user, user)
    data, binaries = room / "data", BINARIES[-1]

    def run(*command: str | Path) -> None:
        subprocess.run(
            [str(part) for part in command],
            check=True,
            cwd=room,
            stdout=subprocess.DEVNULL,
            **as_user,  # type: ignore[call-overload]
        )

    run(binaries / "initdb", "-D", data, "-U", "travelplan", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-c listen_addresses='' -c unix_socket_directories='{room}' -c fsync=off"
    start = (binaries / "pg_ctl", "-D", data, "-w", "-s", "-l", room / "log", "-o", options)
    run(*start, "start")
    address = f"postgresql+psycopg://travelplan@/{{name}}?host={room}"
    try:
        _create(address, _TEMPLATE, "template1")
        open_store(address.format(name=_TEMPLATE)).close()
        yield address
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")
        shutil.rmtree(room)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test that asks for it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'travelplan.db'}"
    address: str = request.getfixturevalue("postgresql")
    name = f"travelplan_{next(_numbers)}"
    _create(address, name, _TEMPLATE)
    return address.format(name=name)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, on SQLite and on PostgreSQL."""
    opened = open_store(store_url)
    yield opened
    opened.close()


def _create(address: str, name: str, template: str) -> None:
    engine = create_engine(address.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
