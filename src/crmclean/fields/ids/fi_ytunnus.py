"""Y-tunnus, the Finnish business id: 7 digits and a check digit.

Sources: PRH, Business Information System; python-stdnum ``stdnum.fi.ytunnus``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("12340029", NO_HINTS).value
'12340029'
>>> FIELD.parse("1234001-1", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.fi import ytunnus

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field


def display(value: str, style: str) -> str:
    """The form its own register writes."""
    return value if style == "compact" else f"{value[:7]}-{value[7:]}"


FIELD = number_field(
    name="fi_ytunnus",
    title=Text("Finnish business id (Y-tunnus)", "Finnische Unternehmensnummer (Y-tunnus)"),
    shape=Shape(validate=ytunnus.validate, words=re.compile(r"(?:y-?tunnus)(?![A-Za-z])", re.IGNORECASE), digits=8),
    expected=Text("7 digits, hyphen, check digit", "7 Ziffern, Bindestrich, Prüfziffer"),
    display=display,
    styles=("written", "compact"),
    headers=(
        "y-tunnus",
        "y tunnus",
        "business id",
        "fo-nummer",
    ),
    examples_good=(
        "1234001-0",
        "12340029",
        "1234003-7",
        "Y-tunnus: 1234004-5",
        "1234001 0",
    ),
    examples_bad=(
        "1234001-1",
        "123400-1",
        "TUNNUS",
        "4,98912E+07",
        "FI",
    ),
    sources=("PRH, Business Information System",),
)
