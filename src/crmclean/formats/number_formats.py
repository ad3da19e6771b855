"""How a spreadsheet shows a number, as far as it can be given back without a guess, and the way back.

A number becomes the shortest text that means the same number; a date becomes ISO 8601; a mask of digits (``00000``)
is applied, because the leading zeros are what the person saw. Thousands separators, currency and percent signs are
not: they belong to the eye, not to the value.

Sources: ECMA-376-1 §18.8.30 (built-in formats), §18.8.31 (format codes), §18.17.4 (serial dates, both systems).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal, NamedTuple

Shape = Literal["general", "mask", "scientific", "date", "datetime", "time", "duration"]

GENERAL = "General"
# Formats with a fixed number instead of a code; the others among 0-49 are plain numbers, 27-36 and 50-58 East Asian.
BUILTIN_FORMATS: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys(range(32, 36), "h:mm:ss"),
}  # fmt: skip

# A double holds 15 decimal digits for sure, and Excel keeps no more.
EXACT_LIMIT = 10**15
_EXCEL_DIGITS = 15
# From here on a number in a scientific format is more likely a phone or an id than a measurement.
_ID_LIKE = 10**10
LAST_SERIAL = 2_958_466  # the day after 9999-12-31 in the 1900 system
DAYS_1904 = 1462
BEFORE_LEAP_BUG = 61  # 1900-02-29 is serial 60 and never was
EPOCH = date(1899, 12, 30)
DAY_MS = 86_400_000

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)')
_MASK_TOKEN = re.compile(r'"([^"]*)"|\\(.)|([0#])|([-() +/])')
# Literal signs that make a number an identifier or a phone; words and currencies stay with the eye.
_MASK_LITERAL = re.compile(r"[0-9A-Z .()+/-]*\Z")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(E-?[0-9]+)?\Z")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T(.+))?\Z")
_TIME = re.compile(r"([0-9]+):([0-9]{2}):([0-9]{2})(?:\.([0-9]{3}))?\Z")


class Shown(NamedTuple):
    """A number as text.

    Attributes:
        text: what stands in the table.
        code: ``display-format``, ``precision-lost``, ``date-out-of-range`` or ``None``.
    """

    text: str
    code: str | None = None


@lru_cache(maxsize=4096)
def shape_of(code: str) -> Shape:
    """What a format code makes of a number.

    >>> [shape_of(c) for c in ("General", "#,##0.00 €", "00000", "0.00E+00", "dd.mm.yyyy", "[h]:mm")]
    ['general', 'general', 'mask', 'scientific', 'date', 'duration']
    """
    section = _first_section(code)
    bare = _QUOTED.sub("", section)
    if _ELAPSED.search(bare):
        return "duration"
    bare = _BRACKETS.sub("", bare).lower()
    if "general" in bare or "@" in bare:
        return "general"
    if re.search(r"e[+-]", bare):
        return "scientific"
    has_time = "h" in bare or "s" in bare
    has_date = bool(set("dy") & set(bare)) or ("m" in bare and not has_time) or ("e" in bare and "0" not in bare)
    if has_date:
        return "datetime" if has_time else "date"
    if has_time:
        return "time"
    return "mask" if _mask_of(code) else "general"


def _first_section(code: str) -> str:
    found = _SECTION.match(code)
    return found.group(1) if found else code


@lru_cache(maxsize=4096)
def _mask_of(code: str) -> tuple[tuple[str, bool], ...]:
    """``(sign, is placeholder)`` for formats made of digits and literals that add something; else empty."""
    section = _first_section(code)
    if "[" in section:  # a colour is harmless, a condition is not: leave both
        section = re.sub(r"\[(?:\$[^\]]*|Black|Blue|Cyan|Green|Magenta|Red|White|Yellow)\]", "", section)
    tokens: list[tuple[str, bool]] = []
    position = 0
    while position < len(section):
        found = _MASK_TOKEN.match(section, position)
        if not found:
            return ()
        quoted, escaped, placeholder, plain = found.groups()
        literal = quoted if quoted is not None else escaped or plain or ""
        if placeholder:
            tokens.append((placeholder, True))
        elif _MASK_LITERAL.match(literal) and (literal != "/" or escaped):  # a bare slash is a fraction
            tokens.extend((sign, False) for sign in literal)
        else:
            return ()
        position = found.end()
    zeros = sum(is_place and sign == "0" for sign, is_place in tokens)
    literals = "".join(sign for sign, is_place in tokens if not is_place)
    return tuple(tokens) if zeros > 1 or (zeros and literals.strip()) else ()


def number_text(value: float) -> str:
    """The shortest plain decimal text that reads back as the same double.

    >>> [number_text(v) for v in (1067.0, 1.1, -0.5, 498912000000.0, 1e-9, 1e22)]
    ['1067', '1.1', '-0.5', '498912000000', '0.000000001', '10000000000000000000000']
    """
    if value.is_integer() and abs(value) < EXACT_LIMIT:
        return str(int(value))
    short = Decimal(repr(value))
    if short.adjusted() < -15 or short.adjusted() > 30:
        return str(short).replace("E+", "E")
    text = format(short, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded_text(value: float, text: str) -> str | None:
    """The number with the fifteen digits Excel shows, or ``None`` where its plain text has no more.

    Args:
        value: finite.
        text: what ``shown_number`` makes of it.

    >>> rounded_text(274.65999999999997, "274.65999999999997"), rounded_text(1.1, "1.1")
    ('274.66', None)
    """
    if len(text) <= _EXCEL_DIGITS or abs(value) >= EXACT_LIMIT or text != number_text(value):
        return None
    short = number_text(float(format(value, f".{_EXCEL_DIGITS}g")))
    return short if short != text else None


def shown_number(value: float, code: str, *, date1904: bool = False) -> Shown:
    """A numeric cell as text.

    Args:
        value: finite.
        code: number format code, English spelling as stored in the file.
        date1904: whether day 0 is 1904-01-01.

    >>> shown_number(1067.0, "00000")
    Shown(text='01067', code='display-format')
    >>> shown_number(45352.5, "dd.mm.yyyy hh:mm").text, shown_number(60.0, "d.m.yy").code
    ('2024-03-01T12:00:00', 'date-out-of-range')
    """
    shape = shape_of(code)
    if shape == "general":
        return Shown(number_text(value), "precision-lost" if abs(value) >= EXACT_LIMIT else None)
    if shape == "mask":
        return _masked(value, code)
    if shape == "scientific":
        return Shown(number_text(value), "precision-lost" if abs(value) >= _ID_LIKE else None)
    return _shown_time(value, shape, date1904=date1904)


def _masked(value: float, code: str) -> Shown:
    plain = number_text(value)
    if not _INTEGER.match(plain) or value < 0 or value >= EXACT_LIMIT:
        return Shown(plain, "precision-lost" if abs(value) >= EXACT_LIMIT else None)
    digits, places = plain, _mask_of(code)
    out: list[str] = []
    left = sum(is_place for _, is_place in places)
    for sign, is_place in reversed(places):
        if not is_place:
            out.append(sign)
            continue
        left -= 1
        if not left:  # the leftmost place takes whatever is left
            out.append(digits or ("0" if sign == "0" else ""))
            digits = ""
        elif digits:
            out.append(digits[-1])
            digits = digits[:-1]
        elif sign == "0":
            out.append("0")
    text = "".join(reversed(out)).strip()
    return Shown(text, "display-format" if text != plain else None)


def _shown_time(value: float, shape: Shape, *, date1904: bool) -> Shown:
    serial = value + DAYS_1904 if date1904 and shape != "duration" and value >= 1 else value
    total = round(serial * DAY_MS) if 0 <= serial < LAST_SERIAL else -1
    days, rest = divmod(total, DAY_MS)
    if total < 0 or days >= LAST_SERIAL:
        return Shown(number_text(value), "date-out-of-range")
    if shape == "duration":
        return Shown(_clock(total))
    if shape == "time" and days == 0:
        return Shown(_clock(rest, "02"))
    if days == 0 and not date1904:
        return Shown(number_text(value), "date-out-of-range")
    day = _day_text(DAYS_1904 if days == 0 else days)
    text = day if shape == "date" and rest == 0 else f"{day}T{_clock(rest, '02')}"
    return Shown(text, "date-out-of-range" if days < BEFORE_LEAP_BUG and not date1904 else None)


def _day_text(days: int) -> str:
    if days == BEFORE_LEAP_BUG - 1:
        return "1900-02-29"
    return (EPOCH + timedelta(days=days + (days < BEFORE_LEAP_BUG))).isoformat()


def _clock(milliseconds: int, width: str = "") -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    text = f"{hour:{width}}:{minute:02}:{second:02}"
    return f"{text}.{thousandths:03}" if thousandths else text


def number_of(text: str, code: str, *, date1904: bool = False) -> float | None:
    """The number that ``shown_number`` shows as ``text`` under this format, or ``None`` when there is none.

    >>> number_of("01067", "00000"), number_of("01067", "General"), number_of("2024-03-01", "d.m.yy")
    (1067.0, None, 45352.0)
    """
    shape = shape_of(code)
    candidates = (
        _serial_of(text, date1904=date1904) if shape in _TIME_SHAPES else None,
        _plain_number(text),
        _unmasked(text, code) if shape == "mask" else None,
    )
    for value in candidates:
        if value is not None and shown_number(value, code, date1904=date1904).text == text:
            return value
    return None


_TIME_SHAPES: frozenset[Shape] = frozenset({"date", "datetime", "time", "duration"})


def _plain_number(text: str) -> float | None:
    if not _NUMBER.match(text):
        return None
    try:
        return float(Decimal(text))
    except (InvalidOperation, OverflowError):
        return None


def _unmasked(text: str, code: str) -> float | None:
    """The digits of ``text`` that stand at places of the mask, matched from the right as they are shown."""
    signs, digits = list(text), ""
    left = sum(is_place for _, is_place in _mask_of(code))
    for sign, is_place in reversed(_mask_of(code)):
        left -= is_place
        if is_place:
            while signs and "0" <= signs[-1] <= "9":
                digits = signs.pop() + digits
                if left:
                    break
        elif signs and signs[-1] == sign:
            signs.pop()
    return float(digits) if digits else None


def _serial_of(text: str, *, date1904: bool) -> float | None:
    moment = _DATE.match(text)
    clock = _TIME.match(moment.group(4) if moment and moment.group(4) else text)
    part = 0.0
    if clock:
        hour, minute, second, thousandth = clock.groups()
        total = (int(hour) * 3600 + int(minute) * 60 + int(second)) * 1000 + int(thousandth or 0)
        part = total / DAY_MS
    if not moment:
        return part if clock else None
    try:
        year, month, day = (int(moment.group(i)) for i in (1, 2, 3))
        days = 60 if (year, month, day) == (1900, 2, 29) else (date(year, month, day) - EPOCH).days
    except ValueError:
        return None
    if days < BEFORE_LEAP_BUG and (year, month, day) != (1900, 2, 29):
        days -= 1
    return days + part - (DAYS_1904 if date1904 else 0)
