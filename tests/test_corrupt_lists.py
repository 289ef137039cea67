"""A hundred corrupt lists: each is refused with line and reason, the last good one stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from travelplan import DataError, load_reference
from travelplan.files import destinations_path, load_destinations, read_text
from webapp import create_app
from webapp.config import Config
from webapp.reloading import LiveReference

SHIPPED = read_text(destinations_path())
FIRST = SHIPPED[SHIPPED.index("minutes: ") :].split(",", 1)[0]
"""The first minutes that the shipped list states, such as `minutes: 158`."""
LINES = SHIPPED.splitlines(keepends=True)
HISTORY = "      - {day: 2026-11-22, what: added, why: first list; level computed by the scheme}\n"
ORIGIN = "origin: gn:2797656 # Gent; minutes are station to station from there\n"
PERIOD = "visits: {{count: {}, from: {}-01-01, to: {}-12-31}}"
REFUSED = (
    "\nrefused:\n  - {{suggestion: {}, day: 2026-01-01, by: An, until: 2027-01-01, why: {}}}\n...\n"
)
CONFLICT = "<<<<<<< HEAD\n    level: mandatory\n=======\n    level: free\n>>>>>>> x\n"


def changed(old: str, new: str) -> str:
    if old not in SHIPPED:
        raise LookupError(old)
    return SHIPPED.replace(old, new, 1)


def corrupt() -> dict[str, bytes]:
    """One hundred lists and more, each with one fault that people or machines make."""
    texts = {f"cut after line {n}": "".join(LINES[:n]) for n in range(0, len(LINES) - 1, 5)}
    texts |= {
        "no end": changed("\n...\n", "\n"),
        "unknown key": changed("    status: listed", "    state: listed"),
        "unknown key at the top": "colour: red\n" + SHIPPED,
        "unknown key in rail": changed("basis: network}", "basis: network, hours: 2}"),
        "key twice": changed("    mode: train\n", "    mode: train\n    mode: plane\n"),
        "entry twice": changed("gn:2643743", "gn:2759794"),
        "country without quotes": changed('country: "NL"', "country: NO"),
        "country in words": changed('country: "NL"', "country: Nederland"),
        "level": changed("level: mandatory", "level: compulsory"),
        "mode": changed("mode: train", "mode: rocket"),
        "status": changed("status: listed", "status: maybe"),
        "minutes as a clock": changed(FIRST, "minutes: 2:38"),
        "minutes as octal": changed(FIRST, "minutes: 0158"),
        "minutes negative": changed(FIRST, "minutes: -158"),
        "minutes nil": changed(FIRST, "minutes: 0"),
        "minutes empty": changed(FIRST, "minutes: "),
        "minutes in words": changed(FIRST, "minutes: long"),
        "minutes with a comma": changed(FIRST, "minutes: 1,58"),
        "minutes broken": changed(FIRST, "minutes: 158.5"),
        "basis": changed("basis: network}", "basis: guess}"),
        "checked by nobody": changed("basis: network}", "basis: checked, checked_on: 2026-01-01}"),
        "checked on no day": changed("basis: network}", "basis: checked, checked_by: An}"),
        "latitude": changed("lat: 52.374", "lat: 152.374"),
        "longitude in words": changed("lon: 4.8897", "lon: east"),
        "place": changed("place: gn:2759794", "place: Amsterdam"),
        "no place": changed("  - place: gn:2759794\n    names", "  - names"),
        "names incomplete": changed("{nl: Amsterdam, fr: Amsterdam, en: Amsterdam}", "{nl: A}"),
        "name empty": changed("{nl: Amsterdam, fr", '{nl: "", fr'),
        "no such day": changed("added: 2026-11-22", "added: 2026-02-30"),
        "day as Belgians write": changed("added: 2026-11-22", "added: 22/11/2026"),
        "day missing": changed("    added: 2026-11-22\n", ""),
        "no history": changed("    history:\n" + HISTORY, ""),
        "history without why": changed(", why: first list; level computed by the scheme}", "}"),
        "history in the future of words": changed("{day: 2026-11-22, what", "{day: soon, what"),
        "no evidence": changed("    evidence:\n", "    proof:\n"),
        "evidence why": changed("why: most_visited", "why: because"),
        "visits in words": changed("visits: not_published", "visits: many"),
        "visits negative": changed("visits: not_published", PERIOD.format(-1, 2024, 2024)),
        "visits backwards": changed("visits: not_published", PERIOD.format(1, 2025, 2024)),
        "source without title": changed("source: {title: City", "source: {titel: City"),
        "organisation missing": changed("organisation: stad-gent\n", ""),
        "origin missing": changed(ORIGIN, ""),
        "origin in words": changed("origin: gn:2797656", "origin: Gent"),
        "authority": changed("entries:", "authority: perhaps\nentries:"),
        "threshold negative": changed("entries:", "review: {join_visits: -1}\nentries:"),
        "threshold in words": changed("entries:", "review: {join_visits: often}\nentries:"),
        "decided by nobody": changed(
            "    level: mandatory\n",
            '    level: mandatory\n    decided: {by: "", day: 2026-01-01}\n',
        ),
        "decided without a day": changed(
            "    level: mandatory\n", "    level: mandatory\n    decided: {by: HR}\n"
        ),
        "refusal without a reason": changed("\n...\n", REFUSED.format('"leave:gn:1"', '""')),
        "refusal of nothing": changed("\n...\n", REFUSED.format("x", "y")),
        "alias": changed("names: {nl: Amsterdam", "names: &a {nl: Amsterdam").replace(
            "names: {nl: Londen, fr: Londres, en: London}", "names: *a"
        ),
        "tag": changed("organisation: stad-gent", "organisation: !!python/object:os.system x"),
        "tab": changed("    mode: train", "\tmode: train"),
        "indentation": changed("    mode: train", "   mode: train"),
        "colon": changed("organisation: stad-gent", "organisation stad-gent"),
        "bracket": changed(f"{{{FIRST}, basis: network}}", f"{{{FIRST}, basis: network"),
        "quote": changed('country: "NL"', 'country: "NL'),
        "two documents": SHIPPED + SHIPPED,
        "a list": "- " + SHIPPED.replace("\n", "\n  "),
        "only a word": "Gent\n...\n",
        "only the end": "...\n",
        "a conflict": changed("    level: mandatory\n", CONFLICT),
    }
    raw = {name: text.encode("utf-8") for name, text in texts.items()}
    return raw | {
        "latin-1": SHIPPED.encode("utf-8").replace("é".encode(), b"\xe9", 1),
        "utf-16": SHIPPED.encode("utf-16"),
        "zeros": SHIPPED.encode("utf-8")[:4000] + b"\x00" * 500,
        "binary": bytes(range(256)),
    }


CORRUPT = corrupt()


def test_there_are_a_hundred() -> None:
    assert len(CORRUPT) >= 100
    assert SHIPPED.encode() not in CORRUPT.values()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "destinations.yaml"
    target.write_text(SHIPPED, encoding="utf-8")
    return target


@pytest.mark.parametrize("name", CORRUPT)
def test_it_is_refused_with_line_and_reason(path: Path, name: str) -> None:
    path.write_bytes(CORRUPT[name])

    with pytest.raises(DataError) as refused:
        load_destinations(path)

    assert refused.value.faults
    assert all(fault.line >= 1 and fault.problem for fault in refused.value.faults)
    assert "destinations.yaml" in str(refused.value)


def test_the_last_good_list_stays_in_force_through_all_of_them(path: Path) -> None:
    live = LiveReference(load_reference(destinations=path), path, look_every_s=0)
    good = live.current().destinations
    for name, text in CORRUPT.items():
        path.write_bytes(text)
        assert live.current().destinations is good, name
        assert live.fault, name

    path.write_text(changed(FIRST, "minutes: 1"), encoding="utf-8")

    assert live.current().destinations is not good
    assert live.fault == ""


def test_a_list_that_disappears_leaves_the_last_good_one(path: Path) -> None:
    live = LiveReference(load_reference(destinations=path), path, look_every_s=0)
    path.unlink()

    assert len(live.current().destinations.entries) == 16
    assert "No such file" in live.fault


@pytest.fixture
def app(path: Path) -> Flask:
    app = create_app(replace(Config(), destinations=path))
    app.extensions["live"]._look_every_s = 0
    return app


def health(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/health").get_json()
    return found


def test_the_form_takes_over_a_good_list_and_says_when_one_is_bad(app: Flask, path: Path) -> None:
    client = app.test_client()
    question = "/advice?destination=Amsterdam&depart=2027-03-01&nights=2"
    first = health(app)
    assert (first["status"], first["faults"]) == ("ok", [])

    path.write_text(SHIPPED.replace("level: mandatory", "level: compulsory"), encoding="utf-8")
    bad = health(app)
    assert bad["status"] == "degraded"
    assert "line " in bad["faults"][0]
    assert "compulsory" in bad["faults"][0] or "mandatory" in bad["faults"][0]
    assert bad["versions"] == first["versions"]
    assert client.get(question).status_code == 200

    decided = "    decided: {by: HR, day: 2026-11-22, why: proef}\n    level: free\n"
    path.write_text(changed("    level: mandatory\n", decided), encoding="utf-8")
    good = health(app)
    assert good["status"] == "ok"
    assert good["versions"]["destinations"] != first["versions"]["destinations"]
    assert "Vrije keuze" in client.get(question).get_data(as_text=True)
