"""Cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import re

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[-+]?\d[\d., ]*")
_AFTER_A_MARK = re.compile(r"([;,\n][\s'\"]*)(?=[=+\-@＝＋－＠])")


def harmless(cell: object) -> str | int | float:
    """Return a cell as it may stand in a CSV file or a workbook.

    Numbers stay numbers, negative ones too. A text that begins like a formula, also after spaces
    or quotes or in full-width characters, gets an apostrophe before it; control characters go,
    and so do empty lines around it.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    if not text.isprintable():
        kept = (char if char.isprintable() or char == "\n" else " " for char in text)
        text = "".join(kept).strip("\n")
    is_risky = text.lstrip(" '\"\n").startswith(_RISKY) and not _NUMBER.fullmatch(text)
    return "'" + text if is_risky else text


def harmless_in_csv(cell: object) -> str | int | float:
    """Return a cell as it may stand in a CSV file, whatever mark a spreadsheet splits it by.

    In Belgium a spreadsheet splits at semicolons, elsewhere at commas, and a quotation mark in the
    middle of a cell protects nothing then: what follows such a mark gets its apostrophe too.
    """
    safe = harmless(cell)
    return _AFTER_A_MARK.sub(r"\1'", safe) if isinstance(safe, str) else safe
