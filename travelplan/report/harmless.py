"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?\d[\d., ]*")


def harmless(cell: object) -> str | int | float:
    """Return a cell as it may stand in a CSV file or a workbook.

    Numbers stay numbers, negative ones too. A text that begins like a formula, also after spaces
    or quotes or in full-width characters, gets an apostrophe before it; control characters go.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    if not text.isprintable():
        text = "".join(char if char.isprintable() or char == "\n" else " " for char in text)
    begins = text.startswith(_RISKY) or text.lstrip(" '\"\n").startswith(_RISKY)
    is_risky = begins and not _NUMBER.fullmatch(text)
    return "'" + text if is_risky else text
