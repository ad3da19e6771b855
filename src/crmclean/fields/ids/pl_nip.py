"""NIP, the Polish tax number: 10 digits with a check digit.

Sources: Ustawa o zasadach ewidencji podatników; python-stdnum ``stdnum.pl.nip``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("123-456-00-36", NO_HINTS).value
'1234560036'
>>> FIELD.parse("1234560014", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.pl import nip

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="pl_nip",
    title=Text("NIP (Polish tax number)", "NIP (polnische Steuernummer)"),
    shape=Shape(validate=nip.validate, words=re.compile(r"(?:nip)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("10 digits", "10 Ziffern"),
    headers=(
        "nip",
        "numer nip",
    ),
    examples_good=(
        "1234560013",
        "123-456-00-36",
        "PL1234560042",
        "NIP: 1234560059",
        "123 456 00 13",
    ),
    examples_bad=(
        "1234560014",
        "123456001",
        "NIP",
        "4,98912E+09",
        "PLX",
    ),
    sources=("Ustawa o zasadach ewidencji podatników",),
)
