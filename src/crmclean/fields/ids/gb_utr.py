"""UTR, the unique taxpayer reference of the UK: 10 digits, the first checks the rest.

Sources: HMRC; python-stdnum ``stdnum.gb.utr``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("1234560025", NO_HINTS).value
'1234560025'
>>> FIELD.parse("2234560011", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.gb import utr

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="gb_utr",
    title=Text("UTR (UK tax reference)", "UTR (britische Steuernummer)"),
    shape=Shape(validate=utr.validate, words=re.compile(r"(?:utr)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("10 digits", "10 Ziffern"),
    headers=(
        "utr",
        "unique taxpayer reference",
    ),
    examples_good=(
        "1234560011",
        "1234560025",
        "12345 60039",
        "UTR: 1234560042",
        "12345 60011",
    ),
    examples_bad=(
        "2234560011",
        "123456001",
        "UTR",
        "4,98912E+09",
        "GB",
    ),
    sources=("HMRC",),
)
