"""The review of the list as pages: each suggestion is accepted or refused with a reason, once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from filing_site import FilingSite, Someone
from keeping_world import BELFAST, fill
from sqlalchemy import select

from travelplan import Reference, load_destinations
from webapp.store.register import Looked

PATH = f"/hr/list/join:{BELFAST}"
_SEEN = re.compile(r'name="seen" value="([^"]+)"')


def list_of(site: FilingSite) -> Path:
    path: Path = site.app.extensions["config"].destinations
    return path


def with_belfast(site: FilingSite, reference: Reference, trips: int = 9) -> Someone:
    fill(site.store, reference, BELFAST, trips)
    return site.somebody("hr")


def decide(someone: Someone, verdict: str, why: str, path: str = PATH, seen: str = "") -> int:
    page = someone.text(path) if not seen else ""
    sign = seen or _SEEN.findall(page)[0]
    fields = {"verdict": verdict, "why": why, "seen": sign}
    return someone.post(path, fields).status_code


def test_a_place_that_many_go_to_is_suggested_with_its_numbers(
    hr_site: FilingSite, reference: Reference
) -> None:
    hr = with_belfast(hr_site, reference)
    assert "Belfast" in hr.text("/hr/list")
    page = hr.text(PATH)
    assert "T-Belfast-3" in page
    assert "Gereisd" not in page


def test_accepting_writes_the_entry_with_who_when_and_why(
    hr_site: FilingSite, reference: Reference
) -> None:
    hr = with_belfast(hr_site, reference)
    assert decide(hr, "accept", "Veel overleg met de haven") == 303
    entry = next(e for e in load_destinations(list_of(hr_site)).entries if e.place == BELFAST)
    assert entry.status == "listed"
    assert entry.history[-1].by == "Proef-HR"
    assert entry.history[-1].why.startswith("Veel overleg met de haven")
    with hr_site.store.read() as session:
        line = session.scalars(select(Looked)).one()
    assert (line.what, line.about, line.detail) == (
        "decided",
        f"join:{BELFAST}",
        {"verdict": "accept"},
    )


def test_refusing_keeps_it_away_and_says_until_when(
    hr_site: FilingSite, reference: Reference
) -> None:
    hr = with_belfast(hr_site, reference)
    before = load_destinations(list_of(hr_site))
    assert decide(hr, "refuse", "Dat project loopt af") == 303
    after = load_destinations(list_of(hr_site))
    assert after.entries == before.entries
    assert [(r.suggestion, r.by, r.why) for r in after.refused] == [
        (f"join:{BELFAST}", "Proef-HR", "Dat project loopt af")
    ]
    page = hr.text("/hr/list")
    assert "Dat project loopt af" in page
    assert PATH not in page


def test_a_decision_without_a_reason_changes_nothing_and_names_both_fields(
    hr_site: FilingSite, reference: Reference
) -> None:
    hr = with_belfast(hr_site, reference)
    hr.text(PATH)
    before = list_of(hr_site).read_bytes()
    answer = hr.post(PATH, {"why": "  ", "seen": "x"})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert 'href="#verdict"' in text
    assert 'href="#why"' in text
    assert list_of(hr_site).read_bytes() == before


def test_the_second_of_two_is_told_what_the_first_decided_and_keeps_the_reason(
    hr_site: FilingSite, reference: Reference
) -> None:
    hr = with_belfast(hr_site, reference)
    seen = _SEEN.findall(hr.text(PATH))[0]
    assert decide(hr, "refuse", "Dat project loopt af", seen=seen) == 303
    answer = hr.post(PATH, {"verdict": "accept", "why": "Toch nuttig", "seen": seen})
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert "Dat project loopt af" in text
    assert "Toch nuttig" in text


def test_of_two_at_the_same_moment_exactly_one_decides(
    hr_site: FilingSite, reference: Reference
) -> None:
    hr = with_belfast(hr_site, reference)
    other = hr_site.somebody("hr")
    seen = _SEEN.findall(hr.text(PATH))[0]
    other.text(PATH)

    def go(who: Someone, verdict: str) -> int:
        return decide(who, verdict, f"Ik koos {verdict}", seen=seen)

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(go, [hr, other], ["accept", "refuse"]))
    assert sorted(codes) == [303, 409]
    listed = load_destinations(list_of(hr_site))
    is_listed = any(entry.place == BELFAST for entry in listed.entries)
    assert is_listed != bool(listed.refused)


def test_two_who_decide_on_different_places_lose_nothing(
    hr_site: FilingSite, reference: Reference
) -> None:
    places = [BELFAST, "gn:2655603"]  # Birmingham
    for place in places:
        fill(hr_site.store, reference, place, 9)
    people = [hr_site.somebody("hr"), hr_site.somebody("hr")]
    paths = [f"/hr/list/join:{place}" for place in places]
    signs = [_SEEN.findall(people[0].text(path))[0] for path in paths]

    def go(n: int) -> int:
        return decide(people[n], "accept", "Vaak bezocht", paths[n], signs[n])

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(go, range(2))) == [303, 303]
    on_list = {entry.place for entry in load_destinations(list_of(hr_site)).entries}
    assert on_list.issuperset(places)


def test_a_suggestion_that_changed_since_it_was_seen_is_shown_anew(
    hr_site: FilingSite, reference: Reference
) -> None:
    hr = with_belfast(hr_site, reference)
    hr.text(PATH)
    before = list_of(hr_site).read_bytes()
    answer = hr.post(PATH, {"verdict": "accept", "why": "Toch nuttig", "seen": "0" * 16})
    assert answer.status_code == 409
    text = answer.get_data(as_text=True)
    assert 'id="moved"' in text
    assert "Toch nuttig" in text
    assert list_of(hr_site).read_bytes() == before


def test_what_nobody_suggests_is_not_found(hr_site: FilingSite) -> None:
    assert hr_site.somebody("hr").get("/hr/list/join:gn:1").status_code == 404


def test_only_hr_reviews_the_list(hr_site: FilingSite) -> None:
    for subject in ("reiziger", "diensthoofd", "boeker", "beheerder"):
        assert hr_site.somebody(subject).get("/hr/list").status_code == 403
        assert hr_site.somebody(subject).get("/hr/what-if").status_code == 403


def test_invented_trips_are_named_as_such(hr_site: FilingSite, reference: Reference) -> None:
    assert 'id="invented"' not in hr_site.somebody("hr").text("/hr/list")
    fill(hr_site.store, reference, BELFAST, 2, invented=True)
    assert 'id="invented"' in hr_site.somebody("hr").text("/hr/list")
    assert 'id="invented"' in hr_site.somebody("hr").text("/hr/what-if")
