"""The files of the command audit: what their names say, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from travelplan.errors import DataError, Fault, FieldProblem, InputError
from travelplan.language import message


def suffix_of(field: str, path: Path, known: Sequence[str]) -> str:
    """Return how the name of a file ends.

    Raises:
        InputError: it ends in nothing that is known.
    """
    if path.suffix.lower() in known:
        return path.suffix.lower()
    text = message(
        "“{name}”: give a name that ends in {known}.", name=path.name, known=", ".join(known)
    )
    raise InputError([FieldProblem(field, "unknown_kind", text)])


def unusable(path: Path, error: OSError) -> DataError:
    """Return the fault of a file that cannot be opened."""
    reason = error.strerror or "cannot be used"
    return DataError(path.name, [Fault(1, "", f"{reason}.", "Check the path.")])
