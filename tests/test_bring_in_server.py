"""Files of any length, brought in on the server; and the key behind the pseudonyms."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from travelplan import InputError
from webapp.config import Config
from webapp.hr import bring_in
from webapp.hr.pseudonyms import Pseudonyms, pseudonyms_of
from webapp.store import open_store
from webapp.store.register import Batch, MadeTrip

HEAD = "Reisnummer;Reiziger;Bestemming;Vertrekdatum;Datum terugreis;Vervoermiddel\n"


@pytest.fixture
def database(store_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TRAVELPLAN_SIGN_IN", "try-out")
    monkeypatch.setenv("TRAVELPLAN_DATABASE", store_url)
    monkeypatch.setenv("TRAVELPLAN_PSEUDONYM_KEY", "a key for the tests, long enough")
    return store_url


def write(room: Path, rows: int, wrong: str = "") -> Path:
    path = room / "boekingen.csv"
    lines = (f"R{n};{n % 7};Parijs;{n % 28 + 1}/3/2024;;trein\n" for n in range(rows))
    path.write_text(HEAD + "".join(lines) + wrong, "utf-8")
    return path


def test_a_file_is_stored_in_parts_and_once(
    database: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bring_in, "ROWS_AT_ONCE", 10)
    path = write(tmp_path, 35, "R99;1;Nergenshuizen;1/3/2024;;trein\n")
    faults = tmp_path / "faults.csv"
    asked = [str(path), "--supplier", "Bureau", "--faults", str(faults)]
    assert bring_in.main(asked) == 0
    assert "rows 36, right 35, doubtful 0, wrong 1" in capsys.readouterr().out
    assert "Nergenshuizen" in faults.read_text("utf-8-sig")
    assert bring_in.main(asked) == 0
    assert "already" in capsys.readouterr().out
    store = open_store(database)
    with store.read() as session:
        assert len(session.scalars(select(MadeTrip)).all()) == 35
        assert session.scalars(select(Batch)).one().confirmed_at
    store.close()


def test_a_run_that_stopped_half_way_goes_on(database: str, tmp_path: Path) -> None:
    path = write(tmp_path, 12)
    assert bring_in.main([str(path), "--supplier", "Bureau"]) == 0
    store = open_store(database)
    with store.write() as session:
        session.scalars(select(Batch)).one().confirmed_at = None
        for trip in session.scalars(select(MadeTrip).limit(5)):
            session.delete(trip)
    assert bring_in.main([str(path), "--supplier", "Bureau"]) == 0
    with store.read() as session:
        assert len(session.scalars(select(MadeTrip)).all()) == 12
        assert session.scalars(select(Batch)).one().confirmed_at
    store.close()


@pytest.mark.usefixtures("database")
def test_a_file_that_cannot_be_used_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "leeg.csv"
    path.write_text("a;b\n1;2\n", "utf-8")
    assert bring_in.main([str(path), "--supplier", "Bureau"]) == 2
    assert "destination" in capsys.readouterr().err


def test_the_key_stands_beside_the_database_for_its_owner_alone(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'try.db'}"
    first, second = pseudonyms_of("", address), pseudonyms_of("", address)
    (key,) = tmp_path.iterdir()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert first.of("12345") == second.of(" 12345 ") != Pseudonyms(b"other").of("12345")
    assert first.of("") == ""


def test_another_database_needs_a_key_of_its_own() -> None:
    with pytest.raises(InputError, match="TRAVELPLAN_PSEUDONYM_KEY"):
        pseudonyms_of("", "postgresql://somewhere/else")


def test_staff_numbers_cannot_be_tried_out_on_what_is_exported() -> None:
    shown = Pseudonyms(b"the key that is not in the export").of("04211")
    guesses = (Pseudonyms(key).of(f"{n:05}") for key in (b"", b"key") for n in range(10_000))
    assert shown not in set(guesses)


def test_a_proxy_needs_a_key_for_pseudonyms() -> None:
    with pytest.raises(InputError) as caught:
        Config.from_environment({"TRAVELPLAN_SIGN_IN": "proxy", "TRAVELPLAN_DATABASE": "x"})
    assert "TRAVELPLAN_PSEUDONYM_KEY" in {problem.field for problem in caught.value.problems}
