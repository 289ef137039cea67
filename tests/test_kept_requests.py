"""Keeping requests: mine, changed, copied, withdrawn, confirmed, travelled."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from filing_forms import (
    BERLIN,
    BY_PLANE,
    FOR_COLLEAGUE,
    IN_CONFIDENCE,
    STRIKE,
    WHO,
    begin,
    choose,
    file,
    hidden,
    send,
    summary,
    value_of,
)
from filing_site import FilingSite, Someone
from sqlalchemy import func, select

from webapp.requests.chain import waiting_step
from webapp.requests.filing import Desk
from webapp.store.tables import Booking, Draft, Request, Version


@pytest.fixture
def traveller(filing_site: FilingSite) -> Someone:
    return filing_site.somebody("reiziger")


def count(site: FilingSite, table: type) -> int:
    with site.store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def approve(site: FilingSite, address: str, departed: date | None = None) -> None:
    """Agree to every step, and move the departure if asked."""
    desk: Desk = site.app.extensions["desk"]
    with site.app.test_request_context(), site.store.write() as session:
        request = session.get_one(Request, address.rpartition("/")[2])
        while step := waiting_step(request.current):
            step.decision, step.decided_at = "approved", datetime.now(UTC)
            session.flush()
            desk.agreed(session, request)
        if departed:
            request.current.depart = departed


def test_without_requests_the_page_says_how_to_begin(traveller: Someone) -> None:
    page = traveller.text("/requests")
    assert "Je hebt nog geen aanvragen" in page
    assert 'aria-current="page">Mijn aanvragen' in page


def test_my_requests_hold_drafts_open_and_past_ones(traveller: Someone) -> None:
    address = file(traveller)
    begin(traveller, BERLIN.replace("2027", "2028"))
    page = traveller.text("/requests")
    assert page.index("Nog niet verstuurd") < page.index("maandag 1 maart 2027")
    assert "Lopend" in page

    traveller.text(f"{address}/withdraw")
    traveller.post(f"{address}/withdraw")
    assert "Voorbij" in traveller.text("/requests")
    assert "Ingetrokken" in traveller.text(address)


def test_a_change_is_a_new_version_of_the_same_request(
    filing_site: FilingSite, traveller: Someone
) -> None:
    address = file(traveller, choice=BY_PLANE)
    link = re.search(r'href="([^"]+)">Wijzig de aanvraag', traveller.text(address))
    assert link
    assert 'name="changes"' in traveller.text(link[1])
    asked = link[1].partition("?")[2].replace("2027-03-03", "2027-03-05")
    page = traveller.text(f"/requests/new?{asked}")
    assert "Je wijzigt aanvraag" in page
    assert value_of(page, "purpose") == WHO["purpose"]
    id_ = hidden(page, "draft")
    traveller.post(f"/requests/new?{asked}", {**WHO, "draft": id_})
    page = traveller.text(f"/requests/drafts/{id_}/choice")
    assert (value_of(page, "mode_1"), value_of(page, "justification")) == ("plane", STRIKE)
    choose(traveller, id_)

    assert send(traveller, id_) == address
    assert (count(filing_site, Request), count(filing_site, Version)) == (1, 2)
    page = traveller.text(address)
    assert "vrijdag 5 maart 2027" in page
    assert "Versie 1, van" in page


def test_a_copy_begins_with_what_was_filled_in_but_without_days(
    filing_site: FilingSite, traveller: Someone
) -> None:
    address = file(traveller)
    link = re.search(r'href="([^"]+)">Kopieer als nieuwe aanvraag', traveller.text(address))
    assert link
    assert "depart" not in link[1]
    asked = link[1].partition("?")[2] + "&depart=2027-09-06"
    page = traveller.text(f"/requests/new?{asked}")
    assert value_of(page, "interest") == WHO["interest"]
    id_ = hidden(page, "draft")
    traveller.post(f"/requests/new?{asked}", {**WHO, "draft": id_})
    choose(traveller, id_)
    assert send(traveller, id_) != address
    assert count(filing_site, Request) == 2


def test_a_request_that_is_past_changing_cannot_be_changed(traveller: Someone) -> None:
    address = file(traveller)
    traveller.post(f"{address}/withdraw")
    page = traveller.text(address)
    assert "Wijzig de aanvraag" not in page
    changed = f"/requests/new?{BERLIN}&changes={address.rpartition('/')[2]}"
    assert traveller.get(changed).status_code == 404
    assert "niet meer intrekken" in traveller.text(f"{address}/withdraw")


def test_the_traveller_confirms_what_somebody_else_filed(
    filing_site: FilingSite, traveller: Someone
) -> None:
    address = file(traveller, who=FOR_COLLEAGUE)
    colleague = filing_site.somebody("collega")
    assert "Bevestig de aanvraag" not in traveller.text(address)
    traveller.post(f"{address}/confirm")
    assert "Wacht op de reiziger" in traveller.text(address)
    assert "Proefreiziger diende deze reis voor jou in" in colleague.text(address)
    assert "Wacht op jou" in colleague.text("/requests")
    colleague.post(f"{address}/confirm")
    assert "Wacht op goedkeuring" in colleague.text(address)


def test_after_the_trip_one_tells_how_it_was_made(
    filing_site: FilingSite, traveller: Someone
) -> None:
    address = file(traveller)
    approve(filing_site, address)
    assert "vanaf de dag na je vertrek" in traveller.text(f"{address}/travelled")
    too_early = traveller.post(f"{address}/travelled", {"mode": "train", "mode_back": "train"})
    assert too_early.status_code == 409

    approve(filing_site, address, departed=date.today() - timedelta(days=2))
    page = traveller.text(f"{address}/travelled")
    assert value_of(page, "mode") == "train"
    wrong = traveller.post(f"{address}/travelled", {"mode": "rocket", "cost": "1.234"})
    assert wrong.status_code == 422
    assert value_of(wrong.get_data(as_text=True), "cost") == "1.234"
    made = {"mode": "train", "mode_back": "plane", "travel_class": "second", "cost": "189,90"}
    traveller.post(f"{address}/travelled", made)
    page = traveller.text(address)
    assert "gereisd met Trein, Vliegtuig, tweede klas, €\u00a0189,90" in page
    assert ">Gereisd<" in page
    with filing_site.store.read() as session:
        assert session.scalars(select(Booking)).one().kind == "made"
        assert session.scalars(select(Request)).one().trip_key is None


def test_the_text_for_the_college_tells_no_confidential_thing(traveller: Someone) -> None:
    text = value_of(traveller.text(file(traveller, choice=IN_CONFIDENCE)), "decision-text")
    assert "Besluit: het college van burgemeester en schepenen keurt deze dienstreis goed." in text
    assert "een vertrouwelijke reden, bevestigd door HR" in text
    who = {**WHO, "unit": "voorbeelddienst-ocmw"}
    address = file(traveller, BERLIN.replace("2027", "2028"), who=who, choice=BY_PLANE)
    assert "Besluit: het vast bureau" in value_of(traveller.text(address), "decision-text")
    french = traveller.text(f"{address}?lang=fr")
    assert "Motif pour voyager autrement : Grève" in value_of(french, "decision-text")
    assert STRIKE not in value_of(french, "decision-text")


def test_the_evidence_is_shown_as_it_was_seen_in_each_language(traveller: Someone) -> None:
    address = file(traveller)
    assert "Trein verplicht" in traveller.text(address)
    french = traveller.text(f"{address}?lang=fr")
    assert "Train obligatoire" in french
    assert summary(french)["Voyageur"] == "Proefreiziger"
    assert re.search(r"l'empreinte [0-9a-f]{12}", french)


def test_the_requests_of_others_do_not_exist(filing_site: FilingSite, traveller: Someone) -> None:
    address, other = file(traveller), filing_site.somebody("hr")
    draft = begin(traveller, BERLIN.replace("2027", "2028"))
    id_ = address.rpartition("/")[2]
    paths = ["", "/withdraw", "/travelled"]
    for path in [f"/requests/{one}{page}" for one in (id_, "0" * 32, "x") for page in paths]:
        assert other.get(path).status_code == 404
    for page in ("", "/who", "/choice", "/check", "/discard"):
        assert other.get(f"/requests/drafts/{draft}{page}").status_code == 404
        if page:
            assert other.post(f"/requests/drafts/{draft}{page}").status_code == 404
    for action in ("confirm", "withdraw", "travelled"):
        assert other.post(f"{address}/{action}").status_code == 404
    for tie in ("changes", "copies"):
        assert other.get(f"/requests/new?{BERLIN}&{tie}={id_}").status_code == 404
    assert other.get(f"/requests/new?{BERLIN}&draft={draft}").status_code == 404
    assert other.post(f"/requests/new?{BERLIN}", {"draft": draft, **WHO}).status_code == 404


def test_a_draft_is_thrown_away_after_asking(filing_site: FilingSite, traveller: Someone) -> None:
    id_ = begin(traveller)
    traveller.text(f"/requests/drafts/{id_}/discard")
    assert count(filing_site, Draft) == 1
    traveller.post(f"/requests/drafts/{id_}/discard")
    assert count(filing_site, Draft) == 0


def test_a_question_that_cannot_be_filed_leads_back_to_it(traveller: Someone) -> None:
    for question in ("", "destination=Xyzzy", "destination=Berlijn&digital=online"):
        assert traveller.get(f"/requests/new?{question}").status_code == 302
