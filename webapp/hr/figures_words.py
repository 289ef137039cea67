"""What the keys of the register are called: modes, levels, verdicts, roles, reasons."""

from __future__ import annotations

from collections.abc import Mapping

from travelplan import Reference
from travelplan.audit.grounds import VERDICTS
from travelplan.language import LANGUAGES, Language, Message, message
from travelplan.scheme.rights import CONFIDENTIAL
from travelplan.scheme.vocabulary import MODES, OUTCOMES, ROLES
from webapp.layout import language_of
from webapp.organisation import Organisation

YES = "yes"
WORDS: Mapping[str, Mapping[str, Message]] = {
    "mode": MODES,
    "outcome": OUTCOMES,
    "verdict": VERDICTS,
    "role": ROLES,
    "differs": {YES: message("Judged otherwise by the rule of their day")},
}
"""What a column may hold, in words."""
_NO_REASON = message("No reason given")
_OTHER = message("Other reason")
_NO_UNIT = message("Unit not known")


def word_of(column: str, key: str) -> Message | str:
    """Return what a key of a column is called; the key itself if it is not known."""
    return WORDS[column].get(key, key)


def unit_name(unit: str, organisation: Organisation, language: Language) -> str:
    """Return what a unit is called: by the file of the organisation, or as it was booked."""
    known = organisation.unit(unit)
    return language.say(known.name.words if known else unit or _NO_UNIT)


def unit_words(unit: str, organisation: Organisation) -> dict[str, str]:
    """Return what a unit is called in each language; see `unit_name`."""
    return {code: unit_name(unit, organisation, language_of(code)) for code in LANGUAGES}


def reason_name(reason: str, reference: Reference, language: Language) -> str:
    """Return a reason, or several separated by semicolons, in words.

    A confidential reason is an other reason to every reader of a figure.
    """
    if not reason:
        return language.say(_NO_REASON)
    if CONFIDENTIAL in reason:
        return language.say(_OTHER)
    texts = {r.id: r.text for v in reference.scheme.versions for r in v.reasons}
    said = [
        language.say(_OTHER if code == "other" else texts.get(code, code))
        for code in (part.strip() for part in reason.split(";"))
        if code
    ]
    return "; ".join(dict.fromkeys(said))
