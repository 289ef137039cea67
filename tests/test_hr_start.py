"""The room of HR: who may come in, and what its first page says."""

from __future__ import annotations

import re

from bring_in_world import send
from filing_site import FilingSite
from keeping_world import BELFAST, fill
from test_match_page import BOOKED, doubtful

from travelplan import Reference
from webapp.hr.bring_in_store import HELD_FOR
from webapp.store.columns import now
from webapp.store.register import Batch


def test_only_hr_finds_and_opens_the_follow_up(filing_site: FilingSite) -> None:
    hr, traveller = filing_site.somebody("hr"), filing_site.somebody("reiziger")
    assert 'aria-current="page">Opvolging' in hr.text("/hr")
    assert "Het register bevat nog geen reizen." in hr.text("/hr")
    assert "Opvolging" not in traveller.text("/requests")
    assert traveller.get("/hr").status_code == 403
    assert filing_site.app.test_client().get("/hr").status_code == 302


def tasks(text: str) -> list[str]:
    """What waits, as the first page says it."""
    found = text.partition('<ul class="cards counts tasks">')[2].partition("</ul>")[0]
    items = re.findall(r"<li>(.*?)</li>", found, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def test_the_first_page_says_in_one_look_what_waits(
    filing_site: FilingSite, reference: Reference
) -> None:
    hr = filing_site.somebody("hr")
    assert "Lees een eerste bestand in" in tasks(hr.text("/hr"))
    doubtful(filing_site)
    fill(filing_site.store, reference, BELFAST, 9)
    for number in (1, 2):
        send(hr, BOOKED + f"{number};Parijs;2024-05-01;2024-05-02;train;\n".encode(), "b.csv")
    found = tasks(hr.text("/hr"))
    assert found[:2] == [
        "2 bestanden wachten op je bevestiging",
        "1 geboekte reis hoort misschien bij een aanvraag",
    ]
    suggested = hr.text("/hr/list").partition("voorstel")[0].rpartition(">")[2].strip()
    assert found[2].startswith(f"{suggested} voorstel")


def test_a_file_that_is_about_to_be_forgotten_waits_for_nobody(filing_site: FilingSite) -> None:
    hr = filing_site.somebody("hr")
    send(hr, BOOKED, "b.csv")
    assert "1 bestand wacht op je bevestiging" in tasks(hr.text("/hr"))
    with filing_site.store.write() as session:
        session.query(Batch).update({"brought_at": now() - HELD_FOR * 2})
    assert "Lees een eerste bestand in" in tasks(hr.text("/hr"))
