"""Postal code, judged by the rules of the row's country and, for DE, AT, CH, LI and LU, by the table of places.

Excel takes leading zeros away. They come back only where the place agrees: ``1067`` with Dresden is 01067, ``1010``
with Wien is a good Austrian code whatever the country of the run. Without a place the zero is only proposed.

Sources: Google address data (patterns); GeoNames (which codes exist); DIN 5008 (no ``D-`` in front of the code).

>>> FIELD.parse("1067", Hints({"country": "DE", "city": "Dresden"})).value
'01067'
>>> FIELD.parse("1010", Hints({"country": "DE", "city": "Wien"}))
Parsed(value='1010', code='other-country', lossless=True, suggestion=None, parts={})
>>> FIELD.parse("1067", Hints({"country": "DE"})).suggestion
'01067'
>>> FIELD.parse("A-1010", Hints({"country": "AT"})).value
'1010'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from crmclean.core.codes import Code, Severity
from crmclean.core.field import FieldType, Hints, Parsed, Strength
from crmclean.core.language import Text
from crmclean.core.text import is_ascii_digits
from crmclean.fields._address_codes import format_code
from crmclean.fields._countries import car_prefixes
from crmclean.fields._place_names import agrees, agrees_exactly, is_known, lies_around
from crmclean.fields._places import countries_at, covers, names_at
from crmclean.fields._postal_rules import distinct_country, formed, rule_of

_EXCEL_TAIL = re.compile(r"(\d{3,5})[.,]0{1,2}")
_THOUSANDS = re.compile(r"\d{1,2}\.\d{3}")
_PREFIX = re.compile(r"([A-Za-z]{1,3})(?: ?[-–] ?| )(\d[\d ]*(?:[- ]\d+)?|\d{4} ?[A-Za-z]{2})")
_GLUED_PREFIX = re.compile(r"(D|DE|A|AT|CH|L|LU|FL)(\d{4,5})")
_WITH_CITY = re.compile(r"((?:[A-Za-z]{1,2}-)?\d{4,5}|\d{3} \d{2}) +([^\W\d].+)")
_PLAUSIBLE = re.compile(r"(?=.*\d)[A-Za-z0-9](?:[ -]?[A-Za-z0-9]){2,9}")
# The beginnings of codes that are often given alone: sorting areas, outward codes, digits.
_BEGINNINGS = {
    "CA": re.compile(r"[A-Z]\d[A-Z]"),
    "GB": re.compile(r"[A-Z]{1,2}\d[A-Z\d]?"),
    "IE": re.compile(r"[A-Z]\d[\dW]"),
    "NL": re.compile(r"[1-9]\d{3}"),
}
# Jungholz and the Kleinwalsertal are reached from Germany alone and have German codes beside their Austrian ones.
_GERMAN_CODES_OF_AUSTRIA = frozenset({"87491", "87567", "87568", "87569"})
_ONLY_ZEROS = re.compile(r"[0 .-]+")
_MISREAD = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "B": "8"})
_FOUR_DIGITS = "four-digits"


def parse(value: str, hints: Hints) -> Parsed:
    """The code in its country's form. ``country`` decides the form, ``city`` whether a zero was lost."""
    country, city = hints.country, hints.get("city")
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value).strip() or value  # full-width digits
    tail = _EXCEL_TAIL.fullmatch(value)
    if tail:
        return _kept_short(_judged(tail[1], country, city), hints.habit)
    prefix = _PREFIX.fullmatch(value) or _GLUED_PREFIX.fullmatch(value)
    named = car_prefixes().get(prefix[1].upper()) if prefix else None
    if prefix and named:
        return _prefixed(value, prefix[2], named, country)
    return _kept_short(_judged(value, country, city), hints.habit)


def habit(values: Sequence[str]) -> str:
    """``four-digits`` for a column of Austrian, Swiss or Luxembourg codes: there no zero was lost.

    Told by the tables: which is known more often, the four digits there or, with a zero in front, in Germany?
    """
    elsewhere = german = 0
    for value in values:
        if len(value) == 4 and is_ascii_digits(value):
            there, here = bool(countries_at(value)), bool(names_at("DE", f"0{value}"))
            elsewhere += there and not here
            german += here and not there
    return _FOUR_DIGITS if elsewhere > german else ""


def _kept_short(parsed: Parsed, habit: str) -> Parsed:
    """No zero is proposed in a column whose codes have four digits anyway."""
    if habit == _FOUR_DIGITS and parsed.code == "leading-zero-lost":
        return Parsed(parsed.value, "other-country")
    return parsed


def _prefixed(value: str, body: str, named: str, country: str | None) -> Parsed:
    """A code with its country in front; the prefix goes only where the row says the same country anyway."""
    code = formed(body, named) or formed(value, named)
    if code is None:
        return Parsed(code="format")
    if country == named:
        return Parsed(code, "country-prefix")
    if country is None:
        return Parsed(code, "country-prefix", lossless=False, parts={"country": named, "postal_code": code})
    return Parsed(code, "other-country", lossless=False, parts={"country": named, "postal_code": code})


def _judged(value: str, country: str | None, city: str | None) -> Parsed:
    rule = rule_of(country)
    if country is None or rule is None or rule.pattern is None:
        return _without_rule(value, city)
    code = formed(value, country)
    if code is None:
        return _not_formed(value, country, city)
    if _ONLY_ZEROS.fullmatch(code):
        return Parsed(code="format")
    if not covers(country) or names_at(country, code):
        return Parsed(code)
    if city and any(agrees_exactly(city, other, code) for other in countries_at(code)):
        return Parsed(code, "other-country")
    return Parsed(code, "unlisted" if city and lies_around(city, country, code) else "unknown")


def _without_rule(value: str, city: str | None) -> Parsed:
    """No country, or one without postal codes: anything that could be a code of some country."""
    if not _PLAUSIBLE.fullmatch(value) or value.isalpha():
        return _with_city(value, None)
    if city and len(value) == 4 and is_ascii_digits(value):
        if agrees(city, "DE", f"0{value}") and not _fits_elsewhere(value, city):
            return Parsed(f"0{value}", "leading-zero")
        return Parsed(value)
    country = distinct_country(value)
    return Parsed((formed(value, country) if country else None) or value.upper())


def _not_formed(value: str, country: str, city: str | None) -> Parsed:
    """Not a code of the row's country: a lost zero, another country's code, or no code at all."""
    beginning = _BEGINNINGS.get(country)
    if beginning and beginning.fullmatch(value.upper()):
        return Parsed(value.upper(), "incomplete")
    compact = value.replace(".", "") if _THOUSANDS.fullmatch(value) else value.replace(" ", "")
    if is_ascii_digits(compact):
        if country == "AT" and compact in _GERMAN_CODES_OF_AUSTRIA:
            return Parsed(compact)
        padded = _padded(compact, country)
        if padded:
            return _zero_lost(compact, padded, country, city)
        if countries_at(compact):
            return Parsed(compact, "other-country")
        return Parsed(code="format")
    other = distinct_country(value)
    if other:
        return Parsed(formed(value, other), "other-country")
    return _with_city(value, country)


def _padded(digits: str, country: str) -> str | None:
    """The code with its zeros in front, where that makes it one of the country; only Italy (Rome) has two."""
    if len(digits) < 3 or not digits.strip("0"):
        return None
    return formed(f"0{digits}", country) or (formed(f"00{digits}", country) if country == "IT" else None)


def _fits_elsewhere(digits: str, city: str) -> bool:
    return any(agrees_exactly(city, other, digits) for other in ("AT", "CH", "LI", "LU"))


def _zero_lost(digits: str, padded: str, country: str, city: str | None) -> Parsed:
    elsewhere = bool(city) and _fits_elsewhere(digits, city or "")
    fits = agrees(city, country, padded) if city else None
    if fits and not elsewhere:
        return Parsed(padded, "leading-zero")
    if elsewhere and not fits:
        return Parsed(digits, "other-country")
    if covers(country) and not names_at(country, padded):
        # Not in the table with its zero: a PO box's code, or another country's.
        belongs_here = is_known(city, country) if city else not countries_at(digits)
        if not belongs_here:
            return Parsed(digits, "other-country")
    return Parsed(digits, "leading-zero-lost", suggestion=padded)


def _with_city(value: str, country: str | None) -> Parsed:
    """Code and city in one cell, letters for digits, or nothing that can be read."""
    match = _WITH_CITY.fullmatch(value)
    if match:
        inner = parse(match[1], Hints({"country": country} if country else {}))
        if inner.value:
            parts = {"postal_code": inner.value, "city": match[2]}
            return Parsed(inner.value, "with-city", lossless=False, parts=parts)
    digits = value.translate(_MISREAD).replace(" ", "")
    meant = formed(digits, country) if country and digits != value and len(value) < 8 else None
    return Parsed(code="format", suggestion=meant if meant and names_at(country or "", meant) else None)


def looks_like(value: str) -> float:
    """German codes are recognised by the table; four digits may be a year or an extension."""
    if is_ascii_digits(value):
        if len(value) == 5:
            return 0.85 if names_at("DE", value) else 0.4
        return 0.45 if len(value) == 4 and countries_at(value) else 0.0
    prefix = _PREFIX.fullmatch(value)
    if prefix and car_prefixes().get(prefix[1].upper()):
        return 0.9
    return 0.8 if len(value) <= 10 and distinct_country(value) else 0.0


def _code(name: str, severity: Severity, what: Text, why: Text, fix: Text, *, names_repair: bool = False) -> Code:
    return Code(name, severity, what=what, why=why, fix=fix, names_repair=names_repair)


FIELD = FieldType(
    name="postal_code",
    title=Text("Postal code", "Postleitzahl"),
    group="address",
    parse=parse,
    key=lambda value: value.replace(" ", "").replace("-", "") or None,
    strength=Strength.WEAK,  # thousands of firms share one
    hints=("country", "city"),
    headers=(
        *("postal code", "postalcode", "zip", "zip code", "zipcode", "zip/postal code", "postcode", "post code"),
        *("address1_postalcode", "address 1: zip/postal code", "zip1", "business postal code", "mailing zip"),
        *("plz", "postleitzahl", "postleitzahl geschäftlich", "plz ort", "plz (rechnungsanschrift)", "plz1"),
        *("cap", "code postal", "codice postale", "código postal", "kod pocztowy", "npa", "psč", "postnummer"),
    ),
    looks_like=looks_like,
    habit=habit,
    codes=(
        format_code(
            Text("not a postal code of the country", "keine Postleitzahl dieses Landes"),
            Text("Compare code and country with the source.", "Postleitzahl und Land mit der Quelle vergleichen."),
        ),
        _code(
            "unknown",
            Severity.WARNING,
            Text("postal code not in the table", "Postleitzahl nicht in der Tabelle"),
            Text(
                "It may be mistyped; the table has no codes of PO boxes and bulk receivers.",
                "Vielleicht vertippt; die Tabelle hat keine Postfach- und Großempfänger-Postleitzahlen.",
            ),
            Text("Check it unless it is a PO box address.", "Prüfen, außer es ist eine Postfachadresse."),
        ),
        _code(
            "unlisted",
            Severity.INFO,
            Text(
                "not in the table, but codes next to it are the city's",
                "nicht in der Tabelle, doch Nachbarn gehören zum Ort",
            ),
            Text(
                "PO boxes, authorities and bulk receivers have codes of their own that the table lacks.",
                "Postfächer, Behörden und Großempfänger haben eigene Postleitzahlen, die in der Tabelle fehlen.",
            ),
            Text("Nothing to do.", "Nichts zu tun."),
        ),
        _code(
            "leading-zero",
            Severity.INFO,
            Text("leading zero restored, the place agrees", "führende Null ergänzt, der Ort passt"),
            Text("Spreadsheets drop leading zeros.", "Tabellenprogramme werfen führende Nullen weg."),
            Text("Nothing to do.", "Nichts zu tun."),
            names_repair=True,
        ),
        _code(
            "leading-zero-lost",
            Severity.WARNING,
            Text("leading zero probably lost", "führende Null vermutlich verloren"),
            Text(
                "The code is one digit short, but no place says which code is meant.",
                "Der Postleitzahl fehlt eine Stelle, doch kein Ort sagt, welche gemeint ist.",
            ),
            Text("Accept the proposal if the place is right.", "Den Vorschlag annehmen, wenn der Ort passt."),
        ),
        _code(
            "other-country",
            Severity.WARNING,
            Text("postal code of another country than the row's", "Postleitzahl eines anderen Landes als in der Zeile"),
            Text("Country or postal code is wrong.", "Land oder Postleitzahl stimmt nicht."),
            Text("Correct or fill in the country.", "Das Land berichtigen oder eintragen."),
        ),
        _code(
            "incomplete",
            Severity.WARNING,
            Text("only the beginning of a postal code", "nur der Anfang einer Postleitzahl"),
            Text("It names a district, not a street.", "Er nennt einen Bezirk, keine Straße."),
            Text("Add the rest.", "Den Rest ergänzen."),
        ),
        _code(
            "with-city",
            Severity.WARNING,
            Text("postal code and city in one cell", "Postleitzahl und Ort in einer Zelle"),
            Text("Neither can be searched or sorted.", "Keines von beiden ist so suchbar und sortierbar."),
            Text("Move the city to its own column.", "Den Ort in eine eigene Spalte setzen."),
        ),
        _code(
            "country-prefix",
            Severity.INFO,
            Text("country sign before the postal code", "Länderkennzeichen vor der Postleitzahl"),
            Text(
                "DIN 5008 writes the country on its own line; it is kept where the row has no country.",
                "Nach DIN 5008 steht das Land in eigener Zeile; fehlt es in der Zeile, bleibt das Kennzeichen.",
            ),
            Text("Fill in the country column.", "Die Spalte Land ausfüllen."),
            names_repair=True,
        ),
    ),
    placeholders=frozenset({"0", "00", "000", "0000", "00000", "99999"}),
    examples_good=("01067", "D-80331", "80 331", "10115.0", "DE-20095", "79.098"),
    examples_bad=("1067", "1010", "123", "123456", "80331 München", "8OE31", "SW1A 1AA", "München", "00000"),
    sources=(
        "https://chromium-i18n.appspot.com/ssl-address (Google address data)",
        "https://www.geonames.org (CC-BY 4.0)",
        "DIN 5008:2020 (summaries)",
    ),
)
