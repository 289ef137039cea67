"""A list of destinations saved whole or not at all, by one writer at a time.

Belongs to `files.py`: the two are the only modules of the library that open files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from travelplan.errors import DataError, Fault
from travelplan.files import read_text

TEMPORARY = ".tmp"


def change_text(path: Path, change: Callable[[str], str]) -> str:
    """Change the text of a file and return what it now is.

    The file is read and written under a lock, so two writers lose nothing: the second one changes
    what the first one wrote. The new text is written beside it, flushed to the disk, and put in
    its place in one step: whenever it stops, the file is the old or the new one.

    Args:
        path: the file; a link is followed.
        change: makes the new text from the text as it is now; what it raises leaves all as it was.

    Raises:
        DataError: the file cannot be read or written; it is then as it was.
    """
    target = path.resolve()
    try:
        with _locked(target):
            old = read_text(target)
            new = change(old)
            if new != old:
                _replace(target, new)
            return new
    except OSError as error:
        reason = error.strerror or "cannot be written"
        fault = Fault(1, "", f"could not be saved: {reason}.", "The file is as it was.")
        raise DataError(path.name, [fault]) from None


def write_new(path: Path, text: str) -> None:
    """Write a text to a file, in place of what was there; raises DataError if that fails."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise DataError(path.name, [Fault(1, "", f"could not be saved: {reason}.")]) from None


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the lock of a file; the system lets go of it when the process ends, however it ends."""
    import fcntl  # noqa: PLC0415  (not on every system, and needed only to write)

    lock = target.with_name(f".{target.name}.lock")
    with lock.open("a", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _replace(target: Path, text: str) -> None:
    """Put a text in place of a file; the caller holds the lock, so left-overs are of the dead."""
    for left in target.parent.glob(f".{target.name}.*{TEMPORARY}"):
        left.unlink(missing_ok=True)
    number, name = mkstemp(TEMPORARY, f".{target.name}.", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
