"""Reading of numbers people type: decimal comma or point by the column's habit, ranges, units, currencies.

The one thing a number can't say by itself is whether 1.234 is one thousand or one and a bit. That is decided by the
habit of the column (``comma`` or ``point``: the decimal sign) or by what the field can hold at all, never guessed.

Sources: Unicode CLDR (decimal and group separators of de, de-AT, de-CH, en, fr, it, es, nl, pl); ISO 4217 (currency
codes); DIN 5008:2020 (grouping of numbers).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from crmclean.core.month_words import MONTHS
from crmclean.core.text import fold, tidy

LONGEST = 60  # characters; no number anybody means is longer
_CONTRADICTION = 0.05  # share of votes for the other decimal sign that makes a column's habit worthless

_PLAIN = re.compile(r"0|[1-9]\d{0,17}", re.ASCII)
_SIMPLE = re.compile(r"-?\d{1,15}[.,]\d{1,2}", re.ASCII)  # one or two digits behind the sign: never a group
_DIGITS = r"\d[\d.,'’  ]*"
_SHAPE = re.compile(
    r"(?:ca\.?|circa|rund|etwa|about|approx\.?|~|≈)?\s*"
    r"(?P<bound>>=?|<=?|≥|≤|über|ueber|mehr als|more than|over|ab|unter|weniger als|less than|under|bis zu|up to|"
    r"max\.?|min\.?)?\s*"
    rf"(?P<sign>[-−+])?\s*(?P<low>{_DIGITS}(?:e[+-]?\d{{1,2}})?)\s*(?P<unit1>[^\W\d_]+\.?)?\s*"
    rf"(?:(?:-|–|—|bis|to|\.\.\.?)\s*(?P<high>{_DIGITS}))?"
    r"(?P<plus>\+|\s+(?:und mehr|or more|and more))?\s*(?P<unit2>[^\d]*)",
    re.IGNORECASE | re.ASCII,
)
_MONEY = re.compile(
    r"€|\$|£|\b(?:EUR|USD|GBP|CHF|PLN|SEK|DKK|NOK|CZK|HUF|Fr|SFr|Euro)\b\.?|,--?|,—|\.—|\.-(?!\d)", re.IGNORECASE
)
_CURRENCIES = {"€": "EUR", "euro": "EUR", "$": "USD", "£": "GBP", "fr": "CHF", "sfr": "CHF"}
_LOWER_BOUNDS = frozenset({">", ">=", "≥", "über", "ueber", "mehr als", "more than", "over", "ab", "min", "min."})
_FACTORS = {
    **dict.fromkeys(("k", "tsd", "tausend", "thousand", "t", "teur", "tchf"), 1_000),
    **dict.fromkeys(("m", "mio", "mill", "million", "millionen", "millions", "mn", "mln", "mioeur"), 1_000_000),
    **dict.fromkeys(("mrd", "milliarde", "milliarden", "b", "bn", "billion", "billions"), 1_000_000_000),
}
_COUNTED = frozenset(
    """ma mitarbeiter mitarbeitende mitarbeiterinnen angestellte beschaeftigte personen leute koepfe employees employee
    people persons staff fte fulltime vollzeit vzae stellen salaries effectif dipendenti empleados werknemers punkte
    points pkt sterne stars prozent percent""".split()
)


class NumberReading(NamedTuple):
    """What was read: ``value`` is ``1234.5``, ``10-49``, ``500+`` or ``<10``; or ``None`` with a reason."""

    value: str | None
    reason: str | None = None
    currency: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


_NOT_A_NUMBER = NumberReading(None, "not-a-number")


def read_number(text: str, habit: str = "", limit: Decimal | None = None, *, whole: bool = False) -> NumberReading:
    """Reads one number, range or open range.

    Args:
        text: without surrounding blanks.
        habit: ``comma``, ``point`` or empty; the column's decimal sign.
        limit: the largest value the field can hold; a reading above it is not meant.
        whole: the field counts things, so three digits behind a sign are a group.

    >>> read_number("1.234,50 €").value, read_number("10 - 49 Mitarbeiter").value, read_number("1,5 Mio. EUR").value
    ('1234.5', '10-49', '1500000')
    >>> read_number("1.234").reason, read_number("1.234", "comma").value
    ('ambiguous', '1234')
    """
    if _PLAIN.fullmatch(text):
        number = Decimal(text)
        return NumberReading(text, None, "", number, number)
    if _SIMPLE.fullmatch(text):
        number = Decimal(text.replace(",", "."))
        return NumberReading(_plain(number), None, "", number, number)
    if len(text) > LONGEST:
        return _NOT_A_NUMBER
    text, currency = _without_money(tidy(text))
    match = _SHAPE.fullmatch(text)
    if match is None:
        return _NOT_A_NUMBER
    low_unit, high_unit = _factors(match["unit1"], match["unit2"], is_range=match["high"] is not None)
    if low_unit is None or high_unit is None:
        return _NOT_A_NUMBER
    low, reason = _value(match["low"], habit, limit, whole and low_unit == 1)
    high, high_reason = _value(match["high"], habit, limit, whole and high_unit == 1) if match["high"] else (None, None)
    if low is None or high_reason:
        return NumberReading(None, reason or high_reason)
    low *= -low_unit if match["sign"] in ("-", "−") else low_unit
    if high is not None:
        high *= high_unit
        if low > high:
            return _NOT_A_NUMBER
        return NumberReading(f"{_plain(low)}-{_plain(high)}", reason, currency, low, high)
    bound = (match["bound"] or "").casefold()
    if match["plus"] or bound in _LOWER_BOUNDS:
        return NumberReading(f"{_plain(low)}+", reason, currency, low, None)
    if bound:
        return NumberReading(f"<{_plain(low)}", reason, currency, None, low)
    return NumberReading(_plain(low), reason, currency, low, low)


def _without_money(text: str) -> tuple[str, str]:
    """The text without currency signs, and the ISO 4217 code they stand for."""
    currency = ""
    for sign in _MONEY.findall(text):
        name = sign.rstrip(".").casefold()
        currency = currency or _CURRENCIES.get(name, name.upper() if name.isalpha() else "")
    text = _MONEY.sub("", text).strip() if currency or ",-" in text or ".-" in text or ",—" in text else text
    text = re.sub(r"^T(?:€|EUR|CHF)?\s*(?=\d)", "k", text)
    if text.startswith("k"):
        text = f"{text[1:].strip()} k"
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1].strip()}"  # accountants' minus
    return text, currency


def _factors(first: str | None, second: str, *, is_range: bool) -> tuple[int | None, int | None]:
    """What the words behind both numbers multiply them with: ``1-5 Mio`` means millions twice."""
    low, high = _factor(first or ""), _factor(second)
    if not is_range:
        both = _factor(f"{first or ''} {second}")
        return both, both
    if not first:
        return high, high
    return low, None if low and low > 1 and not second.strip() else high


def _factor(words: str) -> int | None:
    """What words multiply a number with; ``None`` for words nobody knows, and for two units."""
    factor = 1
    for word in fold(words).split():
        if word in _FACTORS and factor == 1:
            factor = _FACTORS[word]
        elif word not in _COUNTED:
            return None
    return factor


def _value(text: str, habit: str, limit: Decimal | None, whole: bool) -> tuple[Decimal | None, str | None]:
    """The value of digits with separators, or a reason why there is none.

    Excel's scientific notation (``4,9E+11``) has lost digits; that of programs (``4.9E11``) has not.
    """
    text = re.sub(r"[\s'’]+(?=\d{3})", "", text.strip())
    digits, _, exponent = text.lower().partition("e")
    if " " in digits or "'" in digits or "’" in digits:
        return None, "not-a-number"
    plain, reason = _without_groups(digits, habit, limit, whole)
    if plain is None:
        return None, reason
    if exponent:
        return Decimal(plain).scaleb(int(exponent)), "precision-lost" if "+" in exponent else None
    return Decimal(plain), None


def _without_groups(digits: str, habit: str, limit: Decimal | None, whole: bool) -> tuple[str | None, str | None]:
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        return digits, None
    if points and commas:
        decimal = max(".", ",", key=digits.rfind)
        group = "," if decimal == "." else "."
        head, _, tail = digits.rpartition(decimal)
        if digits.count(decimal) > 1 or not _is_grouped(head, group):
            return None, "not-a-number"
        return f"{head.replace(group, '')}.{tail or '0'}", None
    sign = "." if points else ","
    if points + commas > 1:
        return (digits.replace(sign, ""), None) if _is_grouped(digits, sign) else (None, "not-a-number")
    head, _, tail = digits.partition(sign)
    as_decimal = f"{head or '0'}.{tail or '0'}"
    if len(tail) != 3 or not 1 <= len(head) <= 3 or head.startswith("0"):
        return as_decimal, None
    if whole:
        return head + tail, None
    if limit is not None and Decimal(head + tail) > limit:
        return as_decimal, None
    if habit:
        return (as_decimal if (habit == "comma") == (sign == ",") else head + tail), None
    return None, "ambiguous"


def _is_grouped(digits: str, sign: str) -> bool:
    """Whether the groups are of three digits."""
    head, *groups = digits.split(sign)
    return 1 <= len(head) <= 3 and head != "0" and all(len(group) == 3 for group in groups)


def _plain(number: Decimal) -> str:
    """Without exponent and idle zeros."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


_VOTE = re.compile(r"[^\d]*(\d{1,3}(?:[.,' ’]\d{3})*|\d+)([.,])(\d+)[^\d]*", re.ASCII)


def decimal_habit(values: Sequence[str]) -> str:
    """``comma`` or ``point``, whichever sign the column's values show to be the decimal one; else empty.

    >>> decimal_habit(["12,5", "1.234"]), decimal_habit(["1,234.50"]), decimal_habit(["1.234"])
    ('comma', 'point', '')
    """
    votes = {"comma": 0, "point": 0}
    for value in values:
        match = _VOTE.fullmatch(value.strip())
        if match is None:
            continue
        head, sign, tail = match.groups()
        grouped = any(other in head for other in ".,")
        if grouped and sign in head:
            other = "point" if sign == "," else "comma"  # 1.234.567 groups with points
            votes[other] += 1
        elif grouped or len(tail) != 3 or len(head) > 3 or head.startswith("0"):
            votes["comma" if sign == "," else "point"] += 1
    best = max(votes, key=lambda name: votes[name])
    total = sum(votes.values())
    return best if total and votes[best] >= (1 - _CONTRADICTION) * total else ""


_MONTH_AND_NUMBER = re.compile(r"(?:(\d{1,2})\.?\s*([^\W\d_]{3,9})\.?|([^\W\d_]{3,9})\.?[ -](\d{2}))")


def range_from_date(text: str) -> str | None:
    """The range Excel made a date of: ``10-49`` becomes ``Okt 49``, ``1-9`` becomes ``01. Sep``.

    >>> range_from_date("Okt 49"), range_from_date("01. Sep")
    ('10-49', '1-9')
    """
    match = _MONTH_AND_NUMBER.fullmatch(text)
    if match is None:
        return None
    month = MONTHS.get(fold(match[2] or match[3]))
    if month is None:
        return None
    low, high = (int(match[1]), month) if match[1] else (month, int(match[4]))
    return f"{low}-{high}" if low < high else f"{high}-{low}"
