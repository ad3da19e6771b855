"""Hungarian tax number of companies, its first block: 8 digits with a check digit.

Sources: NAV; python-stdnum ``stdnum.hu.anum``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("HU12340028", NO_HINTS).value
'12340028'
>>> FIELD.parse("12340012", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

from stdnum.hu import anum

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="hu_adoszam",
    title=Text("Hungarian tax number (ANUM)", "Ungarische Steuernummer (ANUM)"),
    shape=Shape(validate=anum.validate),
    expected=Text("8 digits", "8 Ziffern"),
    headers=(
        "adószám",
        "adoszam",
    ),
    examples_good=(
        "12340011",
        "HU12340028",
        "12340035",
        "12340042",
        "HU 12340011",
    ),
    examples_bad=(
        "12340012",
        "1234001",
        "ADO",
        "4,98912E+07",
        "HUX",
    ),
    sources=("NAV",),
)
