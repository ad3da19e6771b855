"""ABN, the Australian Business Number: 11 digits, weighted sum modulo 89.

Sources: Australian Business Register, Format of the ABN; python-stdnum ``stdnum.au.abn``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("52 345 670 151", NO_HINTS).value
'52345670151'
>>> FIELD.parse("52345670071", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.au import abn

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field


def display(value: str, style: str) -> str:
    """The form its own register writes."""
    return value if style == "compact" else f"{value[:2]} {value[2:5]} {value[5:8]} {value[8:]}"


FIELD = number_field(
    name="au_abn",
    title=Text("ABN (Australia)", "ABN (Australien)"),
    shape=Shape(validate=abn.validate, words=re.compile(r"(?:abn)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("11 digits", "11 Ziffern"),
    display=display,
    styles=("written", "compact"),
    headers=(
        "abn",
        "australian business number",
    ),
    examples_good=(
        "52345670070",
        "52 345 670 151",
        "ABN: 52 345 670 183",
        "52345670200",
        "52 345 670 070",
    ),
    examples_bad=(
        "52345670071",
        "5234567007",
        "ABN",
        "4,98912E+10",
        "AU",
    ),
    sources=("Australian Business Register, Format of the ABN",),
)
