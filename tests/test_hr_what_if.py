"""What another scheme would have changed in the trips that were made."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from filing_forms import faults
from filing_site import FilingSite
from keeping_world import BERLIN, VIENNA, fill

from travelplan import Reference

YEAR = 2025


def rows_of(page: str, table: str) -> list[list[str]]:
    body = page.partition(f'<table id="{table}"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body.partition("<tbody>")[2], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def test_the_same_scheme_on_both_sides_changes_nothing(
    hr_site: FilingSite, reference: Reference
) -> None:
    fill(hr_site.store, reference, BERLIN, 4, depart=date(YEAR, 3, 3))
    page = hr_site.somebody("hr").text(f"/hr/what-if?a=stad-gent&b=stad-gent&year={YEAR}")
    outcomes = rows_of(page, "outcomes")
    assert [row[1:] for row in outcomes] == [["4", "4", "0"]]
    assert rows_of(page, "places") == []


def test_a_stricter_scheme_shows_what_changes_by_outcome_and_by_place(
    hr_site: FilingSite, reference: Reference
) -> None:
    fill(hr_site.store, reference, BERLIN, 3, depart=date(YEAR, 3, 3))
    fill(hr_site.store, reference, VIENNA, 2, depart=date(YEAR, 4, 7))
    page = hr_site.somebody("hr").text(f"/hr/what-if?a=fr-arrete-2006&b=ugent&year={YEAR}")
    outcomes = rows_of(page, "outcomes")
    for column in (1, 2):
        assert sum(int(row[column]) for row in outcomes) == 5
    moved = sum(int(row[2]) for row in rows_of(page, "changes"))
    assert moved > 0
    assert sum(int(row[2]) for row in rows_of(page, "places")) == moved


def test_a_version_can_be_chosen_for_all_days(hr_site: FilingSite, reference: Reference) -> None:
    fill(hr_site.store, reference, BERLIN, 1, depart=date(YEAR, 3, 3))
    version = reference.scheme.newest.version.isoformat()
    page = hr_site.somebody("hr").text(f"/hr/what-if?a=stad-gent&b=stad-gent@{version}&year={YEAR}")
    assert [row[1:] for row in rows_of(page, "outcomes")] == [["1", "1", "0"]]


def test_an_address_that_names_nothing_that_exists_is_told_so_and_compares_nothing(
    hr_site: FilingSite, reference: Reference
) -> None:
    fill(hr_site.store, reference, BERLIN, 1, depart=date(YEAR, 3, 3))
    answer = hr_site.somebody("hr").get("/hr/what-if?a=niets&b=stad-gent@1800-01-01&year=x")
    page = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert [field for field, _ in faults(page)] == ["a", "b", "year"]
    assert "“niets” bestaat hier niet" in page
    assert not rows_of(page, "outcomes")


def test_an_empty_register_asks_nothing(hr_site: FilingSite) -> None:
    page = hr_site.somebody("hr").text("/hr/what-if")
    assert "Het register bevat nog geen reizen" in page
