"""What was brought in: held for a day until somebody confirms, then stored in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from travelplan import FieldProblem, InputError
from travelplan.language import message
from webapp.hr.bring_in_columns import any_table, is_clear, keep_columns, kept_columns, open_table
from webapp.hr.bring_in_reading import Reading, check_length, shown_faults
from webapp.hr.matching import Matcher, match_trips
from webapp.hr.own_trips import register_all_travelled
from webapp.hr.registering import Registrar, known_keys, store_rows
from webapp.store import Store
from webapp.store.columns import now
from webapp.store.looked import DECIDED, note
from webapp.store.register import Batch, BroughtFile
from webapp.store.tables import Person

HELD_FOR = timedelta(days=1)
_LONGEST_NAME = 200


class GoneError(Exception):
    """A file that no longer waits: confirmed, thrown away, forgotten, or sent once more.

    `batch_id` is the one by which it was asked for.
    """

    def __init__(self, batch_id: str) -> None:
        self.batch_id = batch_id
        super().__init__(batch_id)


@dataclass(frozen=True)
class Dock:
    """Takes files of bookings in."""

    store: Store
    registrar: Callable[[], Registrar]

    def hold(self, name: str, content: bytes, supplier: str, person: Person) -> str:
        """Keep a file until it is confirmed, and return its id; nothing of it is in the register.

        Raises:
            InputError: (field `file`) it cannot be read, is too long, or was brought in before.
        """
        digest = sha256(content).hexdigest()
        with self.store.write() as session:
            forget_old(session)
            _check_new(session, digest)
            chosen = kept_columns(session, supplier)
        check_length(any_table(content, chosen))
        with self.store.write() as session:
            waiting = select(Batch).join(BroughtFile).where(Batch.file_sha256 == digest)
            for same in session.scalars(waiting):
                session.delete(same)
            session.flush()
            batch = Batch(
                file_name=name[-_LONGEST_NAME:],
                file_sha256=digest,
                supplier=supplier,
                columns={},
                counts={},
                brought_by=person.id,
                brought=BroughtFile(content=content, faults=[]),
            )
            session.add(batch)
            session.flush()
            id_ = batch.id
        if is_clear(any_table(content, chosen), chosen):
            self.dry_run(id_, chosen)
        return id_

    def map_columns(self, id_: str, chosen: dict[str, str], person: Person) -> None:
        """Keep what the headers of a supplier are, and go through the file again with that.

        Raises:
            GoneError: the file no longer waits.
        """
        with self.store.write() as session:
            keep_columns(session, _batch(session, id_).supplier, chosen, person)
        self.dry_run(id_, chosen)

    def dry_run(self, id_: str, chosen: dict[str, str]) -> None:
        """Go through a file, and keep the counts and the first faults; store no trip."""
        content = self.content(id_)
        reading = self.reading(content, chosen)
        keys = [row["row_key"] for row in reading.rows(id_)]
        faults = shown_faults(reading.table, reading.faults)
        with self.store.write() as session:
            batch = _batch(session, id_)
            known = len(known_keys(session, keys))
            batch.columns = {"chosen": chosen}
            batch.counts = {**reading.counts, "known": known}
            if batch.brought:
                batch.brought.faults = faults

    def confirm(self, id_: str, person: Person) -> None:
        """Store the trips of a file, once; its bytes are forgotten, and the log says who did it.

        All is judged before the transaction begins, so that others wait for the storing alone.

        Raises:
            GoneError: the file no longer waits.
        """
        with self.store.read() as session:
            batch = _batch(session, id_)
            if batch.confirmed_at:
                return
            chosen = batch.columns["chosen"]
        registrar = self.registrar()
        reading = Reading(open_table(self.content(id_), chosen), chosen, registrar, _today())
        rows = list(reading.rows(id_))
        with self.store.write() as session:
            batch = _batch(session, id_, for_update=True)
            if batch.confirmed_at or batch.brought is None:
                return
            stored = store_rows(session, rows, registrar.grounds)
            matched = match_trips(session, stored, self.matcher(session, registrar))
            register_all_travelled(session, registrar)
            batch.counts = {**reading.counts, **counts_of(len(rows), len(stored), matched)}
            batch.confirmed_at = now()
            batch.brought = None
            note(session, person.id, DECIDED, id_, file="confirmed", stored=len(stored))

    def discard(self, id_: str, person: Person) -> None:
        """Throw a file away that was not confirmed."""
        with self.store.write() as session:
            batch = session.get(Batch, id_)
            if batch and not batch.confirmed_at:
                session.delete(batch)
                note(session, person.id, DECIDED, id_, file="discarded")

    def content(self, id_: str) -> bytes:
        """Return the bytes of a file that waits.

        Raises:
            GoneError: it no longer waits.
        """
        with self.store.read() as session:
            query = select(BroughtFile.content).where(BroughtFile.batch_id == id_)
            found = session.scalar(query)
        if found is None:
            raise GoneError(id_)
        return found

    def reading(self, content: bytes, chosen: dict[str, str]) -> Reading:
        """Return what goes through a file."""
        return Reading(open_table(content, chosen), chosen, self.registrar(), _today())

    def matcher(self, session: Session, registrar: Registrar) -> Matcher:
        """Return what finds the requests of trips."""
        return Matcher(session, registrar.organisation, registrar.pseudonyms)


def count_waiting(session: Session) -> int:
    """Return how many files wait for somebody to confirm them."""
    waiting = select(func.count()).select_from(Batch).join(BroughtFile)
    return session.scalar(waiting.where(Batch.brought_at >= now() - HELD_FOR)) or 0


def counts_of(found: int, stored: int, matched: Counter[str]) -> dict[str, Any]:
    """Return what came of the trips of a file, for its batch."""
    return {
        "known": found - stored,
        "stored": stored,
        "certain": matched["certain"],
        "doubtful_matches": matched["doubtful"],
        "differs": matched["differs"],
    }


def forget_old(session: Session) -> None:
    """Forget the files that nobody confirmed within a day."""
    old = (
        select(Batch.id)
        .join(BroughtFile)
        .where(Batch.confirmed_at.is_(None), Batch.brought_at < now() - HELD_FOR)
    )
    ids = session.scalars(old).all()
    session.execute(delete(BroughtFile).where(BroughtFile.batch_id.in_(ids)))
    session.execute(delete(Batch).where(Batch.id.in_(ids)))


def _batch(session: Session, id_: str, *, for_update: bool = False) -> Batch:
    batch = session.get(Batch, id_, with_for_update=for_update)
    if batch is None:
        raise GoneError(id_)
    return batch


def _check_new(session: Session, digest: str) -> None:
    before = session.scalar(
        select(Batch).where(Batch.file_sha256 == digest, Batch.confirmed_at.is_not(None))
    )
    if before and before.confirmed_at:
        text = message(
            "This file was brought in on {day} already. Nothing is stored twice.",
            day=before.confirmed_at.date(),
        )
        raise InputError([FieldProblem("file", "known", text)])


def _today() -> date:
    return datetime.now(UTC).date()
