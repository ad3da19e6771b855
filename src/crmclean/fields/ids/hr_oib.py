"""OIB, the Croatian identification number: 11 digits, ISO 7064 mod 11,10.

Sources: Porezna uprava; python-stdnum ``stdnum.hr.oib``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("12345670021", NO_HINTS).value
'12345670021'
>>> FIELD.parse("12345670014", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.hr import oib

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="hr_oib",
    title=Text("OIB (Croatia)", "OIB (Kroatien)"),
    shape=Shape(validate=oib.validate, words=re.compile(r"(?:oib)(?![A-Za-z])", re.IGNORECASE), digits=11),
    expected=Text("11 digits", "11 Ziffern"),
    headers=("oib",),
    examples_good=(
        "12345670013",
        "12345670021",
        "HR12345670030",
        "OIB: 12345670048",
        "12345 670013",
    ),
    examples_bad=(
        "12345670014",
        "1234567001",
        "OIB",
        "4,98912E+10",
        "HRX",
    ),
    sources=("Porezna uprava",),
)
