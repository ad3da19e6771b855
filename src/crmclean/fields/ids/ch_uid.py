"""Swiss UID (IDE, IDI): CHE and nine digits with a check digit modulo 11, written ``CHE-123.456.788``.

Liechtenstein uses the same numbers. ``MWST``, ``TVA``, ``IVA`` or ``HR`` behind it says in which register it
stands and is no part of the number.

Sources: UIDG/LIDE (SR 431.03), eCH-0097; python-stdnum ``stdnum.ch.uid``.

>>> from crmclean.core.field import NO_HINTS
>>> parsed = FIELD.parse("CHE-123.450.018 MWST", NO_HINTS)
>>> parsed.value, FIELD.display(parsed.value, "written")
('CHE123450018', 'CHE-123.450.018')
>>> FIELD.parse("CHE123450019", NO_HINTS).code
'checksum'
"""

from __future__ import annotations

import re
from dataclasses import replace

from stdnum.ch import uid

from crmclean.core.field import FieldType, Hints, Parsed
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import Shape, number_field

_SUFFIX = re.compile(r"[\s/,(]*(?:MWST|MwSt|TVA|IVA|VAT|HR|RC)\)?\.?$", re.IGNORECASE)


def validate(number: str) -> str:
    """Twelve characters without separators."""
    return str(uid.validate(number))


def display(value: str, style: str) -> str:
    """The form of the federal register."""
    return value if style == "compact" else f"{value[:3]}-{value[3:6]}.{value[6:9]}.{value[9:]}"


def looks_like(value: str) -> float:
    """CHE and nine digits can hardly be anything else."""
    return 1.0 if re.match(r"CHE[- ]?[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}", value) else 0.0


_PLAIN: FieldType = number_field(
    name="ch_uid",
    title=Text("Swiss UID", "Schweizer UID"),
    shape=Shape(validate=validate, words=re.compile(r"(?:uid|ide|idi)(?:-?nr)?\.?(?![A-Za-z])", re.IGNORECASE)),
    expected=Text("CHE and 9 digits", "CHE und 9 Ziffern"),
    display=display,
    styles=("written", "compact"),
    headers=(
        "uid ch",
        "uid nummer",
        "uid-nummer",
        "che nummer",
        "ide",
        "uid (ch)",
        "unternehmens identifikationsnummer",
    ),
    looks_like=looks_like,
    examples_good=(
        "CHE-123.450.018",
        "CHE123450024",
        "CHE 123 450 030",
        "CHE-123.450.047 MWST",
        "UID: CHE-123.450.018",
    ),
    examples_bad=("CHE-123.450.019", "CHE-123.450.01", "CHE", "1,2345E+08", "ATU12345675"),
    sources=("SR 431.03 (UIDG)", "eCH-0097"),
)


def parse(value: str, hints: Hints) -> Parsed:
    """The number without the name of a register behind it; cutting that off the cell would lose it."""
    bare = _SUFFIX.sub("", value)
    parsed = _PLAIN.parse(bare, hints) if bare else Parsed(code="format")
    if bare != value and parsed.value:
        return replace(parsed, lossless=False)
    return parsed


FIELD = replace(_PLAIN, parse=parse)
