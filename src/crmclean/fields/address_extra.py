"""What an address has besides street, place and country: building, floor, flat, care of, department.

Free text by nature: it is tidied and compared, never rewritten. Only values that are no part of an address are found.

Sources: DIN 5008 (address block, additional lines).

>>> FIELD.parse("c/o  Muster GmbH", Hints()).parts
{'care_of': 'Muster GmbH'}
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold, tidy
from crmclean.fields._address_codes import format_code, is_elsewhere
from crmclean.fields._street import PO_BOX

_CARE_OF = re.compile(r"c ?/ ?o[ :.]+(.+)", re.IGNORECASE)


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """The text as it is; the part ``care_of`` where it begins with c/o."""
    if is_elsewhere(value) or not any(map(str.isalnum, value)):
        return Parsed(code="format")
    text = tidy(value)
    box = PO_BOX.fullmatch(text)
    if box:
        return Parsed(text, "po-box", parts={"po_box": box[1].strip(" ./-")})
    care = _CARE_OF.fullmatch(text)
    return Parsed(text, parts={"care_of": care[1]} if care else {})


FIELD = FieldType(
    name="address_extra",
    title=Text("Address addition", "Adresszusatz"),
    group="address",
    parse=parse,
    styles=("keep",),
    key=lambda value: fold(value) or None,
    strength=Strength.WEAK,  # "2. OG" stands in many addresses
    headers=(
        *(
            "address line 2",
            "address 2",
            "address2",
            "address line 3",
            "street 2",
            "street2",
            "street 3",
            "street address 2",
        ),
        *("address1_line2", "address1_line3", "extended address", "apartment", "suite", "building", "floor", "care of"),
        *("adresszusatz", "adresszeile 2", "anschriftzusatz", "zusatz", "adresszusatz 1", "adresszusatz 2", "straße 2"),
        *("straße 3", "strasse 2", "hausnummerzusatz", "gebäude", "etage", "c/o", "complément d'adresse", "ortsteil"),
    ),
    codes=(
        format_code(
            Text("not a part of an address", "kein Teil einer Adresse"),
            Text("Move the value to its own column.", "Den Wert in seine eigene Spalte setzen."),
        ),
        Code(
            "po-box",
            Severity.WARNING,
            what=Text("PO box in the address addition", "Postfach im Adresszusatz"),
            why=Text("It has a postal code of its own.", "Es hat eine eigene Postleitzahl."),
            fix=Text("Move it to the column PO box.", "In die Spalte Postfach setzen."),
        ),
    ),
    examples_good=("2. OG", "c/o Muster GmbH", "Haus B", "Suite 400", "Hinterhaus links"),
    examples_bad=("info@example.org", "www.example.org", "+49 30 23125 000", "Postfach 12 34", "!!"),
    sources=("DIN 5008:2020 (summaries)",),
)
