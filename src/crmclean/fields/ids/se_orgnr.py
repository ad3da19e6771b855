"""Swedish organisation number: 10 digits with a Luhn check digit.

Sources: Skatteverket, SKV 709; python-stdnum ``stdnum.se.orgnr``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("523456-0026", NO_HINTS).value
'5234560026'
>>> FIELD.parse("5234560019", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.se import orgnr

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field


def display(value: str, style: str) -> str:
    """The form its own register writes."""
    return value if style == "compact" else f"{value[:6]}-{value[6:]}"


FIELD = number_field(
    name="se_orgnr",
    title=Text("Swedish organisation number", "Schwedische Organisationsnummer"),
    shape=Shape(validate=orgnr.validate, words=re.compile(r"(?:org\.? ?-?nr\.?)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("10 digits", "10 Ziffern"),
    display=display,
    styles=("written", "compact"),
    headers=(
        "organisationsnummer",
        "orgnr",
        "org.nr",
        "org nummer",
    ),
    examples_good=(
        "5234560018",
        "523456-0026",
        "523456 0034",
        "Org.nr: 523456-0042",
        "523456-0018",
    ),
    examples_bad=(
        "5234560019",
        "523456001",
        "ORGNR",
        "4,98912E+09",
        "SE",
    ),
    sources=("Skatteverket, SKV 709",),
)
