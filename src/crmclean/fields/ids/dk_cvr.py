"""CVR, the Danish company number: 8 digits, weighted sum modulo 11.

Sources: Erhvervsstyrelsen, Det Centrale Virksomhedsregister; python-stdnum ``stdnum.dk.cvr``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("12 34 00 36", NO_HINTS).value
'12340036'
>>> FIELD.parse("12340029", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.dk import cvr

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="dk_cvr",
    title=Text("CVR number", "CVR-Nummer"),
    shape=Shape(validate=cvr.validate, words=re.compile(r"(?:cvr(?:-?(?:nr|nummer))?\.?)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("8 digits", "8 Ziffern"),
    headers=(
        "cvr",
        "cvr nr",
        "cvr nummer",
        "cvr number",
    ),
    examples_good=(
        "12340028",
        "12 34 00 36",
        "DK12340044",
        "CVR-nr. 12340052",
        "1234 0028",
    ),
    examples_bad=(
        "12340029",
        "1234002",
        "CVR",
        "4,98912E+07",
        "DKX",
    ),
    sources=("Erhvervsstyrelsen, Det Centrale Virksomhedsregister",),
)
