"""BIC (SWIFT code): four letters for the bank, country, place, and three characters for a branch.

Sources: ISO 9362:2022; python-stdnum ``stdnum.bic``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("abcd de ff", NO_HINTS).value
'ABCDDEFF'
"""

from __future__ import annotations

import re

from stdnum import bic

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

FIELD = number_field(
    name="bic",
    title=Text("BIC", "BIC"),
    group="bank",
    shape=Shape(
        validate=bic.validate,
        words=re.compile(r"(?:bic|swift)(?:[ -]?code)?[.:](?![A-Za-z])", re.IGNORECASE),
        parts=lambda value: {"country": value[4:6]},
    ),
    expected=Text("8 or 11 letters and digits", "8 oder 11 Buchstaben und Ziffern"),
    has_check_digit=False,
    strength=Strength.WEAK,  # it names the bank, not the customer
    headers=("bic", "bic code", "swift", "swift code", "bic/swift", "swift code 1", "swift bic"),
    examples_good=("ABCDDEFF", "ABCDDEFFXXX", "abcd at ww", "BIC: ABCDCHZZ80A", "ABCDDE2L123"),
    examples_bad=("ABCDDEF", "ABCD", "12345678", "1,2345E+07", "ABCDDEFFXXXX"),
    sources=("ISO 9362:2022",),
)
