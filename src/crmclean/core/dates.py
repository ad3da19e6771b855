"""Reading of written dates. Pure functions; no clock, no locale.

The one thing a date can't say by itself is whether 03/04/2024 is in March or in April. That is decided by the habit of
the whole column (``core.date_habits``) and never guessed: without a habit such a value is ``ambiguous``.

A habit is ``iso``, ``excel-serial``, ``epoch-ms``, ``epoch-s``, or an order of day, month and year with the separators
it was seen with and a question mark when the column contradicts itself: ``dmy.``, ``mdy/``, ``dmy-/``, ``dmy/?``.
Without separators (``dmy``, as a CRM dialect says it) the order holds for all of them.

Sources: ISO 8601-1:2019; RFC 5322 §3.3; ECMA-376-1 §18.17.4 (serial dates of the 1900 system, with the leap day of
1900 that never was); POSIX ``strptime`` ``%y`` (69-99 are 1969-1999, 00-68 are 2000-2068).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from crmclean.core.month_words import FILLERS, MONTHS, WEEKDAYS
from crmclean.core.text import fold

PIVOT = 68  # POSIX: the last two-digit year of this century
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - serials know no zone; day 0 of Excel's serials from 61 on
_SERIAL_MAX = 2_958_465  # 9999-12-31
_PLAUSIBLE_SERIALS = (10_000, 73_050)  # 1927-05-18 … 2099-12-31: what a stray number may be taken for
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - "Z" is written behind the sum
_LATEST_EPOCH_S = 4_102_444_800  # 2100-01-01

_NUMERIC = re.compile(r"(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{1,2})(?!\d)", re.ASCII)
_ZONE = r"(?P<zone>Z|UTC|GMT|MEZ|CET|MESZ|CEST|[+-]\d\d(?::?\d\d)?)?"
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,](?P<f>\d{1,9}))?)?\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?uhr)?\s?"
    + _ZONE,
    re.ASCII | re.IGNORECASE,
)
_AFTER_DAY = re.compile(r"(?:t|,?\s+|,)(?:um\s|at\s|-\s)?", re.ASCII | re.IGNORECASE)
_COMPACT = re.compile(r"(\d{8})T?(?:(\d\d)(\d\d)(\d\d)?(\d{3})?)?" + _ZONE, re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?", re.ASCII)
_SAP = re.compile(r"/Date\((-?\d{1,14})(?:[+-]\d{4})?\)/", re.ASCII)
_INCOMPLETE = re.compile(
    r"(?:--?\d\d-?\d\d|\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}|\d{1,2}\. ?\d{1,2}\.|(?:19|20)\d\d)", re.ASCII
)
_CLOCK_INSIDE = re.compile(r"(?<![\d.])\d{1,2}:\d\d(?::\d\d)?", re.ASCII)
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|eme|e|o|a)", re.ASCII)
_ZONES = {"Z": "Z", "UTC": "Z", "GMT": "Z", "MEZ": "+01:00", "CET": "+01:00", "MESZ": "+02:00", "CEST": "+02:00"}


class Reading(NamedTuple):
    """What was read.

    Attributes:
        value: ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM:SS[.fff][offset]``, or ``None``.
        reason: ``not-a-date``, ``impossible``, ``ambiguous``, ``incomplete``, ``number``, ``early-serial`` (all
            without a value); ``order``, ``from-number`` (with one); else ``None``.
        guess: an ISO date the value may mean when it was not understood.
        short_year: whether the year was written with two digits.
    """

    value: str | None
    reason: str | None = None
    guess: str | None = None
    short_year: bool = False


NOT_A_DATE = Reading(None, "not-a-date")
IMPOSSIBLE = Reading(None, "impossible")
AMBIGUOUS = Reading(None, "ambiguous")
INCOMPLETE = Reading(None, "incomplete")


def read_date(text: str, habit: str = "", pivot: int = PIVOT) -> Reading:
    """Reads one written date or point in time.

    Args:
        text: without surrounding blanks.
        habit: see the module; empty = nobody knows.
        pivot: the last two-digit year that is taken for 20xx.

    >>> read_date("1.3.24").value, read_date("01.03.2024 14:05").value
    ('2024-03-01', '2024-03-01T14:05:00')
    >>> read_date("03/04/2024").reason, read_date("03/04/2024", "mdy").value
    ('ambiguous', '2024-03-04')
    >>> read_date("31.02.2024").reason
    'impossible'
    """
    match = _NUMERIC.match(text)
    if match:
        first, separator, second, third = match.groups()
        day = read_numbers(first, second, third, separator, habit, pivot)
        return day if match.end() == len(text) else _with_time(day, text[match.end() :])
    if not text.isascii() or len(text) > 40:
        return _read_words(text, pivot) if len(text) <= 60 else NOT_A_DATE
    compact = _COMPACT.fullmatch(text)
    if compact and habit[:5] not in ("excel", "epoch"):
        found = _read_compact(compact, habit)
        if found.reason != "not-a-date":
            return found
    if _INCOMPLETE.fullmatch(text) and habit != "excel-serial":
        return INCOMPLETE
    if _NUMBER.fullmatch(text):
        return _read_number(text.replace(",", "."), habit)
    sap = _SAP.fullmatch(text)
    if sap:
        return _from_epoch(int(sap[1]), None)
    return _read_words(text, pivot)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full_year(text: str, pivot: int) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year <= pivot else 1900 + year


def read_numbers(first: str, second: str, third: str, separator: str, habit: str, pivot: int) -> Reading:
    """The day that three numbers mean: by their own shape, else by the column's habit."""
    if len(first) == 4:
        iso = _iso(int(first), int(second), int(third)) if len(third) <= 2 else None
        if iso:
            return Reading(iso)
        swapped = _iso(int(first), int(third), int(second)) if len(third) <= 2 else None
        return Reading(None, "impossible", swapped)
    if len(first) == 3 or len(third) == 1:
        return NOT_A_DATE
    short = len(third) == 2
    year, a, b = _full_year(third, pivot), int(first), int(second)
    order, trusted = _order(habit, separator)
    if separator == "." and order != "mdy":
        order, trusted = "dmy", True  # nobody writes the month first between dots
    dmy = _iso(year, b, a)
    if dmy and trusted and order == "dmy":
        return Reading(dmy, short_year=short)
    mdy = _iso(year, a, b)
    ymd = None
    if short and separator == "-" and len(first) == 2:
        ymd = _iso(_full_year(first, pivot), b, int(third))
    readings = {"dmy": dmy, "mdy": mdy, "ymd": ymd}
    possible = {value for value in readings.values() if value}
    if not possible:
        return IMPOSSIBLE
    chosen = readings.get(order)
    if chosen:
        return Reading(chosen, None if trusted or len(possible) == 1 else "order", short_year=short)
    if len(possible) > 1:
        return AMBIGUOUS
    return Reading(possible.pop(), "order" if order in readings else None, short_year=short)


def _order(habit: str, separator: str) -> tuple[str, bool]:
    """The order a habit asks for, and whether it was established for this separator without contradiction."""
    order, rest = habit[:3], habit[3:]
    separators = rest.rstrip("?")
    return order, not rest.endswith("?") and (not separators or separator in separators)


def _with_time(day: Reading, rest: str) -> Reading:
    """Adds the time that stands behind a day."""
    lead = _AFTER_DAY.match(rest)
    clock = _CLOCK.fullmatch(rest, lead.end()) if lead else None
    if clock is None:
        return NOT_A_DATE
    time = _time(clock["h"], clock["m"], clock["s"], clock["f"], clock["half"], clock["zone"])
    if time is None:
        return day if day.value is None else IMPOSSIBLE
    if day.value is None:
        return day._replace(guess=day.guess + time if day.guess else None)
    return day._replace(value=day.value + time)


def _time(
    hour: str, minute: str, second: str | None, fraction: str | None, half: str | None, zone: str | None
) -> str | None:
    h, m, s = int(hour), int(minute), int(second or 0)
    if half:
        if not 1 <= h <= 12:
            return None
        h = h % 12 + (12 if half[0] in "pP" else 0)
    if h > 23 or m > 59 or s > 59:
        return None
    fraction = (fraction or "").rstrip("0")
    return f"T{h:02}:{m:02}:{s:02}{'.' + fraction if fraction else ''}{offset(zone)}"


def offset(zone: str | None) -> str:
    """``Z``, ``±HH:MM`` or nothing, for the ways a time zone is written.

    >>> offset("+0100"), offset("utc"), offset(None)
    ('+01:00', 'Z', '')
    """
    if not zone:
        return ""
    named = _ZONES.get(zone.upper())
    if named:
        return named
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return "Z" if digits == "0000" else f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _read_compact(match: re.Match[str], habit: str) -> Reading:
    """``20240301``, ``01032024`` (DATEV), ``20240301T140500Z`` (vCard). In the years 1900 to 2099 these can't clash."""
    digits, hour, minute, second, fraction = match.group(1, 2, 3, 4, 5)
    if digits[:2] in ("19", "20") and (iso := _iso(int(digits[:4]), int(digits[4:6]), int(digits[6:]))):
        if not hour:
            return NOT_A_DATE if match["zone"] else Reading(iso)
        time = _time(hour, minute, second, fraction, None, match["zone"])
        return Reading(iso + time) if time else NOT_A_DATE
    if hour or match["zone"]:
        return NOT_A_DATE
    if digits[4:6] in ("19", "20"):
        return read_numbers(digits[:2], digits[2:4], digits[4:], "", habit, PIVOT)
    return NOT_A_DATE


def _read_number(text: str, habit: str) -> Reading:
    """A bare number: a serial or Unix time where the column is one of these, else only a guess."""
    number = float(text)
    if habit == "excel-serial":
        return _from_serial(number)
    if habit in ("epoch-ms", "epoch-s"):
        return _from_epoch(int(number * (1000 if habit == "epoch-s" else 1)), "from-number")
    if "." not in text and len(text) == 13 and number < _LATEST_EPOCH_S * 1000:
        return _from_epoch(int(text), "from-number")  # milliseconds since 2001: nothing else has 13 digits
    if _PLAUSIBLE_SERIALS[0] <= number <= _PLAUSIBLE_SERIALS[1]:
        return Reading(None, "number", _from_serial(number).value)
    if 1_000_000_000 <= number <= _LATEST_EPOCH_S:
        return Reading(None, "number", _from_epoch(int(number) * 1000, None).value)
    return NOT_A_DATE


def _from_serial(number: float) -> Reading:
    if number < 61:  # day 60 is 29 February 1900, which never was; days before it are off by one
        return Reading(None, "early-serial")
    if number >= _SERIAL_MAX + 1:
        return NOT_A_DATE
    moment = _SERIAL_ZERO + timedelta(days=int(number), seconds=round(number % 1 * 86_400))
    return Reading(moment.isoformat() if number % 1 else moment.date().isoformat(), "from-number")


def _from_epoch(milliseconds: int, reason: str | None) -> Reading:
    try:
        moment = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return NOT_A_DATE
    return Reading(moment.replace(microsecond=0).isoformat() + "Z", reason)


def _read_words(text: str, pivot: int) -> Reading:
    """``1. März 2024``, ``March 1, 2024``, ``01-MAR-24``, ``Fri Mar 01 14:05:00 CET 2024``."""
    time = ""
    inside = _CLOCK_INSIDE.search(text)
    if inside:
        clock = _CLOCK.match(text, inside.start())
        if clock is None:
            return NOT_A_DATE
        found = _time(clock["h"], clock["m"], clock["s"], clock["f"], clock["half"], clock["zone"])
        if found is None:
            return IMPOSSIBLE
        time, text = found, f"{text[: clock.start()]} {text[clock.end() :]}"
    words = [word for word in fold(text).split() if word not in WEEKDAYS and word not in FILLERS]
    numbers = [word for word in words if word not in MONTHS]
    if len(words) - len(numbers) != 1:
        return NOT_A_DATE
    month = next(MONTHS[word] for word in words if word in MONTHS)
    numbers = [m[1] if (m := _ORDINAL.fullmatch(word)) else word for word in numbers]
    if not all(word.isascii() and word.isdigit() and len(word) in (1, 2, 4) for word in numbers):
        return NOT_A_DATE
    if len(numbers) == 1:
        return INCOMPLETE
    if len(numbers) != 2:
        return NOT_A_DATE
    day, year = numbers if len(numbers[0]) < 4 else reversed(numbers)
    if len(day) > 2 or len(year) == 1:
        return NOT_A_DATE
    iso = _iso(_full_year(year, pivot), month, int(day))
    return Reading(iso + time, short_year=len(year) == 2) if iso else IMPOSSIBLE


def day_first(value: str) -> str:
    """A canonical date as Germans write it.

    >>> day_first("2024-03-01"), day_first("2024-03-01T14:05:00Z")
    ('01.03.2024', '01.03.2024 14:05:00Z')
    """
    day = f"{value[8:10]}.{value[5:7]}.{value[:4]}"
    return f"{day} {value[11:]}" if len(value) > 10 else day
