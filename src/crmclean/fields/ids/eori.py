"""EORI number for customs: country and up to 15 characters.

Sources: Regulation (EU) 952/2013 art. 9, Delegated Regulation (EU) 2015/2446 annex B; GOV.UK for GB.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("de 1234567", NO_HINTS).value
'DE1234567'
"""

from __future__ import annotations

import re

from stdnum.eu import vat
from stdnum.exceptions import InvalidComponent, InvalidFormat

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_COUNTRIES = frozenset(code.upper() for code in vat.MEMBER_STATES) - {"EL"} | {"GR", "GB", "XI"}


def validate(number: str) -> str:
    """Country of the customs union or the UK, then 1 to 15 letters and digits; the rest is each country's own."""
    compact = re.sub(r"[\s./-]", "", number).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{1,15}", compact) or not any(c.isdigit() for c in compact):
        raise InvalidFormat
    if compact[:2] not in _COUNTRIES:
        raise InvalidComponent
    return compact


FIELD = number_field(
    name="eori",
    title=Text("EORI number", "EORI-Nummer"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"eori(?:-?(?:nr|nummer|number))?\.?(?![A-Za-z])", re.IGNORECASE),
        parts=lambda value: {"country": value[:2]},
    ),
    expected=Text("country and up to 15 characters", "Land und bis zu 15 Zeichen"),
    has_check_digit=False,
    headers=("eori", "eori number", "eori nummer", "eorinumber", "eori nr", "zollnummer"),
    examples_good=("DE1234567", "DE 123456789012345", "ATEOS1000000001", "EORI: GB123450017000", "FR12345001700017"),
    examples_bad=("1234567", "US1234567", "DE", "1,23457E+06", "DE1234567890123456"),
    sources=("Regulation (EU) No 952/2013 art. 9",),
)
