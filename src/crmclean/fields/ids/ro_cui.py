"""CUI, the Romanian company tax number: 2 to 10 digits with a check digit.

Sources: Registrul Comerțului; python-stdnum ``stdnum.ro.cui``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("12340022", NO_HINTS).value
'12340022'
>>> FIELD.parse("12340015", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.ro import cui

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="ro_cui",
    title=Text("Romanian CUI/CIF", "Rumänische CUI/CIF"),
    shape=Shape(validate=cui.validate, words=re.compile(r"(?:cui|cif)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("2 to 10 digits", "2 bis 10 Ziffern"),
    headers=(
        "cui",
        "cod unic de înregistrare",
        "cod fiscal",
    ),
    examples_good=(
        "12340014",
        "12340022",
        "RO12340030",
        "CUI: 12340049",
        "RO 12340014",
    ),
    examples_bad=(
        "12340015",
        "1",
        "CUI",
        "4,98912E+07",
        "ROX",
    ),
    sources=("Registrul Comerțului",),
)
