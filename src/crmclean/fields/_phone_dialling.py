"""From written digits to a number: prefixes, the country, slashes and hyphens.

Sources: libphonenumber's metadata; DIN 5008 (extension behind a hyphen); Bundesnetzagentur and RTR numbering plans for
direct dialling in (a firm's number grows at its end, so an extension is part of the dialled number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crmclean.fields import _phone_library as library
from crmclean.fields._phone_library import DIRECT_DIAL_CODES, Number
from crmclean.fields._phone_text import digits_of

# Kinds a firm's switchboard has; a mobile number has no extension.
SWITCHBOARD = frozenset({"fixed", "voip", "uan"})
_TAIL = re.compile(r"-\s*(\d{1,5})$")
# A national number this short without its trunk prefix may as well be a local one without its area code.
_SURELY_NOT_LOCAL = 9


@dataclass(frozen=True, slots=True)
class Reading:
    """What a body without labels and separators means.

    Attributes:
        number: the number, or ``None``: then ``code`` says why, and with a warning the text itself is the value.
        code: reason of the doubt, or ``None``.
        is_sure: whether the number may be written in place of the text.
        guess: another number it could be, for a proposal.
        dialled: ``+`` and the digits as they would be dialled from abroad, where there can't be such a number.
    """

    number: Number | None
    code: str | None = None
    is_sure: bool = True
    guess: Number | None = None
    dialled: str = ""


def dial(body: str, region: str | None) -> Reading:
    """Read digits as they are dialled in ``region`` (``None``: nobody knows where)."""
    digits = digits_of(body)
    if not 0 < len(digits) <= 40:
        return Reading(None, "impossible")
    if "+" in body:
        return _international(digits, body)
    if region is None:
        return _nowhere(digits)
    if library.is_short_number(digits, region):
        return Reading(None, "short-number", is_sure=False)
    if digits.startswith("00"):
        number = None if library.has_plain_international_prefix(region) else library.read_number(digits, region)
        return Reading(number) if number and number.is_valid else _international(digits[2:], body)
    return _national(digits, region)


def _international(digits: str, body: str) -> Reading:
    number = None if digits.startswith("0") else library.read_number("+" + digits, None)
    if (number is None or not number.is_valid) and (without := _without_trunk_note(body)):
        number = library.read_number("+" + without, None) or number
    if number is not None and number.is_valid:
        return Reading(number)
    guess = _zeros_dropped(digits)
    if number is None:
        return Reading(None, "impossible", guess=guess, dialled=library.as_dialled(digits))
    return Reading(number, "not-dialable", is_sure=False, guess=guess)


def _zeros_dropped(digits: str) -> Number | None:
    """``+49 00176 …``: the number without the zeros behind the calling code, where that is a valid one.

    Only two and more, and only where numbers are dialled with one zero inside the country: a single one is taken off
    by the numbering plan itself, and elsewhere it may belong to the number.
    """
    for length in (1, 2, 3) if len(digits) > 3 and digits[0] != "0" else ():
        region = library.main_region(digits[:length])
        if region and digits.startswith("00", length) and library.trunk_prefix(region) == "0":
            number = library.read_number(f"+{digits[:length]}{digits[length:].lstrip('0')}", None)
            return number if number is not None and number.is_valid else None
    return None


def _without_trunk_note(body: str) -> str:
    """The digits without ``(0)`` right behind the calling code: by custom it is not dialled from abroad."""
    if "(0)" not in body:
        return ""
    digits = digits_of(body.replace("(0)", "", 1))
    return digits.removeprefix("00")


def _nowhere(digits: str) -> Reading:
    """Digits without a country: only ``00`` says one."""
    if digits.startswith("00") and not digits.startswith("000"):
        number = library.read_number("+" + digits[2:], None)
        if number is not None and number.is_valid:
            return Reading(number)
    guess = None if digits.startswith("0") else library.read_number("+" + digits, None)
    if not 3 <= len(digits) <= 17:
        return Reading(None, "impossible")
    return Reading(None, "no-country", is_sure=False, guess=guess if guess and guess.is_valid else None)


def _national(digits: str, region: str) -> Reading:
    trunk, code = library.trunk_prefix(region), library.country_code(region)
    has_trunk = bool(trunk) and digits.startswith(trunk)
    if not has_trunk and digits.startswith(code):
        plus = library.read_number("+" + digits, None)
        if plus is not None and plus.is_valid:
            inside = library.read_number(f"+{code}{digits}", None)
            if inside is None or not inside.is_valid:
                return Reading(plus)
            return Reading(plus, "plus-missing", is_sure=False)
        number = library.read_number(f"+{code}{digits}", None)
    else:
        number = library.read_number(digits, region)
    if number is None:
        local = library.is_local_only(digits, region)
        return Reading(None, "no-area-code" if local else "impossible", is_sure=False)
    if has_trunk or number.country_code != code:  # else the country's own way of dialling abroad was written
        return Reading(number) if number.is_valid else Reading(number, "not-dialable", is_sure=False)
    return _without_trunk(number, digits, region)


def _without_trunk(number: Number, digits: str, region: str) -> Reading:
    """Digits without the prefix that numbers of the country are dialled with: lost by a spreadsheet, or local."""
    if number.is_valid and not library.needs_trunk(number):
        return Reading(number)
    has_trunk_prefix = bool(library.trunk_prefix(region)) and library.trunk_prefix(region) == "0"
    if has_trunk_prefix and len(digits) < _SURELY_NOT_LOCAL:
        return Reading(None, "no-area-code", is_sure=False)
    if number.is_valid:
        return Reading(number, "no-trunk", is_sure=False)
    abroad = library.read_number("+" + digits, None)
    guess = abroad if abroad is not None and abroad.is_valid else None
    if has_trunk_prefix:
        return Reading(None, "not-dialable", is_sure=False, guess=guess)
    return Reading(number, "not-dialable", is_sure=False, guess=guess)


def area_slash(body: str, region: str | None) -> bool:
    """Whether the only slash of the body stands behind the area code, and so between parts of one number."""
    reading = dial(body, region)
    if reading.number is None:
        return False
    after = len(digits_of(body[body.index("/") :]))
    before = len(reading.number.national) - after
    return before <= library.area_length(reading.number) or (before <= 5 <= after)


def hyphen_extension(body: str, number: Number) -> str:
    """The direct-dial extension behind the last hyphen, or empty where the hyphen only groups digits.

    It is one if the country has direct dialling in, at least two digits of the firm's own number stand before it, and
    other hyphens stand only behind the calling code or the area code.
    """
    found = _TAIL.search(body)
    if found is None or number.country_code not in DIRECT_DIAL_CODES or number.kind not in SWITCHBOARD:
        return ""
    tail = found[1]
    area = library.area_length(number)
    if len(number.national) - len(tail) - area < 2:
        return ""
    right = len(tail)
    for group in reversed(body[: found.start()].split("-")[1:]):
        right += len(digits_of(group))
        before = len(number.national) - right
        if before > 0 and before != area:
            return ""
    return tail


def is_switchboard(number: Number) -> bool:
    """Whether a direct-dial extension can be part of the number."""
    return number.country_code in DIRECT_DIAL_CODES and number.kind in SWITCHBOARD
