"""The forms of a request as somebody fills them in, page after page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from filing_site import Someone

BERLIN = "destination=Berlijn&depart=2027-03-01&return=2027-03-03&digital=in_person"
WHO = {
    "whose": "myself",
    "unit": "voorbeelddienst",
    "role": "staff",
    "purpose": "Overleg over stadslogistiek",
    "interest": "Kennis voor het plan van volgend jaar",
    "travel": "1234,50",
    "stay": "",
    "registration": "",
    "payer": "city",
    "budget_key": "2027-0815",
}
FOR_COLLEAGUE = {**WHO, "whose": "somebody", "traveller": "collega"}
BY_TRAIN = {"mode_1": "train", "mode_2": "train"}
STRIKE = "De Duitse spoorwegen staken die week."
BY_PLANE = {
    "mode_1": "plane",
    "mode_2": "plane",
    "reason": "strike",
    "justification": STRIKE,
}
IN_CONFIDENCE = {**BY_PLANE, "reason": "confidential", "justification": ""}


def hidden(text: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return unescape(found[1])


def begin(someone: Someone, question: str = BERLIN, who: dict[str, str] | None = None) -> str:
    """Fill in the first form for a question, and return the id of the draft."""
    page = someone.text(f"/requests/new?{question}")
    id_ = hidden(page, "draft")
    fields = {"draft": id_, **(WHO if who is None else who)}
    assert someone.post(f"/requests/new?{question}", fields).status_code in {303, 422}
    return id_


def choose(someone: Someone, id_: str, choice: dict[str, str] | None = None) -> None:
    """Fill in the second form."""
    response = someone.post(f"/requests/drafts/{id_}/choice", choice or BY_TRAIN)
    assert response.headers["Location"] == f"/requests/drafts/{id_}/check"


def check(someone: Someone, id_: str) -> str:
    """Open the check page and return what it shows."""
    return someone.text(f"/requests/drafts/{id_}/check")


def send(someone: Someone, id_: str) -> str:
    """Send from the check page, and return the address of the request."""
    seen = hidden(check(someone, id_), "seen")
    response = someone.post(f"/requests/drafts/{id_}/check", {"seen": seen})
    assert response.status_code == 303
    return str(response.headers["Location"]).partition("?")[0]


def file(
    someone: Someone,
    question: str = BERLIN,
    *,
    who: dict[str, str] | None = None,
    choice: dict[str, str] | None = None,
) -> str:
    """Go the whole way, and return the address of the request."""
    id_ = begin(someone, question, who)
    choose(someone, id_, choice)
    return send(someone, id_)


def summary(page: str) -> dict[str, str]:
    """Return the rows of a page: label and text."""
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    return {label: re.sub(r"<[^>]+>", "|", text).strip() for label, text in rows}


def faults(page: str) -> list[tuple[str, str]]:
    """Return the links of the summary of faults: field and words."""
    box = re.search(r'<div class="summary".*?</div>', page, re.DOTALL)
    return re.findall(r'href="#([^"]+)">(.*?)</a>', box[0]) if box else []


def value_of(page: str, name: str) -> Any:
    """Return what a field of a page holds; for radios the one that is chosen."""
    area = re.search(rf'<textarea id="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    if area:
        return unescape(area[1])
    chosen = re.search(rf'name="{name}" type="radio" value="([^"]*)" checked', page)
    if chosen:
        return chosen[1]
    select = re.search(rf'<select id="{name}".*?</select>', page, re.DOTALL)
    if select:
        option = re.search(r'value="([^"]*)" selected', select[0])
        return option[1] if option else ""
    line = re.search(rf'name="{name}" value="([^"]*)"', page)
    return unescape(line[1]) if line else None
