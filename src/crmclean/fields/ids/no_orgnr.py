"""Norwegian organisation number: 9 digits, weighted sum modulo 11.

Sources: Brønnøysundregistrene; python-stdnum ``stdnum.no.orgnr``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("923 450 025", NO_HINTS).value
'923450025'
>>> FIELD.parse("923450018", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.no import orgnr

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="no_orgnr",
    title=Text("Norwegian organisation number", "Norwegische Organisationsnummer"),
    shape=Shape(validate=orgnr.validate, words=re.compile(r"(?:org\.? ?-?nr\.?)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("9 digits", "9 Ziffern"),
    headers=(
        "organisasjonsnummer",
        "org nr no",
        "orgnr no",
    ),
    examples_good=(
        "923450017",
        "923 450 025",
        "Org.nr: 923450033",
        "923450041",
        "923 450 017",
    ),
    examples_bad=(
        "923450018",
        "92345001",
        "ORGNR",
        "4,98912E+08",
        "NO",
    ),
    sources=("Brønnøysundregistrene",),
)
