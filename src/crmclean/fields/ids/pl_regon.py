"""REGON, the Polish statistical business number: 9 digits (14 for local units) with a check digit.

Sources: GUS, Krajowy Rejestr Podmiotów; python-stdnum ``stdnum.pl.regon``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("123450021", NO_HINTS).value
'123450021'
>>> FIELD.parse("123450016", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.pl import regon

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="pl_regon",
    title=Text("REGON", "REGON"),
    shape=Shape(validate=regon.validate, words=re.compile(r"(?:regon)(?![A-Za-z])", re.IGNORECASE), digits=9),
    expected=Text("9 or 14 digits", "9 oder 14 Ziffern"),
    headers=(
        "regon",
        "numer regon",
    ),
    examples_good=(
        "123450015",
        "123450021",
        "123450038",
        "REGON: 123450044",
        "123-450-015",
    ),
    examples_bad=(
        "123450016",
        "12345001",
        "REGON",
        "4,98912E+08",
        "ABC",
    ),
    sources=("GUS, Krajowy Rejestr Podmiotów",),
)
