"""The store itself: settings of SQLite, migrations, moments, and several writers at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, text

from travelplan import InputError
from webapp.store import Store, open_store
from webapp.store.database import MIGRATIONS
from webapp.store.register import MadeTrip
from webapp.store.tables import Mail, Person


def test_every_connection_to_sqlite_is_durable(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    for session_of in (store.read, store.write):
        with session_of() as session:
            pragmas = ("journal_mode", "synchronous", "foreign_keys")
            found = [session.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas]
            assert found == ["wal", 2, 1]
    store.close()


def test_the_migrations_make_the_tables_of_the_code(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, MadeTrip.metadata) == []


def test_a_database_from_before_the_first_release_is_refused_in_words(store_url: str) -> None:
    first = open_store(store_url)
    with first.write() as session:
        session.execute(text("ALTER TABLE batch DROP COLUMN supplier"))
    first.close()
    with pytest.raises(InputError, match="before the first release"):
        open_store(store_url)


def test_the_migrations_can_be_taken_back(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(store.engine).get_table_names()) <= {"alembic_version"}


def test_opening_a_store_twice_changes_nothing(store_url: str) -> None:
    first = open_store(store_url)
    with first.write() as session:
        session.add(Person(issuer="a", subject="b", name="c"))
    first.close()
    second = open_store(store_url)
    with second.read() as session:
        assert session.scalar(select(func.count(Person.id))) == 1
    second.close()


def test_a_moment_comes_back_in_utc(store: Store) -> None:
    noon_in_ghent = datetime(2027, 3, 28, 12, tzinfo=timezone(timedelta(hours=2)))
    with store.write() as session:
        session.add(Mail(key="k", recipient="r", subject="s", text="t", queued_at=noon_in_ghent))
    with store.read() as session:
        back = session.scalars(select(Mail)).one().queued_at
    assert back == datetime(2027, 3, 28, 10, tzinfo=UTC)
    assert back.tzinfo is UTC


def test_many_writers_that_read_first_all_succeed(store: Store) -> None:
    with store.write() as session:
        session.add(Person(issuer="a", subject="b", name="0"))
    faults: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(20):
                with store.write() as session:
                    person = session.scalars(select(Person).with_for_update()).one()
                    person.name = str(int(person.name) + 1)
        except BaseException as error:  # noqa: BLE001  (the thread must tell the test)
            faults.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        assert (faults, session.scalars(select(Person)).one().name) == ([], "80")


def test_an_address_that_is_none_is_refused_without_its_password() -> None:
    with pytest.raises(InputError) as refused:
        open_store("no address:geheim@here")
    assert "TRAVELPLAN_DATABASE" in str(refused.value)
    assert "geheim" not in str(refused.value)
