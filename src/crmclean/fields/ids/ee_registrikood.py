"""Registrikood, the Estonian company number: 8 digits with a check digit.

Sources: Äriregister; python-stdnum ``stdnum.ee.registrikood``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("12340020", NO_HINTS).value
'12340020'
>>> FIELD.parse("12340015", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

from stdnum.ee import registrikood

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="ee_registrikood",
    title=Text("Estonian register code", "Estnische Registernummer"),
    shape=Shape(validate=registrikood.validate),
    expected=Text("8 digits", "8 Ziffern"),
    headers=(
        "registrikood",
        "registry code",
    ),
    examples_good=(
        "12340014",
        "12340020",
        "12340037",
        "Registrikood: 12340043",
        "1234 0014",
    ),
    examples_bad=(
        "12340015",
        "1234001",
        "KOOD",
        "4,98912E+07",
        "EE",
    ),
    sources=("Äriregister",),
)
