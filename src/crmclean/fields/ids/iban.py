"""IBAN: country, two check digits (ISO 7064 mod 97-10) and the account in its country's structure.

Sources: ISO 13616-1; SWIFT IBAN registry; DIN 5008 (groups of four); python-stdnum ``stdnum.iban``.

>>> from crmclean.core.field import NO_HINTS
>>> parsed = FIELD.parse("de02 1203 0000 0000 2020 51", NO_HINTS)
>>> parsed.value, FIELD.display(parsed.value, "grouped")
('DE02120300000000202051', 'DE02 1203 0000 0000 2020 51')
>>> FIELD.parse("DE02120300000000202052", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.exceptions import InvalidFormat

from crmclean.core.field import NO_HINTS, Strength
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")  # 15 signs (Norway) to 34, the most ISO 13616 allows


def validate(number: str) -> str:
    """Check digits and the structure of the country; national check digits are not looked at.

    They are left out because banks do issue accounts that break them (python-stdnum checks Belgium, Spain, …).
    What has not even the shape of an IBAN is not told to have a wrong check digit.
    """
    if not _SHAPE.fullmatch(iban.compact(number)):
        raise InvalidFormat
    return str(iban.validate(number, check_country=False))


def display(value: str, style: str) -> str:
    """Groups of four, as on paper, or without blanks, as in data files."""
    return " ".join(value[i : i + 4] for i in range(0, len(value), 4)) if style == "grouped" else value


def looks_like(value: str) -> float:
    """A right check sum is hardly chance."""
    if not re.match(r"[A-Za-z]{2}[0-9]{2}[ 0-9A-Za-z]{10,}", value) or len(value) > 50:
        return 0.0
    return 1.0 if FIELD.parse(value, NO_HINTS).value else 0.0


FIELD = number_field(
    name="iban",
    title=Text("IBAN", "IBAN"),
    group="bank",
    shape=Shape(
        validate=validate,
        words=re.compile(r"(?:iban)(?:-?nr)?\.?(?![A-Za-z])", re.IGNORECASE),
        parts=lambda value: {"country": value[:2]},
    ),
    expected=Text("country, check digits and account", "Land, Prüfziffern und Konto"),
    display=display,
    styles=("keep", "grouped", "electronic"),  # banking programs differ in the form they take back
    strength=Strength.SUPPORTING,  # sister companies and families share accounts
    headers=("iban", "iban nr", "iban nr 1", "iban code", "bankverbindung iban", "kontonummer iban", "iban number"),
    looks_like=looks_like,
    examples_good=(
        "DE02120300000000202051",
        "DE02 1203 0000 0000 2020 51",
        "at026000000001349870",
        "CH28 0070 0110 0061 6600 9",
        "IBAN: DE02 5001 0517 0137 0750 30",
    ),
    examples_bad=("DE02120300000000202052", "DE0212030000000020205", "IBAN", "1,2345E+21", "XX431234"),
    sources=("ISO 13616-1:2020", "SWIFT IBAN registry"),
)
