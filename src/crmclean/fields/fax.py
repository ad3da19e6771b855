"""A fax number: read and written like a phone number.

Sources: as ``phone``.

>>> from crmclean.core.field import Hints
>>> FIELD.parse("Fax: 030 23125-99", Hints({"country": "DE"})).value
'+493023125-99'
"""

from __future__ import annotations

from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields import _phone_canonical as canonical
from crmclean.fields._phone_codes import CODES, PLACEHOLDERS
from crmclean.fields._phone_parse import parse_number


def parse(value: str, hints: Hints) -> Parsed:
    """As ``phone``."""
    return parse_number(value, hints, "fax")


FIELD = FieldType(
    name="fax",
    title=Text("Fax", "Fax"),
    group="contact",
    parse=parse,
    display=canonical.display,
    display_for=canonical.display_for,
    shown=canonical.shown,
    styles=canonical.STYLES,
    key=canonical.key,
    strength=Strength.SUPPORTING,  # a firm's, shared by all who work there
    hints=("country",),
    headers=(
        *("fax", "fax number", "telefax", "business fax", "home fax", "work fax", "company fax", "other fax"),
        *("faxnummer", "fax nr", "fax geschäftlich", "fax privat", "telefaxnummer", "fax firma", "faxnr"),
        *("télécopie", "faks"),
    ),
    codes=CODES,
    placeholders=PLACEHOLDERS,
    examples_good=(
        "030 23125-99",
        "+49 30 23125-99",
        "Fax: 030/23125-99",
        "0049 30 23125 99",
        "030 / 231 25 - 99",
        "+44 20 7946 0123",
    ),
    examples_bad=("4,98912E+11", "Fax", "030 23125 Empfang", "+49 30", "23125"),
    sources=("ITU-T E.164", "ITU-T E.123", "https://github.com/google/libphonenumber"),
)
