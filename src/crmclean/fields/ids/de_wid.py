"""W-IdNr., the German business identification number: the digits of a VAT id and a five-digit mark of the activity.

Sources: AO § 139c; BZSt, Wirtschafts-Identifikationsnummer; python-stdnum ``stdnum.de.vat`` for the check digit.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("DE 123456788 - 00001", NO_HINTS).value
'DE123456788-00001'
>>> FIELD.parse("DE123456789-00001", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum.de import vat
from stdnum.exceptions import InvalidFormat

from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_SHAPE = re.compile(r"DE([0-9]{9})([0-9]{5})?")


def validate(number: str) -> str:
    """``DE`` and nine digits, with the mark of the activity where it is given."""
    match = _SHAPE.fullmatch(re.sub(r"[\s./-]", "", number).upper())
    if match is None:
        raise InvalidFormat
    vat.validate(match[1])
    return f"DE{match[1]}" + (f"-{match[2]}" if match[2] else "")


FIELD = number_field(
    name="de_wid",
    title=Text("German business id (W-IdNr.)", "W-IdNr."),
    shape=Shape(validate=validate, words=re.compile(r"w-?id(?:-?nr)?\.?(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("like DE123456788-00001", "etwa DE123456788-00001"),
    headers=("w-idnr", "widnr", "w idnr", "wirtschafts identifikationsnummer", "wirtschaftsidentifikationsnummer"),
    examples_good=(
        "DE123456788-00001",
        "DE 123456788-00001",
        "DE123456788",
        "W-IdNr.: DE123456788-00002",
        "de12345678800001",
    ),
    examples_bad=("DE123456789-00001", "123456788", "W-IDNR", "1,23457E+13", "DE123456788-1"),
    sources=("AO § 139c", "https://www.bzst.de"),
)
