"""Bring the catalogues of sentences up to date with the code and the templates.

Reads every `message(...)`, `counted(...)` and `_(...)`, keeps the translations that exist, drops
those that nobody uses, and leaves new sentences empty for a person to translate. With --check it
writes nothing and fails if a catalogue would change.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
ROOMS = ("travelplan", "webapp")
TRANSLATED = ("nl", "fr")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"message": None, "counted": (2, 3), "_": None, "gettext": None}


def catalogue_text(room: str, language: str) -> str:
    """Return the catalogue of one package in one language as it should be."""
    path = ROOT / room / "translations" / f"{language}.po"
    known: dict[str, str] = {}
    if path.exists():
        with path.open(encoding="utf-8") as file:
            known = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    fresh = Catalog(locale=language, charset="utf-8")
    found = extract_from_dir(
        str(ROOT / room), method_map=METHODS, keywords=KEYWORDS, options_map={}
    )
    for name, _line, sentences, _comments, _context in found:
        for sentence in [sentences] if isinstance(sentences, str) else sentences:
            fresh.add(sentence, known.get(sentence, ""), locations=[(f"{room}/{name}", 0)])
    out = io.BytesIO()
    write_po(out, fresh, omit_header=True, sort_output=True, width=100, include_lineno=False)
    return out.getvalue().decode("utf-8")


def main() -> int:
    """Write the catalogues, or with --check report those that are behind."""
    check = "--check" in sys.argv[1:]
    behind = 0
    for room in ROOMS:
        for language in TRANSLATED:
            path = ROOT / room / "translations" / f"{language}.po"
            text = catalogue_text(room, language)
            empty = text.count('msgstr ""\n\n') + text.endswith('msgstr ""\n')
            changed = not path.exists() or path.read_text(encoding="utf-8") != text
            if changed and not check:
                path.write_text(text, encoding="utf-8")
            behind += changed or bool(empty)
            print(f"{path.relative_to(ROOT)}: {empty} to translate{', changed' if changed else ''}")
    return 1 if check and behind else 0


if __name__ == "__main__":
    sys.exit(main())
