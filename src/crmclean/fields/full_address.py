"""A whole address in one cell, in lines or in one line: taken apart, never rewritten.

The parts carry the names of the fields they are (street, house_number, postal_code, city, …) and ``addressee``.

Sources: DIN 5008 (address block); Google address data (codes and order of the place line); GeoNames (places).

>>> parsed = FIELD.parse("Muster GmbH\\nMusterstr. 5\\n01067 Dresden", Hints({"country": "DE"}))
>>> parsed.parts["addressee"], parsed.parts["street"], parsed.parts["house_number"], parsed.parts["city"]
('Muster GmbH', 'Musterstr.', '5', 'Dresden')
"""

from __future__ import annotations

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields import city as city_field
from crmclean.fields import street as street_field
from crmclean.fields._address_codes import format_code, has_letter, is_elsewhere
from crmclean.fields._address_lines import Address, read_address
from crmclean.fields._dummies import ADDRESSES
from crmclean.fields._place_names import agrees


def parse(value: str, hints: Hints) -> Parsed:
    """The address with tidied lines; doubted where no place is found or the place contradicts its postal code."""
    lines = [tidy(line) for line in value.splitlines()]
    text = "\n".join(line for line in lines if line)
    if not has_letter(text) or (is_elsewhere(text) and "\n" not in text and " " not in text):
        return Parsed(code="format")
    address = read_address(text, hints.country)
    return Parsed(text, _reason(address), parts=address.parts())


def _reason(address: Address) -> str | None:
    if not address.postal_code:
        return "no-postal-code"
    if address.city and address.country and agrees(address.city, address.country, address.postal_code) is False:
        return "not-at-postal-code"
    return None if address.street or address.po_box else "no-street"


def key(value: str) -> str | None:
    """Street, number, postal code and city as those fields compare them; the whole text where no place is found."""
    address = read_address(value, None)
    if not address.postal_code:
        return fold(value) or None
    street = street_field.key(" ".join(part for part in (address.street, address.house_number) if part))
    return " ".join(part for part in (street, address.postal_code, city_field.key(address.city)) if part)


def looks_like(value: str) -> float:
    """Has a street with a number and a place with a code."""
    if not 12 <= len(value) <= 300 or not any(map(str.isdigit, value)):
        return 0.0
    address = read_address(value, "DE")
    if not (address.postal_code and address.city and address.country):
        return 0.0
    agreed = agrees(address.city, address.country, address.postal_code)
    return 0.97 if agreed and address.house_number else 0.6 if agreed and address.street else 0.0


FIELD = FieldType(
    name="full_address",
    title=Text("Address", "Anschrift"),
    group="address",
    parse=parse,
    styles=("keep",),
    key=key,
    strength=Strength.SUPPORTING,  # few firms share a whole address; business centres and households do
    hints=("country",),
    headers=(
        *("address", "full address", "postal address", "mailing address", "formatted address", "address 1 - formatted"),
        *(
            "billing address",
            "billingaddress",
            "shipping address",
            "registered address",
            "home address",
            "work address",
        ),
        *(
            "adresse",
            "anschrift",
            "postanschrift",
            "rechnungsadresse",
            "lieferadresse",
            "firmenanschrift",
            "komplette adresse",
        ),
        *(
            "organisation - adresse",
            "organization - address",
            "dienstlich: adresse",
            "privat: adresse",
            "indirizzo completo",
        ),
    ),
    looks_like=looks_like,
    placeholders=ADDRESSES,
    codes=(
        format_code(
            Text("not an address", "keine Anschrift"),
            Text("Move the value to its own column.", "Den Wert in seine eigene Spalte setzen."),
        ),
        Code(
            "no-postal-code",
            Severity.WARNING,
            what=Text("no postal code found in the address", "keine Postleitzahl in der Anschrift gefunden"),
            why=Text("Without it mail goes astray.", "Ohne sie geht Post in die Irre."),
            fix=Text("Add it.", "Ergänzen."),
        ),
        Code(
            "not-at-postal-code",
            Severity.WARNING,
            what=Text("place does not lie at the postal code", "Ort liegt nicht bei der Postleitzahl"),
            why=Text("Place or postal code is wrong.", "Ort oder Postleitzahl ist falsch."),
            fix=Text("Check both.", "Beides prüfen."),
        ),
        Code(
            "no-street",
            Severity.INFO,
            what=Text("no street and no PO box in the address", "weder Straße noch Postfach in der Anschrift"),
            why=Text("Bulk receivers need none; others do.", "Großempfänger brauchen keine, andere schon."),
            fix=Text("Add it if there is one.", "Ergänzen, falls es eine gibt."),
        ),
    ),
    examples_good=(
        "Musterstraße 5, 01067 Dresden",
        "Muster GmbH\nMusterstr. 5a\n80331 München\nDeutschland",
        "Musterplatz 1 10115 Berlin",
        "Muster AG, Postfach 12 34, 01067 Dresden",
        "1 Example Street, London SW1A 1AA, United Kingdom",
        "12 rue de l'Exemple\n75002 Paris\nFrance",
    ),
    examples_bad=("info@example.org", "12345", "Musterstraße 5", "Musterstraße 5, 01067 München", "+49 30 23125 000"),
    sources=(
        "DIN 5008:2020 (summaries)",
        "https://chromium-i18n.appspot.com/ssl-address",
        "https://www.geonames.org (CC-BY 4.0)",
    ),
)
