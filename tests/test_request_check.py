"""The check page: every row can be changed, and what is sent is sent once, as it was checked."""

from __future__ import annotations

import re
import threading

import pytest
from filing_forms import (
    BERLIN,
    IN_CONFIDENCE,
    WHO,
    begin,
    check,
    choose,
    hidden,
    send,
    value_of,
)
from filing_site import FilingSite, Someone
from sqlalchemy import func, select

from webapp.store.tables import Draft, Request, Version


@pytest.fixture
def traveller(filing_site: FilingSite) -> Someone:
    return filing_site.somebody("reiziger")


def count(site: FilingSite, table: type) -> int:
    with site.store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_sending_twice_files_once_and_says_so(filing_site: FilingSite, traveller: Someone) -> None:
    id_ = begin(traveller)
    choose(traveller, id_)
    seen = hidden(check(traveller, id_), "seen")
    first, second = (
        traveller.post(f"/requests/drafts/{id_}/check", {"seen": seen}) for _ in range(2)
    )
    reference = re.search(r"\d{4}-\w{3}-\w{3}", traveller.text(first.headers["Location"]))

    assert reference
    assert count(filing_site, Request) == 1
    for again in (second.get_data(as_text=True), check(traveller, id_)):
        assert "Deze reis is al verstuurd</h1>" in again
        assert reference[0] in again
    for step in ("who", "choice"):
        assert "al verstuurd" in traveller.text(f"/requests/drafts/{id_}/{step}")
        traveller.post(f"/requests/drafts/{id_}/{step}", {"purpose": "Iets anders"})
    assert count(filing_site, Version) == 1


def test_the_same_trip_from_two_tabs_is_filed_once(
    filing_site: FilingSite, traveller: Someone
) -> None:
    tabs = [begin(traveller), begin(traveller, f"{BERLIN}&more=1")]
    for id_ in tabs:
        choose(traveller, id_)
    seen = [hidden(check(traveller, id_), "seen") for id_ in tabs]
    send(traveller, tabs[0])
    response = traveller.post(f"/requests/drafts/{tabs[-1]}/check", {"seen": seen[-1]})

    assert "al verstuurd" in response.get_data(as_text=True)
    assert count(filing_site, Request) == 1


def test_the_same_first_form_sent_twice_begins_one_draft(
    filing_site: FilingSite, traveller: Someone
) -> None:
    page = traveller.text(f"/requests/new?{BERLIN}")
    fields = {"draft": hidden(page, "draft"), **WHO}
    for _ in range(2):
        traveller.post(f"/requests/new?{BERLIN}", fields)
    assert count(filing_site, Draft) == 1
    assert value_of(traveller.text(f"/requests/new?{BERLIN}"), "purpose") == WHO["purpose"]


def test_what_changed_in_another_tab_is_shown_before_it_is_sent(
    filing_site: FilingSite, traveller: Someone
) -> None:
    id_ = begin(traveller)
    choose(traveller, id_)
    seen = hidden(check(traveller, id_), "seen")
    traveller.post(f"/requests/drafts/{id_}/who", {**WHO, "purpose": "Een ander doel"})
    response = traveller.post(f"/requests/drafts/{id_}/check", {"seen": seen})
    page = response.get_data(as_text=True)

    assert response.status_code == 409
    assert "Er is iets veranderd sinds je keek" in page
    assert "Een ander doel" in page
    assert count(filing_site, Request) == 0


def test_every_row_of_the_check_can_be_changed_and_leads_back(traveller: Someone) -> None:
    id_ = begin(traveller)
    choose(traveller, id_)
    page = check(traveller, id_)
    links = re.findall(r'<a href="([^"]+)">Wijzigen<span class="hidden"> (.*?)</span>', page)
    assert len(links) == len({name for _, name in links}) >= 9
    who = next(address for address, name in links if name == "Doel van de reis")
    assert who == f"/requests/drafts/{id_}/who#purpose"
    response = traveller.post(f"/requests/drafts/{id_}/who", {**WHO, "purpose": "Anders"})
    assert response.headers["Location"] == f"/requests/drafts/{id_}/check"

    question = next(address for address, name in links if name == "Reis")
    assert 'value="Berlijn"' in traveller.text(question)
    later = question.replace("2027-03-03", "2027-03-04").replace("/?", "/advice?")
    answer = traveller.text(later)
    link = re.search(r'href="([^"]+)">Verder met je aanvraag', answer)
    assert link
    traveller.text(link[1])
    response = traveller.post(link[1], {**WHO, "draft": id_})
    assert response.headers["Location"] == f"/requests/drafts/{id_}/check"
    assert "donderdag 4 maart 2027" in check(traveller, id_)


def test_the_button_names_who_decides_first(filing_site: FilingSite, traveller: Someone) -> None:
    id_ = begin(traveller)
    choose(traveller, id_)
    assert ">Verstuur naar het diensthoofd<" in check(traveller, id_)
    assert "Send to the head of service" in traveller.text(f"/requests/drafts/{id_}/check?lang=en")
    choose(traveller, id_, IN_CONFIDENCE)
    assert ">Verstuur naar HR<" in check(traveller, id_)
    head = filing_site.somebody("diensthoofd")
    own = begin(head)
    choose(head, own)
    assert ">Verstuur naar het departementshoofd<" in check(head, own)


def test_another_language_in_the_middle_keeps_what_was_typed(traveller: Someone) -> None:
    id_ = begin(traveller)
    typed = {**WHO, "purpose": "Half get", "then": "again"}
    response = traveller.post(f"/requests/drafts/{id_}/who?lang=fr", typed)
    page = traveller.text(response.headers["Location"])
    assert '<html lang="fr-BE">' in page
    assert value_of(page, "purpose") == "Half get"


def test_many_who_send_at_the_same_moment_file_once(
    filing_site: FilingSite, traveller: Someone
) -> None:
    id_ = begin(traveller)
    choose(traveller, id_)
    seen = hidden(check(traveller, id_), "seen")
    tabs = [filing_site.another_window("reiziger") for _ in range(6)]
    answers: list[int] = []

    def press(tab: Someone) -> None:
        answers.append(tab.post(f"/requests/drafts/{id_}/check", {"seen": seen}).status_code)

    threads = [threading.Thread(target=press, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(answers) <= {200, 303}
    assert 303 in answers
    assert (count(filing_site, Request), count(filing_site, Version)) == (1, 1)
