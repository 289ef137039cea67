"""The only module that opens files: reads the data strictly."""

from __future__ import annotations

import gzip
from pathlib import Path

from travelplan.errors import DataError, Fault
from travelplan.strict import Document, read_yaml

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, gzipped if its name ends in .gz.

    Raises:
        DataError: the file is missing or is not UTF-8.
    """
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise DataError(str(path), [Fault(1, "", f"{reason}.", "Check the path.")]) from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = Fault(line, "", "is not UTF-8 text.", "Save the file as UTF-8.")
        raise DataError(str(path), [fault]) from None


def read_document(path: Path) -> Document:
    """Return a strict YAML file as a document that knows its lines."""
    return read_yaml(read_text(path), path.name)
