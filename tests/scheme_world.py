"""A scheme small enough to check by hand, and how the tests put one together."""

from __future__ import annotations

from travelplan.scheme.compiler import compile_scheme
from travelplan.scheme.decide import Decision, decide
from travelplan.scheme.facts import parse_facts
from travelplan.scheme.rulebook import Version
from travelplan.strict import Document, read_yaml

HEAD = """\
id: small
body: {nl: Klein, fr: Petit, en: Small}
country: BE
list_authority: indicative
versions:
  - version: 2020-01-01
    in_force: {from: 2020-01-01}
    sources: [{title: A}]
"""
REST = "      - {id: rest, outcome: free_choice}\n"


def small(*lines: str, rules: str = "", rest: str = REST) -> str:
    """Return a scheme file with these lines in its version, and these rules before the last."""
    body = "".join(f"    {line}\n" for line in lines)
    written = "".join(f"      - {line}\n" for line in rules.splitlines() if line.strip())
    return f"{HEAD}{body}    rules:\n{written}{rest}...\n"


def document(text: str) -> Document:
    """Return a file as a document."""
    return read_yaml(text, "small.yaml")


def version(text: str) -> Version:
    """Return the newest version of a file."""
    return compile_scheme(document(text)).newest


def decided(text: str, **facts: object) -> Decision:
    """Return the decision of a file on some facts."""
    newest = version(text)
    further = {name: fact.kind for name, fact in newest.further.items()}
    return decide(newest, parse_facts(facts, newest.lists, further))
