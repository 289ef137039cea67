"""Opens the database, brings its tables up to date, and gives sessions to read and to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from travelplan import FieldProblem, InputError
from travelplan.language import message
from webapp.store.tables import Table

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for another: longer than 50,000 trips take to be stored."""
PAGE_COST = 1.1  # of a page anywhere against the next one: about alike where the disk is memory
MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7_241_990  # any number, the same in every process


class Store:
    """A database of requests.

    On SQLite every connection uses WAL with synchronous FULL, and what writes takes the write lock
    at once (BEGIN IMMEDIATE), so a transaction that has begun can never fail for being late.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(travelplan_writes=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session for reading; what it changes is never kept."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session whose changes are kept together at the end, or not at all."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Open a database and bring its tables up to date.

    Raises:
        InputError: the address is not one that SQLAlchemy knows, or the tables are older than the
            first release.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        text_ = message("“{given}” is no address of a database.", given=url.rpartition("@")[2][:60])
        raise InputError([FieldProblem("TRAVELPLAN_DATABASE", "setting", text_)]) from error
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
    upgrade(engine)
    if _lacks_columns(engine):
        engine.dispose()
        text_ = message(
            "The tables of this database are those of a version before the first release. Move it "
            "away (after a try-out: delete the folder “var”) and start again."
        )
        raise InputError([FieldProblem("TRAVELPLAN_DATABASE", "setting", text_)])
    return Store(engine)


def _lacks_columns(engine: Engine) -> bool:
    """Return whether a column of the code stands in no table, whatever the migrations say."""
    found = inspect(engine)
    there = {
        (name, column["name"])
        for name in found.get_table_names()
        for column in found.get_columns(name)
    }
    return any(
        (table.name, column.name) not in there
        for table in Table.metadata.sorted_tables
        for column in table.columns
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Let figures be read from the indexes that were made for them.

    By default PostgreSQL takes a jump on a disk to be dear, reads the whole table instead, and
    takes twice as long; and it compiles a query that runs for a moment only.
    """
    for setting in (f"random_page_cost = {PAGE_COST}", "jit = off"):
        connection.execute(f"SET {setting}")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("travelplan_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def upgrade(engine: Engine) -> None:
    """Bring the tables up to date; processes that start together do it one after the other."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(travelplan_writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _UPGRADE_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
