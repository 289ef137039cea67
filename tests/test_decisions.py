"""What a person decides on a suggestion, and what becomes of the file."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from upkeep_world import (
    AMSTERDAM,
    AN,
    BARCELONA,
    BERLIN,
    DAY,
    FIRST,
    SHIPPED,
    VIENNA,
    as_csv,
    named,
    reviewed,
    rows,
    stated_minutes,
    with_list,
)

from travelplan import InputError, Reference
from travelplan.destinations import DestinationList, LevelDecision, RailTime
from travelplan.files import (
    destinations_path,
    load_destinations,
    load_reference,
)
from travelplan.saving import change_text
from travelplan.strict import read_yaml
from travelplan.upkeep.editing import Ruling, accepted, refused
from travelplan.upkeep.propose import patch, proposed
from travelplan.upkeep.review import Review, Suggestion


@pytest.fixture(scope="module")
def found(reference: Reference) -> Review:
    return reviewed(reference, as_csv(rows()))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "destinations.yaml"
    path.write_text(SHIPPED, encoding="utf-8")
    return path


# --- What a person decides ----------------------------------------------------------------------


def comments(text: str) -> list[str]:
    return [line[line.index("#") :] for line in text.splitlines() if "# " in line]


def lost(old: str, new: str) -> int:
    """Return how many lines of the old text the new one no longer has."""
    return (Counter(old.splitlines()) - Counter(new.splitlines())).total()


def test_accepting_adds_the_entry_with_evidence_and_history(found: Review) -> None:
    item = named(found, "join:gn:2618425")
    new = accepted(SHIPPED, item, AN)
    entry = read_yaml(new, "x").parse(DestinationList).entries[-1]

    assert (entry.names.nl, entry.country, entry.status, entry.level) == (
        *("Kopenhagen", "DK", "listed", "free"),
    )
    visits = entry.evidence[0].visits
    assert not isinstance(visits, str)
    assert visits is not None
    assert (visits.count, visits.first, visits.last) == (item.evidence["visits"], FIRST, DAY)
    assert 3 < visits.per_year < 4
    change = entry.history[0]
    assert (change.day, change.what, change.by) == (DAY, "added", AN.by)
    assert change.why.startswith("veel bezocht (visits 7, from 2024-11-23")
    assert lost(SHIPPED, new) == 0
    assert len(new.splitlines()) - len(SHIPPED.splitlines()) < 20


def test_a_candidate_that_joins_stays_in_its_place(found: Review) -> None:
    new = accepted(SHIPPED, named(found, f"join:{VIENNA}"), AN)
    entries = read_yaml(new, "x").parse(DestinationList).entries

    assert [e.place for e in entries] == [
        e.place for e in load_destinations(destinations_path()).entries
    ]
    vienna = next(e for e in entries if e.place == VIENNA)
    assert (vienna.status, vienna.history[-1].was, vienna.history[-1].now) == (
        *("listed", "candidate", "listed"),
    )
    assert len(vienna.evidence) == 2


def test_an_entry_that_leaves_stays_as_a_candidate_with_its_history(found: Review) -> None:
    new = accepted(SHIPPED, named(found, f"leave:{BARCELONA}"), AN)
    before, after = (
        next(e for e in read_yaml(text, "x").parse(DestinationList).entries if e.place == BARCELONA)
        for text in (SHIPPED, new)
    )

    assert after.status == "candidate"
    assert after.history[:-1] == before.history


def test_checked_minutes_are_written_with_day_and_name(reference: Reference) -> None:
    later = DAY + timedelta(days=400)
    item = named(reviewed(reference, day=later), f"recheck:{AMSTERDAM}")
    ruling = Ruling("Piet", later, "nagekeken bij NMBS", minutes=161)
    new = accepted(SHIPPED, item, ruling)
    rail = read_yaml(new, "x").parse(DestinationList).entries[0].rail

    assert rail == RailTime(minutes=161, basis="checked", checked_on=later, checked_by="Piet")
    assert not [
        s for s in reviewed(with_list(reference, new), day=later).suggestions if s.id == item.id
    ]
    with pytest.raises(InputError, match="minutes"):
        accepted(SHIPPED, item, replace(ruling, minutes=None))


def test_a_level_near_a_limit_becomes_a_decision(reference: Reference, found: Review) -> None:
    new = accepted(SHIPPED, named(found, f"near-limit:{BERLIN}"), AN)
    changed = with_list(reference, new)
    berlin = next(e for e in changed.destinations.entries if e.place == BERLIN)

    assert berlin.decided == LevelDecision(by=AN.by, day=DAY, why=AN.why)
    assert not [s for s in reviewed(changed).suggestions if s.place.id == BERLIN]


def test_a_refusal_is_kept_and_holds_for_a_year(reference: Reference, found: Review) -> None:
    item = named(found, f"leave:{BARCELONA}")
    new = refused(SHIPPED, item, replace(AN, why="congres in 2027"), days=365)
    changed = with_list(reference, new)
    again = reviewed(changed, as_csv(rows()))

    assert item.id not in {s.id for s in again.suggestions}
    assert [(s.id, r.by, r.why, r.until) for s, r in again.refused] == [
        (item.id, AN.by, "congres in 2027", date(2027, 11, 22))
    ]
    after = reviewed(changed, as_csv(rows()), day=date(2027, 11, 23))
    assert item.id in {s.id for s in after.suggestions}


@pytest.mark.parametrize("without", ["by", "why"])
def test_nothing_is_decided_without_a_name_and_a_reason(found: Review, without: str) -> None:
    ruling = replace(AN, by=" ") if without == "by" else replace(AN, why=" ")
    for decide in (accepted, lambda *a: refused(*a, days=1)):
        with pytest.raises(InputError) as wrong:
            decide(SHIPPED, found.suggestions[0], ruling)
        assert wrong.value.problems[0].field == without


def test_what_someone_changed_meanwhile_is_not_overwritten(found: Review) -> None:
    for item in found.suggestions:
        once = accepted(SHIPPED, item, AN)
        with pytest.raises(InputError) as wrong:
            accepted(once, item, AN)
        assert wrong.value.problems[0].code == "changed_meanwhile"


def test_comments_and_layout_survive_every_decision(found: Review) -> None:
    for item in found.suggestions:
        for new in (accepted(SHIPPED, item, AN), refused(SHIPPED, item, AN, days=9)):
            assert comments(new)[: len(comments(SHIPPED))] == comments(SHIPPED)
            assert lost(SHIPPED, new) <= 1, item.id


def test_a_list_written_by_hand_with_another_layout_keeps_its_comments(found: Review) -> None:
    yaml = YAML()
    yaml.width, yaml.explicit_end, yaml.preserve_quotes = 10_000, True, True
    out = io.StringIO()
    yaml.dump(yaml.load(SHIPPED), out)
    text = out.getvalue()
    assert "\n- place" in text
    text = text.replace("  status: listed\n", "  status: listed   # zeker\n", 1)
    new = accepted(text, named(found, f"join:{VIENNA}"), AN)

    assert "# zeker" in new
    assert lost(text, new) <= 1


@pytest.mark.parametrize(
    "why", ["NO", 'yes: "no" # x', "...", "- a", "{a}", "é\u00a0œ", "&x *y", "6:30"]
)
def test_any_reason_is_read_back_as_text(found: Review, why: str) -> None:
    new = accepted(SHIPPED, named(found, f"leave:{BARCELONA}"), replace(AN, why=why))
    entries = read_yaml(new, "x").parse(DestinationList).entries

    assert (
        next(e for e in entries if e.place == BARCELONA)
        .history[-1]
        .why.startswith(" ".join(why.split()))
    )


def test_two_people_who_accept_at_once_lose_nothing(copy: Path, found: Review) -> None:
    joining = [s for s in found.suggestions if s.kind == "join"]

    def accept(item: Suggestion) -> None:
        change_text(copy, lambda text: accepted(text, item, AN))

    with ThreadPoolExecutor(8) as people:
        list(people.map(accept, joining))

    listed = load_destinations(copy).listed_ids
    assert listed >= {s.place.id for s in joining}
    assert len(listed) == 7 + len(joining)


def test_the_proposal_is_a_patch_that_applies(found: Review, copy: Path) -> None:
    new = proposed(SHIPPED, found.suggestions, AN)
    difference = patch(SHIPPED, new, "destinations.yaml")
    subprocess.run(["git", "apply", "-"], input=difference, text=True, check=True, cwd=copy.parent)

    assert copy.read_text("utf-8") == new
    assert patch(new, new, "x") == ""
    assert lost(SHIPPED, new) == 3  # one leaves, two candidates join


# --- Any organisation ---------------------------------------------------------------------------


@pytest.fixture
def own_list(copy: Path) -> Path:
    text = SHIPPED.replace("organisation: stad-gent", "organisation: stad-waterdam")
    copy.write_text(text, encoding="utf-8")
    return copy


def test_an_indicative_list_never_decides(own_list: Path, reference: Reference) -> None:
    rail = f"    rail: {{minutes: {stated_minutes(BARCELONA)}"
    decided = '    decided: {by: HR, day: 2026-11-22, why: "altijd de trein"}\n'
    text = own_list.read_text("utf-8").replace(rail, decided + rail)
    text = text.replace("level: free", "level: mandatory", 1)
    own_list.write_text(text, encoding="utf-8")
    overriding = load_reference(destinations=own_list).destinations
    own_list.write_text(text.replace("\nentries:", "\nauthority: indicative\nentries:"), "utf-8")
    indicative = load_reference(destinations=own_list).destinations
    entry = overriding.entry_for(BARCELONA, overriding.origin)

    assert overriding.deciding(entry) is not None
    assert indicative.deciding(entry) is None
    assert overriding.organisation == "stad-waterdam"
