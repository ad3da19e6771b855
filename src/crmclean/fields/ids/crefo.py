"""Crefonummer of Creditreform: ten digits without a public check digit.

Sources: Creditreform, Crefonummer (ten digits, the first ones name the branch that gave it).

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("Crefo-Nr. 412 3456789", NO_HINTS).value
'4123456789'
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidFormat

from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields.ids._numbers import Shape, number_field


def validate(number: str) -> str:
    """Ten digits that do not start with 0."""
    compact = re.sub(r"[\s.-]", "", number)
    if len(compact) != 10 or not is_ascii_digits(compact) or compact[0] == "0":
        raise InvalidFormat
    return compact


FIELD = number_field(
    name="crefo",
    title=Text("Creditreform number", "Crefonummer"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"(?:crefo|creditreform)(?:-?(?:nr|nummer|id))?\.?(?![A-Za-z])", re.IGNORECASE),
    ),
    expected=Text("10 digits", "10 Ziffern"),
    has_check_digit=False,
    headers=("crefo", "crefonummer", "crefo nr", "crefo nummer", "creditreform nummer", "creditreform id"),
    examples_good=("4123456789", "412 3456789", "Crefo: 4123456789", "Crefo-Nr. 4123456789", "412.3456789"),
    examples_bad=("412345678", "0123456789", "CREFO", "4,12346E+09", "41234567890"),
    sources=("https://www.creditreform.de",),
)
