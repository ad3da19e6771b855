"""Belgian enterprise number (KBO/BCE): 10 digits, the last two modulo 97.

Sources: FPS Economy, Crossroads Bank for Enterprises; python-stdnum ``stdnum.be.vat``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("0234.560.153", NO_HINTS).value
'0234560153'
>>> FIELD.parse("0234560055", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.be import vat

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field


def display(value: str, style: str) -> str:
    """The form its own register writes."""
    return value if style == "compact" else f"{value[:4]}.{value[4:7]}.{value[7:]}"


FIELD = number_field(
    name="be_kbo",
    title=Text("Belgian enterprise number (KBO/BCE)", "Belgische Unternehmensnummer (KBO/BCE)"),
    shape=Shape(validate=vat.validate, words=re.compile(r"(?:kbo|bce)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("10 digits", "10 Ziffern"),
    display=display,
    styles=("written", "compact"),
    headers=(
        "kbo",
        "bce",
        "ondernemingsnummer",
        "numéro d'entreprise",
        "kbo nummer",
    ),
    examples_good=(
        "0234560054",
        "0234.560.153",
        "BE 0234.560.252",
        "234560351",
        "0234 560 054",
    ),
    examples_bad=(
        "0234560055",
        "02345600",
        "KBO",
        "4,98912E+09",
        "BEXXXXXXXXXX",
    ),
    sources=("FPS Economy, Crossroads Bank for Enterprises",),
)
