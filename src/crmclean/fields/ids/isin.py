"""ISIN, the securities number (ISO 6166): country, 9 characters, check digit.

Sources: ISO 6166; python-stdnum ``stdnum.isin``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("XS0000000009", NO_HINTS).value
'XS0000000009'
>>> FIELD.parse("DE000ABCDEF7", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum import isin as isin_number

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="isin",
    title=Text("ISIN", "ISIN"),
    shape=Shape(validate=isin_number.validate, words=re.compile(r"(?:isin)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("12 characters", "12 Zeichen"),
    strength=Strength.SUPPORTING,  # it names a security, and a company may issue several
    headers=(
        "isin",
        "isin code",
    ),
    examples_good=(
        "DE000ABCDEF2",
        "XS0000000009",
        "ISIN: DE000ABCDEF2",
        "de000abcdef2",
        "DE 000ABCDEF2",
    ),
    examples_bad=(
        "DE000ABCDEF7",
        "DE000ABCDE",
        "ISIN",
        "4,98912E+11",
        "XX000ABCDEF2",
    ),
    sources=("ISO 6166",),
)
