"""The list of destinations, read again when its file changes; a bad file changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock
from time import monotonic

from travelplan import DataError, Reference, load_destinations_with_version

LOOK_EVERY_S = 1.0

Signature = tuple[int, int, int] | None


class LiveReference:
    """What answers rest on, with the list as its file is now.

    `fault` says what is wrong with the file while an older list is in force, "" if nothing is.
    """

    def __init__(
        self, reference: Reference, path: Path, look_every_s: float = LOOK_EVERY_S
    ) -> None:
        self.fault = ""
        self._current = reference
        self._path = path
        self._signature = _signature(path)
        self._look_every_s = look_every_s
        self._looked = monotonic()
        self._lock = Lock()

    def current(self) -> Reference:
        """Return the reference to use for one request, which does not change under it."""
        if monotonic() - self._looked >= self._look_every_s:
            with self._lock:
                self._look()
        return self._current

    def _look(self) -> None:
        self._looked = monotonic()
        signature = _signature(self._path)
        if signature == self._signature:
            return
        self._signature = signature
        try:
            listed, version = load_destinations_with_version(self._path)
        except DataError as error:
            self.fault = str(error)
            return
        self.fault = ""
        versions = {**self._current.versions, "destinations": version}
        self._current = replace(self._current, destinations=listed, versions=versions)


def _signature(path: Path) -> Signature:
    """Return what changes when a file is written: its number, size and time; None without one."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
