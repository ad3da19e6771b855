"""Country: a name in German, English or its own language, an ISO code or a car code; kept as ISO 3166-1 alpha-2.

The cell itself stays as it is by default: what a CRM accepts on re-import is its own affair.

Sources: ISO 3166-1; UN list of distinguishing signs of vehicles in international traffic.

>>> from crmclean.core.field import NO_HINTS
>>> [FIELD.parse(name, NO_HINTS).value for name in ("BRD", "Österreich", "CH", "FL", "Czech Republic", "u.s.a.")]
['DE', 'AT', 'CH', 'LI', 'CZ', 'US']
>>> FIELD.parse("Deutchland", NO_HINTS).suggestion
'Deutschland'
"""

from __future__ import annotations

import re

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import fold
from crmclean.fields._countries import all_spellings, countries, country_code

_CODE_AND_NAME = re.compile(r"(?:([A-Za-z]{1,3}) *[-–:/,] *(.{4,})|(.{4,}?) *[(/,-] *([A-Za-z]{2,3}) *\)?)")
_LISTED = re.compile("[,;|/+]")
_CLOSE = 0.84  # share of equal letters at which a misspelt name is proposed: one or two letters in ten


def parse(value: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """A known name or code, also both together (``DE - Deutschland``)."""
    code = country_code(value) or _code_with_name(value)
    if code:
        return Parsed(code, parts={"country": code})
    if all(country_code(piece.strip()) for piece in _LISTED.split(value)):
        return Parsed(code="several")
    return Parsed(code="unknown", suggestion=_meant(value))


def _code_with_name(value: str) -> str | None:
    """The code when a cell has code and name and both mean the same country."""
    match = _CODE_AND_NAME.fullmatch(value)
    if not match:
        return None
    short, name = (match[1], match[2]) if match[1] else (match[4], match[3])
    code = country_code(name)
    return code if code and code == country_code(short) else None


def _meant(value: str) -> str | None:
    """The name a misspelt one was meant to be, in the language it is nearest to."""
    if not 4 <= len(value) <= 60:
        return None
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    found = extractOne(fold(value), all_spellings(), scorer=OSA.normalized_similarity, score_cutoff=_CLOSE)
    if not found:
        return None
    code = country_code(found[0])
    assert code is not None
    country = countries()[code]
    names = (country.de, country.en, *country.others)
    return next((name for name in names if fold(name) == found[0]), country.de)


def display(value: str, style: str) -> str:
    """Alpha-2 code, or the everyday name in German or English."""
    country = countries().get(value)
    if country is None:
        return value
    return {"name-de": country.de, "name-en": country.en}.get(style, country.alpha2)


def looks_like(value: str) -> float:
    """A spelt-out name is sure; two letters may also be a language, one letter anything."""
    if not country_code(value):
        return 0.0
    if len(value) > 3:
        return 1.0
    if not value.isupper():
        return 0.3
    return {1: 0.2, 2: 0.7}.get(len(value), 0.5)


FIELD = FieldType(
    name="country",
    title=Text("Country", "Land"),
    group="address",
    parse=parse,
    display=display,
    styles=("keep", "iso2", "name-de", "name-en"),
    strength=Strength.WEAK,  # millions share one; another one makes an equal postal code another place
    headers=(
        *("country", "country/region", "country code", "countrycode", "country_id/id", "nation", "address country"),
        *("address1_country", "address 1: country/region", "country name", "country iso code", "business country"),
        *("land", "land/region", "länderkennzeichen", "landeskennzeichen", "länderkürzel", "länderkennung"),
        *("ländercode", "lkz", "staat", "nationalität", "eu-land", "country1", "land geschäftlich"),
        *("pays", "paese", "nazione", "país", "kraj", "land (rechnungsanschrift)"),
    ),
    looks_like=looks_like,
    codes=(
        Code(
            "unknown",
            Severity.ERROR,
            what=Text("not a country", "kein Land"),
            why=Text(
                "Postal code, phone number and tax id can only be judged when the country is known.",
                "Postleitzahl, Telefonnummer und Steuernummer sind nur mit bekanntem Land zu beurteilen.",
            ),
            fix=Text(
                "Write the country's name in German or English, or its ISO code.",
                "Den Namen des Landes auf Deutsch oder Englisch schreiben oder seinen ISO-Code.",
            ),
        ),
        Code(
            "several",
            Severity.WARNING,
            what=Text("several countries in one cell", "mehrere Länder in einer Zelle"),
            why=Text(
                "Nobody can tell in which of them postal code, phone number and tax id are to be read.",
                "Nach welchem davon Postleitzahl, Telefonnummer und Steuernummer zu lesen sind, ist unbekannt.",
            ),
            fix=Text(
                "Leave the country of the address; if the column means something else, map it to `text`.",
                "Das Land der Anschrift stehen lassen; bedeutet die Spalte etwas anderes, sie `text` zuordnen.",
            ),
        ),
    ),
    examples_good=(
        "Deutschland",
        "BRD",
        "AT",
        "Schweiz",
        "D",
        "Holland",
        "UNITED KINGDOM",
        "Türkei",
        "DE - Deutschland",
    ),
    examples_bad=("Entenhausen", "Deutchland", "49", "ZZ", "EU-Ausland", "Bayern"),
    sources=("ISO 3166-1:2020", "UNECE distinguishing signs of vehicles in international traffic"),
)
