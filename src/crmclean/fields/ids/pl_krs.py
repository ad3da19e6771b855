"""KRS, the number in the Polish court register: ten digits, no check digit.

Sources: Ministerstwo Sprawiedliwości, Krajowy Rejestr Sądowy.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("KRS 0000123456", NO_HINTS).value
'0000123456'
>>> FIELD.parse("123456", NO_HINTS).suggestion
'0000123456'
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidFormat

from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields.ids._numbers import Shape, number_field


def validate(number: str) -> str:
    """Ten digits, not only zeros."""
    compact = re.sub(r"[\s.-]", "", number)
    if len(compact) != 10 or not is_ascii_digits(compact) or not compact.strip("0"):
        raise InvalidFormat
    return compact


FIELD = number_field(
    name="pl_krs",
    title=Text("KRS number", "KRS-Nummer"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"(?:krs)(?![A-Za-z])", re.IGNORECASE),
        digits=10,
        max_lost=6,  # every number starts with several zeros
    ),
    expected=Text("10 digits", "10 Ziffern"),
    has_check_digit=False,
    headers=("krs", "numer krs", "krs nummer"),
    examples_good=("0000123456", "KRS 0000123456", "KRS: 0000654321", "0001012345", "0000 123 456"),
    examples_bad=("123456", "00001234567", "KRS", "1,23457E+09", "0000000000"),
    sources=("https://www.gov.pl/web/sprawiedliwosc",),
)
