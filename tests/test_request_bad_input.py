"""Forms of a request with bad input: every fault named, nothing typed lost."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from filing_forms import (
    BERLIN,
    BY_PLANE,
    IN_CONFIDENCE,
    WHO,
    begin,
    check,
    choose,
    faults,
    file,
    hidden,
    send,
    value_of,
)
from filing_site import FilingSite, Someone
from sqlalchemy import func, select

from webapp.store.tables import Draft, KeptForm, Request, Version

EXPIRED = "of yesterday"


@pytest.fixture
def traveller(filing_site: FilingSite) -> Someone:
    return filing_site.somebody("reiziger")


def stored(site: FilingSite, table: type = Request) -> int:
    with site.store.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def version(site: FilingSite) -> Version:
    with site.store.read() as session:
        return session.scalars(select(Version)).one()


def test_a_form_sent_empty_names_every_field_and_keeps_what_was_typed(
    filing_site: FilingSite, traveller: Someone
) -> None:
    page = traveller.text(f"/requests/new?{BERLIN}")
    fields = {"draft": hidden(page, "draft"), "project": "Eurocities", "travel": "veel"}
    response = traveller.post(f"/requests/new?{BERLIN}", fields)
    page = response.get_data(as_text=True)

    assert response.status_code == 422
    assert "<title>Fout: " in page
    named = [field for field, _ in faults(page)]
    assert named == ["whose", "unit", "role", "purpose", "interest", "travel", "payer"]
    for field, words in faults(page):
        assert f'id="{field}"' in page
        assert page.count(words) == 2, "the summary and the field say the same"
    assert value_of(page, "project") == "Eurocities"
    assert value_of(page, "travel") == "veel"
    again = traveller.text(f"/requests/drafts/{fields['draft']}/who")
    assert value_of(again, "project") == "Eurocities"
    assert stored(filing_site, Draft) == 1


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("purpose", "é" * 10_000, "Er passen er hoogstens 1.000."),
        ("purpose", "京" * 10_000, "Dit telt 10.000 tekens."),
        ("interest", "   \n\t ", "Schrijf wat het de stad oplevert."),
        ("travel", "1.234", "kan je op twee manieren lezen. Schrijf 1234 of 1234,00."),
        ("stay", "1,234", "kan je op twee manieren lezen"),
        ("registration", "<b>5</b>", "is geen bedrag in euro"),
        ("travel", "-5", "is geen bedrag in euro"),
        ("travel", "99999999", "is te veel"),
        ("unit", "no-such-unit", "Kies de dienst."),
        ("role", "king", "Kies wie er reist."),
        ("payer", "", "Kies wie betaalt."),
        ("whose", "nobody", "Kies voor wie je deze reis aanvraagt."),
        ("budget_key", "x" * 61, "Er passen er hoogstens 60."),
        ("project", "🚆" * 201, "Er passen er hoogstens 200."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_lost(
    traveller: Someone, field: str, typed: str, fault: str
) -> None:
    id_ = begin(traveller)
    response = traveller.post(f"/requests/drafts/{id_}/who", {**WHO, field: typed})
    page = response.get_data(as_text=True)

    assert response.status_code == 422
    assert [(name, fault in words) for name, words in faults(page)] == [(field, True)]
    if field not in {"unit", "role", "payer", "whose"}:
        assert value_of(page, field) == typed
    assert value_of(page, "budget_key" if field != "budget_key" else "travel")


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "\x00Σ", "'; DROP TABLE x; --", "שלום"]
)
def test_what_looks_like_markup_or_code_stays_text(
    filing_site: FilingSite, traveller: Someone, typed: str
) -> None:
    address = file(traveller, who={**WHO, "purpose": typed, "project": typed})
    page = traveller.get(address).get_data(as_text=True)

    assert "<script>alert" not in page
    assert version(filing_site).purpose == typed.replace("\x00", "")


def test_a_file_instead_of_text_is_a_field_that_is_empty(traveller: Someone) -> None:
    id_ = begin(traveller)
    data = {**WHO, "purpose": (io.BytesIO(b"x" * 2000), "purpose.docx")}
    response = traveller.post(
        f"/requests/drafts/{id_}/who", data, content_type="multipart/form-data"
    )

    assert response.status_code == 422
    assert [name for name, _ in faults(response.get_data(as_text=True))] == ["purpose"]


def test_a_form_whose_page_had_expired_is_shown_again_filled_in(
    filing_site: FilingSite, traveller: Someone
) -> None:
    id_ = begin(traveller)
    for path in (f"/requests/drafts/{id_}/who", f"/requests/new?{BERLIN}"):
        traveller.token = EXPIRED
        response = traveller.post(path, {**WHO, "purpose": "Pas getypt", "draft": id_})
        assert response.status_code == 303
        page = traveller.text(response.headers["Location"])
        assert value_of(page, "purpose") == "Pas getypt"
        assert not faults(page)
    assert stored(filing_site, KeptForm) == 2


def test_a_confidential_text_is_never_kept_however_late_the_form_comes(
    filing_site: FilingSite, traveller: Someone
) -> None:
    id_, secret = begin(traveller), "Ik ben zwanger, daarom neem ik de trein niet."
    typed = {**IN_CONFIDENCE, "justification": secret}
    token, traveller.token = traveller.token, "expired"
    traveller.post(f"/requests/drafts/{id_}/choice", typed)
    traveller.token = token
    choose(traveller, id_, typed)
    page = check(traveller, id_)
    send(traveller, id_)

    assert "We hebben je uitleg niet bewaard" in page
    files = Path(filing_site.store.engine.url.database or "").parent.iterdir()
    assert not any(b"zwanger" in file.read_bytes() for file in files)
    with filing_site.store.read() as session:
        assert session.scalars(select(Version)).one().steps[0].function == "hr"


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        ({}, ["mode_1", "mode_2"]),
        ({"mode_1": "rocket", "mode_2": "train"}, ["mode_1"]),
        ({"mode_1": "plane", "mode_2": "train"}, ["reason", "justification"]),
        ({**BY_PLANE, "justification": "te kort"}, ["justification"]),
        ({**BY_PLANE, "justification": "x" * 501}, ["justification"]),
        ({**BY_PLANE, "justification": "x" * 10_000}, ["justification"]),
        ({**BY_PLANE, "reason": "because"}, ["reason"]),
    ],
)
def test_a_choice_against_the_scheme_needs_a_reason_and_an_explanation(
    traveller: Someone, choice: dict[str, str], named: list[str]
) -> None:
    id_ = begin(traveller)
    response = traveller.post(f"/requests/drafts/{id_}/choice", choice)
    page = response.get_data(as_text=True)

    assert response.status_code == 422
    assert [name for name, _ in faults(page)] == named
    assert value_of(page, "justification") == choice.get("justification", "")
    assert traveller.get(f"/requests/drafts/{id_}/check").headers["Location"].endswith("/choice")


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("An: spreekt\nBo", "Kijk naar regel 2."),
        ("An: spreekt", "Je noemde 1 mensen. Er reizen er 11 mee."),
        ("", "Je noemde 0 mensen."),
    ],
)
def test_above_ten_travellers_there_is_a_line_for_each(
    traveller: Someone, lines: str, fault: str
) -> None:
    more = {"participant_1_role": "leidt", "why_so_many": "Een delegatie van de hele raad."}
    question = f"{BERLIN}&travellers=12"
    id_ = begin(traveller, question, {**WHO, **more, "participants": lines})
    page = traveller.text(f"/requests/drafts/{id_}/who")
    assert [(name, fault in words) for name, words in faults(page)] == [("participants", True)]
    good = "\n".join(f"Persoon {n}: spreekt" for n in range(11))
    response = traveller.post(f"/requests/drafts/{id_}/who", {**WHO, **more, "participants": good})
    assert response.headers["Location"].endswith("/choice")
