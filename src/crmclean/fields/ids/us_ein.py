"""EIN, the US employer identification number: 9 digits whose first two are in use.

Sources: IRS, How EINs are assigned; python-stdnum ``stdnum.us.ein``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("123450020", NO_HINTS).value
'123450020'
>>> FIELD.parse("07-1234567", NO_HINTS).code
'format'
"""

from __future__ import annotations

import re

from stdnum.us import ein

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field


def display(value: str, style: str) -> str:
    """The form its own register writes."""
    return value if style == "compact" else f"{value[:2]}-{value[2:]}"


FIELD = number_field(
    name="us_ein",
    title=Text("EIN (US employer number)", "EIN (US-Arbeitgebernummer)"),
    shape=Shape(validate=ein.validate, words=re.compile(r"(?:fein|ein)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("9 digits", "9 Ziffern"),
    has_check_digit=False,
    display=display,
    styles=("written", "compact"),
    headers=(
        "ein",
        "fein",
        "federal tax id",
        "employer identification number",
    ),
    examples_good=(
        "12-3450010",
        "123450020",
        "12-3450030",
        "EIN: 12-3450040",
        "123450010",
    ),
    examples_bad=(
        "07-1234567",
        "12-345001",
        "EIN",
        "4,98912E+08",
        "US",
    ),
    sources=("IRS, How EINs are assigned",),
)
