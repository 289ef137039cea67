"""Bring in a file of any length on the server: `python -m webapp.hr.bring_in FILE --supplier X`.

The settings are those of the pages (docs/operations.md). Rows are stored in parts: where it stops
half-way, run it again, and what is stored already is passed over.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import cast

from flask import Flask
from sqlalchemy import select

from travelplan import TravelplanError, open_trips
from webapp.application import create_app
from webapp.auth.identity import Identity
from webapp.auth.people import person_of
from webapp.hr.bring_in_columns import Chosen, kept_columns, words_with
from webapp.hr.bring_in_faults import as_csv
from webapp.hr.bring_in_reading import Reading
from webapp.hr.bring_in_store import counts_of
from webapp.hr.matching import Matcher, match_trips
from webapp.hr.own_trips import register_all_travelled
from webapp.hr.registering import Registrar, Row, store_rows
from webapp.layout import DEFAULT_LANGUAGE, language_of
from webapp.store import Store
from webapp.store.columns import now
from webapp.store.looked import DECIDED, note
from webapp.store.register import Batch

ROWS_AT_ONCE = 5000
SERVER = Identity("server", "bring-in", "bring_in", "")
_ANSWERED, _WRONG = 0, 2


def main(arguments: list[str] | None = None) -> int:
    """Bring a file in; return 0, or 2 where the file or a setting is wrong."""
    parser = argparse.ArgumentParser(prog="python -m webapp.hr.bring_in")
    parser.add_argument("file", metavar="FILE", help="CSV or XLSX")
    parser.add_argument("--supplier", required=True, help="whose columns were mapped")
    parser.add_argument("--faults", metavar="OUT.csv", help="the rows left out, with the reason")
    given = parser.parse_args(arguments)
    try:
        app = create_app()
        if "store" not in app.extensions:
            parser.error("set TRAVELPLAN_SIGN_IN and TRAVELPLAN_DATABASE first")
        with closing(app.extensions["store"]):
            print(_bring_in(app, Path(given.file), given.supplier, given.faults))
    except TravelplanError as error:
        print(error, file=sys.stderr)
        return _WRONG
    return _ANSWERED


def _bring_in(app: Flask, path: Path, supplier: str, faults: str | None) -> str:
    store = cast("Store", app.extensions["store"])
    extensions = app.extensions
    registrar = Registrar(
        extensions["reference"], extensions["organisation"], extensions["pseudonyms"]
    )
    with store.read() as session:
        chosen = kept_columns(session, supplier)
    with _opened(path, chosen, registrar) as reading:
        batch_id = _batch(store, path, supplier)
        if batch_id is None:
            return "This file was brought in already: nothing is stored twice."
        counts = _store(store, reading, registrar, batch_id)
        if faults:
            Path(faults).write_bytes(as_csv(reading, language_of(DEFAULT_LANGUAGE)))
    return ", ".join(f"{name} {number}" for name, number in counts.items())


@contextmanager
def _opened(path: Path, chosen: Chosen, registrar: Registrar) -> Iterator[Reading]:
    with open_trips(path, words_with(chosen)) as table:
        yield Reading(table, chosen, registrar, datetime.now(UTC).date())


def _batch(store: Store, path: Path, supplier: str) -> str | None:
    """Return the batch of a file; None where it was brought in to its end before."""
    with path.open("rb") as handle:
        digest = file_digest(handle, "sha256").hexdigest()
    person = person_of(SERVER, store)
    with store.write() as session:
        known = session.scalars(select(Batch).where(Batch.file_sha256 == digest)).all()
        if any(batch.confirmed_at for batch in known):
            return None
        stopped = next((batch for batch in known if batch.brought is None), None)
        if stopped:
            return stopped.id
        batch = Batch(
            file_name=path.name[-200:],
            file_sha256=digest,
            supplier=supplier,
            columns={},
            counts={},
            brought_by=person.id,
        )
        session.add(batch)
        session.flush()
        return batch.id


def _store(store: Store, reading: Reading, registrar: Registrar, batch_id: str) -> dict[str, int]:
    with store.read() as session:
        matcher = Matcher(session, registrar.organisation, registrar.pseudonyms)
    found = stored = 0
    may_match: list[Row] = []
    rows = reading.rows(batch_id)
    while part := list(islice(rows, ROWS_AT_ONCE)):
        with store.write() as session:
            fresh = store_rows(session, part, registrar.grounds)
        found, stored = found + len(part), stored + len(fresh)
        may_match += [row for row in fresh if matcher.candidates(row)]
    with store.write() as session:
        matched = match_trips(session, may_match, matcher)
        register_all_travelled(session, registrar)
        batch = session.get_one(Batch, batch_id)
        batch.counts = {**reading.counts, **counts_of(found, stored, matched)}
        batch.confirmed_at = now()
        note(session, batch.brought_by, DECIDED, batch_id, file="confirmed", stored=stored)
        return dict(batch.counts)


if __name__ == "__main__":
    sys.exit(main())
