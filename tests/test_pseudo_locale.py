"""No page says anything that was never given to a translator."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from pseudo_locale import PseudoLanguage, untranslated

from webapp import layout

PAGES = {
    "the question": "/",
    "all options": "/?more=1&via=Wenen",
    "every fault": "/advice?destination=Melle&depart=31/2/2027&return=x&travellers=x&via=halle"
    "&nights=z&meeting_from=x&private_after=z&origin=Xyzzy",
    "the answer": "/advice?destination=Berlijn&depart=2027-03-01&nights=2",
    "an answer with everything": "/advice?destination=Wenen&depart=2025-03-01&return=2025-03-04"
    "&travellers=10&meeting_from=9:00&private_after=1&assistance=yes&digital=partly"
    "&out_by=train&return_by=plane&factors=desnz-2026&non_co2=included",
    "no train": "/advice?destination=Kanazawa&depart=2027-03-01&nights=5",
    "a tour": "/advice?destination=Praag&via=Wenen&depart=2027-03-01&return=2027-03-08",
    "out of scope": "/advice?destination=Rijsel&depart=2027-03-01&nights=0",
    "a meeting online": "/advice?digital=online",
    "no such page": "/nowhere",
}


@pytest.fixture
def pseudo(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setattr(layout, "load_language", lambda code, _: PseudoLanguage(code, {}))
    return client


@pytest.mark.parametrize("name", PAGES)
def test_every_sentence_of_a_page_can_be_translated(pseudo: FlaskClient, name: str) -> None:
    assert untranslated(pseudo.get(PAGES[name]).get_data(as_text=True)) == []


def test_a_sentence_that_nobody_can_translate_is_found() -> None:
    page = "<p>‹Take the ‹train››.</p><p aria-label='Way out'>Ga weg <code>id</code></p>"

    assert sorted(untranslated(page)) == ["Ga weg", "Way out"]
