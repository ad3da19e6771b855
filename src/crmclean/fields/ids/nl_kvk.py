"""KvK number of the Dutch chamber of commerce: eight digits, no check digit.

Sources: Kamer van Koophandel, KVK-nummer.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("KvK: 12345678", NO_HINTS).value
'12345678'
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidFormat

from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields.ids._numbers import Shape, number_field


def validate(number: str) -> str:
    """Eight digits; the twelve digits of a branch (vestiging) are another number."""
    compact = re.sub(r"[\s.-]", "", number)
    if len(compact) != 8 or not is_ascii_digits(compact) or not compact.strip("0"):
        raise InvalidFormat
    return compact


FIELD = number_field(
    name="nl_kvk",
    title=Text("KvK number", "KvK-Nummer"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"(?:kvk)(?:-?(?:nr|nummer))?\.?(?![A-Za-z])", re.IGNORECASE),
        digits=8,
        max_lost=2,
    ),
    expected=Text("8 digits", "8 Ziffern"),
    has_check_digit=False,
    headers=("kvk", "kvk nummer", "kvk number", "kvk nr", "handelsregisternummer kvk", "chamber of commerce number"),
    examples_good=("12345678", "KvK: 12345678", "KVK 12345678", "12.345.678", "01234567"),
    examples_bad=("1234567", "123456789", "KVK", "1,23457E+07", "ABCDEFGH"),
    sources=("https://www.kvk.nl",),
)
