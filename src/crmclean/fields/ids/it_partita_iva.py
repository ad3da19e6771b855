"""Partita IVA, the Italian company tax number: 11 digits with a Luhn check digit.

Sources: Agenzia delle Entrate; python-stdnum ``stdnum.it.iva``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("12345670025", NO_HINTS).value
'12345670025'
>>> FIELD.parse("12345670018", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.it import iva

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="it_partita_iva",
    title=Text("Partita IVA", "Partita IVA"),
    shape=Shape(validate=iva.validate, words=re.compile(r"(?:p\.? ?iva)(?![A-Za-z])", re.IGNORECASE), digits=11),
    expected=Text("11 digits", "11 Ziffern"),
    headers=(
        "partita iva",
        "p. iva",
        "p.iva",
        "piva",
    ),
    examples_good=(
        "12345670017",
        "12345670025",
        "IT12345670033",
        "P.IVA: 12345670041",
        "123 456 70017",
    ),
    examples_bad=(
        "12345670018",
        "1234567001",
        "PARTITA",
        "4,98912E+10",
        "IT123",
    ),
    sources=("Agenzia delle Entrate",),
)
