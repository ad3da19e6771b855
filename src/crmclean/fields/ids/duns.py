"""D-U-N-S number of Dun & Bradstreet: nine digits without a public check digit.

Sources: Dun & Bradstreet, D-U-N-S Number; ISO 6523 ICD 0060.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("31-234-5678", NO_HINTS).value
'312345678'
>>> FIELD.parse("1234567", NO_HINTS)
Parsed(value=None, code='lost-zeros', lossless=True, suggestion='001234567', parts={})
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidFormat

from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields.ids._numbers import Shape, number_field


def validate(number: str) -> str:
    """Nine digits, not all the same."""
    compact = re.sub(r"[\s.-]", "", number)
    if len(compact) != 9 or not is_ascii_digits(compact) or len(set(compact)) == 1:
        raise InvalidFormat
    return compact


FIELD = number_field(
    name="duns",
    title=Text("D-U-N-S number", "D-U-N-S-Nummer"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"(?:d-?u-?n-?s)(?:[ -]?(?:nr|no|nummer|number))?\.?(?![A-Za-z])", re.IGNORECASE),
        digits=9,
        max_lost=2,
    ),
    expected=Text("9 digits", "9 Ziffern"),
    has_check_digit=False,
    headers=("duns", "duns number", "duns nummer", "d-u-n-s", "d-u-n-s nummer", "d-u-n-s number", "duns nr"),
    examples_good=("312345678", "31-234-5678", "31 234 5678", "DUNS: 312345678", "D-U-N-S Nr. 31-234-5678"),
    examples_bad=("1234567", "3123456789", "DUNS", "3,12346E+08", "000000000"),
    sources=("https://www.dnb.com/en-us/smb/duns.html", "ISO 6523 ICD 0060"),
)
