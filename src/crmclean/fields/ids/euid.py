"""EUID, the European number of a company: country, register, a dot and the number in that register.

In Germany the register is the XJustiz code of the court: ``DEX1517R.HRB395KI``.

Sources: Directive (EU) 2017/1132 art. 16; Implementing Regulation (EU) 2021/1042 annex; XJustiz GDS.Gerichte.

>>> from crmclean.core.field import NO_HINTS
>>> dict(FIELD.parse("der3306.hrb12345", NO_HINTS).parts)["register_number"]
'Köln HRB 12345'
>>> FIELD.parse("DEQ9999.HRB1", NO_HINTS).code
'unknown-register'
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.fields.ids._courts import court_of_code
from crmclean.fields.ids._numbers import MAX_LENGTH, format_error, undamaged, without_label

_TITLE = Text("EUID", "EUID")
_SHAPE = re.compile(r"([A-Z]{2})([0-9A-Z]{2,20})\.([0-9A-ZÖ][0-9A-ZÖ/-]{0,30})")
_GERMAN = re.compile(r"(HRA|HRB|GNR|GSR|VR|PR)([1-9][0-9]{0,5})([A-ZÖ]{0,3})")
_KIND = {"GNR": "GnR", "GSR": "GsR"}
_COUNTRIES = frozenset(
    *(("AT BE BG CY CZ DE DK EE EL ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()),)
)


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """Country, register and number; of German ones also the court and the register number."""
    if len(value) > MAX_LENGTH:
        return Parsed(code="format")
    compact = re.sub(r"\s", "", without_label(undamaged(value))).upper().removeprefix("EUID")
    match = _SHAPE.fullmatch(compact)
    if match is None or match[1] not in _COUNTRIES or not any(c.isdigit() for c in match[3]):
        return Parsed(code="format")
    country, register, number = match.groups()
    parts = {"country": "GR" if country == "EL" else country, "register": register, "number": number}
    if country != "DE":
        return Parsed(compact, parts=parts)
    german = _GERMAN.fullmatch(number)
    if german is None:
        return Parsed(code="format")
    court = court_of_code(register)
    if court is None:
        return Parsed(compact, code="unknown-register", parts=parts)
    kind = _KIND.get(german[1], german[1])
    parts["register_court"] = court.name
    parts["register_number"] = " ".join(part for part in (court.name, kind, german[2], german[3]) if part)
    return Parsed(compact, parts=parts)


def looks_like(value: str) -> float:
    """The German form is unmistakable."""
    return 1.0 if re.fullmatch(r"DE[A-Z][0-9]{4}[A-Z]?\.(?:HR[AB]|GnR|VR|PR|GsR)[0-9]+[A-Z]{0,3}", value) else 0.0


FIELD = FieldType(
    name="euid",
    title=_TITLE,
    group="id",
    parse=parse,
    strength=Strength.IDENTIFYING,  # the register entry itself; it changes with seat and legal form
    headers=("euid", "european unique identifier", "europäische unternehmenskennung", "unternehmenskennung"),
    looks_like=looks_like,
    codes=(
        format_error(_TITLE, Text("like DER3306.HRB12345", "etwa DER3306.HRB12345")),
        Code(
            "unknown-register",
            Severity.WARNING,
            what=Text("EUID of a register court not known here", "EUID eines hier unbekannten Registergerichts"),
            why=Text("It may be mistyped.", "Sie kann vertippt sein."),
            fix=Text("Compare it with the register.", "Mit dem Handelsregister vergleichen."),
        ),
    ),
    examples_good=(
        "DER3306.HRB12345",
        "DEX1517R.HRB395KI",
        "der3306.hrb 12345",
        "ATBRA.123456-000",
        "EUID: DEF1103R.HRB11223B",
    ),
    examples_bad=("DEQ9999.HRB1", "R3306.HRB12345", "DER3306", "HRB 12345", "XX1.1"),
    sources=("Directive (EU) 2017/1132 art. 16", "Implementing Regulation (EU) 2021/1042"),
)
