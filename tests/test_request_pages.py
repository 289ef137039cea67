"""Filling in a request: nothing stored by looking, nothing typed lost, sent once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from filing_forms import (
    BERLIN,
    BY_PLANE,
    BY_TRAIN,
    FOR_COLLEAGUE,
    STRIKE,
    WHO,
    begin,
    check,
    choose,
    faults,
    file,
    hidden,
    send,
    summary,
    value_of,
)
from filing_site import FilingSite, Someone, application
from flask.testing import FlaskClient
from sqlalchemy import func, select

from webapp.store.tables import Draft, Person, Request, Version


@pytest.fixture
def traveller(filing_site: FilingSite) -> Someone:
    return filing_site.somebody("reiziger")


def stored(site: FilingSite, table: type = Request) -> int:
    with site.store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def version(site: FilingSite) -> Version:
    with site.store.read() as session:
        return session.scalars(select(Version)).one()


def test_the_answer_leads_to_the_first_form_and_looking_stores_nothing(
    filing_site: FilingSite, traveller: Someone
) -> None:
    answer = traveller.text(f"/advice?{BERLIN}")
    link = re.search(r'href="(/requests/new[^"]*)">Dien deze reis in', answer)
    assert link
    page = traveller.text(link[1])

    assert "Wie reist er, en waarom?</h1>" in page
    assert value_of(page, "unit") == "voorbeelddienst"
    assert value_of(page, "whose") == "myself"
    assert stored(filing_site, Draft) == 0


def test_the_whole_way_files_what_was_filled_in(
    filing_site: FilingSite, traveller: Someone
) -> None:
    id_ = begin(traveller)
    choose(traveller, id_)
    rows = summary(check(traveller, id_))
    page = traveller.text(send(traveller, id_))

    assert rows["Reis"].startswith("Gent → Berlijn|maandag 1 maart 2027")
    assert rows["Online"] == "Nee, ter plaatse"
    assert rows["Advies"].startswith("Trein verplicht|De trein naar Berlijn duurt 7 uur")
    assert rows["Reist met"] == "Gent → Berlijn: Trein|Berlijn → Gent: Trein"
    kilograms, _, span = rows["CO2e van één reiziger"].partition(" (")
    assert re.search(rf">{kilograms}<.*{span[:5]}", traveller.text(f"/advice?{BERLIN}"), re.DOTALL)
    assert rows["Dienst"] == "Voorbeelddienst, Stad Gent"
    assert rows["Geraamde kosten"] == (
        "Verplaatsing: €\u00a01.234,50|Verblijf: niet bekend|Inschrijving: niet bekend"
    )
    assert re.search(r"<h1>Aanvraag <span class=\"reference\">2026-\w{3}-\w{3}</span>", page)
    filed = version(filing_site)
    assert (filed.travel_cents, filed.stay_cents, filed.digital) == (123450, None, "in_person")
    assert filed.shown["fr"]["level"] == "Train obligatoire"


def test_a_choice_that_the_scheme_allows_asks_for_no_reason(
    filing_site: FilingSite, traveller: Someone
) -> None:
    id_ = begin(traveller)
    choose(traveller, id_, {**BY_TRAIN, "reason": "strike", "justification": STRIKE})
    assert "Waarom anders" not in summary(check(traveller, id_))
    send(traveller, id_)
    filed = version(filing_site)
    assert (filed.deviates, filed.reason, filed.justification) == (False, "", "")


@pytest.mark.parametrize("length", [20, 500])
def test_an_explanation_of_20_to_500_characters_is_taken(
    filing_site: FilingSite, traveller: Someone, length: int
) -> None:
    file(traveller, choice={**BY_PLANE, "justification": "é" * length})
    assert len(version(filing_site).justification) == length


def test_at_most_ten_reasons_are_offered_and_the_best_way_is_filled_in(traveller: Someone) -> None:
    page = traveller.text(f"/requests/drafts/{begin(traveller)}/choice")

    assert 1 <= len(re.findall(r'name="reason" type="radio"', page)) <= 10
    assert (value_of(page, "mode_1"), value_of(page, "mode_2")) == ("train", "train")
    assert "niet bij de vertrouwelijke reden" in page.replace("Niet invullen bij", "niet bij")


def test_out_by_train_and_back_by_plane_is_in_the_evidence(
    filing_site: FilingSite, traveller: Someone
) -> None:
    file(traveller, choice={**BY_PLANE, "mode_1": "train"})
    filed = version(filing_site)

    assert (filed.mode, filed.mode_back, filed.deviates) == ("train", "plane", True)
    assert filed.evidence["trip"]["return_by"] == "plane"
    assert filed.shown["nl"]["choice"]["non_co2"]


def test_the_role_and_the_body_change_the_decision(traveller: Someone) -> None:
    question = "destination=Nantes&depart=2020-06-01&nights=2"
    id_ = begin(traveller, question, {**WHO, "unit": "voorbeelddienst-ocmw"})
    page = traveller.text(f"/requests/drafts/{id_}/choice")

    assert "Met deze reiziger en dienst is het advies: Keuzeschema niet van toepassing" in page
    traveller.post(f"/requests/drafts/{id_}/who", WHO)
    assert "Met deze reiziger" not in traveller.text(f"/requests/drafts/{id_}/choice")


def test_a_person_who_is_new_is_made_known_and_confirms(
    filing_site: FilingSite, traveller: Someone
) -> None:
    who = {**FOR_COLLEAGUE, "traveller": "nieuw", "traveller_name": ""}
    id_ = begin(traveller, who=who)
    page = traveller.text(f"/requests/drafts/{id_}/who")
    assert [name for name, _ in faults(page)] == ["traveller_name"]
    before = stored(filing_site, Person)
    traveller.post(f"/requests/drafts/{id_}/who", {**who, "traveller_name": "Nieuw Iemand"})
    choose(traveller, id_)

    assert "Verstuur naar Nieuw Iemand" in check(traveller, id_)
    page = traveller.text(send(traveller, id_))
    assert "Wacht op de reiziger" in page
    assert summary(page)["Reiziger"] == "Nieuw Iemand|ingediend door Proefreiziger"
    assert stored(filing_site, Person) == before + 1


def test_nobody_files_for_themselves_as_for_somebody_else(traveller: Someone) -> None:
    id_ = begin(traveller, who={**FOR_COLLEAGUE, "traveller": "reiziger"})
    page = traveller.text(f"/requests/drafts/{id_}/who")
    assert [name for name, _ in faults(page)] == ["traveller"]


def test_with_more_than_two_travellers_it_asks_why_and_what_each_does(
    filing_site: FilingSite, traveller: Someone
) -> None:
    question = f"{BERLIN}&travellers=3"
    id_ = begin(traveller, question)
    page = traveller.text(f"/requests/drafts/{id_}/who")
    assert [name for name, _ in faults(page)] == [
        *("why_so_many", "participant_1_role", "participant_2_name", "participant_2_role"),
        *("participant_3_name", "participant_3_role"),
    ]
    roles = {f"participant_{n}_role": f"spreekt op dag {n}" for n in (1, 2, 3)}
    names = {"participant_2_name": "An", "participant_3_name": "Bo"}
    why = {"why_so_many": "Elk verdedigt een eigen deel van het project."}
    traveller.post(f"/requests/drafts/{id_}/who", {**WHO, **roles, **names, **why})
    choose(traveller, id_)
    send(traveller, id_)
    assert [one["name"] for one in version(filing_site).participants] == [
        "Proefreiziger",
        "An",
        "Bo",
    ]


def test_who_is_not_signed_in_is_asked_to_and_comes_back(filing_site: FilingSite) -> None:
    nobody = filing_site.app.test_client()
    answer = nobody.get(f"/advice?{BERLIN}").get_data(as_text=True)
    assert "Dien deze reis in" in answer
    sign_in = nobody.get(f"/requests/new?{BERLIN}").headers["Location"]
    assert sign_in.startswith("/sign-in?next=")
    assert "destination%3DBerlijn" in sign_in


def test_without_a_way_to_sign_in_nothing_can_be_filed(client: FlaskClient) -> None:
    page = client.get(f"/advice?{BERLIN}").get_data(as_text=True)
    assert "Dien deze reis in" not in page
    assert "Mijn aanvragen" not in page
    assert client.get("/requests").status_code == 404


def test_a_question_that_went_wrong_meanwhile_costs_nothing_typed(
    filing_site: FilingSite, traveller: Someone
) -> None:
    traveller.text("/requests")
    response = traveller.post("/requests/new?destination=Xyzzy", {**WHO, "purpose": "Getypt"})
    location = response.headers["Location"]
    assert location.startswith("/advice?destination=Xyzzy")
    page = traveller.get(location).get_data(as_text=True)
    id_ = hidden(page, "draft")
    page = traveller.text(f"/requests/new?{BERLIN}&draft={id_}")
    assert value_of(page, "purpose") == "Getypt"
    assert stored(filing_site, Draft) == 1


@pytest.mark.parametrize("scheme", ["kth", "leiden"])
def test_where_nobody_has_to_agree_the_trip_is_filed_and_approved(
    tmp_path: Path, scheme: str
) -> None:
    site = FilingSite(application(tmp_path, scheme=scheme))
    traveller = site.somebody("reiziger")
    id_ = begin(traveller)
    choose(traveller, id_)
    assert ">Dien in<" in check(traveller, id_)
    page = traveller.text(f"{send(traveller, id_)}?sent=1")
    assert "Niemand moet akkoord gaan: je kunt boeken." in page
    site.store.close()


def test_where_the_scheme_has_no_list_of_reasons_an_explanation_is_enough(tmp_path: Path) -> None:
    site = FilingSite(application(tmp_path, scheme="vu-amsterdam"))
    traveller = site.somebody("reiziger")
    id_ = begin(traveller)
    typed = {**BY_PLANE, "justification": ""}
    response = traveller.post(f"/requests/drafts/{id_}/choice", typed)
    page = response.get_data(as_text=True)
    assert [name for name, _ in faults(page)] == ["justification"]
    assert 'name="reason"' not in page
    choose(traveller, id_, BY_PLANE)
    assert summary(check(traveller, id_))["Waarom anders"] == STRIKE
    site.store.close()


def test_what_a_scheme_without_reasons_does_not_allow_is_not_filed(tmp_path: Path) -> None:
    site = FilingSite(application(tmp_path, scheme="ugent"))
    traveller = site.somebody("reiziger")
    response = traveller.post(f"/requests/drafts/{begin(traveller)}/choice", BY_PLANE)
    assert [name for name, _ in faults(response.get_data(as_text=True))] == ["mode_1", "mode_2"]
    site.store.close()
