"""What is done without anybody asking: a trip that could not be registered is registered later."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cases_reader import ROOT
from request_world import BY_PLANE, DESK, ORGANISATION, Office
from sqlalchemy import select

from travelplan import Reference
from webapp.config import Config
from webapp.errands import Done, Errands
from webapp.hr.pseudonyms import Pseudonyms
from webapp.hr.registering import Registrar
from webapp.requests.filing import Made
from webapp.store import Store, open_store
from webapp.store.register import MadeTrip


@dataclass
class Counter:
    """Makes the registrar, and counts how often it was needed."""

    reference: Reference
    made: int = 0

    def __call__(self) -> Registrar:
        self.made += 1
        return Registrar(self.reference, ORGANISATION, Pseudonyms(b"a key of the tests"))


def told(store: Store, reference: Reference, mode: str = "plane") -> str:
    """A request that was travelled and is not in the register; return its id."""
    office = Office.with_everybody(store, reference)
    id_ = office.file(BY_PLANE, depart="2024-03-01")
    with store.write() as session:
        request = office.request(session, id_)
        request.status = "approved"
        DESK.travelled(session, request, request.traveller, Made(mode, mode, "economy", 31000))
    return id_


def test_what_the_register_misses_is_registered_once(store: Store, reference: Reference) -> None:
    id_, registrar = told(store, reference), Counter(reference)
    errands = Errands(store, DESK, Config(), registrar)
    assert [errands.run() for _ in range(2)] == [Done(1), Done(0)]
    assert registrar.made == 1
    with store.read() as session:
        assert session.scalars(select(MadeTrip.request_id)).all() == [id_]


def test_what_cannot_be_judged_waits_until_it_can(store: Store, reference: Reference) -> None:
    told(store, reference, "rocket")
    errands = Errands(store, DESK, Config(), Counter(reference))
    assert [errands.run() for _ in range(2)] == [Done(0), Done(0)]


@pytest.mark.parametrize("key", ["", "a key of the tests, which is no secret"])
def test_the_command_for_cron_registers_too(tmp_path: Path, reference: Reference, key: str) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    store = open_store(address)
    told(store, reference)
    settings = {"TRAVELPLAN_SIGN_IN": "try-out", "TRAVELPLAN_DATABASE": address}
    environment = {**os.environ, **settings, "TRAVELPLAN_PSEUDONYM_KEY": key}
    ran = subprocess.run(
        [sys.executable, "-m", "webapp.errands"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (
        0,
        "registered 1, reminded of 0, sent 0\n",
        "",
    )
    with store.read() as session:
        assert session.scalars(select(MadeTrip.matched)).all() == ["own"]
    store.close()
