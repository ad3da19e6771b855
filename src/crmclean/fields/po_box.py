"""Post office box: its number, written in pairs from the right in Germany (``12 34 56``).

The cell stays as it is by default; ``din5008`` writes pairs, ``digits`` the bare number.

Sources: DIN 5008 (grouping of PO box numbers).

>>> FIELD.parse("Postfach 12345", Hints()).value
'12345'
>>> FIELD.display("12345", "din5008")
'1 23 45'
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits, tidy
from crmclean.fields._address_codes import format_code, is_elsewhere
from crmclean.fields._street import PO_BOX

_BLANKS = re.compile(r"[ ./-]+")
_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,8}")
_EXCEL_TAIL = re.compile(r"(\d{1,8})[.,]0")


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """The number without blanks and without the word for PO box."""
    if is_elsewhere(value):
        return Parsed(code="format")
    text = tidy(value)
    tail = _EXCEL_TAIL.fullmatch(text)
    box = PO_BOX.fullmatch(text)
    number = _BLANKS.sub("", tail[1] if tail else box[1] if box else text).upper()
    if _NUMBER.fullmatch(number):
        return Parsed(number, parts={"po_box": number})
    inner = PO_BOX.search(text)
    if inner:
        number = _BLANKS.sub("", inner[1]).upper()
        if not _NUMBER.fullmatch(number):
            return Parsed(code="format")
        return Parsed(number, "with-more", lossless=False, parts={"po_box": number})
    return Parsed(code="format")


def display(value: str, style: str) -> str:
    """Pairs from the right for ``din5008``; codes with letters stay whole."""
    if style != "din5008" or not is_ascii_digits(value):
        return value
    first = len(value) % 2
    pairs = [value[at : at + 2] for at in range(first, len(value), 2)]
    return " ".join([value[:first], *pairs] if first else pairs)


def looks_like(value: str) -> float:
    """Only with the word for PO box."""
    return 0.9 if PO_BOX.fullmatch(value) and not value[:1].isdigit() else 0.0


FIELD = FieldType(
    name="po_box",
    title=Text("PO box", "Postfach"),
    group="address",
    parse=parse,
    display=display,
    styles=("keep", "din5008", "digits"),
    strength=Strength.SUPPORTING,  # few share one, but the number means something only with its postal code
    headers=(
        *("po box", "p.o. box", "pobox", "post office box", "address 1 - po box", "business address po box", "pobox1"),
        *("postfach", "postfach nr", "postfachnummer", "postfach geschäftlich", "case postale", "casella postale"),
    ),
    looks_like=looks_like,
    codes=(
        format_code(
            Text("not a PO box number", "keine Postfachnummer"),
            Text("Enter the box number alone.", "Nur die Nummer des Postfachs eintragen."),
        ),
        Code(
            "with-more",
            Severity.WARNING,
            what=Text("PO box with other parts of an address", "Postfach mit anderen Teilen einer Adresse"),
            why=Text("They are not found there.", "Dort werden sie nicht gefunden."),
            fix=Text("Move them to their own columns.", "In ihre eigenen Spalten setzen."),
        ),
    ),
    placeholders=frozenset({"0"}),
    examples_good=("12 34 56", "123456", "Postfach 12 34", "PO Box 234", "1234.0"),
    examples_bad=("Musterstraße", "info@example.org", "??", "Postfach 12 34, 01067 Dresden", "Postfach"),
    sources=("DIN 5008:2020 (summaries)",),
)
