"""One form for every way to write a name, so that what is typed meets what is stored."""

from __future__ import annotations

import re
import unicodedata

_SPELLED_OUT = str.maketrans(
    {
        "æ": "ae",
        "ǝ": "e",
        "ə": "e",
        "ð": "d",
        "đ": "d",
        "ɖ": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŋ": "ng",
        "ø": "o",
        "œ": "oe",
        "ŧ": "t",
        "þ": "th",
    }
)
_SAINTS = frozenset({"saint", "sainte", "sankt", "sint", "st", "ste"})
_NOT_A_LETTER = re.compile(r"[\W_ʰ-˿]+")


def normalise(name: str) -> str:
    """Return the form under which a name is stored and looked up.

    Case and accents go; ligatures and letters with a stroke are spelled out (Tromsø, Łódź,
    Þingvellir); everything that is no letter or digit becomes one space; Saint, Sainte, Sint,
    Sankt and St become one word. Normalising twice changes nothing. The result is empty for a
    name without letters and digits.
    """
    if name.isascii():
        plain = name.lower()
    else:
        plain = _without_accents(_without_accents(name).translate(_SPELLED_OUT))
    words = _NOT_A_LETTER.sub(" ", plain).split()
    return " ".join(["saint" if word in _SAINTS else word for word in words])


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join([char for char in decomposed if not unicodedata.combining(char)])
