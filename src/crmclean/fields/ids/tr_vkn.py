"""VKN, the Turkish tax number of companies: 10 digits with a check digit.

Sources: Gelir İdaresi Başkanlığı; python-stdnum ``stdnum.tr.vkn``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("1234560020", NO_HINTS).value
'1234560020'
>>> FIELD.parse("1234560013", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.tr import vkn

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="tr_vkn",
    title=Text("Turkish tax number (VKN)", "Türkische Steuernummer (VKN)"),
    shape=Shape(validate=vkn.validate, words=re.compile(r"(?:vkn)(?![A-Za-z])", re.IGNORECASE), digits=10),
    expected=Text("10 digits", "10 Ziffern"),
    headers=(
        "vkn",
        "vergi kimlik numarası",
        "vergi no",
    ),
    examples_good=(
        "1234560012",
        "1234560020",
        "1234560038",
        "VKN: 1234560045",
        "123 456 0012",
    ),
    examples_bad=(
        "1234560013",
        "123456001",
        "VKN",
        "4,98912E+09",
        "TR",
    ),
    sources=("Gelir İdaresi Başkanlığı",),
)
