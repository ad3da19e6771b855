"""How a VAT number is taken apart and who checks it, country by country."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from stdnum.ch import uid as ch_uid
from stdnum.de import stnr
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidFormat
from stdnum.gb import vat as gb_vat
from stdnum.no import mva
from stdnum.util import get_cc_module

from crmclean.core.codes import Code, Severity
from crmclean.core.field import Parsed
from crmclean.core.language import Text
from crmclean.fields.ids._numbers import (
    PRECISION_LOST,
    STRAY_ERRORS,
    checked,
    checksum_error,
    format_error,
)

_TITLE = Text("VAT id", "USt-IdNr.")

# "USt-IdNr.: ", "UID-Nr. ", "VAT No ", "MwSt.-Nr.", "TVA:", "BTW "; a country's own prefix never matches.
LABEL = re.compile(
    r"^(?:ust\.?(?:[ -]*id)?(?:ent(?:ifikations)?)?|umsatzsteuer(?:-?id(?:entifikations)?)?|uid|"
    r"vat(?:[ -]*(?:reg|id))?|mwst|tva|iva|btw|eu-?ust-?id)"
    r"\.?[ .-]*(?:id)?[ .-]*(?:nr|no|nummer|number)?[ .]*[:#]? *(?=[A-Z]{2,3}[ .-]*U?[ .-]*[0-9]|[0-9])",
    re.IGNORECASE,
)

# Prefixes, not countries: EL for Greece, XI for Northern Ireland, EU for the one-stop shop.
EU = frozenset(code.upper() for code in eu_vat.MEMBER_STATES) - {"GR"} | {"EL", "XI", "EU"}
_PREFIX_OF = {"GR": "EL", "IM": "GB", "MC": "FR", "LI": "CHE", "CH": "CHE"}  # ISO country → prefix of its numbers
_CHECKED = EU | {"GB", "NO", "CHE"}
_SEPARATORS = re.compile(r"[\s./\-,]+")
_SWISS = re.compile(r"(?:CHE)?([0-9]{9})(MWST|TVA|IVA|TPV)?")
_TAX_NUMBER = re.compile(r"[0-9]{2,3} ?/ ?[0-9]{3,4} ?/ ?[0-9]{4,5}|[0-9]{3} [0-9]{3,4} [0-9]{4,5}|[0-9]{10,13}")


def split_country(value: str, country: str | None) -> tuple[str | None, str]:
    """Prefix and number: the prefix in the value wins, else that of the record's country, else ``None``.

    >>> split_country("atu 12345675", None)
    ('AT', 'U12345675')
    >>> split_country("12 345", "GR")
    ('EL', '12345')
    """
    if re.match("[0-9]+ ?/", value):
        return _PREFIX_OF.get(country or "", country), value  # the slashes say what it is
    compact = _SEPARATORS.sub("", value).upper()
    if compact.startswith("CHE"):
        return "CHE", compact
    if re.match(r"U[0-9]{8}$", compact):
        return "AT", compact
    prefix, rest = compact[:2], compact[2:]
    if prefix.isalpha() and prefix.isascii() and rest and not (country == "GB" and prefix in ("GD", "HA")):
        if prefix in _PREFIX_OF and prefix != "CH":
            return _PREFIX_OF[prefix], rest
        if prefix in _CHECKED or country is None or prefix == country:
            return prefix, rest
    if country is None:
        return None, compact
    return _PREFIX_OF.get(country, country), compact


def is_german_tax_number(number: str, country: str | None) -> bool:
    """Whether it is a Steuernummer: with slashes in any country, as 10 to 13 digits in a German record.

    >>> is_german_tax_number("12/345/67890", None), is_german_tax_number("12345678901", "IT")
    (True, False)
    """
    if not _TAX_NUMBER.fullmatch(number) or ("/" not in number and country != "DE"):
        return False
    canonical, _ = checked(stnr.validate, number)
    return canonical is not None or "/" in number


def _swiss(number: str) -> str:
    match = _SWISS.fullmatch(number)
    if match is None:
        raise InvalidFormat
    ch_uid.validate(match[1])
    return f"CHE-{match[1][:3]}.{match[1][3:6]}.{match[1][6:]}" + (f" {match[2]}" if match[2] else "")


def _austrian(number: str) -> str:
    return str(eu_vat.validate("AT" + (number if number.startswith("U") else "U" + number)))


def _norwegian(number: str) -> str:
    return "NO" + str(mva.validate(number if number.endswith("MVA") else number + "MVA"))


def _british(number: str) -> str:
    return "GB" + str(gb_vat.validate(number))


@cache
def _validator(country: str) -> Callable[[str], str] | None:
    """Who checks the numbers of a prefix; ``None``: nobody here."""
    special = {"CHE": _swiss, "AT": _austrian, "NO": _norwegian, "GB": _british}
    if country in special:
        return special[country]
    if country in EU:
        return lambda number: str(eu_vat.validate(country + number))
    if not re.fullmatch("[A-Z]{2}", country):
        return None
    try:
        module = get_cc_module(country.lower(), "vat")
    except STRAY_ERRORS:
        return None
    if module is None:
        return None
    return lambda number: country + str(module.validate(number)).removeprefix(country)


def judge(country: str, number: str) -> Parsed:
    """Judges a number whose prefix is known.

    Args:
        country: prefix as in VIES (``EL``, ``XI``), ``CHE``, ``GB``, ``NO``, or an ISO code.
        number: without prefix and separators, upper case.
    """
    validate = _validator(country)
    if validate is None:
        if not re.fullmatch(r"[0-9A-Z]{5,20}", number):
            return Parsed(code="format")
        return Parsed(country + number, code="unchecked", parts={"country": country})
    canonical, reason = checked(validate, number)
    if canonical is None:
        return Parsed(code=reason)
    iso = {"EL": "GR", "XI": "GB", "CHE": "CH"}.get(country, country)
    return Parsed(canonical, parts={"country": iso, "number": canonical.removeprefix(country).strip("- ")})


CODES = (
    format_error(_TITLE, Text("country and number in the form of that country", "Land und Nummer in dessen Form")),
    checksum_error(_TITLE),
    PRECISION_LOST,
    Code(
        "tax-number",
        Severity.ERROR,
        what=Text("a German tax number, not a VAT id", "eine Steuernummer, keine USt-IdNr."),
        why=Text(
            "Deliveries to other states need the VAT id; the tax number does not prove it.",
            "Für Lieferungen ins Ausland ist die USt-IdNr. nötig; die Steuernummer belegt sie nicht.",
        ),
        fix=Text(
            "Move it to the column of tax numbers and ask for the VAT id.",
            "In die Spalte der Steuernummern verschieben und die USt-IdNr. erfragen.",
        ),
    ),
    Code(
        "no-country",
        Severity.WARNING,
        what=Text("VAT id without a country", "USt-IdNr. ohne Land"),
        why=Text(
            "Neither the number nor the record names a country, so nothing can be checked.",
            "Weder die Nummer noch der Datensatz nennt ein Land; so lässt sich nichts prüfen.",
        ),
        fix=Text("Add the prefix, or run with --country.", "Das Länderkürzel ergänzen oder --country angeben."),
    ),
    Code(
        "unchecked",
        Severity.WARNING,
        what=Text("VAT id of a country whose rules are not known here", "USt-IdNr. eines Landes ohne bekannte Regeln"),
        why=Text("It may be right or wrong.", "Sie kann richtig oder falsch sein."),
        fix=Text("Check it with the authority of that country.", "Bei der Behörde des Landes prüfen."),
    ),
)
