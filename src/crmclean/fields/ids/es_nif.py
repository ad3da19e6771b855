"""NIF, the Spanish tax number of companies and persons: 9 characters with a check character.

Sources: Agencia Tributaria, Orden EHA/451/2008; python-stdnum ``stdnum.es.nif``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("B-23450026", NO_HINTS).value
'B23450026'
>>> FIELD.parse("B23450019", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.es import nif

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="es_nif",
    title=Text("Spanish NIF", "Spanische NIF"),
    shape=Shape(validate=nif.validate, words=re.compile(r"(?:nif|cif)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("letter, 7 digits and check character", "Buchstabe, 7 Ziffern und Prüfzeichen"),
    headers=(
        "nif",
        "cif",
        "nif/cif",
    ),
    examples_good=(
        "B23450018",
        "B-23450026",
        "ES B23450034",
        "b23450042",
        "NIF: B23450018",
    ),
    examples_bad=(
        "B23450019",
        "B2345001",
        "NIF",
        "4,98912E+08",
        "123",
    ),
    sources=("Agencia Tributaria, Orden EHA/451/2008",),
)
