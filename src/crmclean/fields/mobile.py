"""A mobile number: a phone number that can be texted. A landline here is understood, and said to be one.

Sources: as ``phone``.

>>> from crmclean.core.field import Hints
>>> FIELD.parse("0152 28817386", Hints({"country": "DE"})).value
'+4915228817386'
>>> FIELD.parse("030 23125123", Hints({"country": "DE"})).code
'not-mobile'
"""

from __future__ import annotations

from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields import _phone_canonical as canonical
from crmclean.fields._phone_codes import CODES, NOT_MOBILE, PLACEHOLDERS, looks_like_mobile
from crmclean.fields._phone_parse import parse_number


def parse(value: str, hints: Hints) -> Parsed:
    """As ``phone``; a number that can't be texted is doubted."""
    return parse_number(value, hints, "mobile")


FIELD = FieldType(
    name="mobile",
    title=Text("Mobile phone", "Mobiltelefon"),
    group="contact",
    parse=parse,
    display=canonical.display,
    display_for=canonical.display_for,
    shown=canonical.shown,
    styles=canonical.STYLES,
    key=canonical.key,
    strength=Strength.SUPPORTING,  # one person's as a rule, but numbers are handed on
    hints=("country",),
    headers=(
        *("mobile", "mobile phone", "mobile number", "cell", "cell phone", "cellphone", "cellular", "mobile no"),
        *("mobil", "mobiltelefon", "mobilnummer", "mobilfunk", "handy", "handynummer", "mobil geschäftlich"),
        *("mobil privat", "mobiltelefon geschäftlich", "telefon mobil", "natel", "mobile phone 1", "mobiltelefon 2"),
        *("portable", "téléphone portable", "cellulare", "móvil", "celular", "mobiel", "gsm"),
    ),
    looks_like=looks_like_mobile,
    codes=(*CODES, NOT_MOBILE),
    placeholders=PLACEHOLDERS,
    examples_good=(
        "0152 28817386",
        "+49 152 28817386",
        "0152/28817386",
        "+49 (0)171 3920012",
        "0049 171 39200123",
        "Mobil: 0152 28817386",
        "+43 664 1234567",
        "+41 79 123 45 67",
    ),
    examples_bad=("030 23125123", "4.91701E+11", "0152", "0152 ABC", "152 28817386", "0152 28817386, 0171 3920012"),
    sources=("ITU-T E.164", "ITU-T E.123", "https://github.com/google/libphonenumber"),
)
