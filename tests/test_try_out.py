"""`make serve` is for trying things out: what is decided in it stays out of the repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from cases_reader import ROOT
from filing_site import FilingSite, application
from keeping_world import BELFAST, fill
from test_hr_list import decide

from travelplan import Reference
from travelplan.files import load_destinations

TOLD = 'echo "$TRAVELPLAN_DESTINATIONS $TRAVELPLAN_DATABASE $TRAVELPLAN_SIGN_IN"'


def served(room: Path, **settings: str) -> list[str]:
    """What `make serve` gives the server: the list, the store, and how to sign in."""
    programs = room / "bin"
    programs.mkdir(exist_ok=True)
    for name, does in (("travelplan", TOLD), ("python", "exit 0")):
        path = programs / name
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("TRAVELPLAN_", "MAKE"))}
    (room / "ready").touch()
    own = (f"BIN={programs}", f"READY={room / 'ready'}", f"ROOM={room / 'var'}")
    ran = subprocess.run(
        ["make", "--no-print-directory", "serve", *own],
        cwd=ROOT,
        env={**clean, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.split()


def test_a_decision_on_the_list_changes_a_copy_and_not_the_repository(
    tmp_path: Path, reference: Reference
) -> None:
    listed, database, sign_in = served(tmp_path)
    shipped = (ROOT / "destinations.yaml").read_text("utf-8")
    assert sign_in == "try-out"
    assert Path(listed).parent == tmp_path / "var"
    assert database == f"sqlite:///{tmp_path}/var/travelplan.db"
    site = FilingSite(application(tmp_path, destinations=Path(listed)))
    fill(site.store, reference, BELFAST, 9)
    assert decide(site.somebody("hr"), "accept", "Veel overleg met de haven") == 303
    assert BELFAST in {entry.place for entry in load_destinations(Path(listed)).entries}
    assert (ROOT / "destinations.yaml").read_text("utf-8") == shipped
    site.store.close()


def test_what_was_tried_out_is_there_again_the_next_time(tmp_path: Path) -> None:
    listed = Path(served(tmp_path)[0])
    listed.write_text("decided\n")
    served(tmp_path)
    assert listed.read_text() == "decided\n"


def test_a_list_of_one_s_own_goes_before_the_copy(tmp_path: Path) -> None:
    own = str(tmp_path / "own.yaml")
    assert served(tmp_path, TRAVELPLAN_DESTINATIONS=own)[0] == own
