"""A list is saved whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from travelplan.errors import DataError
from travelplan.files import destinations_path, load_destinations, read_text
from travelplan.saving import change_text, write_new

SHIPPED = read_text(destinations_path())
KILLS = 30
FULL_KB = 128

WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from travelplan.saving import change_text

    path, number = Path(sys.argv[1]), 0
    print("ready", flush=True)
    while True:
        number += 1
        mark = f"# {number}\\norganisation: "
        change_text(path, lambda text: text.replace("organisation: ", mark))
    """
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "destinations.yaml"
    target.write_text(SHIPPED, encoding="utf-8")
    return target


def marked(text: str, mark: str) -> str:
    return text.replace("organisation: ", f"# {mark}\norganisation: ", 1)


def test_a_writer_that_is_killed_leaves_the_old_or_the_new_file(path: Path) -> None:
    """Kill -9 proves that no half file is ever seen, not that the disk keeps it without power."""
    chance = random.Random(6)  # noqa: S311
    written = 0
    for _ in range(KILLS):
        before = path.read_text("utf-8").count("\n# ")
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        sleep(chance.random() * 0.05)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()

        text = path.read_text("utf-8")
        assert len(load_destinations(path).entries) == 16
        assert text.replace("\n".join(_marks(text)), "").endswith("\n...\n")
        written += text.count("\n# ") - before
    assert written > KILLS, "the writers were killed before they wrote"

    change_text(path, lambda text: marked(text, "last"))
    left = sorted(file.name for file in path.parent.iterdir())
    assert left == [".destinations.yaml.lock", "destinations.yaml"]


def _marks(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("# ")]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 128 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={FULL_KB}k,nr_inodes=64", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"this machine may not mount a tmpfs: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        for _ in range(FULL_KB + 1):
            file.write(b"x" * 1024)


def test_a_full_disk_leaves_the_old_file(small_disk: Path) -> None:
    path = small_disk / "destinations.yaml"
    path.write_text(SHIPPED, encoding="utf-8")
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        fill(filler)

    with pytest.raises(DataError, match="No space left") as refused:
        change_text(path, lambda text: marked(text, "more"))

    assert "The file is as it was" in str(refused.value)
    assert path.read_text("utf-8") == SHIPPED
    assert not list(small_disk.glob("*.tmp"))

    filler.unlink()
    change_text(path, lambda text: marked(text, "more"))
    assert "# more" in path.read_text("utf-8")


@pytest.mark.parametrize("step", ["os.fsync", "os.fdopen", "pathlib.Path.replace"])
def test_a_step_that_fails_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(step, full)
        with pytest.raises(DataError, match="No space left"):
            change_text(path, lambda text: marked(text, "more"))

    assert path.read_text("utf-8") == SHIPPED
    assert not list(path.parent.glob(".*.tmp"))


def test_a_change_that_raises_leaves_the_old_file(path: Path) -> None:
    def broken(_: str) -> str:
        raise KeyError("x")

    with pytest.raises(KeyError):
        change_text(path, broken)
    assert path.read_text("utf-8") == SHIPPED


def test_writers_at_once_lose_nothing(path: Path) -> None:
    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda n: change_text(path, lambda t: marked(t, f"n{n}")), range(40)))

    text = path.read_text("utf-8")
    assert all(f"# n{number}\n" in text for number in range(40))


def test_processes_at_once_lose_nothing(path: Path) -> None:
    once = WRITER.replace("while True:", "while number < 5:").replace("{number}", "{sys.argv[2]}")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", once, str(path), f"p{n}"], stdout=subprocess.DEVNULL
        )
        for n in range(4)
    ]
    assert [writer.wait() for writer in writers] == [0] * 4

    text = path.read_text("utf-8")
    assert [text.count(f"# p{n}\n") for n in range(4)] == [5] * 4


def test_a_link_stays_a_link_and_the_rights_stay(path: Path) -> None:
    path.chmod(0o640)
    link = path.with_name("current.yaml")
    link.symlink_to(path)

    change_text(link, lambda text: marked(text, "by the link"))

    assert link.is_symlink()
    assert "# by the link" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_no_change_writes_nothing(path: Path) -> None:
    before = path.stat().st_ino

    assert change_text(path, lambda text: text) == SHIPPED
    assert path.stat().st_ino == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        change_text(tmp_path / "nowhere" / "list.yaml", str.upper)
    with pytest.raises(DataError, match="could not be saved"):
        write_new(tmp_path / "nowhere" / "map.svg", "x")
