"""IČO, the company number of Czechia and Slovakia: eight digits with a check digit modulo 11.

Sources: ČSÚ, registr ekonomických subjektů; python-stdnum ``stdnum.cz.dic`` (same number without CZ).

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("IČO: 12340014", NO_HINTS).value
'12340014'
>>> FIELD.parse("12340015", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidChecksum, InvalidFormat

from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields.ids._numbers import Shape, number_field


def validate(number: str) -> str:
    """Weights 8 to 2 over the first seven digits; check digit 11 minus the remainder, 10 → 0, 11 → 1."""
    compact = re.sub(r"[\s.-]", "", number)
    if len(compact) != 8 or not is_ascii_digits(compact) or not compact.strip("0"):
        raise InvalidFormat
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), compact, strict=False))
    if (11 - total % 11) % 10 != int(compact[7]):
        raise InvalidChecksum
    return compact


FIELD = number_field(
    name="cz_ico",
    title=Text("IČO", "IČO"),
    shape=Shape(validate=validate, words=re.compile(r"i[cč]o(?![A-Za-z])", re.IGNORECASE), digits=8),
    expected=Text("8 digits", "8 Ziffern"),
    headers=("ičo", "ico", "ič", "identifikační číslo"),
    examples_good=("12340014", "12340022", "IČO: 12340031", "ICO 12340049", "123 40 014"),
    examples_bad=("12340015", "123400", "ICO", "1,234E+07", "ABCDEFGH"),
    sources=("Český statistický úřad", "Štatistický úrad SR"),
)
