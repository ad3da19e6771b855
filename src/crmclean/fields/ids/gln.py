"""GLN, the Global Location Number of GS1: 13 digits with the EAN check digit.

Sources: GS1 General Specifications 3.4; python-stdnum ``stdnum.ean``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("92 34567 89001 4", NO_HINTS).value
'9234567890014'
>>> FIELD.parse("9234567890015", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum import ean
from stdnum.exceptions import InvalidLength

from crmclean.core.field import Strength
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field


def validate(number: str) -> str:
    """An EAN of 13 digits; shorter ones name articles."""
    compact: str = ean.compact(number)
    if len(compact) != 13 or not compact.strip("0"):
        raise InvalidLength
    return str(ean.validate(compact))


FIELD = number_field(
    name="gln",
    title=Text("GLN", "GLN"),
    shape=Shape(validate=validate, words=re.compile(r"(?:gln|iln)(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("13 digits", "13 Ziffern"),
    strength=Strength.SUPPORTING,  # it names a place or a role; a company has as many as it likes
    headers=("gln", "iln", "global location number", "gln nummer", "gln code"),
    examples_good=("9234567890014", "92 34567 89002 1", "9234567890038", "GLN: 9234567890045", "ILN 9234567890014"),
    examples_bad=("9234567890015", "923456789001", "GLN", "9,23457E+12", "0000000000000"),
    sources=("GS1 General Specifications 3.4",),
)
