"""SIREN, the French company number: 9 digits with a Luhn check digit.

Sources: INSEE, répertoire Sirene; python-stdnum ``stdnum.fr.siren``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("123 450 017", NO_HINTS).value
'123450017'
>>> FIELD.parse("123450018", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.fr import siren

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="fr_siren",
    title=Text("SIREN", "SIREN-Nummer"),
    shape=Shape(validate=siren.validate, words=re.compile(r"(?:siren)(?![A-Za-z])", re.IGNORECASE), digits=9),
    expected=Text("9 digits", "9 Ziffern"),
    headers=(
        "siren",
        "numéro siren",
        "n° siren",
        "siren nummer",
    ),
    examples_good=(
        "123450017",
        "123 450 017",
        "SIREN: 123 450 025",
        "123.450.033",
        "123450041",
    ),
    examples_bad=(
        "123450018",
        "12345001",
        "SIREN",
        "4,98912E+08",
        "ABCDEFGHI",
    ),
    sources=("INSEE, répertoire Sirene",),
)
