"""Write the JSON Schema of scheme files, for editors; with --check only say whether it is current.

The schema is made from the models that read the files, so an editor knows what the reader knows.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from travelplan.scheme.model import SchemeInFile

PATH = Path(__file__).parent.parent / "docs" / "scheme.schema.json"


def schema_text() -> str:
    """Return the schema as it should be."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SchemeInFile.model_json_schema(by_alias=True),
        "title": "A travel scheme of travelplan",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    """Write the schema, or check it."""
    text = schema_text()
    current = PATH.exists() and PATH.read_text(encoding="utf-8") == text
    if "--check" in sys.argv[1:]:
        print(f"{PATH.name}: {'current' if current else 'behind'}")
        return 0 if current else 1
    PATH.write_text(text, encoding="utf-8")
    print(f"{PATH.name}: {'unchanged' if current else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
