"""LEI, the Legal Entity Identifier (ISO 17442): 18 characters and two check digits (ISO 7064 mod 97-10).

Sources: ISO 17442-1:2020; python-stdnum ``stdnum.lei``.

>>> from crmclean.core.field import NO_HINTS
>>> FIELD.parse("213800KUD8LAJWSQ9D15", NO_HINTS).value
'213800KUD8LAJWSQ9D15'
>>> FIELD.parse("213800KUD8LXJWSQ9D15", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re

from stdnum import lei
from stdnum.exceptions import ValidationError

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text

_SHAPE = re.compile(r"[0-9A-Z]{18}[0-9]{2}")


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """20 letters and digits with a right check sum; blanks and hyphens between them do not matter."""
    compact = re.sub(r"[\s-]", "", value).upper()
    if not _SHAPE.fullmatch(compact):
        return Parsed(code="format")
    try:
        lei.validate(compact)
    except ValidationError:
        return Parsed(code="checksum")
    return Parsed(compact)


def looks_like(value: str) -> float:
    """A right check sum over 20 characters is hardly chance."""
    return 1.0 if parse(value, Hints()).value else 0.0


FIELD = FieldType(
    name="lei",
    title=Text("LEI", "LEI"),
    group="id",
    parse=parse,
    strength=Strength.IDENTIFYING,  # one legal entity has one LEI, by the standard
    headers=("lei", "lei code", "legal entity identifier", "lei nummer"),
    looks_like=looks_like,
    codes=(
        Code(
            "format",
            Severity.ERROR,
            what=Text("not a LEI: 20 letters and digits expected", "kein LEI: 20 Buchstaben und Ziffern erwartet"),
            why=Text("It identifies no one.", "Damit ist niemand zu identifizieren."),
            fix=Text("Look the company up at gleif.org.", "Das Unternehmen auf gleif.org nachschlagen."),
        ),
        Code(
            "checksum",
            Severity.ERROR,
            what=Text("LEI with a wrong check digit", "LEI mit falscher Prüfziffer"),
            why=Text("At least one character is wrong.", "Mindestens ein Zeichen ist falsch."),
            fix=Text("Compare it with the source or gleif.org.", "Mit der Quelle oder gleif.org vergleichen."),
        ),
    ),
    examples_good=(
        "213800KUD8LAJWSQ9D15",
        "213800KUD8LAJWSQ9D15".lower(),
        "2138 00KU D8LA JWSQ 9D15",
        "213800-KUD8LAJWSQ9D-15",
        "5493001KJTIIGC8Y1R12",
    ),
    examples_bad=(
        "213800KUD8LXJWSQ9D15",
        "213800KUD8LAJWSQ9D1",
        "LEI",
        "00000000000000000000",
        "5493001KJTIIGC8Y1R13",
    ),
    sources=("ISO 17442-1:2020", "https://www.gleif.org/en/about-lei/iso-17442-the-lei-code-structure"),
)
