"""How a column writes its dates, found by a vote of its own values.

Only values that decide something vote: 25/03/2024 can't have the month first. See ``core.dates`` for what a habit is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from crmclean.core.dates import PIVOT, read_numbers

# A loser with more than this share of the votes makes the order of the column doubtful.
_CONTRADICTION = 0.05

_NUMERIC = re.compile(r"(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{4}|\d{1,2})(?!\d)", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_DAY_FIRST_DIGITS = re.compile(r"\d{4}(?:19|20)\d\d", re.ASCII)


def date_habit(values: Sequence[str]) -> str:
    """The habit of a column.

    Args:
        values: a sample of its filled cells.

    Returns:
        A habit of ``core.dates``; empty where nothing decides or the votes are even.

    >>> date_habit(["25/03/2024", "03/04/2024"]), date_habit(["03/25/2024", "03/04/2024"])
    ('dmy/', 'mdy/')
    >>> date_habit(["03/04/2024"]), date_habit(["01.03.2024"]), date_habit(["45352", "45353"])
    ('', 'dmy.', 'excel-serial')
    """
    kinds: Counter[str] = Counter()
    votes: Counter[tuple[str, str]] = Counter()
    for value in values:
        kind, vote = _vote(value.strip())
        kinds[kind] += 1
        if vote:
            votes[vote] += 1
    numbers = {name: kinds[name] for name in ("excel-serial", "epoch-ms", "epoch-s")}
    most = max(numbers, key=lambda name: numbers[name])
    dated = kinds["iso"] + kinds["written"]
    if numbers[most] > dated:
        return most
    if kinds["iso"] > kinds["written"]:
        return "iso"
    return _winner(votes)


def _winner(votes: Counter[tuple[str, str]]) -> str:
    """The order with most votes, the separators it was seen with, and ``?`` where others say something else."""
    orders: Counter[str] = Counter()
    for (order, _), count in votes.items():
        orders[order] += count
    ranked = orders.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    best, count = ranked[0]
    separators = "".join(sorted({separator for order, separator in votes if order == best}))
    doubt = "?" if count < (1 - _CONTRADICTION) * sum(orders.values()) else ""
    return f"{best}{separators}{doubt}"


def _vote(value: str) -> tuple[str, tuple[str, str] | None]:
    """The kind of a value (iso, written, a kind of number, other), and the order and separator it votes for."""
    match = _NUMERIC.match(value)
    if match:
        first, separator, second, third = match.groups()
        if len(first) == 4:
            return "iso", None
        return "written", _decided(first, second, third, separator)
    if _DAY_FIRST_DIGITS.fullmatch(value) and value[:2] not in ("19", "20"):
        return "written", _decided(value[:2], value[2:4], value[4:], "")
    if _SERIAL.fullmatch(value):
        return "excel-serial", None
    if value.isascii() and value.isdigit():
        if len(value) == 13:
            return "epoch-ms", None
        if len(value) == 10:
            return "epoch-s", None
        if len(value) in (8, 14) and value[:2] in ("19", "20"):
            return "iso", None
    return "other", None


def _decided(first: str, second: str, third: str, separator: str) -> tuple[str, str] | None:
    """The only order three numbers can have. Between dots the day comes first unless it can't."""
    if separator == "." and _reads(first, second, third, separator, "dmy"):
        return "dmy", separator
    possible = [
        order
        for order in ("dmy", "mdy", "ymd")
        if (order != "ymd" or (separator == "-" and len(first) == len(third) == 2))
        and _reads(first, second, third, separator, order)
    ]
    if int(first) == int(second) and "ymd" not in possible:
        return None
    return (possible[0], separator) if len(possible) == 1 else None


def _reads(first: str, second: str, third: str, separator: str, order: str) -> bool:
    reading = read_numbers(first, second, third, separator, order, PIVOT)
    return reading.value is not None and reading.reason is None and not _other_order(first, second, order)


def _other_order(first: str, second: str, order: str) -> bool:
    return (order == "dmy" and int(second) > 12) or (order == "mdy" and int(first) > 12)
