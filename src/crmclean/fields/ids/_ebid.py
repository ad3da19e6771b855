"""What the two numbers of the EBID service share: 13 digits, the last of them an EAN check digit as far as known."""

from __future__ import annotations

import re

from stdnum import ean

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields.ids._numbers import MAX_LENGTH, PRECISION_LOST, format_error, is_precision_lost, undamaged
from crmclean.fields.ids._numbers import without_label as _without_label

_WORDS = re.compile(r"ebid(?:-?(?:nr|nummer|number|address ?id))?\.?(?![A-Za-z])", re.IGNORECASE)


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """13 digits; a wrong check digit is only a doubt, because the rule is not published."""
    if len(value) > MAX_LENGTH:
        return Parsed(code="format")
    plain = undamaged(value)
    if is_precision_lost(plain):
        return Parsed(code="precision-lost")
    compact = re.sub(r"[\s.-]", "", _without_label(plain, _WORDS))
    if len(compact) != 13 or not is_ascii_digits(compact) or not compact.strip("0"):
        return Parsed(code="format")
    return Parsed(compact, code=None if ean.is_valid(compact) else "checksum")


def ebid_field(name: str, title: Text, strength: Strength, headers: tuple[str, ...]) -> FieldType:
    """The field of one of the two numbers."""
    return FieldType(
        name=name,
        title=title,
        group="id",
        parse=parse,
        strength=strength,
        headers=headers,
        codes=(
            format_error(title, Text("13 digits", "13 Ziffern")),
            Code(
                "checksum",
                Severity.WARNING,
                what=Text(f"{title.en}: check digit does not fit", f"{title.de}: Prüfziffer passt nicht"),
                why=Text(
                    "All numbers seen end in an EAN check digit, so a digit is probably wrong.",
                    "Alle bekannten Nummern enden mit einer EAN-Prüfziffer; vermutlich ist eine Ziffer falsch.",
                ),
                fix=Text("Compare it with the directory.", "Mit dem Unternehmensverzeichnis vergleichen."),
            ),
            PRECISION_LOST,
        ),
        examples_good=(
            "2534567890012",
            "25 34567 89002 9",
            "2534567890036",
            "EBID: 2534567890043",
            "2534567890050",
        ),
        examples_bad=("2534567890016", "253456789001", "EBID", "2,53457E+12", "0000000000000"),
        sources=("https://www.unternehmensverzeichnis.org", "GS1 General Specifications 7.9 (check digit)"),
    )
