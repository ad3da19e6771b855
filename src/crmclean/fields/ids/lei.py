"""LEI, the Legal Entity Identifier (ISO 17442): 18 characters and two check digits (ISO 7064 mod 97-10).

Sources: ISO 17442-1:2020; python-stdnum ``stdnum.lei``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("213800KUD8LAJWSQ9D15", NO_HINTS).value
'213800KUD8LAJWSQ9D15'
>>> FIELD.parse("213800KUD8LXJWSQ9D15", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum import lei
from stdnum.exceptions import InvalidFormat

from crmclean.core.field import NO_HINTS
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_SHAPE = re.compile(r"[0-9A-Z]{18}[0-9]{2}")


def validate(number: str) -> str:
    """20 letters and digits with a right check sum; blanks and hyphens between them do not matter."""
    compact = re.sub(r"[\s-]", "", number).upper()
    if not _SHAPE.fullmatch(compact) or not compact.strip("0"):
        raise InvalidFormat
    return str(lei.validate(compact))


def looks_like(value: str) -> float:
    """A right check sum over 20 characters is hardly chance."""
    return 1.0 if 20 <= len(value) <= 30 and FIELD.parse(value, NO_HINTS).value else 0.0


# Identifying: one legal entity has one LEI, by the standard.
FIELD = number_field(
    name="lei",
    title=Text("LEI", "LEI"),
    shape=Shape(validate=validate, words=re.compile(r"lei(?:-?(?:code|nr|nummer))?\.?(?=[ :.])", re.IGNORECASE)),
    expected=Text("20 letters and digits", "20 Buchstaben und Ziffern"),
    headers=("lei", "lei code", "legal entity identifier", "lei nummer"),
    looks_like=looks_like,
    examples_good=(
        "213800KUD8LAJWSQ9D15",
        "213800KUD8LAJWSQ9D15".lower(),
        "2138 00KU D8LA JWSQ 9D15",
        "213800-KUD8LAJWSQ9D-15",
        "5493001KJTIIGC8Y1R12",
    ),
    examples_bad=(
        "213800KUD8LXJWSQ9D15",
        "213800KUD8LAJWSQ9D1",
        "LEI",
        "00000000000000000000",
        "5493001KJTIIGC8Y1R13",
    ),
    sources=("ISO 17442-1:2020", "https://www.gleif.org/en/about-lei/iso-17442-the-lei-code-structure"),
)
