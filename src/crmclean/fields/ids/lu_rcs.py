"""Number in the trade register of Luxembourg (RCS): a section letter and up to six digits.

Sources: Luxembourg Business Registers, R.C.S. Luxembourg.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("R.C.S. Luxembourg B 123.456", NO_HINTS).value
'B123456'
"""

from __future__ import annotations

import re

from stdnum.exceptions import InvalidFormat

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_SHAPE = re.compile(r"[A-M][1-9][0-9]{0,5}")


def validate(number: str) -> str:
    """Section A to M and a number; there is no check digit."""
    compact = re.sub(r"[\s.-]", "", number).upper()
    if not _SHAPE.fullmatch(compact):
        raise InvalidFormat
    return compact


FIELD = number_field(
    name="lu_rcs",
    title=Text("Luxembourg register number (RCS)", "Luxemburgische Registernummer (RCS)"),
    shape=Shape(
        validate=validate,
        words=re.compile(r"r\.?c\.?s\.?(?: luxemb(?:o)?urg)?(?![A-Za-z])", re.IGNORECASE),
    ),
    expected=Text("a letter and up to 6 digits", "ein Buchstabe und bis zu 6 Ziffern"),
    has_check_digit=False,
    headers=("rcs", "rcs luxembourg", "rcs nummer", "rcs number"),
    examples_good=("B123456", "B 123.456", "RCS Luxembourg B 12345", "R.C.S. F1234", "b 999"),
    examples_bad=("123456", "B1234567", "RCS", "1,23457E+05", "Z123456"),
    sources=("https://www.lbr.lu",),
)
