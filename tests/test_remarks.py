"""What an answer says beside its decision, and what of a reason it keeps."""

from __future__ import annotations

import json
from datetime import date

import pytest

from travelplan import Recommendation, Reference, load_language, parse_trip, recommend
from travelplan.language import LANGUAGES
from travelplan.report.record import as_json, recommendation_record
from travelplan.report.remarks import remarks
from travelplan.report.text import recommendation_text

TODAY = date(2026, 12, 1)
DISCUSSED = "Confidential reason (discussed with HR)"


def answer(reference: Reference, **fields: object) -> Recommendation:
    asked = {"destination": "Parijs", "depart": "2027-03-01", **fields}
    if "back" in asked:
        asked["return"] = asked.pop("back")
    return recommend(parse_trip(asked, reference.places, today=TODAY), reference)


def said(found: Recommendation) -> list[str]:
    return [str(remark) for remark in remarks(found)]


def test_a_plain_trip_has_nothing_to_say(reference: Reference) -> None:
    assert said(answer(reference, nights="2")) == []
    assert recommendation_record(answer(reference, nights="2"))["remarks"] == []


def test_the_text_and_the_record_say_the_same(reference: Reference) -> None:
    asked = {"back": "2027-03-05", "private_after": "1", "meeting_from": "8:00", "assistance": "1"}
    found = answer(reference, **asked)
    assert len(said(found)) >= 6
    assert recommendation_record(found)["remarks"] == said(found)
    for code in LANGUAGES:
        language = load_language(code)
        text = recommendation_text(found, language)
        assert all(language.say(remark) in text for remark in remarks(found))
        if code != "en":
            assert not any(sentence in text for sentence in said(found))


@pytest.mark.parametrize(
    ("depart", "back", "starts"),
    [
        ("2020-11-20", "2020-11-22", False),
        ("2020-11-20", "2020-11-23", True),
        ("2020-11-22", "2020-12-01", True),
        ("2020-11-23", "2020-12-01", False),
        ("2020-11-20", "", False),
    ],
)
def test_a_version_that_starts_on_the_way_is_named(
    reference: Reference, depart: str, back: str, starts: bool
) -> None:
    found = answer(reference, depart=depart, back=back)
    assert (found.version_to_come is not None) is starts
    assert any("new version" in sentence for sentence in said(found)) is starts
    if found.version_to_come:
        assert found.version_to_come.version == date(2020, 11, 23)
        assert found.decision.version.version == date(2020, 2, 7)


def test_a_reason_leaves_every_verdict_as_it_is(reference: Reference) -> None:
    plain, strike = (
        answer(reference, nights="2", reason=given) for given in ([], ["Grève", "emergency"])
    )
    assert strike.outcome == plain.outcome
    assert strike.decision.verdicts == plain.decision.verdicts
    assert strike.decision.causes == plain.decision.causes
    assert [reason.id for reason in strike.decision.reasons_given] == ["strike", "emergency"]
    assert recommendation_record(strike)["trip"]["reasons"] == ["strike", "emergency"]


def test_of_a_confidential_reason_only_the_word_is_kept(reference: Reference) -> None:
    found = answer(reference, nights="2", reason=[DISCUSSED])
    text = as_json(recommendation_record(found))
    record = json.loads(text)
    assert record["trip"]["reasons"] == ["confidential"]
    assert record["facts"]["reason"] == ["confidential"]
    assert DISCUSSED not in text


def test_what_is_not_on_the_closed_list_is_said(reference: Reference) -> None:
    found = answer(reference, nights="2", reason="no time; strike")
    text = recommendation_text(found, load_language("en"))
    assert "“no time” is not on the closed list of reasons." in text
    assert "You give a reason: Strike." in text


def test_hotel_nights_are_those_of_the_work(reference: Reference) -> None:
    work, more = (
        answer(reference, back=back, private_after=off)
        for back, off in (("2027-03-03", ""), ("2027-03-05", "2"))
    )
    assert work.options[0].hotel == more.options[0].hotel
    assert work.outcome == more.outcome == "train_mandatory"
    assert more.facts.values["nights"] == 2
