"""PEID, the identification number of Liechtenstein's public administration: 4 to 12 digits.

Sources: Amt für Statistik, Liechtenstein; python-stdnum ``stdnum.li.peid``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("123456", NO_HINTS).value
'123456'
>>> FIELD.parse("123", NO_HINTS).code
'format'
"""

from __future__ import annotations

import re

from stdnum.li import peid

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="li_peid",
    title=Text("PEID (Liechtenstein)", "PEID (Liechtenstein)"),
    shape=Shape(validate=peid.validate, words=re.compile(r"(?:peid)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("4 to 12 digits", "4 bis 12 Ziffern"),
    has_check_digit=False,
    headers=(
        "peid",
        "pei nummer",
        "personenidentifikationsnummer",
    ),
    examples_good=(
        "12345",
        "123456",
        "1234567",
        "PEID: 12345",
        "012345678",
    ),
    examples_bad=(
        "123",
        "1234567890123",
        "PEID",
        "4,98912E+09",
        "FL",
    ),
    sources=("Amt für Statistik, Liechtenstein",),
)
