"""Street with its house number, as one line of an address.

The cell stays as it is by default; the styles ``short`` (Musterstr. 5) and ``long`` (Musterstraße 5) are by choice.
Compared is the long form with ß or ss as the country writes it, so that all spellings of a street are one.

Sources: DIN 5008 (address block); numbering habits of OpenStreetMap's address formats.

>>> FIELD.parse("Musterstr. 12 a", Hints({"country": "DE"})).parts
{'street': 'Musterstr.', 'house_number': '12 a'}
>>> FIELD.key("Berliner Straße 5") == FIELD.key("Berlinerstr. 5") == 'berlinerstr 5'
True
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields._address_codes import format_code, has_letter, is_elsewhere
from crmclean.fields._dummies import STREETS
from crmclean.fields._street import NUMBER_FIRST, shortened, spelt_out, split_street

_WITH_PLACE = re.compile(r"(?:[,;/] *|\s)(?:(?:D|A|CH|DE|AT)-\d{4,5}|\d{5}) +[^\W\d]")
_STREET_END = re.compile(
    r"(?:str(?:\.|aße|asse)?|weg|platz|gasse|allee|ring|damm|ufer|markt|berg|graben|hof|park) \d{1,3} ?[a-z]?"
)


def parse(value: str, hints: Hints) -> Parsed:
    """The line with street words spelt out; ``parts`` hold street, house number, addition and PO box."""
    if is_elsewhere(value):
        return Parsed(code="format")
    text = tidy(value)
    country = hints.country
    split = split_street(text, country)
    parts = {
        name: part
        for name, part in (
            ("street", split.street),
            ("house_number", split.house_number),
            ("address_extra", split.extra),
            ("po_box", split.po_box),
        )
        if part
    }
    return Parsed(spelt_out(text, country), _reason(text, country, split.street, parts), parts=parts)


def _reason(text: str, country: str | None, street: str, parts: dict[str, str]) -> str | None:
    if not has_letter(text):
        return "number-only"
    if "po_box" in parts:
        return "po-box"
    number = parts.get("house_number", "")
    # Behind an ordinary house number no place can hide; where numbers come first, five digits are a house number.
    suspicious = not number or len(number) > 4 or "address_extra" in parts
    if suspicious and country not in NUMBER_FIRST and _WITH_PLACE.search(text):
        return "with-place"
    if number or street[-1:].isdigit():
        return None
    return "no-house-number"


def display(value: str, style: str) -> str:
    """``short`` abbreviates a final Straße; every other style is the canonical long form."""
    return shortened(value) if style == "short" else value


def key(value: str) -> str | None:
    """Street without blanks and with ``str`` for Straße, then the house number without blanks."""
    split = split_street(value)
    name = fold(split.street).replace("strasse", "str").replace(" ", "")
    number = re.sub(r"[^0-9a-z]+", "-", split.house_number.lower().replace(" ", "")).strip("-")
    if not name:
        digits = re.sub(r"\D", "", split.po_box)
        return f"postfach {digits}" if digits else None
    return f"{name} {number}" if number else name


def looks_like(value: str) -> float:
    """Ends like a street with a number; other lines with a number at the end only might."""
    if len(value) > 80 or is_elsewhere(value):
        return 0.0
    if _STREET_END.search(value.lower()):
        return 0.95
    split = split_street(value, "DE")
    return 0.4 if split.house_number and has_letter(split.street) and len(split.street) > 3 else 0.0


FIELD = FieldType(
    name="street",
    title=Text("Street", "Straße"),
    group="address",
    parse=parse,
    display=display,
    styles=("keep", "short", "long"),
    key=key,
    strength=Strength.SUPPORTING,  # with house number few firms share it; business centres are the exception
    hints=("country",),
    headers=(
        *("street", "street 1", "street1", "street address", "street name", "address line 1", "address 1", "address1"),
        *(
            "address1_line1",
            "address 1: street 1",
            "billing street",
            "mailing street",
            "business street",
            "home street",
        ),
        *(
            "adresszeile 1",
            "straße",
            "strasse",
            "str.",
            "straße und hausnummer",
            "straße hausnummer",
            "straße, hausnummer",
        ),
        *("straße, nr.", "straße/nr.", "straße nr", "straße/hausnummer", "strasse und nr", "strasse1", "straße 1"),
        *("straßenname", "straße geschäftlich", "straße (rechnungsanschrift)", "adresse 1: straße 1"),
        *("rue", "via", "indirizzo", "calle", "dirección", "ulica", "straat", "ulice", "vej", "gata"),
    ),
    looks_like=looks_like,
    placeholders=STREETS,
    codes=(
        format_code(
            Text("not a street", "keine Straße"),
            Text("Move the value to its own column.", "Den Wert in seine eigene Spalte setzen."),
        ),
        Code(
            "no-house-number",
            Severity.INFO,
            what=Text("street without house number", "Straße ohne Hausnummer"),
            why=Text(
                "Some addresses have none; elsewhere delivery and comparison become unsure.",
                "Manche Adressen haben keine; sonst werden Zustellung und Vergleich unsicher.",
            ),
            fix=Text("Add it if there is one.", "Ergänzen, falls es eine gibt."),
        ),
        Code(
            "po-box",
            Severity.WARNING,
            what=Text("PO box in the street column", "Postfach in der Spalte Straße"),
            why=Text("Parcels and visits need a street.", "Pakete und Besuche brauchen eine Straße."),
            fix=Text("Move it to the column PO box.", "In die Spalte Postfach setzen."),
        ),
        Code(
            "with-place",
            Severity.WARNING,
            what=Text("postal code and place in the street column", "Postleitzahl und Ort in der Spalte Straße"),
            why=Text("They can't be searched or compared there.", "Dort sind sie nicht suchbar und vergleichbar."),
            fix=Text("Move them to their own columns.", "In ihre eigenen Spalten setzen."),
        ),
        Code(
            "number-only",
            Severity.WARNING,
            what=Text("a number without a street", "eine Nummer ohne Straße"),
            why=Text("Only small villages have no street names.", "Nur kleine Dörfer haben keine Straßennamen."),
            fix=Text("Check whether the street is missing.", "Prüfen, ob die Straße fehlt."),
        ),
    ),
    examples_good=(
        "Musterstraße 12",
        "Musterstr. 12a-14",
        "Straße des 17. Juni 135",
        "Q7, 24",
        "Am Markt 3, Haus B",
        "Bundesstraße 1 25 1/3",
        "12 rue de l'Exemple",
        "Musterplatz",
    ),
    examples_bad=(
        "info@example.org",
        "https://www.example.org/kontakt",
        "+49 30 23125 000",
        "Postfach 12 34",
        "17",
        "Musterstr. 5, 01067 Dresden",
    ),
    sources=("DIN 5008:2020 (summaries)", "https://wiki.openstreetmap.org/wiki/Key:addr"),
)
