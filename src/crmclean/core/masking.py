"""Values that may leave the team: enough to recognise what kind of thing stood there, never the thing itself.

Masked by shape, not by trust in a column: a name in a column of countries is masked like any other value.
"""

from __future__ import annotations

import re

from crmclean.core.placeholders import PLACEHOLDERS

HIDDEN = "***"
_EMAIL = re.compile(r"([^\s@<>]+)@([^\s@<>]+)\.([A-Za-z]{2,24})\Z")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.\-]*[0-9]\Z")
_PHONE_FIELDS = frozenset({"phone", "mobile", "fax"})
_PHONE_DIGITS = 7  # fewer are an extension, a postal code, a year: too few to hide among
_AREA_DIGITS = 5  # the longest area code, with its zero
_TAIL_DIGITS = 2
_SHORT = 2  # letters; of these the first would tell nearly all


def masked(value: str, field: str | None = None) -> str:
    """The value as it may be shown to anybody.

    An e-mail address keeps a letter of each half and its last label, a phone number its area and last two digits,
    everything else its first sign. How long the value is does not show. Nothing and placeholders stay: they are
    nobody's.

    Args:
        value: any text.
        field: what it is, where that is known: only phone numbers are told apart by it.

    >>> masked("max.muster@firma.de"), masked("+49 89 99998 118", "phone"), masked("Müller"), masked("n/a")
    ('m***@f***.de', '+49 89 …18', 'M***', 'n/a')
    """
    bare = value.strip()
    if not bare or bare.lower() in PLACEHOLDERS:
        return bare
    mail = _EMAIL.match(bare)
    if mail:
        return f"{_first(mail[1])}@{_first(mail[2])}.{mail[3].lower()}"
    digits = sum("0" <= sign <= "9" for sign in bare)
    if field in _PHONE_FIELDS and digits >= _PHONE_DIGITS and _PHONE.match(bare):
        return _phone(bare)
    return _first(bare)


def _first(text: str) -> str:
    """Its first sign, where that neither tells it all nor acts on a terminal."""
    return f"{text[0]}{HIDDEN}" if len(text) > _SHORT and text[0].isalnum() else HIDDEN


def _phone(number: str) -> str:
    """Country and area as far as they are written apart, and the last two digits."""
    groups = re.findall(r"\+?[0-9]+", number)
    kept: list[str] = [groups.pop(0)] if number.startswith("+") and len(groups[0]) <= len("+999") else []
    # "(0)" after a country code says nothing.
    while len(groups) > 1 and groups[0] == "0":
        groups.pop(0)
    if len(groups) > 1 and len(groups[0]) <= _AREA_DIGITS:
        kept.append(groups.pop(0))
    rest = "".join(groups)
    tail = rest[-_TAIL_DIGITS:] if len(rest) > 2 * _TAIL_DIGITS else ""
    return " ".join([*kept, f"…{tail}"])
