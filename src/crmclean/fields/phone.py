"""A phone number: read as it is dialled in the record's country, written internationally with its extension.

German and Austrian extensions behind a hyphen (``089/99998-18``) are part of the dialled number and known apart;
``App. 18`` or ``ext. 18`` are not dialled. What is not understood stays as it is.

Sources: ITU-T E.164 and E.123, RFC 3966, DIN 5008, libphonenumber's metadata.

>>> from crmclean.core.field import Hints
>>> found = FIELD.parse("089/99998-18", Hints({"country": "DE"}))
>>> FIELD.shown(found.value), found.parts["extension"], FIELD.display(found.value, "international")
('+49899999818', '18', '+49 89 99998-18')
>>> FIELD.parse("4,98912E+11", Hints({"country": "DE"})).code
'precision-lost'
"""

from __future__ import annotations

from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields import _phone_canonical as canonical
from crmclean.fields._phone_codes import CODES, PLACEHOLDERS, looks_like_phone
from crmclean.fields._phone_parse import parse_number


def parse(value: str, hints: Hints) -> Parsed:
    """A number of any kind, with the row's country where it has no calling code of its own."""
    return parse_number(value, hints, "phone")


FIELD = FieldType(
    name="phone",
    title=Text("Phone", "Telefon"),
    group="contact",
    parse=parse,
    display=canonical.display,
    display_for=canonical.display_for,
    shown=canonical.shown,
    styles=canonical.STYLES,
    key=canonical.key,
    strength=Strength.SUPPORTING,  # colleagues and families share a number
    hints=("country",),
    headers=(
        *("phone", "phone number", "telephone", "tel", "tel nr", "tel no", "business phone", "work phone"),
        *("main phone", "company phone", "home phone", "other phone", "direct phone", "direct dial", "landline"),
        *("telefon", "telefonnummer", "telefon geschäftlich", "telefon 1", "telefon 2", "telefon privat", "festnetz"),
        *("rufnummer", "fon", "durchwahl", "zentrale", "telefon zentrale", "telefon dienstlich", "telefon firma"),
        *("telefon (geschäftlich)", "telefon (privat)", "assistant phone", "phone 1 - value", "phone 2 - value"),
        *("téléphone", "telefono", "teléfono", "telefoon", "puhelin", "telefone"),
    ),
    looks_like=looks_like_phone,
    codes=CODES,
    placeholders=PLACEHOLDERS,
    examples_good=(
        "030 23125 123",
        "+49 30 23125-123",
        "089/99998-18",
        "+49 (0)89 99998 0",
        "(089) 99998-0",
        "0049 89 99998123",
        "089 99998 App. 18",
        "089 99998 DW 18",
        "Tel.: 0152 28817386",
        "tel:+49-30-23125-123",
        "'+49 30 23125123",
        "+44 20 7946 0123",
        "+1 202-555-0123",
        "+41 44 668 18 00",
        "116117",
    ),
    examples_bad=(
        "4,98912E+11",
        "4.91701E+11",
        "089 99998 Frau Muster",
        "+49 30",
        "+999 123456",
        "23125",
        "030 23125 123; 0152 28817386",
        "30 23125123",
        "0123 4567890",
        "030 23125123 / 030 23125124",
    ),
    sources=("ITU-T E.164", "ITU-T E.123", "RFC 3966", "DIN 5008", "https://github.com/google/libphonenumber"),
)
