"""What docs/operations.md says: every command works, every setting exists."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from cases_reader import ROOT
from sqlalchemy import func, make_url, select

from webapp.config import Config
from webapp.mail.outbox import queue_mail
from webapp.store import Store, open_store
from webapp.store.tables import Mail

TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]


def commands(program: str) -> list[str]:
    return [line for line in COMMANDS if line.startswith(program)]


def needs(program: str) -> None:
    if shutil.which(program) is None:
        if os.environ.get("CI"):
            pytest.fail(f"CI has no {program}: .ci/run must install it")
        pytest.skip(f"no {program} on this machine")


def filled(url: str) -> Store:
    store = open_store(url)
    with store.write() as session:
        queue_mail(session, key="k", recipient="a@b.invalid", subject="s", text="t")
    return store


def test_a_backup_of_sqlite_holds_what_was_stored_last(tmp_path: Path) -> None:
    needs("sqlite3")
    store = filled(f"sqlite:///{tmp_path / 'travelplan.db'}")
    backups = commands("sqlite3 travelplan.db")
    assert len(backups) == 2
    for command in backups:
        subprocess.run(command, shell=True, cwd=tmp_path, check=True)  # noqa: S602
    store.close()
    for name in ("copy.db", "compact.db"):
        with sqlite3.connect(tmp_path / name) as copy:
            assert copy.execute("SELECT count(*) FROM mail").fetchone() == (1,)
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        copy.close()


def test_a_backup_of_postgresql_can_be_restored(postgresql: str, tmp_path: Path) -> None:
    needs("pg_dump")
    from store_world import _create  # noqa: PLC0415

    _create(postgresql, "travelplan", "template1")
    url = postgresql.format(name="travelplan")
    store = filled(url)
    environment = {
        "PATH": "/usr/bin:/bin",
        "PGHOST": str(make_url(url).query["host"]),
        "PGUSER": "travelplan",
    }
    dump, restore = commands("pg_")
    subprocess.run(dump.split(), cwd=tmp_path, env=environment, check=True)
    with store.write() as session:
        session.delete(session.scalars(select(Mail)).one())
    store.close()
    subprocess.run(restore.split(), cwd=tmp_path, env=environment, check=True)
    restored = open_store(url)
    with restored.read() as session:
        assert session.scalar(select(func.count(Mail.id))) == 1
    restored.close()


def test_every_setting_that_is_read_is_documented_and_the_other_way_round() -> None:
    source = (ROOT / "webapp" / "config.py").read_text("utf-8")
    read = set(re.findall(r'_(?:text|path|years)\(\s*"([A-Z_]+)"', source))
    told = set(re.findall(r"TRAVELPLAN_([A-Z_]+)", TEXT))
    told |= {f"PROXY_{part}_HEADER" for part in ("NAME", "EMAIL")}
    library = {"GEOCODER", "GEOCODER_AGENT"}
    assert read - told == set()
    assert told - read - library == set()


def test_the_days_before_a_reminder_are_as_documented() -> None:
    assert f"it is {Config().remind_after_days} days" in TEXT
