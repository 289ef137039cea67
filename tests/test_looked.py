"""The log of who looked at whom: any change, deletion or insertion is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from webapp.hr import log
from webapp.store import Store
from webapp.store.looked import DECIDED, OPENED, Anchor, anchor, faults, note
from webapp.store.tables import Person

LINES = 40
TRIALS = 1000
CHANGES = {
    "at": "2020-01-01 00:00:00.000000+00:00",
    "what": "exported",
    "about": "iemand anders",
    "detail": '{"n":-1}',
    "sha256": "0" * 64,
}


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with a log in which two people looked at each other."""
    with store.write() as session:
        people = [Person(issuer="x", subject=name, name=name) for name in ("an", "bo")]
        session.add_all(people)
        session.flush()
        for n in range(LINES):
            note(session, people[n % 2].id, OPENED if n % 3 else DECIDED, f"reis {n}", n=n)
    return store


def found(store: Store, anchors: list[Anchor] | None = None) -> list[str]:
    with store.read() as session:
        return [str(fault) for fault in faults(session, anchors or [])]


def newest(store: Store) -> Anchor:
    with store.read() as session:
        found_ = anchor(session)
    assert found_ is not None
    return found_


def test_a_log_that_nobody_touched_is_whole(kept: Store) -> None:
    assert found(kept) == []
    assert found(kept, [newest(kept)]) == []


def tamper(connection: Connection, chance: Random) -> None:
    """Change, delete or insert a line, as somebody with the database could."""
    number = chance.randrange(1, LINES + 1)
    kind = chance.choice(["edit", "person", "delete", "insert", "number"])
    if kind == "delete":
        connection.execute(text("DELETE FROM looked WHERE id = :n"), {"n": number})
    elif kind == "person":
        swap = "(SELECT p.id FROM person p WHERE p.id <> looked.person_id LIMIT 1)"
        connection.execute(
            text(f"UPDATE looked SET person_id = {swap} WHERE id = :n"),  # noqa: S608
            {"n": number},
        )
    elif kind == "number":
        connection.execute(
            text("UPDATE looked SET id = :to WHERE id = :n"), {"n": number, "to": LINES + 7}
        )
    elif kind == "insert":
        connection.execute(
            text(
                "INSERT INTO looked SELECT :to, at, person_id, what, about, detail, :seal"
                " FROM looked WHERE id = :n"
            ),
            {"n": number, "to": LINES + 1, "seal": f"{chance.getrandbits(256):064x}"},
        )
    else:
        column = chance.choice(sorted(CHANGES))
        connection.execute(
            text(f"UPDATE looked SET {column} = :v WHERE id = :n"),  # noqa: S608
            {"v": CHANGES[column], "n": number},
        )


def test_of_a_thousand_random_changes_each_is_found(kept: Store) -> None:
    chance = Random(25)  # noqa: S311  (no secret)
    kept_elsewhere, missed = [newest(kept)], []
    for trial in range(TRIALS):
        with kept.engine.connect() as connection:
            changing = connection.begin()
            tamper(connection, chance)
            with Session(connection, join_transaction_mode="rollback_only") as session:
                if not list(faults(session, kept_elsewhere)):
                    missed.append(trial)
            changing.rollback()
    assert missed == []
    assert found(kept, kept_elsewhere) == []


def test_a_tail_that_was_cut_off_is_found_by_an_anchor(kept: Store) -> None:
    elsewhere = newest(kept)
    with kept.engine.begin() as connection:
        connection.execute(text("DELETE FROM looked WHERE id > :n"), {"n": LINES - 5})
    assert found(kept) == []
    assert len(found(kept, [elsewhere])) == 1


def test_a_log_that_was_made_anew_is_found_by_an_anchor(kept: Store) -> None:
    elsewhere = newest(kept)
    with kept.engine.begin() as connection:
        connection.execute(text("DELETE FROM looked"))
    with kept.write() as session:
        for n in range(LINES):
            note(session, None, OPENED, f"een andere reis {n}")
    assert found(kept) == []
    assert found(kept, [elsewhere]) != []


def test_an_edit_that_leaves_no_readable_line_is_found(kept: Store) -> None:
    with kept.engine.begin() as connection:
        connection.execute(text("UPDATE looked SET detail = '{' WHERE id = 3"))
    assert found(kept) != []


def test_ten_people_at_once_make_one_chain(kept: Store) -> None:
    def look(n: int) -> None:
        with kept.write() as session:
            note(session, None, OPENED, f"tegelijk {n}")

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(look, range(30)))
    assert found(kept) == []
    assert newest(kept).number == LINES + 30


def test_what_is_not_kept_in_the_end_leaves_no_line(kept: Store) -> None:
    def fail() -> None:
        with kept.write() as session:
            note(session, None, OPENED, "niets")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert newest(kept).number == LINES


def test_the_command_keeps_anchors_and_checks_with_them(
    kept: Store, store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "anchors.txt"
    on = ["--database", store_url]
    assert log.main([*on, "anchor", "--to", str(file)]) == 0
    assert log.main([*on, "check", "--anchors", str(file)]) == 0
    capsys.readouterr()
    with kept.write() as session:
        session.execute(text("UPDATE looked SET about = 'x' WHERE id = 7"))
    assert log.main([*on, "--lang", "en", "check", "--anchors", str(file)]) == 1
    assert "Line 7 was changed" in capsys.readouterr().out


@pytest.mark.usefixtures("kept")
def test_the_command_names_each_line_that_is_no_anchor(
    store_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "anchors.txt"
    file.write_text("2026-11-22 1 abc\nniets\n2026-13-01 1 abc\n", encoding="utf-8")
    assert log.main(["--database", store_url, "check", "--anchors", str(file)]) == 2
    told = capsys.readouterr().err
    assert "line 2" in told
    assert "line 3" in told
