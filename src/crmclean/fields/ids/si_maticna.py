"""Matična številka, the Slovenian registration number: 7 digits, 3 more for a unit.

Sources: AJPES; python-stdnum ``stdnum.si.maticna``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("5230039", NO_HINTS).value
'5230039'
>>> FIELD.parse("5230013", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

from stdnum.si import maticna

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="si_maticna",
    title=Text("Slovenian registration number", "Slowenische Registernummer"),
    shape=Shape(validate=maticna.validate),
    expected=Text("7 or 10 digits", "7 oder 10 Ziffern"),
    headers=(
        "matična številka",
        "maticna stevilka",
        "maticna",
    ),
    examples_good=(
        "5230012",
        "5230039",
        "5230047",
        "5230055",
        "5230012000",
    ),
    examples_bad=(
        "5230013",
        "523001",
        "MATICNA",
        "4,98912E+07",
        "SI",
    ),
    sources=("AJPES",),
)
