"""NIPC, the Portuguese company number: 9 digits with a check digit.

Sources: Autoridade Tributária e Aduaneira; python-stdnum ``stdnum.pt.nif``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("523 450 028", NO_HINTS).value
'523450028'
>>> FIELD.parse("523450011", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.pt import nif

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="pt_nif",
    title=Text("Portuguese NIPC/NIF", "Portugiesische NIPC/NIF"),
    shape=Shape(validate=nif.validate, words=re.compile(r"(?:nipc|nif)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("9 digits", "9 Ziffern"),
    headers=(
        "nipc",
        "contribuinte",
        "nif pt",
    ),
    examples_good=(
        "523450010",
        "523 450 028",
        "PT523450036",
        "523450044",
        "NIPC: 523450010",
    ),
    examples_bad=(
        "523450011",
        "52345001",
        "NIPC",
        "4,98912E+08",
        "PTX",
    ),
    sources=("Autoridade Tributária e Aduaneira",),
)
