"""The canonical text of a phone number, how it is written, shown and compared.

Three forms:

* ``+49891234567`` — E.164.
* ``+49891234567-18`` — a direct-dial extension: dialled as ``+4989123456718``, known to end in extension 18. The
  number before it is that of the firm; direct dialling in grows the number at its end (Germany, Austria).
* ``+49891234567;ext=18`` — an extension somebody has to ask for (``App.``, ``Nst.``, ``ext.``), as in RFC 3966.

Anything else (``112``, a number nobody knows the country of) stands as it was written.

Sources: ITU-T E.164, E.123; RFC 3966; DIN 5008 (functional groups apart by one blank, the extension by a hyphen).
"""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from crmclean.core.field import Hints
from crmclean.fields._phone_dialling import dial
from crmclean.fields._phone_library import country_code, from_e164, known_region

STYLES = ("international", "e164", "national", "din5008", "keep")
_CANONICAL = re.compile(r"(?P<number>\+\d+)(?:-(?P<direct>\d+))?(?:;ext=(?P<extension>\d+))?")


def join(e164: str, direct: str = "", extension: str = "") -> str:
    """The canonical text.

    >>> join("+4989123456718", direct="18"), join("+49891234567", extension="18")
    ('+49891234567-18', '+49891234567;ext=18')
    """
    number = f"{e164[: -len(direct)]}-{direct}" if direct else e164
    return f"{number};ext={extension}" if extension else number


def split(canonical: str) -> tuple[str, str, str] | None:
    """``(number before the extension, direct-dial extension, other extension)``; ``None`` for verbatim text.

    >>> split("+49891234567-18")
    ('+49891234567', '18', '')
    >>> split("112")
    """
    found = _CANONICAL.fullmatch(canonical)
    return (found["number"], found["direct"] or "", found["extension"] or "") if found else None


def shown(canonical: str) -> str:
    """E.164, with ``;ext=`` where the extension is not dialled.

    >>> shown("+49891234567-18"), shown("+49891234567;ext=18"), shown("112")
    ('+4989123456718', '+49891234567;ext=18', '112')
    """
    return canonical.replace("-", "") if canonical.startswith("+") else canonical


def key(canonical: str) -> str | None:
    """The number before the extension; ``None`` for what is not known worldwide.

    >>> key("+49891234567-18"), key("+49891234567;ext=18"), key("112")
    ('+49891234567', '+49891234567', None)
    """
    parts = split(canonical)
    return parts[0] if parts else None


def display(canonical: str, style: str) -> str:
    """The written form. ``national`` needs the record's country: without it the international form is the safe one.

    >>> display("+49891234567-18", "international"), display("+49891234567;ext=18", "din5008")
    ('+49 89 1234567-18', '+49 89 1234567 App. 18')
    """
    return _written(canonical, style, "")


def display_for(canonical: str, style: str, hints: Hints) -> str:
    """As ``display``, but ``national`` writes numbers of the record's own country without the calling code.

    >>> display_for("+49891234567-18", "national", Hints({"country": "DE"}))
    '089 1234567-18'
    """
    return _written(canonical, style, known_region(hints.country) or "" if style == "national" else "")


@lru_cache(maxsize=4096)
def _written(canonical: str, style: str, home: str) -> str:
    parts = split(canonical)
    if parts is None:
        return canonical
    number, direct, extension = parts
    if style == "e164":
        return shown(canonical)
    parsed = from_e164(number + direct)
    if parsed is None:
        return canonical
    text = _national(parsed, home) or phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    if style == "din5008":
        text = text.replace("-", " ")  # the hyphen means extension there
    if direct:
        text = _with_hyphen(text, direct)
    mark = "App." if style == "din5008" else "ext."
    return f"{text} {mark} {extension}" if extension else text


def _national(parsed: PhoneNumber, home: str) -> str:
    """The national form if the number is of this country and its form is dialled as the same number; else empty."""
    if not home or str(parsed.country_code) != country_code(home):
        return ""
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    text = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    again = dial(text, home)
    return text if again.number is not None and not again.code and again.number.e164 == e164 else ""


def _with_hyphen(text: str, direct: str) -> str:
    """Puts the hyphen before the last ``len(direct)`` digits, wherever the format has its blanks."""
    at, left = len(text), len(direct)
    while left:
        at -= 1
        left -= text[at].isdigit()
    return f"{text[:at].rstrip(' -')}-{direct}"
