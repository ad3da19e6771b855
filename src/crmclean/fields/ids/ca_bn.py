"""Canadian business number: 9 digits with a Luhn check digit, with or without a program account.

Sources: Canada Revenue Agency; python-stdnum ``stdnum.ca.bn``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("123 450 025", NO_HINTS).value
'123450025'
>>> FIELD.parse("123450018", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

from stdnum.ca import bn

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="ca_bn",
    title=Text("Canadian business number", "Kanadische Unternehmensnummer"),
    shape=Shape(validate=bn.validate),
    expected=Text("9 digits, or 15 characters with the account", "9 Ziffern, oder 15 Zeichen mit Konto"),
    headers=(
        "business number",
        "bn",
        "canadian business number",
    ),
    examples_good=(
        "123450017",
        "123 450 025",
        "123450033",
        "123450041RC0001",
        "123450041 RC0001",
    ),
    examples_bad=(
        "123450018",
        "12345001",
        "BN",
        "4,98912E+08",
        "CA",
    ),
    sources=("Canada Revenue Agency",),
)
